package story

import (
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/story/sheet"
)

// Inquiry is a question of customs to a right holder about goods of a case.
type Inquiry struct {
	ID       string
	Case     *Case
	Line     int // of goods, from 1
	Picture  string
	Sheet    *Sheet // of the brand; its pictures are what the officer photographs
	Expert   string // login of who answers
	AskedAt  time.Time
	Due      string    // day at the asker's office
	AnswerAt time.Time // zero: it is not answered when the story ends
	ReplyAt  time.Time // zero: nothing is said of the law
	sheet.Question
}

// The steps of an inquiry's life.
type (
	InquiryAsked    struct{ Inquiry *Inquiry }
	InquiryAnswered struct{ Inquiry *Inquiry }
	InquiryReplied  struct{ Inquiry *Inquiry }
)

func (InquiryAsked) rank() int    { return 40 }
func (InquiryAnswered) rank() int { return 41 }
func (InquiryReplied) rank() int  { return 42 }

// questions has officers ask about cases with goods of the brands.
func (b *builder) questions() {
	taken := map[*Case]bool{}
	for _, q := range sheet.Questions {
		c, line := b.caseWith(q, taken)
		if c == nil {
			continue
		}
		taken[c] = true
		asked := c.ReleasedAt.Add(3*time.Hour + 20*time.Minute)
		i := &Inquiry{ID: b.id(asked), Case: c, Line: line, Picture: b.id(asked), Expert: b.first[q.Holder], AskedAt: asked,
			Due: asked.AddDate(0, 0, 3).Format(time.DateOnly), Question: q}
		i.Sheet = b.citable(q, c)
		if q.Verdict != "" {
			i.AnswerAt = asked.Add(time.Duration(q.AfterHours) * time.Hour)
		}
		if q.Legal != "" {
			i.ReplyAt = i.AnswerAt.Add(5 * time.Hour)
		}
		b.world.Inquiries = append(b.world.Inquiries, i)
	}
}

// caseWith gives a counted case with goods of a brand that nobody has asked about, where
// customs read a sheet of it.
func (b *builder) caseWith(q sheet.Question, taken map[*Case]bool) (*Case, int) {
	for _, c := range b.world.Cases {
		if taken[c] || c.NotCounted != "" || c.ReleasedAt.IsZero() || c.Operation != CodeActionIPR2 || len(c.Amendments)+len(c.Changes) > 0 ||
			c.ReleasedAt.After(minute("2017-02-20T00:00")) {
			continue
		}
		for n, l := range c.Lines {
			if l.Brand == q.Brand && b.citable(q, c) != nil {
				return c, n + 1
			}
		}
	}
	return nil, 0
}

// citable is the first sheet of the brand that the customs of a case read when it was
// released.
func (b *builder) citable(q sheet.Question, c *Case) *Sheet {
	for _, s := range b.world.Sheets {
		if s.Of.Holder == q.Holder && s.Of.Name == q.Brand && s.shownIn(c.Country) && s.At.Before(c.ReleasedAt) {
			return s
		}
	}
	return nil
}

// shownIn tells whether the customs of a country may read the sheet.
func (s *Sheet) shownIn(country string) bool {
	return s.Countries == nil || slices.Contains(s.Countries, country)
}

// tellQuestions tells what was asked and answered.
func (w *World) tellQuestions(tell func(time.Time, string, string, Step)) {
	for _, i := range w.Inquiries {
		tell(i.AskedAt, i.Case.Reporter, i.Case.Organisation, InquiryAsked{i})
		if !i.AnswerAt.IsZero() {
			tell(i.AnswerAt, i.Expert, i.Holder, InquiryAnswered{i})
		}
		if !i.ReplyAt.IsZero() {
			tell(i.ReplyAt, i.Expert, i.Holder, InquiryReplied{i})
		}
	}
}
