package verify_test

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// attend holds a workshop: marks by list and by code, one taken back, codes closed and
// open, certificates given, revoked and given anew.
func (w *world) attend() {
	ctx, j, wco := w.t.Context(), journal.New(w.source), w.actor["wco"]
	workshops, people, s := workshop.NewStore(w.db, j, w.source), nomination.NewStore(w.db, j, w.source), attendance.NewStore(w.db, j, w.source)
	day, hour := w.source.Now().Format(time.DateOnly), w.source.Now().Truncate(time.Hour)
	held, err := workshops.Plan(ctx, wco, code, workshop.Draft{ID: workshop.ID(w.source.ID()), Kind: workshop.FollowUp, Title: "Follow-up", Language: "en", Place: "Harbour", Zone: "UTC",
		Starts: day, Ends: hour.AddDate(0, 0, 1).Format(time.DateOnly), NominateBy: day, To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	w.must(err)
	w.must(workshops.Call(ctx, wco, code, held.ID))
	var sessions []workshop.Session
	for range 2 {
		w.tick()
		made, err := workshops.AddSession(ctx, wco, code, held.ID, workshop.SessionDraft{ID: workshop.ID(w.source.ID()), Title: "One", Starts: hour.Format("2006-01-02T15:04"), Ends: hour.Add(time.Hour).Format("2006-01-02T15:04")})
		w.must(err)
		sessions = append(sessions, made)
	}
	var ticks []attendance.Tick
	for _, who := range []string{"xb.officer", ""} {
		w.tick()
		p, err := people.Nominate(ctx, w.actor["xb"], code, held.ID, nomination.Draft{ID: participant.ID(w.source.ID()), Name: "Somebody", Person: person.ID(w.actor[who].Person), Language: "en"})
		w.must(err)
		_, err = people.Confirm(ctx, wco, code, held.ID, true, "", p[0].ID)
		w.must(err)
		ticks = append(ticks, attendance.Tick{Participant: p[0].ID, Present: true})
	}
	for i, x := range sessions {
		w.tick()
		c, err := s.Open(ctx, wco, code, held.ID, x.ID)
		w.must(err)
		_, err = s.Join(ctx, w.actor["xb.officer"], code, held.ID, c.Text, attendance.ByLink)
		w.must(err)
		w.must(s.Record(ctx, wco, code, held.ID, x.ID, ticks))
		if i == 0 {
			w.must(s.Close(ctx, wco, code, held.ID, x.ID))
			w.must(s.Record(ctx, wco, code, held.ID, x.ID, []attendance.Tick{{Participant: ticks[1].Participant}}))
		}
	}
	w.tick()
	_, err = s.Certify(ctx, wco, code, held.ID, 50)
	w.must(err)
	all, err := s.Sheet(ctx, wco, code, held.ID)
	w.must(err)
	w.must(s.Revoke(ctx, wco, code, held.ID, all.Rows[0].Certificates[0].ID, "The name is wrong."))
	w.must(s.Anew(ctx, wco, code, held.ID, all.Rows[0].Participant.ID))
}
