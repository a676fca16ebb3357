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
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Who nominates is told that a workshop is called, where its organisation may send
// somebody; nominees with an account what became of them, and nobody else does.
func TestWorkshops(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, s := t.Context(), workshop.NewStore(d, journal.New(w.Source), w.Source)
		of, err := s.Plan(ctx, w.Actor["wco.analyst"], code, workshop.Draft{ID: workshop.ID(messagetest.ID()), Kind: workshop.FollowUp, Title: "After", Language: "en", Place: "Port", Zone: "UTC",
			Starts: "2017-03-20", Ends: "2017-03-21", To: audience.Address{Sides: []access.Side{access.Enforcement, access.RightHolderSide}}})
		w.Must(err)
		w.Must(s.SetPlaces(ctx, w.Actor["wco.analyst"], code, of.ID, []workshop.Seats{{Organisation: w.Body["xa"].ID, Number: 2}}))
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
		name := func(n string, p person.ID) workshop.Participant {
			g, err := s.Nominate(ctx, w.Actor["xa"], code, of.ID, workshop.NomineeDraft{ID: workshop.ID(messagetest.ID()), Name: n, Person: p})
			w.Must(err)
			return g
		}
		officer, other := name("", person.ID(w.Actor["xa.officer"].Person)), name("Somebody", "")
		for _, g := range []workshop.Participant{officer, other} {
			_, err = s.Confirm(ctx, w.Actor["wco.analyst"], code, of.ID, g.ID, true, "")
			w.Must(err)
		}
		w.follow()
		want("confirmed", map[string][]string{"xa": {"workshop-called"}, "xa.officer": {"workshop-confirmed"}})
		_, err = s.Confirm(ctx, w.Actor["wco.analyst"], code, of.ID, officer.ID, false, "No room.")
		w.Must(err)
		w.follow()
		want("declined", map[string][]string{"xa": {"workshop-called"}, "xa.officer": {"workshop-declined"}})
		w.Must(s.Cancel(ctx, w.Actor["wco"], code, of.ID, "Storm."))
		w.follow()
		want("called off", map[string][]string{"xa": {"workshop-cancelled"}, "xa.officer": {"workshop-declined"}})
	})
}
