package workshop

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const (
	maxRoom = 100
	maxLast = 3 // years ahead
)

// hour is how the hours of a session are written, local in the workshop's zone.
const hour = "2006-01-02T15:04"

// Draft is what is written to plan or amend a workshop.
type Draft struct {
	ID        ID // the same id again is the same workshop; empty: one is made. Amend leaves it aside
	Kind      string
	Title     string
	Aim       string
	Language  string   // of title and aim
	Languages []string // in which it is held; none: Language
	Sponsor   string
	Place     string
	Country   string
	Address   string
	Zone      string
	Starts    string
	Ends      string
	// NominateBy may be empty: until it starts.
	NominateBy string
	// To is for whom it is, as one addresses a message; of a national one nobody is
	// asked. Addressed are organisations beside those in To, by their ids.
	To        audience.Address
	Addressed []organisation.ID
}

// clean gives the draft as it is kept, and what is wrong with it. Paths are id, kind,
// title, aim, language, languages, sponsor, place, country, address, zone, starts,
// ends, nominate-by; the address of readers is checked where it is placed.
func (d Draft) clean(now time.Time) (Draft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	code(&p, "kind", d.Kind, codelist.WorkshopKind, true)
	d.Title = i18n.CleanField(&p, "title", d.Title, MaxTitle, true, i18n.CleanLine)
	d.Aim = i18n.CleanField(&p, "aim", d.Aim, MaxText, false, i18n.CleanBody)
	d.Language = Language(&p, "language", d.Language)
	d.Languages = tags(&p, d.Languages, d.Language)
	d.Sponsor = i18n.CleanField(&p, "sponsor", d.Sponsor, MaxTitle, false, i18n.CleanLine)
	d.Place = i18n.CleanField(&p, "place", d.Place, MaxTitle, false, i18n.CleanLine)
	code(&p, "country", d.Country, codelist.Country, false)
	d.Address = address(&p, d.Address)
	switch {
	case d.Place == "" && d.Address == "":
		p.Add("place", "workshop.nowhere")
	case d.Place == "" && d.Country != "":
		p.Add("place", "workshop.place-of-country")
	}
	if _, err := zoned(d.Zone); err != nil {
		p.Add("zone", "fault.unknown-code")
	}
	days(&p, d, now)
	return d, p.Fault()
}

// zoned is the zone of a name; what this machine calls its own is none.
func zoned(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return time.UTC, errors.New("workshop: no zone")
	}
	return time.LoadLocation(name)
}

func days(p *fault.Problems, d Draft, now time.Time) {
	starts, errStarts := day(p, "starts", d.Starts, true)
	ends, errEnds := day(p, "ends", d.Ends, true)
	by, errBy := day(p, "nominate-by", d.NominateBy, false)
	switch {
	case errStarts || errEnds:
	case ends.Before(starts):
		p.Add("ends", "workshop.ends-first")
	case ends.Sub(starts) >= MaxDays*24*time.Hour:
		p.Add("ends", "workshop.too-long", fault.Args{"max": int64(MaxDays)})
	case starts.After(now.AddDate(maxLast, 0, 0)):
		p.Add("starts", "workshop.too-far")
	}
	if d.NominateBy != "" && !errBy && !errEnds && by.After(ends) {
		p.Add("nominate-by", "workshop.nominate-late")
	}
}

func day(p *fault.Problems, path, s string, required bool) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	switch {
	case s == "" && required:
		p.Add(path, "fault.required")
	case s == "":
	case err != nil || t.Year() < 1990:
		p.Add(path, "fault.not-a-date")
	}
	return t, err != nil
}

// address is where a workshop is on the net: https, without a name or a secret of
// somebody in it.
func address(p *fault.Problems, s string) string {
	if s = i18n.CleanField(p, "address", s, MaxAddress, false, i18n.CleanLine); s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(s, " \"<>\\^`{|}") {
		p.Add("address", "workshop.address")
	}
	return s
}

// Language is the language of a text (BCP 47) in the form in which it is kept; what is
// wrong with it is noted at a path.
func Language(p *fault.Problems, path, s string) string {
	if s == "" {
		p.Add(path, "fault.required")
		return s
	}
	return i18n.CleanLanguage(p, path, s)
}

func tags(p *fault.Problems, all []string, own string) []string {
	var out []string
	for _, s := range all {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if s = Language(p, "languages", s); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) > maxLanguages {
		p.Add("languages", "fault.too-many-items", fault.Args{"max": int64(maxLanguages)})
	}
	if out == nil && own != "" {
		out = []string{own}
	}
	return out
}

// maxLanguages is in how many languages a workshop is held at most.
const maxLanguages = 20

func code(p *fault.Problems, path, s string, list codelist.List, required bool) {
	switch {
	case s == "" && required:
		p.Add(path, "fault.required")
	case s != "" && !list.Has(s):
		p.Add(path, "fault.unknown-code")
	}
}

// SessionDraft is what is written to add or amend a session.
type SessionDraft struct {
	ID       ID // empty: one is made. AmendSession leaves it aside
	Starts   string
	Ends     string
	Title    string
	About    string
	Room     string
	Speakers []SpeakerDraft
}

// SpeakerDraft is a speaker of a session.
type SpeakerDraft struct {
	Name         string // may be empty where Person is given
	Function     string
	Organisation organisation.ID // empty: of none that takes part
	Person       person.ID       // of that organisation; empty: somebody without an account
}

// clean gives the draft as it is kept. Paths are id, starts, ends, title, about, room,
// speakers, speakers.N.name and speakers.N.function; who speakers are is checked where
// they are looked up.
func (d SessionDraft) clean(w Workshop) (SessionDraft, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	w.hours(&p, d.Starts, d.Ends)
	d.Title = i18n.CleanField(&p, "title", d.Title, MaxTitle, true, i18n.CleanLine)
	d.About = i18n.CleanField(&p, "about", d.About, MaxText, false, i18n.CleanBody)
	d.Room = i18n.CleanField(&p, "room", d.Room, maxRoom, false, i18n.CleanLine)
	if len(d.Speakers) > MaxSpeakers {
		p.Add("speakers", "fault.too-many-items", fault.Args{"max": int64(MaxSpeakers)})
		return d, p.Fault()
	}
	d.Speakers = slices.Clone(d.Speakers)
	for i := range d.Speakers {
		at, s := "speakers."+strconv.Itoa(i), &d.Speakers[i]
		s.Name = i18n.CleanField(&p, at+".name", s.Name, MaxTitle, s.Person == "", i18n.CleanLine)
		code(&p, at+".function", s.Function, codelist.SpeakerFunction, true)
		if s.Person != "" && s.Organisation == "" {
			p.Add(at+".organisation", "fault.required")
		}
	}
	return d, p.Fault()
}

// hours notes what is wrong with the hours of a session: they lie within the days,
// and a clock of the zone shows them.
func (w Workshop) hours(p *fault.Problems, starts, ends string) {
	from, okFrom := w.hour(p, "starts", starts)
	until, okUntil := w.hour(p, "ends", ends)
	switch {
	case !okFrom || !okUntil:
	case !until.After(from):
		p.Add("ends", "workshop.session-ends-first")
	case starts[:len(time.DateOnly)] < w.Starts:
		p.Add("starts", "workshop.session-outside")
	case ends[:len(time.DateOnly)] > w.Ends:
		p.Add("ends", "workshop.session-outside")
	}
}

func (w Workshop) hour(p *fault.Problems, path, s string) (time.Time, bool) {
	if s == "" {
		p.Add(path, "fault.required")
		return time.Time{}, false
	}
	t, ok := w.Moment(s)
	switch {
	case t.IsZero():
		p.Add(path, "workshop.not-an-hour")
	case !ok:
		p.Add(path, "workshop.no-such-hour")
	}
	return t, ok
}

// Location is the workshop's time zone.
func (w Workshop) Location() *time.Location {
	if l, err := zoned(w.Zone); err == nil {
		return l
	}
	return time.UTC
}

// Moment is when a local hour (yyyy-mm-ddThh:mm) is; false: no clock of the zone shows
// it. Where it comes twice, the first is meant.
func (w Workshop) Moment(local string) (time.Time, bool) {
	t, err := time.ParseInLocation(hour, local, w.Location())
	if err != nil {
		return time.Time{}, false
	}
	for _, earlier := range []time.Duration{2 * time.Hour, time.Hour, 30 * time.Minute} {
		if before := t.Add(-earlier); before.Format(hour) == local {
			t = before
			break
		}
	}
	return t, t.Format(hour) == local
}

// MaterialDraft is what is written to name a document, a lesson or a practice.
type MaterialDraft struct {
	ID      ID // empty: one is made
	Session ID // empty: of the whole workshop
	Kind    string
	Ref     string // UUID of what is named
}

// clean tells what is wrong with the draft. Paths are id, kind, ref.
func (d MaterialDraft) clean() error {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	code(&p, "kind", d.Kind, codelist.WorkshopMaterial, true)
	switch {
	case d.Ref == "":
		p.Add("ref", "fault.required")
	case !source.ValidID(d.Ref):
		p.Add("ref", "fault.not-an-id")
	}
	return p.Fault()
}

// joined is what is wrong with a draft's text and with its address, said at once.
func joined(text, other error) error {
	a, isText := errors.AsType[*fault.Fault](text)
	b, isOther := errors.AsType[*fault.Fault](other)
	switch {
	case text == nil:
		return other
	case other == nil || !isText || !isOther || b.Kind != fault.Invalid:
		return text
	}
	both := *a
	both.Fields = append(slices.Clone(a.Fields), b.Fields...)
	return &both
}
