package inquiry

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Draft asks one right holder about goods of a case.
type Draft struct {
	ID       ID
	Holder   organisation.ID
	Line     int      // of goods, from 1
	Fields   []string // codelist.DisclosureField
	Pictures []attachment.ID
	Sheet    Sheet
	Question string
	Language string
	Due      string // day at the asker's office; empty: the legal deadline
	Apart    bool   // coordination does not read along
}

// RequestDraft asks whichever right holders handle such goods.
type RequestDraft struct {
	ID       ID
	Category string // codelist.Category
	Code     string // that stands on the goods
	Question string // what they look like, in words
	Language string
	Pictures []attachment.ID
	Due      string
}

// Offered are the fields that can be told in an inquiry: none of them names anybody.
func Offered() []string {
	return []string{"nature", "quantity", "origin", "destination", "procedure", photo}
}

// photo is the field that pictures are told by.
const photo = "photo"

// Paths of a draft's faults are id, holder, line, fields, pictures, question, language,
// due, category, code.

func cleanBody(p *fault.Problems, path, s string, most int, required bool) string {
	s, err := i18n.CleanBody(s, most)
	s = strings.TrimSpace(s)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		p.Add(path, f.Key, f.Args)
	} else if s == "" && required {
		p.Add(path, "fault.required")
	}
	return s
}

func cleanLine(p *fault.Problems, path, s string, most int) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	s, err := i18n.CleanLine(s, most)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		p.Add(path, f.Key, f.Args)
	}
	return s
}

func checkLanguage(p *fault.Problems, s string) {
	tag, err := language.Parse(s)
	base, _ := tag.Base()
	if err != nil || len(s) > 35 || !codelist.Language.Has(base.String()) {
		p.Add("language", "fault.unknown-code")
	}
}

func checkID(p *fault.Problems, id ID) {
	if !source.ValidID(string(id)) {
		p.Add("id", "fault.not-an-id")
	}
}

// until sets the day by which an answer is due: the asker's own, or the law's if that
// ends before, or if the asker gave none.
func (i *Inquiry) until(p *fault.Problems, day string, t detention.Telling) {
	if day != "" {
		d, ok := legal.ParseDay(day)
		switch {
		case !ok:
			p.Add("due", "legal.date")
			return
		case d < t.Today:
			p.Add("due", "inquiry.due-past", fault.Args{"today": t.Today.String()})
			return
		case d > t.Today+maxForward:
			p.Add("due", "inquiry.due-far")
			return
		}
		i.Day = d
	}
	if t.Due != 0 && (i.Day == 0 || t.Due <= i.Day) {
		i.Day, i.Step = t.Due, t.Step
	}
	if i.Day == 0 {
		p.Add("due", "fault.required")
		return
	}
	i.Zone, i.Due = t.Calendar.Zone, t.Calendar.Ends(i.Day).UTC()
}

// allowed puts the chosen fields into the order of the list; what the law does not let
// be told at this stage is refused, and pictures, where those are.
func allowed(p *fault.Problems, d Draft, may map[string]string) []string {
	want := slices.Clone(d.Fields)
	if len(d.Pictures) > 0 && !slices.Contains(want, photo) {
		want = append(want, photo)
	}
	if len(d.Pictures) == 0 { // a picture is told by showing it
		want = slices.DeleteFunc(want, func(f string) bool { return f == photo })
	}
	var out []string
	for _, f := range Offered() {
		if !slices.Contains(want, f) {
			continue
		}
		if _, ok := may[f]; !ok {
			path := "fields"
			if f == photo {
				path = "pictures"
			}
			p.Add(path, "detention.not-yet")
		}
		out = append(out, f)
	}
	if len(out) != len(want) || len(out) == 0 {
		p.Add("fields", "detention.fields")
	}
	return out
}

// ready takes pictures that the actor has uploaded or copied, and no record has.
func ready(tx *db.Tx, st operation.Standing, p *fault.Problems, ids []attachment.ID) ([]attachment.Ref, error) {
	if len(ids) > MaxPictures {
		p.Add("pictures", "fault.too-many-items", fault.Args{"max": int64(MaxPictures)})
		return nil, nil
	}
	refs, err := attachment.Ready(tx, st, ids)
	if f, bad := errors.AsType[*fault.Fault](err); bad && len(f.Fields) > 0 {
		p.Add("pictures", f.Fields[0].Key, f.Fields[0].Args)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := attachment.Numbered(tx, st.Operation.Number, seqs(refs))
	for _, r := range refs {
		if a := all[r.Seq]; !a.IsPicture() {
			p.Add("pictures", "attachment.copy-of-picture")
			break
		}
	}
	return refs, err
}

func seqs(refs []attachment.Ref) (out db.List) {
	for _, r := range refs {
		out = append(out, r.Seq)
	}
	return out
}

// names tells whether the record shows exactly these pictures.
func (i Inquiry) shows(ids []attachment.ID) bool {
	return slices.EqualFunc(i.Attachments, ids, func(r attachment.Ref, id attachment.ID) bool { return r.ID == id })
}
