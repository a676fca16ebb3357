package detentionpage

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// letterView is a letter in the language of the administration.
type letterView struct {
	view
	kind       string
	lang       i18n.Lang
	office     string
	title      string
	paragraphs []string
	goods      []string // a line each
	own        bool     // in the administration's own words; else one of the house's models
}

func (s site) letter(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	a, p, err := s.opened(r, v, "clock.letter")
	if err != nil {
		return err
	}
	kind := r.PathValue("kind")
	if a.Clock == nil || !slices.Contains(detention.Letters(a.Clock.Kind), kind) {
		return fault.Missing()
	}
	lang := i18n.Lang(frame.BaseLanguage(a.Organisation.Language))
	printer := s.Printer(a.Standing, lang) // English where the house does not speak it
	return frame.Show(w, r, http.StatusOK, letterPage(p, a.compose(printer, kind)))
}

// compose fills a letter from the case: codes, days and quantities. No name, and no
// free text of the case; of a right holder's letter only what an act has told.
func (a view) compose(printer *i18n.Printer, kind string) letterView {
	out := letterView{view: a, kind: kind, lang: printer.Lang(), office: a.Organisation.Name}
	party := map[string]string{"holder": "right-holder"}[kind]
	if party == "" {
		party = "declarant"
	}
	args := fault.Args{"reference": a.Case.Reference, "office": out.office, "day": i18n.Day(a.Detained().String()), "law": a.Law.Name, "basis": "", "period": ""}
	step, period, ok := a.Law.Asks(a.Clock.Kind, party, a.Clock.Perishable)
	if ok {
		args["basis"], args["period"] = step.Basis, periodIn(printer, period)
	}
	if kind == "holder" {
		out.goods = a.lastTold(printer)
	} else {
		out.goods = a.goodsLines(printer)
	}
	if own, has := a.Law.Letter(kind, string(out.lang)); has {
		values := map[string]string{"goods": strings.Join(out.goods, "; "), "day": printer.Day(a.Detained().String())}
		for _, name := range []string{"reference", "office", "law", "basis", "period"} {
			values[name], _ = args[name].(string)
		}
		out.own, out.title = true, legal.Fill(own.Title, values)
		for _, par := range strings.Split(own.Body, "\n\n") {
			out.paragraphs = append(out.paragraphs, legal.Fill(strings.TrimSpace(par), values))
		}
		return out
	}
	out.title = printer.T("letter."+kind+".title", args)
	for _, part := range []string{"what", "law", "ask", "silent"} {
		if ok || part == "what" || part == "law" {
			out.paragraphs = append(out.paragraphs, printer.T("letter."+kind+"."+part, args))
		}
	}
	return out
}

func periodIn(printer *i18n.Printer, p legal.Period) string {
	if p.Days == 0 {
		return printer.T("clock.promptly")
	}
	return printer.T("clock.days-"+p.Unit, fault.Args{"count": int64(p.Days)})
}

// goodsLines are category and quantities of each line of goods.
func (a view) goodsLines(printer *i18n.Printer) []string {
	var out []string
	for _, l := range a.Case.Goods {
		parts := []string{printer.Code(codelist.Category.Name(), l.Category)}
		for _, q := range l.Quantities {
			parts = append(parts, printer.Quantity(q.Micro, q.Unit))
		}
		out = append(out, strings.Join(parts, " · "))
	}
	return out
}

// lastTold is what the newest act told, as it was told.
func (a view) lastTold(printer *i18n.Printer) []string {
	if len(a.Disclosures) == 0 {
		return nil
	}
	var out []string
	for _, t := range a.Disclosures[0].Told {
		field := printer.Code(codelist.DisclosureField.Name(), t.Field)
		var value string
		switch {
		case t.Unit != "":
			value = printer.Quantity(t.Micro, t.Unit)
		case t.List == codelist.Country.Name() && t.Code != "":
			value = printer.Country(t.Code)
		case t.Code != "":
			value = printer.Code(t.List, t.Code)
		}
		if t.Text != "" {
			value = strings.TrimSpace(value + " " + printer.Isolate(t.Text))
		}
		if value == "" {
			out = append(out, printer.T("letter.enclosed", fault.Args{"field": field}))
			continue
		}
		out = append(out, printer.T("letter.told", fault.Args{"field": field, "value": value}))
	}
	return out
}

// dir is the direction of the letter's language.
func (l letterView) dir() string { return l.lang.Dir() }

// in says a text of the house in the letter's language.
func (l letterView) in(p *kit.Page, key string) string { return i18n.NewPrinter(l.lang).T(key) }
