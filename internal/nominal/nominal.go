package nominal

import (
	"cmp"
	"slices"
	"strings"
)

// What a hit looks like.
const (
	Name     = "name"
	Passport = "passport"
	Phone    = "phone"
	Email    = "email"
	IDCard   = "id-card"
	Birth    = "birth-date"
)

// Kinds lists the kinds of hit.
func Kinds() []string { return []string{Name, Passport, Phone, Email, IDCard, Birth} }

// Why something was found.
const (
	ByTitle = "title" // a title stands before or behind it: Mr, السيد, 先生
	ByLabel = "label" // a label or word stands before it: Driver:, passport no.
	ByForm  = "form"  // it has the form of such data
	ByGiven = "given" // a given name that many people bear
)

// Hit is a place in a text that looks like data of a person: text[Start:End].
type Hit struct {
	Kind       string
	Start, End int // bytes
	Why        string
}

// Find finds what looks like data of a person, in the order of the text. No two
// hits overlap: the one that begins first stays, of two the longer one.
func Find(text string) []Hit {
	s := newScan(text)
	s.addresses()
	if s.dial || strings.Contains(s.text, "<<") {
		s.birthDates()
		s.papers()
		s.phones()
	}
	s.names()
	if s.east {
		s.eastern()
	}
	return s.settled()
}

// settled gives the hits as places of the text, without overlaps.
func (s *scan) settled() []Hit {
	slices.SortStableFunc(s.hits, func(a, b Hit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	out := make([]Hit, 0, len(s.hits))
	end := 0
	for _, h := range s.hits {
		if h.Start < end || h.Start >= h.End {
			continue
		}
		end = h.End
		h.Start, h.End = s.at[h.Start], s.at[h.End-1]+s.width(h.End-1)
		out = append(out, h)
	}
	return out
}

func (s *scan) hit(kind string, start, end int, why string) {
	s.hits = append(s.hits, Hit{Kind: kind, Start: start, End: end, Why: why})
}
