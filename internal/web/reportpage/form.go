package reportpage

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// The one conversion between the form of a case and seizure.Draft. Field names
// are the paths of the draft's problems: goods.2.quantity. A second measure of
// the same line is goods.2.quantity.2 with goods.2.unit.2.

// caseFields are the parts of the form beside the goods, in its order; those with
// a code list take words, too, in a field of their own (origin.typed), and those
// that repeat have fields of their own (legs.2.place).
var (
	caseFields = []string{"day", "time", "country", "place", "location", "conveyance", "carrier", "marks", "concealment", "hidden", "cover", "loading",
		"direction", "origin", "transit", "destination", "legs", "detection", "status", "status_day", "yields", "custody", "remarks", "language", "reserved"}
	lineFields = slices.Concat([]string{"gtin", "category", "sub", "quantity", "unit", "basis"}, laterMeasures,
		[]string{"description", "brand", "holder", "verdict", "verdict_by", "hazard", "violations", "ipr", "ipr.typed", "right", "hs", "hs_edition", "batch",
			"value", "value_currency", "value_basis", "declared_description", "declared_hs", "declared_quantity", "declared_unit",
			"declared_value", "declared_value_currency"})
	legFields     = []string{"kind", "location", "place", "country", "mode", "carrier", "day"}
	custodyFields = []string{"kind", "day", "place", "note"}
)

// coded gives the two parts of a coded field, for both directions.
func coded(d *seizure.Draft, name string) *goods.Coded {
	switch name {
	case "conveyance":
		return &d.Conveyance
	case "direction":
		return &d.Direction
	case "origin":
		return &d.Origin
	case "transit":
		return &d.Transit
	case "destination":
		return &d.Destination
	case "detection":
		return &d.Detection
	case "concealment":
		return &d.Concealment
	}
	return nil
}

// plain gives a field without a code list's words.
func plain(d *seizure.Draft, name string) *string {
	switch name {
	case "day":
		return &d.Day
	case "time":
		return &d.Time
	case "country":
		return &d.Country
	case "place":
		return &d.Place
	case "location":
		return &d.Location
	case "hidden":
		return &d.Hidden
	case "cover":
		return &d.Cover
	case "loading":
		return &d.Loading
	case "status_day":
		return &d.StatusDay
	case "carrier":
		return &d.Carrier
	case "status":
		return &d.Status
	case "remarks":
		return &d.Remarks
	case "language":
		return &d.Language
	case "reserved":
		return &d.Reserved
	}
	return nil
}

// caseDraft reads the form; what cannot be read stays as typed, and is told at
// its field.
func caseDraft(form url.Values) (seizure.Draft, []fault.Field) {
	var d seizure.Draft
	var problems fault.Problems
	d.ID = seizure.ID(form.Get("id"))
	for _, name := range caseFields {
		if name == "marks" {
			d.Marks = frame.ReadMarks(form.Get(name))
		} else if c := coded(&d, name); c != nil {
			c.Code, c.Typed = form.Get(name), strings.TrimSpace(form.Get(name+".typed"))
		} else if text := plain(&d, name); text != nil {
			*text = form.Get(name)
		}
	}
	d.Time, d.Day, d.StatusDay = i18n.WesternDigits(strings.TrimSpace(d.Time)), strings.TrimSpace(d.Day), strings.TrimSpace(d.StatusDay)
	if w := form.Get("warning"); w != "" {
		n, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			n = -1 // refused by the draft's own check
		}
		d.Warning = n
	}
	for n := 1; n <= groupCount(form, "goods"); n++ {
		d.Goods = append(d.Goods, goodsLine(form, n, &problems))
	}
	for n := 1; n <= groupCount(form, "legs"); n++ {
		d.Legs = append(d.Legs, routeLeg(form, n))
	}
	for n := 1; n <= groupCount(form, "custody"); n++ {
		d.Custody = append(d.Custody, custodyStep(form, n))
	}
	d.Yields = yields(form, &problems)
	if f, ok := frame.AsFault(problems.Fault()); ok {
		return d, f.Fields
	}
	return d, nil
}

// setter writes what is stated into a form.
func setter(form url.Values, at string) func(name, value string) {
	return func(name, value string) {
		if value != "" {
			form.Set(at+name, value)
		}
	}
}

// caseForm writes a draft into a form: caseDraft of it gives the draft again.
func caseForm(d seizure.Draft, version int64) url.Values {
	form := url.Values{"id": {string(d.ID)}, "version": {strconv.FormatInt(version, 10)}}
	set := setter(form, "")
	for _, name := range caseFields {
		if name == "marks" {
			set(name, frame.MarkLines(d.Marks))
		} else if c := coded(&d, name); c != nil {
			set(name, c.Code)
			set(name+".typed", c.Typed)
		} else if text := plain(&d, name); text != nil {
			set(name, *text)
		}
	}
	if d.Warning != 0 {
		set("warning", strconv.FormatInt(d.Warning, 10))
	}
	for i, l := range d.Goods {
		writeLine(form, i+1, l)
	}
	for i, l := range d.Legs {
		writeLeg(form, i+1, l)
	}
	for i, s := range d.Custody {
		writeCustody(form, i+1, s)
	}
	for _, y := range d.Yields {
		if y.Kind == "cash" {
			writeValue(set, "yields.cash", y.Value)
		} else {
			set("yields."+y.Kind, strconv.FormatInt(y.Count, 10))
		}
	}
	return form
}

// merged joins what the form could not read with what the command refused, in
// the order of the form.
func merged(fields []fault.Field, err error, order []string) error {
	if err != nil {
		f, ok := frame.AsFault(err)
		if !ok || f.Kind != fault.Invalid || len(f.Fields) == 0 {
			return err
		}
		fields = append(slices.Clone(fields), f.Fields...)
	}
	if len(fields) == 0 {
		return nil
	}
	slices.SortStableFunc(fields, func(a, b fault.Field) int { return slices.Index(order, a.Path) - slices.Index(order, b.Path) })
	return &fault.Fault{Kind: fault.Invalid, Key: "fault.invalid", Fields: fields}
}

// caseOrder lists the names of the form's fields, and their labels for the
// summary of problems.
func caseOrder(p *kit.Page, form url.Values) (order []string, labels map[string]string) {
	labels = map[string]string{}
	add := func(name, label string) {
		order = append(order, name)
		labels[name] = label
	}
	repeated := func(group, label string, fields []string) {
		n := groupCount(form, group)
		for i := 1; i <= n; i++ {
			for _, field := range fields {
				base, _, _ := strings.Cut(field, ".")
				text := p.T("casepage.field." + base)
				if n > 1 {
					text = p.T(label, fault.Args{"line": int64(i), "field": text})
				}
				add(group+"."+strconv.Itoa(i)+"."+field, text)
			}
		}
	}
	for _, name := range caseFields {
		if name == "detection" { // the goods stand in the middle of the form
			add("goods", p.T("casepage.field.goods"))
			repeated("goods", "casepage.line-field", lineFields)
		}
		add(name, p.T("casepage.field."+name))
		switch name {
		case "legs":
			repeated("legs", "casepage.leg-field", legFields)
		case "custody":
			repeated("custody", "casepage.custody-field", custodyFields)
		case "yields":
			for _, kind := range codelist.Yield.Codes() {
				add("yields."+kind, p.T("code.yield."+kind))
			}
			add("yields.cash_currency", p.T("casepage.field.value_currency"))
		}
	}
	add("reason", p.T("casepage.field.reason"))
	return order, labels
}
