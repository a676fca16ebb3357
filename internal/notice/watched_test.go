package notice_test

import (
	"context"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

// The people of whoever waits for a value are told once of each record that carries it
// and that they may read; others who read the list are not, nor does what they may not
// read tell them anything.
func TestWatched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := context.Background()
		lists := watchlist.NewStore(d, journal.New(w.Source), w.Source, connection.NewIndex())
		set := func(who, value string, good bool) watchlist.Entry {
			e, _, err := lists.Set(ctx, w.Actor[who], code, watchlist.Draft{Kind: "container", Value: value, Until: "2017-03-01", To: watchlist.Controls, Good: good})
			w.Must(err)
			return e
		}
		b := w.Body["xb"]
		_, err := w.Bodies.Amend(ctx, w.Root, organisation.Draft{ID: b.ID, Version: b.Version, Kind: b.Kind, Country: b.Country, Name: b.Name, TimeZone: b.TimeZone, Language: b.Language,
			ReleaseBy: organisation.ReleaseByContactPoint})
		w.Must(err)
		set("xa", "CSQU3054383", false)
		set("xb", "TEXU1234561", true)
		dropped := set("xa", "TEXU1234561", false)
		w.Must(lists.Drop(ctx, w.Actor["xa"], code, watchlist.Name{ID: dropped.ID}))
		w.follow()
		carries := func(value string) seizure.Draft {
			return seizure.Draft{Marks: []consignment.Mark{{Kind: "container", Value: value}}}
		}
		c := w.report("xb.officer", carries("csqu 305438 3"))
		w.report("xb.officer", carries("TEXU1234561")) // good, and waited for no more
		w.follow()
		want := func(when string, want map[string][]string) {
			t.Helper()
			for who, want := range want {
				if got := w.reasons(who); !cmp.Equal(got, want) {
					t.Errorf("%s, %s: %q, want %q", when, who, got, want)
				}
			}
		}
		want("before the release", map[string][]string{"xa": nil, "xa.officer": nil, "xb": nil, "wco": nil})
		c, err = w.cases.Release(ctx, w.Actor["xb"], code, c.Seq, c.Version)
		w.Must(err)
		w.follow()
		told := []string{"watched " + num(c.Seq)}
		want("after it", map[string][]string{"xa": told, "xa.officer": told, "xb": nil, "wco": nil, "wco.analyst": nil})
		m := w.send("xb.officer", message.Draft{Body: "See CSQU3054383.", To: w.Apart("xa")})
		quiet := w.send("xb.officer", message.Draft{Body: "See CSQU3054383.", To: w.Apart("wco")})
		loud := w.send("xb.officer", message.Draft{Body: "See CSQU3054383.", To: w.Apart("xa"), Urgent: true})
		w.follow()
		if got := w.reasons("xa.officer"); len(got) != 3 || !slices.Contains(got, "addressed "+num(m.Seq)) || !slices.Contains(got, notice.Urgent+" "+num(loud.Seq)) || slices.Contains(got, notice.WatchedLetter+" "+num(quiet.Seq)) {
			t.Errorf("of messages: %q", got)
		}
		_, err = w.cases.Recall(ctx, w.Actor["xb"], code, c.Seq, c.Version, "too early")
		w.Must(err)
		if got := w.reasons("xa.officer"); len(got) != 2 || slices.Contains(got, told[0]) {
			t.Errorf("after the recall: %q", got)
		}
		public := w.send("xb.officer", message.Draft{Body: "See CSQU3054383.", To: messagetest.Everybody()})
		w.follow()
		if got := w.reasons("xa"); !slices.Contains(got, notice.WatchedLetter+" "+num(public.Seq)) {
			t.Errorf("of a message to everybody: %q", got)
		}
		if got := w.reasons("holder"); len(got) != 0 {
			t.Errorf("holder: %q", got)
		}
	})
}

func num(seq int64) string { return strconv.FormatInt(seq, 10) }
