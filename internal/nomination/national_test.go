package nomination_test

import (
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/evaluation"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/nomination/nominationtest"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// A contact point that gave itself the role of a trainer holds a national workshop from
// its plan to its certificates, and coordination does nothing for it.
func TestNationalAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := nominationtest.New(t, d)
		ctx, xa := t.Context(), w.Actor["xa"]
		forms, lists := evaluation.NewStore(d, w.Journal, w.Source), attendance.NewStore(d, w.Journal, w.Source)
		draft := w.Draft()
		draft.Kind, draft.To, draft.NominateBy = workshop.National, audience.Address{}, ""
		_, err := w.Workshops.Plan(ctx, xa, nominationtest.Code, draft)
		says(t, err, "fault.not-found") // a contact point names people, who teaches plans
		w.Must(w.Operations.Assign(ctx, xa, nominationtest.Code, person.ID(xa.Person), []access.Role{access.ContactPoint, access.Trainer}))

		made := w.Called("xa", draft)
		session, err := w.Workshops.AddSession(ctx, xa, nominationtest.Code, made.ID, w.Session("Marks", "2017-03-25T09:00", "2017-03-25T10:00", "xa"))
		w.Must(err)
		w.Must(w.Nominations.SetPlaces(ctx, xa, nominationtest.Code, made.ID, []nomination.Seats{{Organisation: w.Body["xa"].ID, Number: 2}}))
		named, err := w.Nominations.Nominate(ctx, xa, nominationtest.Code, made.ID, nomination.Draft{Person: person.ID(w.Actor["xa.officer"].Person)}, w.Nominee("Without an account"))
		w.Must(err)
		_, err = w.Nominations.Confirm(ctx, xa, nominationtest.Code, made.ID, true, "", named[0].ID, named[1].ID)
		w.Must(err)
		_, err = forms.Ask(ctx, xa, nominationtest.Code, made.ID, evaluation.Draft{Language: "en", Opens: "2017-03-25", Closes: "2017-03-30",
			Questions: []evaluation.Question{{Kind: evaluation.Scale, Ready: "usefulness"}}})
		w.Must(err)

		w.Source.Set(time.Date(2017, 3, 25, 10, 0, 0, 0, time.UTC))
		w.Must(lists.Record(ctx, xa, nominationtest.Code, made.ID, session.ID, []attendance.Tick{{Participant: named[0].ID, Present: true}, {Participant: named[1].ID, Present: true}}))
		o, err := forms.Read(ctx, w.Actor["xa.officer"], nominationtest.Code, made.ID)
		w.Must(err)
		w.Must(forms.Answer(ctx, w.Actor["xa.officer"], nominationtest.Code, made.ID, []evaluation.Said{{Question: o.Evaluation.Questions[0].Key, Values: []int{5}}}))
		w.Source.Set(time.Date(2017, 3, 27, 10, 0, 0, 0, time.UTC))
		if given, err := lists.Certify(ctx, xa, nominationtest.Code, made.ID, attendance.Half); err != nil || given != 2 {
			t.Errorf("%d certificates, %v", given, err)
		}
		w.Must(forms.Close(ctx, xa, nominationtest.Code, made.ID))
		if o := w.Read("xa", made.ID); names(o) != "Person xa.officer confirmed, Without an account confirmed" || !o.Hosts {
			t.Errorf("at the end: %s, host %v", names(o), o.Hosts)
		}
		for _, who := range []string{"xb", "xc", "holder", "rival", "observer"} {
			w.Missing(who, func(a access.Actor) error {
				_, err := w.Workshops.Read(ctx, a, nominationtest.Code, made.ID)
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.Nominations.Confirm(ctx, a, nominationtest.Code, made.ID, true, "", participant.ID(nominationtest.ID()))
				return err
			})
		}
		w.Fine()
	})
}
