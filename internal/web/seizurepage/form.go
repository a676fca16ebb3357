package seizurepage

import (
	"net/url"
	"regexp"
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

// caseFields are the fields beside the goods, in the order of the form; those
// with a code list take words, too, in a field of their own (origin.typed).
var (
	caseFields = []string{"day", "time", "country", "place", "conveyance", "carrier", "marks", "status", "direction", "origin", "transit",
		"destination", "detection", "concealment", "remarks", "language"}
	lineFields = []string{"category", "quantity", "unit", "description", "brand", "hs", "hs_edition", "ipr", "ipr.typed", "verdict"}
	lineName   = regexp.MustCompile(`^goods\.([1-9][0-9]{0,5})\.`)
)

// measures is how many measures a line can have: each unit once.
var measures = codelist.Unit.Len()

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
	case "carrier":
		return &d.Carrier
	case "status":
		return &d.Status
	case "remarks":
		return &d.Remarks
	case "language":
		return &d.Language
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
		} else {
			*plain(&d, name) = form.Get(name)
		}
	}
	d.Time, d.Day = i18n.WesternDigits(strings.TrimSpace(d.Time)), strings.TrimSpace(d.Day)
	if w := form.Get("warning"); w != "" {
		n, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			n = -1 // refused by the draft's own check
		}
		d.Warning = n
	}
	for n := 1; n <= lineCount(form); n++ {
		d.Goods = append(d.Goods, goodsLine(form, n, &problems))
	}
	if f, ok := frame.AsFault(problems.Fault()); ok {
		return d, f.Fields
	}
	return d, nil
}

func goodsLine(form url.Values, n int, problems *fault.Problems) goods.Line {
	at := "goods." + strconv.Itoa(n) + "."
	get := func(name string) string { return form.Get(at + name) }
	l := goods.Line{Category: get("category"), Description: get("description"), Brand: get("brand"),
		HS: i18n.WesternDigits(strings.NewReplacer(".", "", " ", "").Replace(get("hs"))), HSEdition: get("hs_edition"),
		IPR: goods.Coded{Code: get("ipr"), Typed: strings.TrimSpace(get("ipr.typed"))}, Verdict: get("verdict")}
	for m := 1; m <= measures; m++ {
		quantity, unit := measureNames(at, m)
		typed, code := strings.TrimSpace(form.Get(quantity)), form.Get(unit)
		if typed == "" && code == "" {
			continue
		}
		micro, err := i18n.ParseDecimal(typed)
		if f, ok := frame.AsFault(err); ok {
			problems.Add(quantity, f.Key, f.Args)
			continue
		}
		if code == "" {
			problems.Add(unit, "seizure.unit-missing")
			continue
		}
		l.Quantities = append(l.Quantities, goods.Quantity{Micro: micro, Unit: code})
	}
	return l
}

// measureNames are the fields of the m-th measure of a line.
func measureNames(at string, m int) (quantity, unit string) {
	if m == 1 {
		return at + "quantity", at + "unit"
	}
	return at + "quantity." + strconv.Itoa(m), at + "unit." + strconv.Itoa(m)
}

// laterMeasures are the names of the second measure of a line and those after it.
var laterMeasures = func() (out []string) {
	for m := 2; m <= measures; m++ {
		quantity, unit := measureNames("", m)
		out = append(out, quantity, unit)
	}
	return out
}()

// caseForm writes a draft into a form: caseDraft of it gives the draft again.
func caseForm(d seizure.Draft, version int64) url.Values {
	form := url.Values{"id": {string(d.ID)}, "version": {strconv.FormatInt(version, 10)}}
	set := func(name, value string) {
		if value != "" {
			form.Set(name, value)
		}
	}
	for _, name := range caseFields {
		if name == "marks" {
			set(name, frame.MarkLines(d.Marks))
		} else if c := coded(&d, name); c != nil {
			set(name, c.Code)
			set(name+".typed", c.Typed)
		} else {
			set(name, *plain(&d, name))
		}
	}
	if d.Warning != 0 {
		set("warning", strconv.FormatInt(d.Warning, 10))
	}
	for i, l := range d.Goods {
		at := "goods." + strconv.Itoa(i+1) + "."
		form.Set(at+"category", l.Category) // always: it says that the line exists
		set(at+"description", l.Description)
		set(at+"brand", l.Brand)
		set(at+"hs", l.HS)
		set(at+"hs_edition", l.HSEdition)
		set(at+"ipr", l.IPR.Code)
		set(at+"ipr.typed", l.IPR.Typed)
		set(at+"verdict", l.Verdict)
		for m, q := range l.Quantities {
			quantity, unit := measureNames(at, m+1)
			set(quantity, i18n.Typed(q.Micro))
			set(unit, q.Unit)
		}
	}
	return form
}

// lineNumbers are the numbers of the goods lines of a form, in order.
func lineNumbers(form url.Values) []int {
	seen := map[int]bool{}
	var out []int
	for name := range form {
		if m := lineName.FindStringSubmatch(name); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil && !seen[n] {
				seen[n] = true
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// lineCount is the number of goods lines of a form that tidyLines has renumbered.
func lineCount(form url.Values) int { return len(lineNumbers(form)) }

// tidyLines numbers the lines of goods from 1 without gaps. Lines in which
// nothing was written are left out when empty is false, but one line stays.
func tidyLines(form url.Values, empty bool, without int) url.Values {
	out := url.Values{}
	for name, values := range form {
		if !lineName.MatchString(name) {
			out[name] = values
		}
	}
	n := 0
	for _, old := range lineNumbers(form) {
		at := "goods." + strconv.Itoa(old) + "."
		if old == without || !empty && !written(form, at) {
			continue
		}
		n++
		for name, values := range form {
			if rest, ok := strings.CutPrefix(name, at); ok {
				out["goods."+strconv.Itoa(n)+"."+rest] = values
			}
		}
	}
	if n == 0 {
		out.Set("goods.1.category", "")
	}
	return out
}

// written tells whether anything was typed or chosen in a line; a verdict alone
// comes with every line.
func written(form url.Values, at string) bool {
	for name := range form {
		if strings.HasPrefix(name, at) && name != at+"verdict" && strings.TrimSpace(form.Get(name)) != "" {
			return true
		}
	}
	return false
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
	n := lineCount(form)
	for _, name := range caseFields {
		add(name, p.T("casepage.field."+name))
		if name != "marks" {
			continue
		}
		add("goods", p.T("casepage.field.goods")) // the goods stand in the middle of the form
		for i := 1; i <= n; i++ {
			for _, field := range slices.Concat(lineFields[:3], laterMeasures, lineFields[3:]) {
				base, _, _ := strings.Cut(field, ".")
				label := p.T("casepage.field." + base)
				if n > 1 {
					label = p.T("casepage.line-field", fault.Args{"line": int64(i), "field": label})
				}
				add("goods."+strconv.Itoa(i)+"."+field, label)
			}
		}
	}
	add("reason", p.T("casepage.field.reason"))
	return order, labels
}
