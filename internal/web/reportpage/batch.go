package reportpage

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/casepart"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// A batch is a sack of mail: many numbers, one kind of goods, one decision. The
// operation's rule says whether that is one case or one for each item; what is
// put apart becomes a draft of its own.

// batchItem is one number of a batch.
type batchItem struct {
	n        int
	mark     consignment.Mark
	quantity string // as typed; empty: that of the batch
	apart    bool
	id       string
}

// batchView is the form of a batch, or what will become of it.
type batchView struct {
	seizure.Desk
	form   kit.Form
	base   string
	action string
	items  []batchItem
	twice  int // lines that were scanned again, and are left out
}

func (b batchView) each() bool { return b.Standing.Operation.Scope.Asks.Each }

func (s site) batchNew(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	desk, err := s.Seizures.Prepare(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	d, _, err := s.startDraft(r, v, desk)
	if err != nil {
		return err
	}
	d.Conveyance.Code, d.Goods[0].Verdict = "mail", "suspected"
	return s.batchPage(w, r, v, http.StatusOK, batchView{Desk: desk}, caseForm(d, 0), nil)
}

func (s site) batchPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, status int, view batchView, values url.Values, wrong error) error {
	p := s.Inside(r, v, view.Standing, v.Printer.T("casepage.batch"))
	p.Error = wrong != nil
	view.form = kit.FormOf(values, wrong)
	_, view.form.Labels = caseOrder(p, values)
	view.form.Labels["items"] = p.T("casepage.batch.items")
	view.base, view.action = casepart.Base(frame.CodeOf(r)), r.URL.Path
	if len(view.items) > 0 && wrong == nil {
		return frame.Show(w, r, status, batchCheckPage(p, view))
	}
	return frame.Show(w, r, status, batchFormPage(p, view))
}

func (s site) batchReport(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	values, act := formAct(r)
	desk, err := s.Seizures.Prepare(r.Context(), v.Actor(), frame.CodeOf(r))
	if err != nil {
		return err
	}
	view := batchView{Desk: desk}
	if act == "edit" {
		return s.batchPage(w, r, v, http.StatusOK, view, values, nil)
	}
	view.items, view.twice = s.batchItems(values)
	drafts, apart, err := batchDrafts(values, view)
	if err != nil {
		return s.batchPage(w, r, v, http.StatusUnprocessableEntity, view, values, err)
	}
	if act != "send" {
		if err := s.tryBatch(r, v, drafts); err != nil {
			return s.batchRefused(w, r, v, view, values, err)
		}
		return s.batchPage(w, r, v, http.StatusOK, view, values, nil)
	}
	return s.batchSend(w, r, v, view, values, drafts, apart)
}

// tryBatch asks of each draft whether it could be reported.
func (s site) tryBatch(r *http.Request, v *frame.Visit, drafts []seizure.Draft) error {
	if len(drafts) == 0 {
		return nil
	}
	_, err := s.Seizures.Preview(r.Context(), v.Actor(), frame.CodeOf(r), drafts[0])
	return err
}

// batchRefused shows the form again; what is wrong with one case of a batch is
// wrong with the fields that all share.
func (s site) batchRefused(w http.ResponseWriter, r *http.Request, v *frame.Visit, view batchView, values url.Values, err error) error {
	if !frame.Refused(err) {
		return err
	}
	f, _ := frame.AsFault(err)
	shared := *f
	shared.Fields = nil
	for _, field := range f.Fields {
		if rest, ok := strings.CutPrefix(field.Path, "items."); ok {
			_, field.Path, _ = strings.Cut(rest, ".")
		}
		if field.Path == "marks" {
			field.Path = "items"
		}
		if !slices.ContainsFunc(shared.Fields, func(has fault.Field) bool { return has.Path == field.Path }) {
			shared.Fields = append(shared.Fields, field)
		}
	}
	return s.batchPage(w, r, v, http.StatusUnprocessableEntity, view, values, &shared)
}

func (s site) batchSend(w http.ResponseWriter, r *http.Request, v *frame.Visit, view batchView, values url.Values, drafts, apart []seizure.Draft) error {
	ctx, who, code := r.Context(), v.Actor(), frame.CodeOf(r)
	var cases []seizure.Case
	if len(drafts) > 0 {
		var err error
		if cases, err = s.Seizures.ReportBatch(ctx, who, code, drafts); err != nil {
			return s.batchRefused(w, r, v, view, values, err)
		}
	}
	for _, d := range apart {
		if _, err := s.Seizures.Save(ctx, who, code, d, 0); err != nil && !fault.Is(err, fault.Conflict) { // sent twice: kept already
			return s.batchRefused(w, r, v, view, values, err)
		}
	}
	if len(cases) == 1 && len(apart) == 0 {
		return frame.SeeOther(w, r, casepart.Address(code, cases[0].Reference)+"?sent=1", "")
	}
	return frame.SeeOther(w, r, casepart.Base(code), "case-batch")
}

// batchItems reads the numbers: of the check page when they stand there, else of
// the field into which they were scanned, one a line, with a quantity after a
// comma or a tab. twice counts those scanned again.
func (s site) batchItems(values url.Values) (items []batchItem, twice int) {
	seen := map[string]bool{}
	add := func(i batchItem) {
		if key := i.mark.Kind + i.mark.Canonical(); seen[key] {
			twice++
		} else if seen[key] = true; len(items) <= seizure.MaxBatch {
			i.n = len(items) + 1
			items = append(items, i)
		}
	}
	for line := range strings.Lines(strings.ReplaceAll(values.Get("items"), "\r", "\n")) {
		value, quantity, _ := strings.Cut(strings.NewReplacer("\t", ",", ";", ",", "،", ",").Replace(strings.TrimSpace(line)), ",")
		if value = strings.TrimSpace(value); value == "" {
			continue
		}
		m := consignment.Parse(value)
		if m.Kind == "" || m.Kind == "other" {
			m.Kind = "postal-item"
		}
		add(batchItem{mark: m, quantity: strings.TrimSpace(quantity)})
	}
	for i := range items {
		at := "item." + strconv.Itoa(i+1) + "."
		items[i].apart = values.Get(at+"apart") != ""
		if values.Has(at + "quantity") {
			items[i].quantity = strings.TrimSpace(values.Get(at + "quantity"))
		}
		if items[i].id = values.Get(at + "id"); items[i].id == "" {
			items[i].id = string(s.Source.ID())
		}
	}
	return items, twice
}

// batchDrafts makes the cases of a batch, and the drafts of what stands apart.
func batchDrafts(values url.Values, b batchView) (drafts, apart []seizure.Draft, err error) {
	base, unread := caseDraft(tidyLines(values, false, ""))
	var p fault.Problems
	for _, f := range unread {
		p.Add(f.Path, f.Key, f.Args)
	}
	switch {
	case len(b.items) == 0:
		p.Add("items", "fault.required")
	case len(b.items) > seizure.MaxBatch:
		p.Add("items", "seizure.batch-too-large", fault.Args{"max": int64(seizure.MaxBatch)})
	}
	whole := base
	whole.Goods, whole.Marks = []goods.Line{base.Goods[0]}, nil
	whole.Goods[0].Quantities = nil
	for _, i := range b.items {
		one := base
		one.ID, one.Marks, one.Goods = seizure.ID(i.id), []consignment.Mark{i.mark}, []goods.Line{base.Goods[0]}
		one.Goods[0].Quantities = i.quantities(base.Goods[0].Quantities, &p)
		switch {
		case i.apart:
			apart = append(apart, one)
		case b.each():
			drafts = append(drafts, one)
		default:
			whole.Marks = append(whole.Marks, i.mark)
			whole.Goods[0].Quantities = plus(whole.Goods[0].Quantities, one.Goods[0].Quantities)
		}
	}
	if len(whole.Marks) > 0 {
		drafts = append(drafts, whole)
	}
	return drafts, apart, p.Fault()
}

// quantities are those of one item: the batch's, or its own number in the batch's unit.
func (i batchItem) quantities(shared []goods.Quantity, p *fault.Problems) []goods.Quantity {
	out := slices.Clone(shared)
	if i.quantity == "" {
		return out
	}
	micro := readMicro("items", i.quantity, p)
	if len(out) == 0 {
		return []goods.Quantity{{Micro: micro, Unit: "H87", Basis: "counted"}}
	}
	out[0].Micro = micro
	return out[:1]
}

// plus adds up quantities of the same unit.
func plus(sum, more []goods.Quantity) []goods.Quantity {
	for _, q := range more {
		at := slices.IndexFunc(sum, func(have goods.Quantity) bool { return have.Unit == q.Unit })
		if at < 0 {
			sum = append(sum, q)
		} else {
			sum[at].Micro += q.Micro
		}
	}
	return sum
}

// modes are the ways in which what a hand scanner reads travels.
func modes(p *kit.Page) []kit.Option {
	return frame.SortedOptions(p, codelist.Conveyance, []string{"mail", "express"})
}

// isItem tells whether a field is one item's own.
func isItem(name string) bool { return strings.HasPrefix(name, "item.") }
