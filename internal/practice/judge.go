package practice

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// The grades of a remark (codelist.PracticeGrade).
const (
	Right   = "right"
	Near    = "near"
	Wrong   = "wrong"
	Missing = "missing" // nothing is said
)

// Today as an expected value is the day on which the learner began.
const Today = "today"

// Colleague is what an administration did as a whole, by somebody else of it than the
// learner.
const Colleague = "colleague"

// Own as an expected country is that of the learner's administration.
const Own = "own"

// Expected is one value that a task expects.
type Expected struct {
	Path      string // of Fields, or outcome, reference, saved, acknowledged, nil
	Value     string `json:",omitempty"` // as people write it; of a quantity in whole units
	Unit      string `json:",omitempty"` // codelist.Unit
	Micro     int64  `json:",omitempty"` // of a quantity: millionths of the unit
	Tolerance int64  `json:",omitempty"` // of a quantity: how far it may be off, in hundredths of it
	Hint      string `json:",omitempty"` // key of a text; of a trainer's own task, its words
}

// Value is one value as it was written.
type Value struct {
	Text  string
	Unit  string
	Micro int64
}

// Values are what was written, by path.
type Values map[string]Value

// Remark is what is said of one field.
type Remark struct {
	Path  string
	Grade string
	Why   string // key of a text below practice.why; empty: there is nothing to add
	Hint  string
	Got   Value
	Want  Expected
}

// Judge holds what was written against what was expected, field by field and in the
// order of what was expected. What nobody expected is not judged.
func Judge(expected []Expected, actual Values) []Remark {
	out := make([]Remark, 0, len(expected))
	for _, e := range expected {
		got := actual[e.Path]
		r := Remark{Path: e.Path, Got: got, Want: e, Hint: e.Hint}
		r.Grade, r.Why = judge(e, got, actual)
		if r.Grade == Right {
			r.Hint = ""
		}
		out = append(out, r)
	}
	return out
}

func judge(e Expected, got Value, all Values) (grade, why string) {
	if got.Text == "" && got.Micro == 0 {
		return Missing, "missing"
	}
	switch e.Path {
	case "goods.quantity":
		return judgeQuantity(e, got)
	case "goods.hs":
		return judgeHS(e.Value, got.Text)
	case "day":
		return judgeDay(e.Value, got.Text)
	case "goods.brand":
		return judgeName(e.Value, got.Text)
	case "reference":
		return judgeReference(e.Value, got.Text)
	case "acknowledged", "nil":
		if got.Text == Colleague {
			return Near, "colleague"
		}
	case "origin", "destination":
		if other := map[string]string{"origin": "destination", "destination": "origin"}[e.Path]; got.Text != e.Value && all[other].Text == e.Value {
			return Near, "swapped"
		}
	}
	if got.Text == e.Value {
		return Right, ""
	}
	return Wrong, "other"
}

func judgeQuantity(e Expected, got Value) (grade, why string) {
	off := got.Micro - e.Micro
	if off < 0 {
		off = -off
	}
	amount := off <= e.Micro/100*e.Tolerance
	switch {
	case amount && got.Unit == e.Unit:
		return Right, ""
	case amount:
		return Near, "unit"
	case got.Unit == e.Unit && off <= e.Micro/10:
		return Near, "amount-near"
	}
	return Wrong, "amount"
}

// judgeHS knows that a subheading stands in a heading, and that in a chapter.
func judgeHS(want, got string) (grade, why string) {
	at := func(s string, n int) string { return s[:min(n, len(s))] }
	switch {
	case got == want || len(got) > len(want) && strings.HasPrefix(got, want):
		return Right, ""
	case at(got, 4) == at(want, 4) && len(got) >= 4:
		return Near, "subheading"
	case at(got, 2) == at(want, 2):
		return Wrong, "heading"
	}
	return Wrong, "chapter"
}

func judgeDay(want, got string) (grade, why string) {
	a, errA := time.Parse(time.DateOnly, want)
	b, errB := time.Parse(time.DateOnly, got)
	switch {
	case errA != nil || errB != nil:
		return Wrong, "other"
	case want == got:
		return Right, ""
	case a.Sub(b).Abs() <= 24*time.Hour:
		return Near, "day-near"
	}
	return Wrong, "day"
}

func judgeName(want, got string) (grade, why string) {
	a, b := i18n.Fold(want), i18n.Fold(got)
	switch {
	case a == b:
		return Right, ""
	case strings.Contains(b, a) || strings.Contains(a, b):
		return Near, "name-part"
	}
	return Wrong, "other"
}

// judgeReference looks for the number of a case in what was written.
func judgeReference(want, got string) (grade, why string) {
	if strings.Contains(strings.ToUpper(got), want) {
		return Right, ""
	}
	for word := range strings.FieldsSeq(got) {
		if _, ok := seizure.ValidReference(strings.Trim(word, ".,;:()«»\"")); ok {
			return Wrong, "other-case"
		}
	}
	return Near, "no-number"
}

// Done tells whether every field is right, or so near that the work is done.
func Done(all []Remark) bool {
	for _, r := range all {
		if r.Grade == Wrong || r.Grade == Missing {
			return false
		}
	}
	return len(all) > 0
}

// Count gives how many remarks say right, and how many there are.
func Count(all []Remark) (right, of int) {
	for _, r := range all {
		if r.Grade == Right {
			right++
		}
	}
	return right, len(all)
}

// OfCase gives what a case says. Of several lines of goods the one counts that has the
// most in common with what is expected.
func OfCase(c seizure.Case, expected []Expected) Values {
	out := Values{}
	for path, text := range map[string]string{"day": c.Day, "country": c.Country, "direction": c.Direction.Code, "conveyance": c.Conveyance.Code,
		"detection": c.Detection.Code, "concealment": c.Concealment.Code, "origin": c.Origin.Code, "destination": c.Destination.Code, "status": c.Status} {
		out[path] = Value{Text: text}
	}
	if c.Version > 1 && c.State == seizure.Released {
		out["saved"] = Value{Text: "yes"}
	} else {
		out["saved"] = Value{Text: "no"}
	}
	best, most := Values{}, -1
	for i := range c.Goods {
		line := ofLine(c, i, expected)
		if right, _ := Count(Judge(onGoods(expected), line)); right > most {
			best, most = line, right
		}
	}
	for path, v := range best {
		out[path] = v
	}
	return out
}

func onGoods(all []Expected) (out []Expected) {
	for _, e := range all {
		if strings.HasPrefix(e.Path, "goods.") {
			out = append(out, e)
		}
	}
	return out
}

// ofLine takes of several quantities the one in the unit that is expected.
func ofLine(c seizure.Case, i int, expected []Expected) Values {
	l := c.Goods[i]
	verdict := l.Verdict
	if verdict == "" {
		verdict = "suspected"
	}
	out := Values{"goods.category": {Text: l.Category}, "goods.brand": {Text: l.Brand}, "goods.hs": {Text: l.HS}, "goods.verdict": {Text: verdict}}
	for n, q := range l.Quantities {
		if n == 0 || unitOf(expected) == q.Unit {
			out["goods.quantity"] = Value{Unit: q.Unit, Micro: q.Micro}
		}
	}
	return out
}

func unitOf(all []Expected) string {
	for _, e := range all {
		if e.Path == "goods.quantity" {
			return e.Unit
		}
	}
	return ""
}

// OfMessage gives what an answer, or a message, says.
func OfMessage(m message.Message) Values {
	return Values{"outcome": {Text: m.Outcome}, "reference": {Text: m.Subject + " " + m.Body}}
}
