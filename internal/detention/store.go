package detention

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Store does what people and time do about the legal clock.
type Store struct {
	// Readings is told what was read; nil: nobody keeps a log of it.
	Readings *reading.Log

	db      *db.DB
	journal *journal.Journal
	source  *source.Source
}

// NewStore makes a store.
func NewStore(d *db.DB, j *journal.Journal, s *source.Source) *Store {
	return &Store{db: d, journal: j, source: s}
}

// write is the frame of every command here.
func (s *Store) write(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, fn func(tx *db.Tx, st operation.Standing) error) error {
	return fault.In(need, s.db.Write(ctx, string(code), func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, need)
		if err != nil {
			return err
		}
		return fn(tx, st)
	}))
}

// cleanText is a text as it is stored.
func cleanText(p *fault.Problems, path, s string, most int, required bool) string {
	s, err := i18n.CleanBody(s, most)
	s = strings.TrimSpace(s)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		p.Add(path, f.Key, f.Args)
	} else if s == "" && required {
		p.Add(path, "fault.required")
	}
	return s
}

// Starting is what is said to start a clock.
type Starting struct {
	Kind       string
	Perishable bool
	Day        string // of the detention, 2006-01-02, local at the office
	Time       string // 15:04; empty: within office hours
}

// Start starts the clock of one of the organisation's reported cases, by the
// profile in force. A procedure that the profile does not have for such goods is
// refused, and a case with a running clock (Conflict).
func (s *Store) Start(ctx context.Context, who access.Actor, code operation.Code, ref string, d Starting) (Clock, error) {
	var c Clock
	err := s.write(ctx, who, code, access.DetentionStart, func(tx *db.Tx, st operation.Standing) error {
		of, err := ownCase(tx, st, ref)
		if err != nil {
			return err
		}
		if err := startable(tx, st, of); err != nil {
			return err
		}
		rule, err := s.rule(tx, st, of.Organisation)
		if err != nil {
			return err
		}
		c = Clock{Seizure: of.Seq, Organisation: of.Organisation, Kind: d.Kind, Perishable: d.Perishable, Time: d.Time, Author: who.Person, At: st.Now}
		if rule.setting != nil {
			c.Setting = rule.setting.Seq
		}
		var p fault.Problems
		c.Day = rule.day(&p, d.Day, d.Time)
		if !codelist.ClockKind.Has(d.Kind) {
			p.Add("kind", "detention.kind")
		} else if key := rule.law.Refuses(d.Kind, d.Perishable); key != "" {
			p.Add("kind", key)
		} else if d.Kind == legal.Small && !fits(rule.law, of) {
			p.Add("kind", "detention.not-small")
		}
		if err := p.Fault(); err != nil {
			return err
		}
		if c.Seq, c.Audience, err = s.record(tx, st, access.DetentionStart, subject(of), c.Organisation, c); err != nil {
			return err
		}
		return put(tx, st.Operation.Number, insertClock, c.args())
	})
	return c, err
}

// subject is how the journal calls the clock of a case.
func subject(c seizure.Case) string { return "detention/" + string(c.ID) }

// ownCase gives a case of the actor's own organisation that was reported.
func ownCase(tx *db.Tx, st operation.Standing, ref string) (seizure.Case, error) {
	c, err := seizure.Readable(tx, st, ref)
	switch {
	case err != nil:
	case c.Organisation != st.Who.Organisation:
		err = fault.Missing()
	case c.Redacted != "": // what is written now would never be erased
		err = fault.Of(fault.Conflict, "seizure.was-redacted")
	}
	return c, err
}

// startable: a draft may still change, and nobody but its own organisation knows
// of it; what was withdrawn is over.
func startable(tx *db.Tx, st operation.Standing, c seizure.Case) error {
	if c.State != seizure.Reported && c.State != seizure.Released {
		return fault.Of(fault.Conflict, "detention.not-reported")
	}
	all, err := db.All(tx, selectOfCase, scanClock, st.Operation.Number, c.Seq)
	if err != nil || len(all) == 0 {
		return err
	}
	events, err := db.All(tx, selectEvents, scanEvent, st.Operation.Number, db.List{all[len(all)-1].Seq})
	if err == nil && !all[len(all)-1].course(events).Over() {
		err = fault.Of(fault.Conflict, "detention.runs")
	}
	return err
}

// fits tells whether a case can be a small consignment: by its conveyance, and by
// its pieces or kilograms, as far as they are stated.
func fits(p legal.Profile, c seizure.Case) bool {
	units, grams := int64(-1), int64(-1)
	for _, l := range c.Goods {
		for _, q := range l.Quantities {
			switch q.Unit {
			case "H87":
				units = max(units, 0) + (q.Micro+999_999)/1_000_000
			case "KGM":
				grams = max(grams, 0) + q.Micro/1000
			case "GRM":
				grams = max(grams, 0) + q.Micro/1_000_000
			}
		}
	}
	if units < 0 && grams >= 0 {
		return p.Small.Fits(c.Conveyance.Code, p.Small.Units+1, grams)
	}
	if grams < 0 && units >= 0 {
		return p.Small.Fits(c.Conveyance.Code, units, p.Small.Grams)
	}
	return p.Small.Fits(c.Conveyance.Code, units, grams)
}

// Happening is what is said of something that happened.
type Happening struct {
	Clock  int64 // number of the clock that the writer saw
	Kind   string
	Day    string // local at the office
	Time   string
	Step   string // of an extension
	Answer string // of a reply
	Reason string // needed to extend, to end, and where something of the kind was entered before
}

// Note enters what happened. The same again changes nothing; something of the same
// kind again corrects it, and needs a reason. An ended clock takes nothing more.
func (s *Store) Note(ctx context.Context, who access.Actor, code operation.Code, ref string, h Happening) error {
	return s.write(ctx, who, code, access.DetentionNote, func(tx *db.Tx, st operation.Standing) error {
		w, err := s.open(tx, st, ref, h.Clock)
		if err != nil {
			return err
		}
		if w.course.Over() {
			return fault.Of(fault.Conflict, "detention.ended")
		}
		e, err := w.event(h)
		if err != nil {
			return err
		}
		if old := w.before(e); old != nil && e.repeats(*old) {
			return db.Unchanged
		}
		e.Author, e.At = who.Person, st.Now
		if e.Seq, _, err = s.record(tx, st, access.DetentionNote, subject(w.of), w.clock.Organisation, e); err != nil {
			return err
		}
		return put(tx, st.Operation.Number, insertEvent, e.args())
	})
}

// work is one command on the clock of one case.
type work struct {
	rule
	of     seizure.Case
	clock  Clock
	events []Event
	course legal.Course
}

// open gives the newest clock of one of the organisation's own cases; Conflict: it
// is not the one that the writer saw.
func (s *Store) open(tx *db.Tx, st operation.Standing, ref string, seen int64) (work, error) {
	var w work
	var err error
	if w.of, err = ownCase(tx, st, ref); err != nil {
		return w, err
	}
	op := st.Operation.Number
	all, err := db.All(tx, selectOfCase, scanClock, op, w.of.Seq)
	if err != nil {
		return w, err
	}
	if len(all) == 0 {
		return w, fault.Missing()
	}
	if w.clock = all[len(all)-1]; w.clock.Seq != seen {
		return w, fault.Of(fault.Conflict, "detention.other-clock")
	}
	if w.events, err = db.All(tx, selectEvents, scanEvent, op, db.List{w.clock.Seq}); err != nil {
		return w, err
	}
	w.course = w.clock.course(w.events)
	w.rule, err = s.ruleOf(tx, st, w.clock)
	return w, err
}

// before gives what was entered of the same kind and counts.
func (w work) before(e Event) *Event {
	for _, old := range slices.Backward(w.events) {
		if old.Kind == e.Kind && old.Step == e.Step {
			return &old
		}
	}
	return nil
}

// repeats tells whether the same was entered before.
func (e Event) repeats(old Event) bool {
	return old.Day == e.Day && old.Time == e.Time && old.Answer == e.Answer && (e.Reason == "" || old.Reason == e.Reason)
}

// event checks what is said. Paths are kind, day, time, step, answer, reason.
func (w work) event(h Happening) (Event, error) {
	var p fault.Problems
	e := Event{Clock: w.clock.Seq, Kind: h.Kind, Time: h.Time}
	if !codelist.ClockEvent.Has(h.Kind) {
		p.Add("kind", "detention.event")
	}
	e.Day = w.day(&p, h.Day, h.Time)
	switch h.Kind {
	case legal.Extended:
		e.Step = h.Step
		w.extendable(&p, h.Step)
	case legal.Reply:
		e.Answer = h.Answer
		if !codelist.ClockReply.Has(h.Answer) {
			p.Add("answer", "detention.answer")
		}
	}
	old := w.before(e)
	again := h.Kind == legal.Detained || old != nil && !e.repeats(*old)
	e.Reason = cleanText(&p, "reason", h.Reason, MaxReason, again || h.Kind == legal.Extended || h.Kind == legal.Ended)
	if len(w.events) >= maxEvents {
		p.Add("kind", "detention.too-many", fault.Args{"most": int64(maxEvents)})
	}
	return e, p.Fault()
}

// extendable notes why a deadline cannot be extended.
func (w work) extendable(p *fault.Problems, code string) {
	step, ok := w.law.Step(w.clock.Kind, code)
	switch {
	case !ok:
		p.Add("step", "detention.step")
	case !step.Extendable(w.clock.Perishable):
		p.Add("step", "detention.not-extendable")
	}
}

// rule is the law and the calendar by which a clock is counted, and the day it is
// at the office.
type rule struct {
	setting  *Setting // whose profile holds; nil: none was in force
	law      legal.Profile
	calendar legal.Calendar
	known    bool // the calendar was entered and checked
	today    legal.Day
}

// rule gives what holds for an organisation now.
func (s *Store) rule(tx *db.Tx, st operation.Standing, organisation int64) (rule, error) {
	all, err := settings(tx, st.Operation.Number, db.List{organisation})
	if err != nil {
		return rule{}, err
	}
	return ruleFrom(tx, st.Now, all, organisation, nil)
}

// ruleOf gives what holds for a clock: the profile with which it began, and the
// calendar in force now.
func (s *Store) ruleOf(tx *db.Tx, st operation.Standing, c Clock) (rule, error) {
	all, err := settings(tx, st.Operation.Number, db.List{c.Organisation})
	if err != nil {
		return rule{}, err
	}
	return ruleFrom(tx, st.Now, all, c.Organisation, &c)
}

// day reads a local day and time of day: not after today, not absurdly long ago.
func (r rule) day(p *fault.Problems, day, clock string) legal.Day {
	d, ok := legal.ParseDay(day)
	switch {
	case !ok:
		p.Add("day", "legal.date")
	case d > r.today:
		p.Add("day", "detention.future", fault.Args{"today": r.today.String()})
	case d < r.today-maxBackward:
		p.Add("day", "detention.long-ago")
	}
	if clock != "" && !legal.TimeOfDay(clock) {
		p.Add("time", "legal.time")
	}
	return d
}
