package attendance_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// model is what should be, kept in the slowest way.
type model struct {
	*world
	r     *rand.Rand
	marks map[[2]int]string // session, guest: how; "no": taken back
	codes []kept
	wrong map[string]int // "actor session"
	given map[int][]paper
	gone  map[int]bool // withdrawn
}

type kept struct {
	attendance.Code
	session int
	closed  bool
}

type paper struct {
	sessions, minutes int
	share             int64
	good              bool
	replaced          bool
}

var lasts = []int{90, 90, 60, 180} // minutes of the sessions

func (m *model) bounds(session int) (opens, ends time.Time) {
	from := []time.Duration{0, 90 * time.Minute, 24 * time.Hour, 29 * time.Hour}[session]
	return begins.Add(from - 30*time.Minute), begins.Add(from + time.Duration(lasts[session])*time.Minute + 30*time.Minute)
}

func (m *model) now() time.Time { return m.Source.Now() }

func (m *model) confirmed(g int) bool { return g != 5 && !m.gone[g] }

func (m *model) attended(g int) (n, minutes int) {
	for s := range m.sessions {
		if how := m.marks[[2]int{s, g}]; how != "" && how != "no" {
			n, minutes = n+1, minutes+lasts[s]
		}
	}
	return n, minutes
}

// sheet is what a reader should see.
func (m *model) should(who string) []string {
	out := []string{}
	for g, p := range m.people {
		n, minutes := m.attended(g)
		sees := strings.HasPrefix(who, "wco") || p.body == who || who == "xa.trainer" && p.body == "xa" || p.actor == who
		if !sees || !m.confirmed(g) && n == 0 && len(m.given[g]) == 0 {
			continue
		}
		line := p.Name + ":"
		for s := range m.sessions {
			if how := m.marks[[2]int{s, g}]; how != "" && how != "no" {
				line += " " + how
			} else {
				line += " -"
			}
		}
		line += fmt.Sprintf(" %dmin", minutes)
		for _, c := range m.given[g] {
			line += fmt.Sprintf(" [%s %d/4 %dmin %d%% %v]", p.Name, c.sessions, c.minutes, c.share, c.good)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func (m *model) want(what string, err error, kind fault.Kind, ok bool) {
	m.T.Helper()
	if ok && err != nil || !ok && !fault.Is(err, kind) {
		m.T.Fatalf("%s at %v: %v", what, m.now(), err)
	}
}

var hosts = []string{"wco.trainer", "wco.coordinator", "wco"}

func (m *model) anybody() (who string, host bool) {
	if m.r.IntN(3) > 0 {
		return hosts[m.r.IntN(len(hosts))], true
	}
	return []string{"xa", "xa.trainer", "xa.officer", "xb.officer", "observer", "holder"}[m.r.IntN(6)], false
}

// record ticks somebody, or takes a tick back.
func (m *model) record() {
	who, host := m.anybody()
	s, g, here := m.r.IntN(4), m.r.IntN(len(m.people)), m.r.IntN(3) > 0
	err := m.tick(who, s, g, here)
	how := m.marks[[2]int{s, g}]
	was := how != "" && how != "no"
	switch {
	case !host:
		m.want(who+" ticks", err, fault.NotFound, false)
	case here && !was && !m.confirmed(g):
		m.want("a tick of who is not confirmed", err, fault.Conflict, false)
	default:
		m.want("a tick", err, 0, true)
		if here && !was {
			m.marks[[2]int{s, g}] = attendance.ByList
		} else if !here && was {
			m.marks[[2]int{s, g}] = "no"
		}
	}
}

func (m *model) openCode() {
	who, host := m.anybody()
	s := m.r.IntN(4)
	opens, ends := m.bounds(s)
	c, err := m.store.Open(m.T.Context(), m.Actor[who], code, m.held.ID, m.sessions[s].ID)
	switch {
	case !host:
		m.want(who+" opens", err, fault.NotFound, false)
	case m.now().Before(opens) || !m.now().Before(ends):
		m.want("a code out of time", err, fault.Conflict, false)
	default:
		m.want("a code", err, 0, true)
		for _, k := range m.codes {
			if k.session == s && !k.closed && m.now().Before(k.Until) {
				if k.Text != c.Text {
					m.T.Fatal("an open code is another")
				}
				return
			}
		}
		if !c.Until.Equal(ends) {
			m.T.Fatalf("a code until %v, the session and half an hour end %v", c.Until, ends)
		}
		m.codes = append(m.codes, kept{c, s, false})
	}
}

func (m *model) closeCode() {
	who, host := m.anybody()
	s := m.r.IntN(4)
	err := m.store.Close(m.T.Context(), m.Actor[who], code, m.held.ID, m.sessions[s].ID)
	m.want(who+" closes", err, fault.NotFound, host)
	for i, k := range m.codes {
		if host && k.session == s && m.now().Before(k.Until) {
			m.codes[i].closed = true
		}
	}
}

// arrive types a code that was opened at some time, or another.
func (m *model) arrive() {
	g := []int{0, 1, 3, 5, -1}[m.r.IntN(5)]
	who := "xa.trainer" // who takes no part
	if g >= 0 {
		who = m.people[g].actor
	}
	typed := "ACDEFG"
	if len(m.codes) > 0 && m.r.IntN(3) > 0 {
		typed = m.codes[m.r.IntN(len(m.codes))].Text
	}
	err := m.join(who, " "+strings.ToLower(typed)+" ")
	joined := -1
	if g >= 0 && m.confirmed(g) {
		joined = m.joined(g, who, typed)
	}
	m.want(fmt.Sprintf("%s types %s (%v)", who, typed, joined), err, fault.Invalid, joined >= 0)
	if joined >= 0 && m.marks[[2]int{joined, g}] == "" {
		m.marks[[2]int{joined, g}] = attendance.ByCode
	}
}

// joined tells at which session somebody arrives; -1: at none.
func (m *model) joined(g int, who, typed string) int {
	var open []kept
	for _, k := range m.codes {
		how := m.marks[[2]int{k.session, g}]
		present := how != "" && how != "no"
		if present && k.Text == typed {
			return k.session
		}
		if !present && !k.closed && m.now().Before(k.Until) {
			open = append(open, k)
		}
	}
	for _, k := range open {
		if k.Text == typed && m.wrong[fmt.Sprint(who, k.session)] < attendance.MaxGuesses {
			if m.marks[[2]int{k.session, g}] == "no" {
				return -1 // the trainer took it back
			}
			return k.session
		}
	}
	for _, k := range open {
		m.wrong[fmt.Sprint(who, k.session)] = min(attendance.MaxGuesses, m.wrong[fmt.Sprint(who, k.session)]+1)
	}
	return -1
}

func (m *model) certify() {
	who, host := m.anybody()
	share := []int64{0, 1, 25, 26, 50, 51, 75, 76, 100, 101}[m.r.IntN(10)]
	n, err := m.store.Certify(m.T.Context(), m.Actor[who], code, m.held.ID, share)
	if !host {
		m.want(who+" certifies", err, fault.NotFound, false)
		return
	}
	m.want("certifies", err, fault.Invalid, share >= 1 && share <= 100)
	var want int64
	for g := range m.people {
		a, minutes := m.attended(g)
		had := m.given[g]
		more := len(had) > 0 && had[len(had)-1].good && a > had[len(had)-1].sessions
		if err == nil && m.confirmed(g) && a > 0 && (len(had) == 0 || more) && float64(a)/4 >= float64(share)/100 {
			want++
			m.put(g, paper{a, minutes, share, true, false})
		}
	}
	if n != want {
		m.T.Fatalf("%d certificates for %d%%, want %d", n, share, want)
	}
}

func (m *model) revoke() {
	who, host := m.anybody()
	g := m.r.IntN(len(m.people))
	all := m.certificates(g)
	if len(all) == 0 {
		return
	}
	last := all[len(all)-1]
	m.want(who+" revokes", m.store.Revoke(m.T.Context(), m.Actor[who], code, m.held.ID, last.ID, "A mistake."), fault.NotFound, host)
	if host {
		m.given[g][len(m.given[g])-1].good = false
	}
}

func (m *model) again() {
	who, host := m.anybody()
	g := m.r.IntN(len(m.people))
	err := m.store.Anew(m.T.Context(), m.Actor[who], code, m.held.ID, m.people[g].ID)
	had := m.given[g]
	a, minutes := m.attended(g)
	switch {
	case !host || len(had) == 0:
		m.want(who+" gives anew", err, fault.NotFound, false)
	case had[len(had)-1].good && had[len(had)-1].sessions == a && had[len(had)-1].minutes == minutes:
		m.want("anew what stands", err, 0, true)
	case !m.confirmed(g) || a == 0 || int64(a)*100 < had[len(had)-1].share*4:
		m.want("anew for too little", err, fault.Conflict, false)
	default:
		m.want("anew", err, 0, true)
		m.put(g, paper{a, minutes, had[len(had)-1].share, true, false})
	}
}

// put gives a paper; one that stood is replaced.
func (m *model) put(g int, p paper) {
	if n := len(m.given[g]); n > 0 && m.given[g][n-1].good {
		m.given[g][n-1].good, m.given[g][n-1].replaced = false, true
	}
	m.given[g] = append(m.given[g], p)
}

// Over a random history of two days, sheets, certificates and who counts as trained are
// as a slow reference has them, for every reader; who does not host changes nothing.
func TestHistory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := &model{world: newWorld(t, d), r: rand.New(rand.NewPCG(8, 61)), marks: map[[2]int]string{}, wrong: map[string]int{}, given: map[int][]paper{}, gone: map[int]bool{}}
		m.Source.Set(begins.Add(-40 * time.Minute))
		for i := range 220 {
			m.Source.Set(m.now().Add(time.Duration(m.r.IntN(14)) * time.Minute))
			switch n := m.r.IntN(20); {
			case n < 5:
				m.record()
			case n < 9:
				m.openCode()
			case n < 10:
				m.closeCode()
			case n < 16:
				m.arrive()
			case n < 18:
				m.certify()
			case n < 19:
				m.revoke()
			default:
				m.again()
			}
			if i == 120 {
				m.Must(m.nominations.Withdraw(t.Context(), m.Actor["xa"], code, m.held.ID, m.people[2].ID, ""))
				m.gone[2] = true
			}
			m.compare(i)
		}
		m.trained()
		m.papers()
		m.reads()
		m.fine()
	})
}

func (m *model) compare(step int) {
	m.T.Helper()
	for i, who := range []string{"wco.trainer", "xa", "xa.officer", "xb", "xb.officer", "xb.waits", "observer", "holder", "xa.trainer"} {
		if i > 0 && (step+i)%4 != 0 {
			continue
		}
		s := m.sheet(who)
		got := said(s)
		slices.Sort(got)
		if diff := cmp.Diff(m.should(who), got); diff != "" {
			m.T.Fatalf("step %d: %s sees (-should +is):\n%s", step, who, diff)
		}
		if len(s.Codes) > 0 && !slices.Contains(hosts, who) {
			m.T.Fatalf("%s reads codes", who)
		}
	}
}
