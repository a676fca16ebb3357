package story

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/source"
)

// World is everything there is to tell. Slices are in a settled order, the
// same for the same seed.
type World struct {
	Seed          uint64
	Factor        int
	Countries     []Country
	Organisations []*Organisation
	Persons       []*Person
	Operations    []*Operation
	Messages      []*Message
	Acts          []*WarningAct
	Cases         []*Case
	NilReports    []*NilReport
	Tasks         []*Task
	Shifts        []*Shift
	Documents     []*Document
	Holders       []*Holder
	Brands        []*Brand
	Sheets        []*Sheet
	Alerts        []*Alert
	Contacts      []*Contact
	Inquiries     []*Inquiry
	Contributions []*Contribution
	Clearances    []*Clearance
	Workshops     []*Workshop
	Lessons       []*Lesson
	Courses       []*Course
	Learnt        []*Learnt
}

// ActionIPR2 is the small true world of Action IPR A/P 2, with two further
// operations beside it. The seed changes details, never a published figure.
func ActionIPR2(seed uint64) *World { return Scaled(seed, 1) }

// Scaled tells the same operation factor times over: the same people and
// days, factor times the cases, sums and messages, all with ids of their own.
// A factor below one is one.
func Scaled(seed uint64, factor int) *World {
	factor = max(factor, 1)
	w := &World{Seed: seed, Factor: factor, Countries: countries(), Organisations: organisations(), Persons: persons(), Operations: operations()}
	b := newBuilder(w, seed)
	for _, p := range w.Persons {
		p.ID = b.id(founding.AddDate(0, 0, 1))
	}
	for _, o := range w.Operations {
		o.ID = b.id(openings[o.Code].at)
		o.Membership = memberships(o, w.Organisations, b.first)
	}
	for i := range factor {
		b.begin(seed, uint64(i))
		b.chapter()
		if i == 0 {
			b.conclude()
		}
	}
	b.daily(seed)
	b.library(seed)
	b.shelf(seed)
	b.training(seed)
	return w
}

// Scale is the same world, factor times over.
func (w *World) Scale(factor int) *World { return Scaled(w.Seed, factor) }

// Totals sums the counted cases, in millionths by unit.
func (w *World) Totals() Totals {
	t := Totals{}
	for _, c := range w.Cases {
		if c.NotCounted == "" {
			t.add(c.Lines)
		}
	}
	return t
}

// Person gives somebody by login, nil if nobody has it.
func (w *World) Person(login string) *Person {
	for _, p := range w.Persons {
		if p.Login == login {
			return p
		}
	}
	return nil
}

// Organisation gives a body by code, nil if there is none.
func (w *World) Organisation(code string) *Organisation {
	for _, o := range w.Organisations {
		if o.Code == code {
			return o
		}
	}
	return nil
}

// Operation gives an operation by code, nil if there is none.
func (w *World) Operation(code string) *Operation {
	for _, o := range w.Operations {
		if o.Code == code {
			return o
		}
	}
	return nil
}

// builder holds what is needed while a world is made.
type builder struct {
	world     *World
	rng       *rand.Rand
	source    *source.Source
	calendar  calendar
	org       map[string]*Organisation
	countries []Country                    // that trade with members
	login     map[string]map[string]string // organisation -> seat -> login
	first     map[string]string            // organisation -> login of its contact point
	warnings  map[string]*Message          // of this chapter, by key
	turn      map[string]int               // of this chapter: goods told so far
}

func newBuilder(w *World, seed uint64) *builder {
	b := &builder{world: w, calendar: calendar{}, org: map[string]*Organisation{}, login: map[string]map[string]string{}, first: map[string]string{}}
	b.source = source.Story(founding, seed)
	for _, o := range w.Organisations {
		b.org[o.Code] = o
		b.login[o.Code] = map[string]string{}
	}
	for _, c := range w.Countries {
		if c.Code != strangerRow.code {
			b.countries = append(b.countries, c)
		}
	}
	for _, p := range w.Persons {
		for _, h := range p.Hats {
			key := h.Contact
			switch {
			case len(p.Hats) > 1 && h.Contact == "":
				continue // the analyst reports nothing in his other hat
			case strings.HasSuffix(h.Place, "MC"):
				key = "mail"
			case h.Place != "":
				key = "freight"
			}
			b.login[h.Organisation][key] = p.Login
			if h.Contact == ContactFirst {
				b.first[h.Organisation] = p.Login
			}
		}
	}
	return b
}

// begin starts a chapter: draws and ids of its own, the first the same
// whatever the factor.
func (b *builder) begin(seed, chapter uint64) {
	mixed := seed ^ (chapter+1)*0x9e3779b97f4a7c15
	b.rng = rand.New(rand.NewPCG(seed, mixed))
	b.source = source.Story(founding, mixed)
	b.warnings, b.turn = map[string]*Message{}, map[string]int{}
}

// chapter makes the messages and cases of one telling.
func (b *builder) chapter() {
	letters := map[string]*Message{}
	for _, l := range letterRows {
		b.world.Messages = append(b.world.Messages, b.letter(l, letters))
	}
	var hits []*warningRow
	for i := range warningRows {
		w := &warningRows[i]
		b.warnings[w.key] = b.warning(w)
		b.world.Messages = append(b.world.Messages, b.warnings[w.key])
		if w.hitBy != "" {
			hits = append(hits, w)
		}
	}
	hitCases := map[string]*Case{}
	var counted []*Case
	for _, s := range seats(b.rng, hits) {
		c := b.caseOf(s)
		counted = append(counted, c)
		if s.warning != "" {
			hitCases[s.warning] = c
		}
	}
	b.amend(counted)
	b.moveOn(counted)
	b.world.Cases = append(b.world.Cases, append(counted, b.traps(counted)...)...)
	for i := range warningRows {
		b.world.Messages = append(b.world.Messages, b.answers(&warningRows[i], hitCases)...)
	}
}

func (b *builder) id(at time.Time) string {
	b.source.Set(at)
	return b.source.ID()
}

func (b *builder) orgOf(login string) string {
	hats := b.world.Person(login).Hats
	return hats[len(hats)-1].Organisation
}

// pick draws one of "name:weight name:weight".
func (b *builder) pick(weighted string) string {
	var names []string
	var weights []int
	sum := 0
	for _, f := range strings.Fields(weighted) {
		name, number, _ := strings.Cut(f, ":")
		n, err := strconv.Atoi(number)
		if err != nil {
			panic("story: " + err.Error())
		}
		names, weights, sum = append(names, name), append(weights, n), sum+n
	}
	n := b.rng.IntN(sum)
	for i, weight := range weights {
		if n < weight {
			return names[i]
		}
		n -= weight
	}
	return names[0]
}
