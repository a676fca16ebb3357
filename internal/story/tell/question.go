package tell

import (
	"bytes"
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

// tellQuestion tells what customs ask right holders; told is false for other steps.
func (t *Teller) tellQuestion(ctx context.Context, who access.Actor, step story.Step) (told bool, err error) {
	switch s := step.(type) {
	case story.InquiryAsked:
		if t.shelves() {
			err = t.ask(ctx, who, s.Inquiry)
		}
	case story.InquiryAnswered:
		if i := s.Inquiry; t.shelves() {
			d := inquiry.AnswerDraft{Verdict: i.Verdict, Reasons: i.Reasons, Language: i.AnswerLanguage}
			if i.Verdict == "fake" {
				d.Features = []int{1}
			}
			_, err = t.stores.Inquiries.Answer(ctx, who, operation.Code(i.Case.Operation), inquiry.ID(i.ID), d)
		}
	case story.InquiryReplied:
		if i := s.Inquiry; t.shelves() {
			d := inquiry.ReplyDraft{Infringes: inquiry.Yes, Destruction: inquiry.Yes, Costs: inquiry.Yes, Language: i.AnswerLanguage}
			if i.Legal == "sues" {
				d.Destruction, d.Proceedings = inquiry.No, inquiry.Yes
			}
			_, err = t.stores.Inquiries.Reply(ctx, who, operation.Code(i.Case.Operation), inquiry.ID(i.ID), d)
		}
	default:
		return false, nil
	}
	return true, err
}

// ask sends a question with a photo of the goods, and the sheet it was compared with.
func (t *Teller) ask(ctx context.Context, who access.Actor, i *story.Inquiry) error {
	code := operation.Code(i.Case.Operation)
	d := inquiry.Draft{ID: inquiry.ID(i.ID), Holder: t.organisations[i.Holder].ID, Line: i.Line, Question: i.Question.Question, Language: i.Language, Due: i.Due}
	for _, f := range i.Fields {
		if f != "destination" { // not before an application was granted
			d.Fields = append(d.Fields, f)
		}
	}
	if s := i.Sheet; s != nil {
		d.Sheet = inquiry.Sheet{ID: s.ID, Version: 1, Title: s.Name["en"]}
		picture := t.picture(s, 0, i.Verdict == "fake" || i.Verdict == "")
		_, err := t.stores.Attachments.Receive(ctx, who, code, attachment.Draft{ID: attachment.ID(i.Picture), Name: "goods.jpg"}, bytes.NewReader(picture))
		if err != nil {
			return err
		}
		d.Pictures = []attachment.ID{attachment.ID(i.Picture)}
	} else {
		d.Fields = slices.DeleteFunc(d.Fields, func(f string) bool { return f == "photo" })
	}
	_, err := t.stores.Inquiries.Ask(ctx, who, code, t.cases[i.Case.ID].Reference, d)
	return err
}
