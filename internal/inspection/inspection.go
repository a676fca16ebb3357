package inspection

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ID is the UUID of an inspection, made by whoever opens it.
type ID string

// What goods an inspection is of; labels under code.inspection-kind.
const (
	OfCase = "case"  // goods of a reported case
	Goods  = "goods" // goods at hand that are no case yet
)

// Limits.
const (
	Runs      = 24 * time.Hour
	maxNumber = 60 // characters
	maxPlace  = 120
)

// Opening is what is said to open the covert features of a sheet.
type Opening struct {
	ID        ID // the same again is the same inspection; empty: one is made
	Sheet     product.Name
	Kind      string
	Operation operation.Code // of a case
	Case      string         // its reference
	Number    string         // of goods: of a container, waybill or parcel
	Place     string         // of goods: where they are
}

// clean gives the opening as it is kept, and what is wrong with it. Paths are id,
// kind, operation, case, number, place.
func (d Opening) clean() (Opening, error) {
	var p fault.Problems
	if !source.ValidID(string(d.ID)) {
		p.Add("id", "fault.not-an-id")
	}
	switch d.Kind {
	case OfCase:
		d.Number, d.Place = "", ""
		d.Case = strings.ToUpper(line(&p, "case", d.Case, maxNumber))
		if d.Operation == "" {
			p.Add("operation", "fault.required")
		}
	case Goods:
		d.Operation, d.Case = "", ""
		d.Number, d.Place = line(&p, "number", d.Number, maxNumber), line(&p, "place", d.Place, maxPlace)
		if d.Number != "" && !strings.ContainsAny(i18n.Fold(d.Number), "0123456789") {
			p.Add("number", "inspection.number")
		}
	default:
		p.Add("kind", "inspection.kind")
	}
	return d, p.Fault()
}

func line(p *fault.Problems, path, text string, most int) string {
	text, err := i18n.CleanLine(text, most)
	if f, bad := err.(*fault.Fault); bad {
		p.Add(path, f.Key, f.Args)
	} else if text == "" {
		p.Add(path, "fault.required")
	}
	return text
}

// Inspection is one opening, as its entry says it.
type Inspection struct {
	Seq          int64 `json:",omitempty"` // index of the entry
	ID           ID
	Organisation int64 // whose officer it is
	Person       string
	Product      int64 // number of the sheet
	Kind         string
	Within       int64  `json:",omitempty"` // number of the operation in which the case is
	Seizure      int64  `json:",omitempty"` // number of the case there
	Number       string `json:",omitempty"`
	Place        string `json:",omitempty"`
	At, Until    time.Time
}

// Open tells whether the inspection runs at a moment.
func (i Inspection) Open(now time.Time) bool { return !now.Before(i.At) && now.Before(i.Until) }

// same tells whether an inspection was opened with the same words.
func (i Inspection) same(j Inspection) bool {
	return i.Person == j.Person && i.Product == j.Product && i.Kind == j.Kind && i.Within == j.Within && i.Seizure == j.Seizure &&
		i.Number == j.Number && i.Place == j.Place
}

// View is what an officer sees of the covert features of a sheet.
type View struct {
	Standing operation.Standing
	Sheet    product.Sheet
	Running  *Inspection   // of this very person; nil: nothing is open
	Case     string        // reference of its case, if the reader may still read it
	Within   string        // code of the operation of that case
	Part     *product.Part // nil: nothing is open
	Pictures []attachment.Attachment
	Mark     string // that words and pictures carry
}

// Number is the number of one of the pictures, from 1; 0: it is not there.
func (v View) Number(id attachment.ID) int {
	return slices.IndexFunc(v.Pictures, func(a attachment.Attachment) bool { return a.ID == id }) + 1
}

// shortID is how much of a person's id a mark says: the random end of it.
const shortID = 8

// MarkOf is the text that says who reads and when, in ASCII: a picture can carry no
// other.
func MarkOf(person string, o organisation.Organisation, now time.Time) string {
	body := o.Abbreviation
	if body == "" || strings.ContainsFunc(body, func(r rune) bool { return r < '!' || r > '~' }) {
		body = strings.TrimSpace(o.Country + " #" + fmt.Sprint(o.Number))
	}
	return person[max(0, len(person)-shortID):] + " " + body + " " + now.UTC().Format("2006-01-02 15:04Z")
}

// Day is how often the covert features of a sheet were opened on a day, by one
// organisation. Who may know which one is for package usage to say.
type Day struct {
	Product      int64
	Organisation int64
	Day          string // UTC
	Openings     int64
}
