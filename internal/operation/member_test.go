package operation_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Who may invite whom, to which side.
func TestInvite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, who := range []string{"nobody", "rilo", "outsider", "xa", "xa.officer", "watch", "holder"} {
			w.missing(who+" invites", w.invite(who, code, "outsider", access.Enforcement))
		}
		w.missing("the administrator of the instance invites", w.operations.Invite(t.Context(), w.root, code, w.body["outsider"].ID, access.Enforcement))
		w.missing("into an operation that is none", w.invite("wco", "none", "outsider", access.Enforcement))
		w.missing("a code with a NUL", w.invite("wco", "ti\x00de", "outsider", access.Enforcement))
		w.refused("an unknown side", w.invite("wco", code, "outsider", "moon"), fault.Invalid, "fault.unknown-code")
		w.refused("an unknown body", w.invite("wco", code, "nobody", access.Enforcement), fault.Invalid, "fault.unknown-code")
		w.refused("a member", w.invite("wco", code, "xa", access.Enforcement), fault.Invalid, "operation.already-member")
		w.refused("one's own body", w.invite("wco", code, "wco", access.Coordination), fault.Invalid, "operation.already-member")
		w.must(w.invite("wco", code, "outsider", access.Enforcement))
		w.still("the same invitation again", func() { w.must(w.invite("wco", code, "outsider", access.Enforcement)) })
		w.refused("to another side", w.invite("wco", code, "outsider", access.ObserverSide), fault.Invalid, "operation.already-member")
		_, err := w.stands("outsider")
		w.missing("an invitation opens nothing yet", err)
	})
}

// A right holder never stands where cases are read, whatever a form says.
func TestRightHolderKeepsItsSide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.must(w.end("wco", code, "holder"))
		for _, side := range []access.Side{access.Coordination, access.Enforcement, access.ObserverSide} {
			w.refused("a right holder among "+string(side), w.invite("wco", code, "holder", side), fault.Invalid, "operation.side-of-right-holder")
		}
	})
}

// Accepting takes a standing contact point of the invited body, who read the
// conditions as they are, and never the one who invited.
func TestAccept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.missing("without an invitation", w.accept("outsider", code))
		w.must(w.invite("wco", code, "outsider", access.Enforcement))
		w.person("outsider", "officer", "")
		for _, who := range []string{"outsider.officer", "wco", "xa.officer", "rilo", "nobody"} {
			if who == "wco" {
				w.still("a member accepts again", func() { w.must(w.accept(who, code)) })
				continue
			}
			w.missing(who+" accepts", w.accept(who, code))
		}
		w.missing("the administrator accepts", w.operations.Accept(ctx, w.root, code, 1))
		for _, version := range []int64{0, 2, -1} {
			err := w.operations.Accept(ctx, w.actor["outsider"], code, version)
			w.refused("another version", err, fault.Conflict, "operation.handling-changed")
		}
		both := w.id("wco") // the director also stands in for the invited body
		_, err := w.people.AddHat(ctx, w.root, both, w.body["outsider"].Number, "post", person.Deputy)
		w.must(err)
		self := access.Actor{Person: string(both), Organisation: w.body["outsider"].Number, ContactPoint: true}
		w.refused("the one who invited", w.operations.Accept(ctx, self, code, 1), fault.Conflict, "operation.two-people")

		seen, err := w.operations.Invited(ctx, w.actor["outsider"], code)
		if err != nil || seen.Membership.Side != access.Enforcement || seen.Operation.Handling.Version != 1 {
			t.Errorf("the invitation reads %+v, %v", seen, err)
		}
		for _, who := range []string{"outsider.officer", "xa", "rilo", "nobody"} {
			_, err := w.operations.Invited(ctx, w.actor[who], code)
			w.missing(who+" reads the invitation", err)
		}
		w.tick()
		w.must(w.accept("outsider", code))
		st, err := w.stands("outsider")
		if err != nil || !slices.Equal(st.Roles, []access.Role{access.ContactPoint}) || st.Membership.AcceptedBy != string(w.id("outsider")) ||
			st.Membership.Handling != 1 || !st.Membership.Since.Equal(w.source.Now()) {
			t.Errorf("after accepting: %+v, %v", st.Membership, err)
		}
		_, err = w.operations.Invited(ctx, w.actor["outsider"], code)
		w.missing("an accepted invitation", err)
		_, err = w.stands("outsider.officer")
		w.missing("a colleague without a role", err)
		w.must(w.end("wco", code, "outsider"))
		w.missing("an ended membership", w.accept("outsider", code))
	})
}

// The only role of a side is what its contact point gets.
func TestAcceptGivesTheSidesRole(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for who, want := range map[string]access.Role{"xa": access.ContactPoint, "watch": access.Observer, "holder": access.RightHolder, "wco": access.Director} {
		if st, err := w.stands(who); err != nil || !slices.Equal(st.Roles, []access.Role{want}) {
			t.Errorf("%s holds %v, %v", who, st.Roles, err)
		}
	}
}

// A membership that has ended opens nothing, at the very next read; one may
// leave, but not the last body that directs.
func TestEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, who := range []string{"nobody", "rilo", "outsider", "xb", "xa.officer", "wco.coordinator", "watch", "holder"} {
			w.missing(who+" ends xa", w.end(who, code, "xa"))
		}
		w.missing("the administrator ends", w.operations.End(t.Context(), w.root, code, w.body["xa"].ID))
		w.missing("no body", w.operations.End(t.Context(), w.actor["wco"], code, "x\x00"))
		w.missing("no member", w.end("wco", code, "outsider"))
		w.refused("the last that directs", w.end("wco", code, "wco"), fault.Conflict, "operation.last-director")
		w.must(w.end("wco", code, "xa"))
		for _, who := range []string{"xa", "xa.officer"} {
			_, err := w.stands(who)
			w.missing(who+" after the end", err)
		}
		w.missing("ended twice", w.end("wco", code, "xa"))
		w.missing("leaving twice", w.end("xa", code, "xa"))
		w.must(w.end("xb", code, "xb"))
		_, err := w.stands("xb")
		w.missing("after leaving", err)
		_, all, err := w.operations.People(t.Context(), w.actor["wco"], code)
		w.must(err)
		for _, m := range all {
			if m.Membership.State == operation.Ended && len(m.People) > 0 {
				t.Errorf("%s has left, its people are listed: %v", m.Organisation.Name, m.People)
			}
		}
		w.must(w.invite("wco", code, "outsider", access.Enforcement))
		w.must(w.end("wco", code, "outsider"))
		w.missing("an invitation that was taken back", w.accept("outsider", code))
	})
}

// Another body that directs lets the first one go.
func TestEndWithTwoDirectors(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	w.join(code, "rilo", access.Coordination)
	w.must(w.operations.Assign(t.Context(), w.actor["rilo"], code, w.id("rilo"), []access.Role{access.ContactPoint}))
	w.refused("a contact point does not direct", w.end("wco", code, "wco"), fault.Conflict, "operation.last-director")
	w.refused("nor makes itself director", w.assign("rilo", "rilo", access.Director), fault.Invalid, "operation.director-by-director")
	w.person("wco", "second", "")
	w.must(w.assign("wco", "wco.second", access.Director))
	w.must(w.assign("wco", "wco", access.ContactPoint))
	w.must(w.people.Suspend(t.Context(), w.root, w.id("wco.second")))
	w.must(w.people.Resume(t.Context(), w.root, w.id("wco.second")))
	if st, err := w.stands("wco.second"); err != nil || !st.May(access.OperationEnd) {
		t.Errorf("the second director: %v", err)
	}
}

// Who comes back reads again what its side reads, with new roles, even in the
// same moment.
func TestJoinAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var number int64
		w.must(d.Write(t.Context(), string(code), func(tx *db.Tx) error {
			st, err := operation.Enter(tx, w.source.Now(), w.actor["wco"], code, access.OperationRead)
			if err != nil {
				return err
			}
			number, err = audience.Intern(tx, st.Operation.Number, audience.Value{Sides: []access.Side{access.Enforcement}})
			tx.Journalled()
			return err
		}))
		reads := func() (yes bool) {
			w.must(d.Read(t.Context(), func(tx *db.Tx) error {
				l, err := audience.Readable(tx, 1, w.body["xa"].Number, w.source.Now())
				yes = slices.Contains(l, number)
				return err
			}))
			return yes
		}
		if !reads() {
			t.Fatal("xa does not read what its side reads")
		}
		for i, pass := range []func(){w.tick, func() {}, func() {}} {
			w.must(w.end("wco", code, "xa"))
			if reads() {
				t.Errorf("round %d: reads after the end", i)
			}
			pass()
			w.must(w.invite("wco", code, "xa", access.Enforcement))
			if reads() {
				t.Errorf("round %d: reads before accepting", i)
			}
			w.must(w.accept("xa", code))
			w.tick() // where the clock stood, the new epoch begins just after the old one
			if !reads() {
				t.Errorf("round %d: does not read after coming back", i)
			}
			_, err := w.stands("xa.officer")
			w.missing("the roles of before", err)
		}
		_, all, err := w.operations.People(t.Context(), w.actor["wco"], code)
		w.must(err)
		listed := map[string]int{}
		for _, m := range all {
			for _, p := range m.People {
				listed[fmt.Sprint(m.Organisation.Number, p.Person.ID)]++
			}
		}
		for p, n := range listed {
			if n > 1 {
				t.Errorf("%s is listed %d times", p, n)
			}
		}
		w.must(w.end("wco", code, "xa"))
		w.must(w.invite("wco", code, "xa", access.ObserverSide))
		w.must(w.accept("xa", code))
		w.tick()
		if reads() {
			t.Error("an observer reads what enforcement reads")
		}
	})
}
