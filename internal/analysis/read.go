package analysis

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Limits of a file of earlier operations.
const (
	MaxReferences    = 500
	maxReferenceFile = 4 << 20
	maxParts         = 200
	maxWords         = 2000 // characters of a note
)

// earlierFile is the form of a file, of which the rest is not read.
type earlierFile struct {
	Units      map[string]string `json:"units"` // what the words of units mean
	Operations []earlier         `json:"operations"`
}

type earlier struct {
	ID        string `json:"id"`
	Operation string `json:"operation"`
	Subject   string `json:"subject"`
	Dates     struct {
		Start     string `json:"start"`
		End       string `json:"end"`
		Precision string `json:"precision"`
		Note      string `json:"note"`
	} `json:"dates"`
	Days         json.Number `json:"days"`
	DaysNote     string      `json:"days_note"`
	Participants struct {
		Administrations json.Number `json:"administrations"`
		Note            string      `json:"note"`
	} `json:"participants"`
	Cases      json.Number            `json:"cases"`
	CasesLabel string                 `json:"cases_label"`
	Totals     map[string]json.Number `json:"totals"`
	TotalsNote string                 `json:"totals_note"`
	Precision  string                 `json:"precision"`
	Category   []rawPart              `json:"by_category"`
	Origin     []rawPart              `json:"by_origin"`
	Conveyance []rawPart              `json:"by_conveyance"`
	Conflicts  []string               `json:"conflicts"`
	Notes      string                 `json:"notes"`
	Sources    []string               `json:"sources"`
}

// rawPart names its value under the dimension's name; what is left are amounts.
type rawPart map[string]json.RawMessage

var (
	idForm   = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,79}$`)
	dateForm = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)
	wordForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
)

// ReadReferences reads the published figures of earlier operations. null and what is
// left out are not known. Nothing is added up or mended: published parts may differ
// from their total, and sources from each other. It fails as a whole, and names each
// place that cannot be read.
func ReadReferences(file io.Reader) ([]Reference, error) {
	text, err := io.ReadAll(io.LimitReader(file, maxReferenceFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxReferenceFile {
		return nil, fault.At("file", "analysis.file-too-large", nil)
	}
	var in earlierFile
	if err := json.Unmarshal(text, &in); err != nil {
		return nil, unreadable(err)
	}
	r := reading{units: in.Units}
	for word, unit := range in.Units {
		if !codelist.Unit.Has(unit) {
			r.wrong.Add("units."+word, "fault.unknown-code", fault.Args{"value": unit})
		}
	}
	if n := len(in.Operations); n == 0 || n > MaxReferences {
		r.wrong.Add("operations", "analysis.operations", fault.Args{"max": int64(MaxReferences)})
		return nil, r.wrong.Fault()
	}
	out, seen := make([]Reference, 0, len(in.Operations)), map[string]bool{}
	for i, o := range in.Operations {
		r.at = "operations." + strconv.Itoa(i+1) + "."
		one := r.reference(o)
		if seen[one.ID] {
			r.add("id", "analysis.id-twice")
		}
		seen[one.ID] = true
		out = append(out, one)
	}
	return out, r.wrong.Fault()
}

// unreadable says where a file is no JSON of this form.
func unreadable(err error) error {
	path := "file"
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		path = e.Field
	}
	return fault.At(path, "analysis.file", nil)
}

// reading notes what is wrong with a file.
type reading struct {
	units map[string]string
	at    string
	wrong fault.Problems
}

func (r *reading) add(path, key string, args ...fault.Args) { r.wrong.Add(r.at+path, key, args...) }

func (r *reading) reference(o earlier) Reference {
	if !idForm.MatchString(o.ID) {
		r.add("id", "fault.malformed-id")
	}
	out := Reference{ID: o.ID, Name: r.line("operation", o.Operation, true), Subject: r.line("subject", o.Subject, false),
		Start: r.date("dates.start", o.Dates.Start), End: r.date("dates.end", o.Dates.End),
		Days: r.whole("days", o.Days), Members: r.whole("participants.administrations", o.Participants.Administrations),
		Cases: r.whole("cases", o.Cases), CasesLabel: r.line("cases_label", o.CasesLabel, false), Totals: r.amounts("totals", o.Totals),
		TotalsNote: r.line("totals_note", o.TotalsNote, false), Precision: r.line("precision", o.Precision, true), Notes: r.line("notes", o.Notes, false)}
	for i, note := range []string{o.Dates.Note, o.DaysNote, o.Participants.Note} {
		if note = r.line([]string{"dates.note", "days_note", "participants.note"}[i], note, false); note != "" {
			out.DateNote = strings.TrimPrefix(out.DateNote+"; "+note, "; ")
		}
	}
	if p := r.line("dates.precision", o.Dates.Precision, false); p != "" && p != "day" && p != "month" {
		out.DateNote = strings.TrimPrefix(out.DateNote+"; "+p, "; ")
	}
	for i, text := range o.Conflicts {
		out.Conflicts = append(out.Conflicts, r.line(fmt.Sprint("conflicts.", i+1), text, true))
	}
	for i, address := range o.Sources {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(address) > maxWords {
			r.add(fmt.Sprint("sources.", i+1), "analysis.source")
		}
		out.Sources = append(out.Sources, address)
	}
	if len(out.Sources) == 0 {
		r.add("sources", "fault.required")
	}
	out.Parts = slices.Concat(r.parts(ByCategory, "by_category", "category", o.Category), r.parts(ByOrigin, "by_origin", "country", o.Origin),
		r.parts(ByConveyance, "by_conveyance", "conveyance", o.Conveyance))
	return out
}

func (r *reading) line(path, text string, required bool) string {
	if strings.TrimSpace(text) == "" {
		if required {
			r.add(path, "fault.required")
		}
		return ""
	}
	clean, err := i18n.CleanLine(text, maxWords)
	if err != nil {
		r.add(path, "analysis.text", fault.Args{"max": int64(maxWords)})
	}
	return clean
}

func (r *reading) date(path, text string) string {
	if text != "" && !dateForm.MatchString(text) {
		r.add(path, "fault.not-a-date")
		return ""
	}
	return text
}

// whole reads a number of things; nil: not published.
func (r *reading) whole(path string, n json.Number) *int64 {
	if n == "" {
		return nil
	}
	v, err := strconv.ParseInt(string(n), 10, 64)
	if err != nil || v < 0 || v > 1e12 {
		r.add(path, "analysis.number")
		return nil
	}
	return &v
}

// micro reads a number with at most six decimals, in millionths.
func (r *reading) micro(path string, n json.Number) int64 {
	whole, part, dotted := strings.Cut(string(n), ".")
	v, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	if err != nil || v < 0 || v > 1e18 || len(part) > 6 || dotted && part == "" || strings.ContainsAny(string(n), "eE+-") {
		r.add(path, "analysis.number")
		return 0
	}
	return v
}

func (r *reading) amounts(path string, all map[string]json.Number) (out []Amount) {
	seen := map[string]bool{}
	for _, word := range slices.Sorted(maps.Keys(all)) {
		if all[word] == "" {
			continue // null: not published
		}
		if !wordForm.MatchString(word) {
			r.add(path, "analysis.unit", fault.Args{"value": word})
			continue
		}
		m := Amount{Word: word, Unit: r.units[word], Micro: r.micro(path+"."+word, all[word])}
		if m.Unit != "" && seen[m.Unit] {
			r.add(path+"."+word, "seizure.unit-twice")
		}
		seen[m.Unit] = true
		out = append(out, m)
	}
	return out
}

// beside are what a part says that is no amount.
var beside = []string{"code", "cases", "share_percent", "share_of_cases_percent", "share_note", "note"}

func (r *reading) parts(dimension, path, name string, all []rawPart) (out []Part) {
	if len(all) > maxParts {
		r.add(path, "analysis.too-many-parts", fault.Args{"max": int64(maxParts)})
		return nil
	}
	for i, raw := range all {
		at := path + "." + strconv.Itoa(i+1)
		text, numbers := r.split(at, name, raw)
		p := Part{Dimension: dimension, Label: r.line(at+"."+name, text[name], true), Cases: r.whole(at+".cases", numbers["cases"])}
		for _, s := range [][2]string{{"share_of_cases_percent", "cases"}, {"share_percent", ""}} {
			if numbers[s[0]] != "" {
				share := r.micro(at+"."+s[0], numbers[s[0]])
				p.Share, p.ShareOf = &share, s[1]
			}
		}
		maps.DeleteFunc(numbers, func(k string, _ json.Number) bool { return slices.Contains(beside, k) })
		p.Amounts = r.amounts(at, numbers)
		if p.Value = text["code"]; p.Value == "" {
			p.Value = printed(dimension, p.Label)
		} else if !ListOf(dimension).Has(p.Value) {
			r.add(at+".code", "fault.unknown-code", fault.Args{"value": p.Value})
		}
		for _, other := range out {
			if p.Value != "" && other.Value == p.Value {
				r.add(at, "analysis.part-twice", fault.Args{"value": p.Value})
			}
		}
		out = append(out, p)
	}
	return out
}

// split tells the words of a part from its numbers.
func (r *reading) split(at, name string, raw rawPart) (text map[string]string, numbers map[string]json.Number) {
	text, numbers = map[string]string{}, map[string]json.Number{}
	for key, value := range raw {
		var s string
		var n json.Number
		wordy := key == name || key == "code" || strings.HasSuffix(key, "note")
		switch {
		case string(value) == "null":
		case wordy && json.Unmarshal(value, &s) == nil:
			text[key] = s
		case !wordy && value[0] != '"' && json.Unmarshal(value, &n) == nil:
			numbers[key] = n
		default:
			r.add(at+"."+key, "analysis.number")
		}
	}
	return text, numbers
}

// categoriesPrinted are the names under which the WCO prints its categories.
var categoriesPrinted = map[string]string{"Accessories": "ACC", "Clothing": "CLO", "Pharmaceutical products": "PHA", "Phonographic products": "PHO",
	"Electronic appliances": "ELE", "Mobile phones and accessories": "MOB", "Toiletries and cosmetics": "COS", "Watches": "WAT",
	"Computers and accessories": "COM", "Games and toys": "TOY", "Footwear": "FTW", "Foodstuff": "FOO", "Soft drinks": "DRK",
	"Alcoholic beverages": "ALC", "Tobacco products": "TOB", "Textiles other than clothing": "TEX", "Transportation and spare parts": "SPA"}

// printed is the code of a printed name of which there is no doubt; a name that is
// only like one of ours has none.
func printed(dimension, label string) string {
	switch {
	case dimension == ByCategory:
		return categoriesPrinted[label]
	case dimension == ByOrigin && codelist.Country.Has(label):
		return label
	}
	return ""
}
