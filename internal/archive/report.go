package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// Proof is what came of making the figures of a report again from the file of its
// operation.
type Proof struct {
	*Checked
	Journals []verify.Journal // with how many rows were held against their entries
	Versions []Proved
	Editions []Remade
	Unproved []string // what cannot be made again, since contents were erased
}

// Proved is a version that was made again.
type Proved struct {
	Number  int64            `json:"number"`
	Entry   int64            `json:"entry"`
	AsOf    int64            `json:"as_of"`
	Cases   int              `json:"cases"`   // behind it
	Counted int64            `json:"counted"` // of them
	Totals  map[string]int64 `json:"totals"`  // of those, millionths by unit
	Figures int              `json:"figures"`
	Erased  int              `json:"erased,omitempty"` // cases of which only codes are left
}

// proving is a check of a report under way.
type proving struct {
	Proof
	*replay
	before     *publication.Version   // the version before
	was        map[int64]seizure.Case // the cases behind it
	frozen     map[int64]kept         // versions by number
	clearances []publication.Clearance
	given      []edition.Issued // oldest first
	names      map[int64]organisation.Organisation
	early      []func(found *Checked) // findings from before there was anything to note them in
}

// CheckReport looks at the file of an operation, which may be hostile, trusting nobody:
// all that Check does; then the figures. It replays all cases from the journal's
// contents, not from the tables, up to the index that each frozen version names,
// classes them by the operation's own counting rule, answers every question of the
// version anew, slowly and obviously, and compares each number; it makes every edition
// that was given out anew from that, with what it hides. At last it puts the
// operation together in a scratch database and holds every row against the entry that
// made it. An error means that the file is none, or could not be read.
func CheckReport(ctx context.Context, path string, o Options) (*Proof, error) {
	f, size, err := opened(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p := &proving{frozen: map[int64]kept{}}
	p.replay = newReplay(p.bad)
	o.Act = func(act journal.Act) error {
		p.foresee(act)
		return ctx.Err()
	}
	if p.Checked, err = Check(f, size, o); err != nil {
		return nil, err
	}
	for _, say := range p.early {
		say(p.Checked)
	}
	z, err := openZip(f, size)
	if err != nil {
		return nil, err
	}
	if err := p.figures(ctx, z); err != nil {
		return nil, err
	}
	return &p.Proof, p.rows(ctx, z)
}

func (p *proving) bad(entry int64, text string, args ...any) {
	if p.Checked != nil {
		p.found(entry, "journal", "", text, args...)
		return
	}
	p.early = append(p.early, func(c *Checked) { c.found(entry, "journal", "", text, args...) })
}

// figures replays the journal and makes every version anew where it was frozen.
func (p *proving) figures(ctx context.Context, z *reader) error {
	m := p.Manifest
	if o := p.operation; o.Number != m.Operation.Number || string(o.ID) != m.Operation.ID || string(o.Code) != m.Operation.Code || o.Name != m.Operation.Name || o.Kind != m.Operation.Kind {
		p.found(0, "manifest", "operation", "it is not the operation that the first entry of the journal opened")
	}
	var err error
	if p.names, err = bodiesOf(z, m); err != nil {
		return err
	}
	return z.lines(journalPart, func(text []byte) error {
		var w journal.Whole
		if err := decode(append(slices.Clone(text), '\n'), &w, ""); err != nil {
			return err
		}
		act := w.Act(m.Operation.Number)
		p.take(act)
		switch access.Permission(act.Verb) {
		case access.ReportFreeze:
			p.version(act)
		case access.ReportClear:
			p.cleared(act)
		case access.EditionIssue:
			p.issuing(act)
		}
		return ctx.Err()
	})
}

// version makes a frozen version anew and compares.
func (p *proving) version(act journal.Act) {
	var v publication.Version
	if act.Erased {
		p.found(act.Seq, "version", "", "what was frozen is not there")
		return
	}
	if err := errors.Join(json.Unmarshal(act.After, &v), json.Unmarshal([]byte(act.With["basis"]), &v.Basis), json.Unmarshal([]byte(act.With["changes"]), &v.Changes)); err != nil {
		p.found(act.Seq, "version", "", "what was frozen cannot be read: %v", err)
		return
	}
	v.Seq = act.Seq
	key := fmt.Sprint("version ", v.Number)
	if want := p.number() + 1; v.Number != want || v.AsOf != act.Seq-1 || v.Author != act.Actor || v.At.UnixMicro() != act.At.UnixMicro() {
		p.found(act.Seq, "version", key, "number, index, author or time are not those of its entry: it should be version %d as of %d", want, act.Seq-1)
	}
	cases, erased, lost := p.behind(v, key)
	made := recount(p.operation, v, cases)
	is := map[int64]seizure.Case{}
	for _, c := range cases {
		is[c.Seq] = c
	}
	p.compare(v, made, key, lost)
	if p.before != nil {
		p.changed(v, key, is)
	} else if len(v.Changes) > 0 {
		p.found(act.Seq, "version", key, "it names changes, and no version stands before it")
	}
	p.before, p.was, p.frozen[v.Number] = &v, is, kept{Version: v, cases: cases, gone: erased > 0}
	p.Versions = append(p.Versions, Proved{Number: v.Number, Entry: v.Seq, AsOf: v.AsOf, Cases: len(cases), Counted: made[publication.Official].Cases,
		Totals: maps.Clone(made[publication.Official].Totals), Figures: len(made), Erased: erased})
}

func (p *proving) number() int64 {
	if p.before == nil {
		return 0
	}
	return p.before.Number
}

// behind holds the cases that a version names against those that the directing body
// reads at this moment of the journal. erased is of how many only codes are left; lost
// of how many of those what is left is of another version than was counted.
func (p *proving) behind(v publication.Version, key string) (cases []seizure.Case, erased, lost int) {
	said := map[int64]publication.Basis{}
	for _, b := range v.Basis {
		said[b.Seq] = b
	}
	if len(said) != len(v.Basis) {
		p.found(v.Seq, "version", key, "it names a case twice")
	}
	for _, s := range p.official() {
		b, named := said[s.Seq]
		delete(said, s.Seq)
		if !named {
			p.found(v.Seq, "version", key, "it leaves out %s, which the directing body reads", s.name())
		}
		c := s.Case
		if s.gone {
			erased++
			if s.left != s.Version+1 {
				lost++
			}
			c.State, c.DuplicateOf = b.State, b.DuplicateOf // no content says it any more
		}
		c.Class = c.ClassIn(p.operation)
		cases = append(cases, c)
		if is := (publication.Basis{Seq: c.Seq, Version: c.Version, Reference: c.Reference, Organisation: c.Organisation, Class: c.Class, State: c.State, DuplicateOf: c.DuplicateOf}); named && is != b && !(s.gone && s.left != s.Version+1) {
			p.found(v.Seq, "version", key, "what it says of %s is not how the case stood: version %d of organisation %d, %s, %s", s.name(), is.Version, is.Organisation, is.State, is.Class)
		}
	}
	for _, seq := range slices.Sorted(maps.Keys(said)) {
		p.found(v.Seq, "version", key, "it names case %s, number %d, which the directing body did not read", said[seq].Reference, seq)
	}
	return cases, erased, lost
}

// compare wants every number of a version as it was made anew. What was erased in the
// meantime takes brands along: such a figure is said to be unproved.
func (p *proving) compare(v publication.Version, made map[string]analysis.Answer, key string, lost int) {
	var unproved []string
	differs := map[string]bool{}
	for _, d := range differences(answers(v), made) {
		if lost > 0 || p.brandsGone(v, d.figure) {
			unproved = append(unproved, d.figure)
			continue
		}
		differs[d.figure] = true
		p.found(v.Seq, "figure", key+", "+d.figure, "%s: it says %s, made again it is %s", d.cell, orNone(d.said), orNone(d.made))
	}
	slices.Sort(unproved)
	if unproved = slices.Compact(unproved); len(unproved) > 0 {
		p.Unproved = append(p.Unproved, fmt.Sprintf("%s: figures %s rest on contents that were erased since (as the journal says), and cannot be made again", key, strings.Join(unproved, ", ")))
	}
	// Everything else of the answers: their questions, their index, the order of groups.
	for id, a := range answers(v) {
		if !slices.Contains(unproved, id) && text(a) != text(made[id]) && !differs[id] {
			p.found(v.Seq, "figure", key+", "+id, "question, index or order are not as they are made")
		}
	}
}

// brandsGone tells whether a figure asks for brands while a case behind it has lost
// them.
func (p *proving) brandsGone(v publication.Version, id string) bool {
	a, ok := v.Answers[id]
	if !ok || a.Question.Group != analysis.ByBrand && a.Question.Split != analysis.ByBrand && a.Question.Where[analysis.ByBrand] == "" {
		return false
	}
	return slices.ContainsFunc(v.Basis, func(b publication.Basis) bool {
		s := p.cases[b.Seq]
		return s != nil && s.gone
	})
}

// changed makes anew what a version says otherwise than the one before. Of cases whose
// content was erased in the meantime it cannot be told.
func (p *proving) changed(v publication.Version, key string, is map[int64]seizure.Case) {
	gone := map[string]bool{}
	for _, b := range slices.Concat(v.Basis, p.before.Basis) {
		if s := p.cases[b.Seq]; s != nil && s.gone {
			gone[b.Reference] = true
		}
	}
	told := func(all []publication.Change) []publication.Change {
		return slices.DeleteFunc(slices.Clone(all), func(c publication.Change) bool { return c.Kind == publication.ChangedCase && gone[c.Subject] })
	}
	if !slices.Equal(told(publication.Differences(p.operation, *p.before, v, p.was, is)), told(v.Changes)) {
		p.found(v.Seq, "version", key, "what it says has changed is not what has")
	}
}

// rows puts the operation together and holds every row against its entry.
func (p *proving) rows(ctx context.Context, z *reader) error {
	come, found, err := assemble(ctx, z, p.Manifest, source.Real())
	if errors.Is(err, ErrMalformed) || errors.Is(err, journal.ErrTampered) {
		p.found(journal.NoEntry, "tables", "", "they cannot be put together: %v", err)
		return nil
	}
	if err != nil {
		return err
	}
	for _, j := range found.Journals {
		if j.Code != journal.InstanceName {
			p.Journals = append(p.Journals, j)
		}
	}
	for _, f := range found.Findings {
		p.found(f.Entry, f.Table, f.Key, "%s", f.What)
	}
	p.More += found.More
	return come.close()
}

func orNone(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}
