package attendance_test

import (
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// trained holds who counts as trained against the reference.
func (m *model) trained() {
	var want, got []string
	for g, p := range m.people {
		a, _ := m.attended(g)
		had := m.given[g]
		if len(had) > 0 && had[len(had)-1].good || m.confirmed(g) && a >= 2 {
			want = append(want, p.Name)
		}
	}
	m.Must(m.DB.Read(m.T.Context(), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, m.now(), m.Actor["wco"], code, access.WorkshopRead)
		m.Must(err)
		all, err := attendance.TrainedIn(tx, st.Operation.Number)
		for _, x := range all {
			got = append(got, x.Name)
			if x.Day != "2017-02-11" || x.Kind != workshop.TrainTheTrainer || x.Host != m.Body["wco"].Number {
				m.T.Errorf("trained: %+v", x)
			}
		}
		counts, err2 := attendance.Attended(tx, st.Operation.Number, m.held.Seq)
		m.Must(err2)
		for g, p := range m.people {
			if a, _ := m.attended(g); counts[p.Seq] != int64(a) {
				m.T.Errorf("%s attended %d, want %d", p.Name, counts[p.Seq], a)
			}
		}
		return err
	}))
	if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 {
		m.T.Errorf("trained (-want +got):\n%s", diff)
	}
}

// papers checks every certificate as whoever holds the paper does.
func (m *model) papers() {
	numbers, revoked, replaced := map[string]bool{}, 0, 0
	for g, p := range m.people {
		all := m.certificates(g)
		for i, c := range all {
			want := attendance.AnswerGood
			switch {
			case m.given[g][i].replaced:
				want, replaced = attendance.AnswerReplaced, replaced+1
				if next := all[i+1]; next.Replaces != c.Number || c.Revoked.By != next.Number {
					m.T.Errorf("%s is replaced by %+v", c.Number, next)
				}
			case !m.given[g][i].good:
				want, revoked = attendance.AnswerRevoked, revoked+1
			case i > 0 && !m.given[g][i-1].replaced && c.Replaces != "":
				m.T.Errorf("%s replaces what was revoked", c.Number)
			}
			if numbers[c.Number] {
				m.T.Errorf("%s was given twice", c.Number)
			}
			numbers[c.Number] = true
			for typed, name := range map[string]string{c.Number: p.Name, strings.ToLower(strings.ReplaceAll(c.Number, "-", " ")): "  " + strings.ToUpper(strings.ReplaceAll(p.Name, " ", "   ")) + " "} {
				if got := m.check(typed, name); got != want {
					m.T.Errorf("%q of %q: %s, want %s", typed, name, got, want)
				}
			}
			for _, name := range []string{"", "nobody", p.Name + " x", m.people[(g+1)%5].Name, p.Name[:4]} {
				if got := m.check(c.Number, name); got != attendance.AnswerUnknown {
					m.T.Errorf("%q of %q: %s", c.Number, name, got)
				}
			}
		}
	}
	if len(numbers) < 4 || revoked == 0 || replaced == 0 {
		m.T.Errorf("the history gave %d certificates, revoked %d and replaced %d: too few to show anything", len(numbers), revoked, replaced)
	}
}

// reads looks through the journal as a rival administration: it finds nothing of
// others' people, and no code.
func (m *model) reads() {
	others := map[string]bool{}
	for g, p := range m.people {
		if p.body == "xa" {
			others["attendance/"+string(p.ID)] = true
			for _, c := range m.certificates(g) {
				others[c.EntrySubject()] = true
			}
		}
	}
	own := 0
	for before := int64(0); ; {
		page, err := m.Operations.Journal(m.T.Context(), m.Actor["xb"], code, journal.Filter{Before: before, Limit: 200})
		m.Must(err)
		for _, l := range page.Lines {
			switch kind, _, _ := strings.Cut(l.Subject, "/"); {
			case others[l.Subject], kind == "attendance-code":
				m.T.Errorf("xb reads %s of %s in the journal", l.Verb, l.Subject)
			case kind == "attendance", kind == "certificate":
				own++
			}
		}
		if before = page.Next; before == 0 {
			break
		}
	}
	if own == 0 {
		m.T.Error("xb reads nothing of its own people, so this shows nothing")
	}
}
