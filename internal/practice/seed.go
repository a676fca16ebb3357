package practice

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// What the practice's own coordination writes for tasks to rest on, by ready-made task:
// warnings, sent anew in each round, and cases that are there already.
var (
	warnings = []string{"seen", "answer"}
	cases    = []string{"watches", "phones"}
)

// Seed is a record that a practice needs before people begin.
type Seed struct {
	Name string // below practice.seed; what it says stands in the catalogue
	ID   string
	Case bool // or a warning
}

// named gives the id of a record by what it is for, so that writing it twice writes it
// once.
func seedID(of ID, name string, round int64) string {
	h := sha256.Sum256(fmt.Appendf(nil, "practice/%s/%d/%s", of, round, name))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// seeds are those that some tasks need.
func seeds(p Practice, tasks []Task, round int64) (out []Seed) {
	has := func(kind string) bool {
		for _, t := range tasks {
			if t.Kind == kind {
				return true
			}
		}
		return false
	}
	for _, name := range warnings {
		if name == "seen" && has(Acknowledge) || name == "answer" && has(Answer) {
			out = append(out, Seed{Name: name, ID: seedID(p.ID, name, round)})
		}
	}
	for _, name := range cases {
		if has(Double) {
			out = append(out, Seed{Name: name, ID: seedID(p.ID, name, 1), Case: true})
		}
	}
	return out
}

// Seeds lists what the practice needs in this round. Whoever leads it writes them
// through the commands; what is there already stays what it is.
func (s *Store) Seeds(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (p Practice, out []Seed, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		at, err := enter(tx, s.source.Now(), who, code, id, access.PracticeOpen)
		if err != nil {
			return err
		}
		var o operation.Operation
		if p, o, err = at.practice(tx); err != nil {
			return err
		}
		tasks, err := db.All(tx, selectTasks, db.Decoded[Task], o.Number)
		if err != nil {
			return err
		}
		steps, err := db.All(tx, selectSteps, db.Decoded[Step], o.Number)
		out = seeds(p, tasks, Round(steps))
		return err
	})
	return p, out, fault.In(access.PracticeOpen, err)
}

// AnswerWithin is how long a practice's warnings wait for an answer.
const AnswerWithin = 170 * 24 * time.Hour

// Warning is what a seed says as a warning, in the language of the practice.
func (s Seed) Warning(p Practice, words *i18n.Printer) message.Draft {
	return message.Draft{ID: message.ID(s.ID), Template: message.Warning, Subject: words.T("practice.seed." + s.Name + ".subject"), Body: words.T("practice.seed." + s.Name + ".text"),
		Language: string(words.Lang()), TLP: "GREEN", Source: "risk-profile", ReplyDue: p.At.Add(AnswerWithin),
		To:      audience.Address{Sides: []access.Side{access.Enforcement}},
		Profile: message.Profile{Category: "ELE", Conveyance: "sea"}}
}

// Found is what a seed says as a case, as if it had come the day before.
func (s Seed) Found(p Practice, words *i18n.Printer) seizure.Draft {
	line := map[string]goods.Line{
		"watches": {Category: "WAT", Brand: words.T("practice.seed.watches.brand"), HS: "910211", Quantities: []goods.Quantity{{Micro: 250e6, Unit: "H87"}}},
		"phones":  {Category: "PHO", Brand: words.T("practice.seed.phones.brand"), HS: "851713", Quantities: []goods.Quantity{{Micro: 40e6, Unit: "H87"}}},
	}[s.Name]
	line.Description = words.T("practice.seed." + s.Name + ".text")
	return seizure.Draft{ID: seizure.ID(s.ID), Country: Administrations()[0], Day: p.At.Add(-24 * time.Hour).UTC().Format(time.DateOnly), Language: string(words.Lang()),
		Direction: goods.Coded{Code: "import"}, Conveyance: goods.Coded{Code: "express"}, Goods: []goods.Line{line}}
}

// Names call the administrations of a practice by numbers, in every language.
func Names() map[string]map[string]string {
	out := map[string]map[string]string{}
	for i, code := range Administrations() {
		by := map[string]string{}
		for _, l := range i18n.Languages() {
			p := i18n.NewPrinter(l) // in a stored text no argument stands, which would bring marks of direction
			by[string(l)] = p.T("practice.administration") + " " + p.Number(int64(i+1))
		}
		out[code] = by
	}
	return out
}
