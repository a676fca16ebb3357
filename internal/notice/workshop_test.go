package notice_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Who nominates is told that a workshop is called, where its organisation may send
// somebody; nominees with an account what became of them, and nobody else does.
func TestWorkshops(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		j := journal.New(w.Source)
		ctx, s, people := t.Context(), workshop.NewStore(d, j, w.Source), nomination.NewStore(d, j, w.Source)
		of, err := s.Plan(ctx, w.Actor["wco.analyst"], code, workshop.Draft{ID: workshop.ID(messagetest.ID()), Kind: workshop.FollowUp, Title: "After", Language: "en", Place: "Port", Zone: "UTC",
			Starts: "2017-03-20", Ends: "2017-03-21", To: audience.Address{Sides: []access.Side{access.Enforcement, access.RightHolderSide}}})
		w.Must(err)
		w.Must(people.SetPlaces(ctx, w.Actor["wco.analyst"], code, of.ID, []nomination.Seats{{Organisation: w.Body["xa"].ID, Number: 2}}))
		w.Must(s.Call(ctx, w.Actor["wco.analyst"], code, of.ID))
		w.follow()
		want := func(when string, want map[string][]string) {
			t.Helper()
			for _, who := range []string{"xa", "xa.officer", "xb", "xb.officer", "holder"} {
				got := w.reasons(who)
				for i := range got {
					got[i], _, _ = strings.Cut(got[i], " ")
				}
				if !cmp.Equal(got, want[who]) {
					t.Errorf("%s, %s: %q, want %q", when, who, got, want[who])
				}
			}
		}
		want("called", map[string][]string{"xa": {"workshop-called"}})
		name := func(n string, p person.ID) participant.Participant {
			g, err := people.Nominate(ctx, w.Actor["xa"], code, of.ID, nomination.Draft{ID: participant.ID(messagetest.ID()), Name: n, Person: p})
			w.Must(err)
			return g[0]
		}
		officer, other := name("", person.ID(w.Actor["xa.officer"].Person)), name("Somebody", "")
		for _, g := range []participant.Participant{officer, other} {
			_, err = people.Confirm(ctx, w.Actor["wco.analyst"], code, of.ID, true, "", g.ID)
			w.Must(err)
		}
		w.follow()
		want("confirmed", map[string][]string{"xa": {"workshop-called"}, "xa.officer": {"workshop-confirmed"}})
		_, err = people.Confirm(ctx, w.Actor["wco.analyst"], code, of.ID, false, "No room.", officer.ID)
		w.Must(err)
		w.follow()
		want("declined", map[string][]string{"xa": {"workshop-called"}, "xa.officer": {"workshop-declined"}})
		w.Must(s.Cancel(ctx, w.Actor["wco"], code, of.ID, "Storm."))
		w.follow()
		want("called off", map[string][]string{"xa": {"workshop-cancelled"}, "xa.officer": {"workshop-declined"}})
	})
}
