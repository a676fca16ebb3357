package operation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// Roles are for one's own people, of one's own side.
func TestAssign(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("xa", "second", "")
		for _, who := range []string{"nobody", "rilo", "outsider", "xb", "wco", "xa.officer", "wco.coordinator", "watch"} {
			w.missing(who+" gives a role to xa's", w.assign(who, "xa.second", access.Officer))
		}
		w.missing("a person that is none", w.operations.Assign(t.Context(), w.actor["xa"], code, "x\x00", []access.Role{access.Officer}))
		for _, r := range []access.Role{access.Director, access.Coordinator, access.Observer, access.RightHolder, "king", ""} {
			w.refused("on enforcement: "+string(r), w.assign("xa", "xa.second", r), fault.Invalid, "operation.role-not-on-side")
		}
		w.refused("on the right holders' side", w.assign("holder", "holder", access.Officer), fault.Invalid, "operation.role-not-on-side")
		roles := []access.Role{access.Officer, access.Analyst, access.Officer}
		w.must(w.assign("xa", "xa.second", roles...))
		if !slices.Equal(roles, []access.Role{access.Officer, access.Analyst, access.Officer}) {
			t.Errorf("the caller's list became %v", roles)
		}
		st, err := w.stands("xa.second")
		if err != nil || !slices.Equal(st.Roles, []access.Role{access.Analyst, access.Officer}) {
			t.Errorf("holds %v, %v", st.Roles, err)
		}
		w.still("the same roles again", func() { w.must(w.assign("xa", "xa.second", access.Officer, access.Analyst)) })
		w.must(w.assign("xa", "xa.second"))
		_, err = w.stands("xa.second")
		w.missing("after all roles were taken", err)
	})
}

// Only a director makes or unmakes a director, and the last one stays.
func TestAssignDirector(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("wco", "deputy", "deputy") // a standing contact point manages people, without a role
		w.refused("a contact point makes a director", w.assign("wco.deputy", "wco.coordinator", access.Director), fault.Invalid, "operation.director-by-director")
		w.refused("a contact point makes itself one", w.assign("wco.deputy", "wco.deputy", access.Director), fault.Invalid, "operation.director-by-director")
		w.refused("a contact point unmakes one", w.assign("wco.deputy", "wco", access.Coordinator), fault.Invalid, "operation.director-by-director")
		w.refused("the last director steps down", w.assign("wco", "wco", access.Coordinator), fault.Invalid, "operation.director-stays")
		w.refused("the last director goes", w.assign("wco", "wco"), fault.Invalid, "operation.director-stays")
		w.must(w.assign("wco", "wco", access.Director, access.Analyst))
		w.must(w.assign("wco", "wco.coordinator", access.Director))
		w.must(w.people.Suspend(t.Context(), w.root, w.id("wco.coordinator")))
		w.refused("the other one is suspended", w.assign("wco", "wco", access.Analyst), fault.Invalid, "operation.director-stays")
		w.must(w.people.Resume(t.Context(), w.root, w.id("wco.coordinator")))
		w.must(w.assign("wco", "wco", access.Analyst))
		w.refused("a former director", w.assign("wco", "wco", access.Director), fault.Invalid, "operation.director-by-director")
	})
}

// Somebody whose hat has ended gets nothing, and comes back without the roles
// that were held under the hat before.
func TestAssignToEndedHat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		org := w.body["xa"].Number
		w.must(w.people.EndHat(t.Context(), w.root, w.id("xa.officer"), org))
		w.missing("a role for who has left", w.assign("xa", "xa.officer", access.Officer, access.Analyst))
		w.missing("nothing is left to take", w.assign("xa", "xa.officer"))
		w.tick()
		_, err := w.people.AddHat(t.Context(), w.root, w.id("xa.officer"), org, "post", "")
		w.must(err)
		_, err = w.stands("xa.officer")
		w.missing("who comes back starts without a role", err)
		w.must(w.assign("xa", "xa.officer", access.Officer))
		if _, err = w.stands("xa.officer"); err != nil {
			t.Errorf("the role given anew: %v", err)
		}
	})
}

// Enter is the gate: for whom it does not open, there is nothing there.
func TestEnter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		enter := func(who access.Actor, c operation.Code, at time.Time, need access.Permission) (st operation.Standing, err error) {
			_ = d.Read(t.Context(), func(tx *db.Tx) error {
				st, err = operation.Enter(tx, at, who, c, need)
				return nil
			})
			return st, err
		}
		now := w.source.Now()
		full := w.actor["xa.officer"]
		for what, who := range map[string]access.Actor{
			"nobody":                         {},
			"a person of no organisation":    {Person: full.Person},
			"an organisation without person": {Organisation: full.Organisation},
			"the system":                     {System: "release-clock", Organisation: full.Organisation},
			"another person of the member":   {Person: w.source.ID(), Organisation: full.Organisation},
			"the officer under another hat":  {Person: full.Person, Organisation: w.body["xb"].Number},
			"a stranger":                     w.actor["rilo"],
			"an outsider":                    w.actor["outsider"],
			"the administrator":              w.root,
		} {
			for _, need := range []access.Permission{access.OperationRead, access.SeizureRead, access.OperationPeople, access.OperationAssign} {
				_, err := enter(who, code, now, need)
				w.missing(what+" enters for "+string(need), err)
			}
		}
		if st, err := enter(full, code, now, access.SeizureReport); err != nil || st.Organisation.Name != "Body xa" || st.Side() != access.Enforcement {
			t.Errorf("the officer stands %+v, %v", st, err)
		}
		for _, need := range []access.Permission{access.OperationInvite, access.OperationEnd, access.OperationAssign, access.JournalRead, "", "seizure.everything"} {
			_, err := enter(full, code, now, need)
			w.missing("the officer enters for "+string(need), err)
		}
		_, err := enter(full, code, start.Add(-time.Microsecond), access.OperationRead)
		w.missing("before the membership began", err)
		for _, c := range []operation.Code{"", "TIDE", "tide ", "other", "ti\x00de", "\xff", "tide'--", operation.Code(make([]byte, 5000))} {
			_, err := enter(full, c, now, access.OperationRead)
			w.missing("the code "+string(c), err)
		}
	})
}

// What a preview counts is who would read: persons, once each, who can sign in.
func TestPreviewEqualsReaders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.give("xb", "officer", access.Officer)
		w.give("xb", "analyst", access.Analyst, access.Officer)
		w.give("xb", "auditor", access.Auditor)
		// one person under two hats, one who has left, one who is suspended
		_, err := w.people.AddHat(t.Context(), w.root, w.id("xa.officer"), w.body["xb"].Number, "post", "")
		w.must(err)
		w.must(w.assign("xb", "xa.officer", access.Officer))
		w.give("xa", "left", access.Officer)
		w.must(w.people.EndHat(t.Context(), w.root, w.id("xa.left"), w.body["xa"].Number))
		w.give("xa", "suspended", access.Officer)
		w.must(w.people.Suspend(t.Context(), w.root, w.id("xa.suspended")))

		for what, c := range map[string]struct {
			to            audience.Address
			need          access.Permission
			bodies, heads int
		}{
			"the enforcement side reads messages": {audience.Address{Sides: []access.Side{access.Enforcement}}, access.MessageRead, 3, 7},
			"... and cases":                       {audience.Address{Sides: []access.Side{access.Enforcement}}, access.SeizureRead, 3, 7},
			"apart from coordination":             {audience.Address{Sides: []access.Side{access.Enforcement}, Apart: true}, access.MessageRead, 3, 7},
			"right holders read no cases":         {audience.Address{Sides: []access.Side{access.RightHolderSide}}, access.SeizureRead, 2, 2},
			"a body that is no member":            {audience.Address{Organisations: []int64{w.body["outsider"].Number}}, access.MessageRead, 1, 2},
			"nobody":                              {audience.Address{}, access.MessageRead, 1, 2},
		} {
			r, err := w.preview(c.to, c.need)
			if err != nil || len(r.Organisations) != c.bodies || r.People != c.heads {
				t.Errorf("%s: %d people of %d bodies, %v; want %d of %d", what, r.People, len(r.Organisations), err, c.heads, c.bodies)
			}
			if got := w.readers(c.to, c.need); len(got) != r.People {
				t.Errorf("%s: a preview of %d people, readers %v", what, r.People, got)
			}
		}
	})
}

// preview is whom a thing of the directing body would reach if it were written now.
func (w *world) preview(to audience.Address, need access.Permission) (r operation.Reach, err error) {
	err = w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, code)
		if err != nil {
			return err
		}
		orgs, err := audience.Preview(tx, o.Number, to.Value(w.body["wco"].Number), w.source.Now())
		if err != nil {
			return err
		}
		r, err = operation.ReachOf(tx, o.Number, orgs, need, w.source.Now())
		return err
	})
	return r, err
}

// readers finds who can read by asking the gate for every person there is, under
// every hat, at the session's rule that a hat must be worn by an active person.
func (w *world) readers(to audience.Address, need access.Permission) []string {
	w.t.Helper()
	v := to.Value(w.body["wco"].Number)
	var out []string
	all, err := w.people.List(w.t.Context(), w.root)
	w.must(err)
	w.must(w.db.Read(w.t.Context(), func(tx *db.Tx) error {
		for _, p := range all {
			for _, h := range p.Hats {
				if !h.At(w.source.Now()) || p.Person.State == "suspended" || slices.Contains(out, p.Person.Login) {
					continue
				}
				who := access.Actor{Person: string(p.Person.ID), Organisation: h.Organisation}
				st, err := operation.Enter(tx, w.source.Now(), who, code, need)
				if err == nil && v.Has(h.Organisation, st.Side()) {
					out = append(out, p.Person.Login)
				}
			}
		}
		return nil
	}))
	return out
}

// Who may know the members sees all of them; others their own people at most.
func TestPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.must(w.invite("wco", code, "outsider", access.Enforcement))
		w.person("xa", "idle", "")
		_, all, err := w.operations.People(t.Context(), w.actor["xa"], code)
		w.must(err)
		if len(all) != 6 {
			t.Errorf("%d memberships, want 6", len(all))
		}
		for _, m := range all {
			idle := slices.ContainsFunc(m.People, func(p operation.Participant) bool { return len(p.Roles) == 0 })
			if own := m.Organisation.Number == w.body["xa"].Number; idle != own {
				t.Errorf("%s: people without a role listed: %v", m.Organisation.Name, idle)
			}
		}
		for _, who := range []string{"nobody", "rilo", "outsider", "holder", "watch", "xa.idle"} {
			_, _, err := w.operations.People(t.Context(), w.actor[who], code)
			w.missing(who+" lists the people", err)
		}
		for _, who := range []string{"nobody", "rilo", "outsider", "xa.officer", "xa.idle"} {
			_, _, err := w.operations.Own(t.Context(), w.actor[who], code)
			w.missing(who+" lists its own people", err)
		}
		_, own, err := w.operations.Own(t.Context(), w.actor["holder"], code)
		if err != nil || len(own.People) != 1 || own.Organisation.Number != w.body["holder"].Number {
			t.Errorf("the right holder's own people: %+v, %v", own, err)
		}
	})
}
