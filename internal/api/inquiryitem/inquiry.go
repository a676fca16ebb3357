// Package inquiryitem is a question to a right holder as other systems read and write it.
package inquiryitem

import (
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/api/clockitem"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// InquirySheet is the product sheet that the asker looked at.
type InquirySheet struct {
	ID      string `json:"id"`
	Version int64  `json:"version,omitempty"`
	Title   string `json:"title,omitempty"`
}

// InquiryParty is an organisation.
type InquiryParty struct {
	Organisation organisation.ID `json:"organisation"`
	Name         string          `json:"name"`
	Country      string          `json:"country,omitempty"`
}

// InquiryPicture is a picture of an inquiry, written anew.
type InquiryPicture struct {
	Href   string `json:"href"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"` // bytes
	Width  int64  `json:"width"`
	Height int64  `json:"height"`
}

// InquiryAnswer is what an expert says the goods are.
type InquiryAnswer struct {
	Verdict  string `json:"verdict"` // fake, genuine, diverted, not-ours, cannot-say, needs-sample
	Reasons  string `json:"reasons"`
	Language string `json:"language"`           // BCP 47, of reasons
	Features []int  `json:"features,omitempty"` // of the sheet, that were seen
	Expert   string `json:"expert,omitempty"`   // who looked at the goods
}

// InquiryAnswered is an answer that was given.
type InquiryAnswered struct {
	InquiryAnswer
	By   organisation.ID `json:"by"` // the right holder or a representative
	At   time.Time       `json:"at"` // UTC
	Late bool            `json:"late"`
}

// InquiryLegal is what a right holder does about the goods in law: yes, no, or left out.
type InquiryLegal struct {
	Infringes   string `json:"infringes"`
	Destruction string `json:"destruction,omitempty"` // agrees to it
	Proceedings string `json:"proceedings,omitempty"` // will sue
	Costs       string `json:"costs,omitempty"`       // bears them
	Note        string `json:"note,omitempty"`
	Language    string `json:"language"`      // BCP 47, of note
	Day         string `json:"day,omitempty"` // of the reply; left out: today
}

// InquiryReplied is a legal reply that was given.
type InquiryReplied struct {
	InquiryLegal
	By   organisation.ID `json:"by"`
	At   time.Time       `json:"at"` // UTC
	Late bool            `json:"late"`
}

// InquiryDraft asks, by who asks, or answers, by who was asked.
type InquiryDraft struct {
	Operation operation.Code  `json:"operation"`           // its code; library: a request without a case
	Case      seizure.ID      `json:"case,omitempty"`      // of the caller's organisation
	Holder    organisation.ID `json:"holder,omitempty"`    // a right holder that takes part
	Line      int             `json:"line,omitempty"`      // of the case's goods, from 1
	Fields    []string        `json:"fields,omitempty"`    // that are told, as far as the law lets them be
	Category  string          `json:"category,omitempty"`  // of a request
	Code      string          `json:"code,omitempty"`      // on the goods, of a request
	Sheet     *InquirySheet   `json:"sheet,omitempty"`     //
	Question  string          `json:"question,omitempty"`  //
	Language  string          `json:"language,omitempty"`  // BCP 47, of question
	Pictures  []attachment.ID `json:"pictures,omitempty"`  // the caller's own finished uploads, at most 10
	Due       string          `json:"due,omitempty"`       // day at the caller's office; left out: the legal deadline
	Apart     bool            `json:"apart,omitempty"`     // coordination does not read along
	Withdraws string          `json:"withdraws,omitempty"` // the reason for which the question is taken back
	Answer    *InquiryAnswer  `json:"answer,omitempty"`    //
	Legal     *InquiryLegal   `json:"legal,omitempty"`     //
}

// Inquiry is one question. Of whose case it is, the right holder reads nothing.
type Inquiry struct {
	ID        inquiry.ID        `json:"id"`
	Operation operation.Code    `json:"operation"`
	State     string            `json:"state"` // open, answered, withdrawn
	Late      bool              `json:"late"`  // open, and the day is over
	Asked     time.Time         `json:"asked"` // UTC
	Due       time.Time         `json:"due"`   // UTC: the end of the day at the asker's office
	Day       string            `json:"day"`
	TimeZone  string            `json:"time_zone"`
	Step      string            `json:"step,omitempty"` // of the legal clock, where the day is the law's
	From      InquiryParty      `json:"from"`
	To        *InquiryParty     `json:"to,omitempty"`   // left out: a request to who handles such goods
	Reference string            `json:"case,omitempty"` // for the asker and coordination
	Line      int               `json:"line,omitempty"`
	Category  string            `json:"category"`
	Code      string            `json:"code,omitempty"`
	Fields    []string          `json:"fields"`
	Told      []clockitem.Told  `json:"told"`
	Sheet     *InquirySheet     `json:"sheet,omitempty"`
	Question  string            `json:"question"`
	Language  string            `json:"language"`
	Pictures  []InquiryPicture  `json:"pictures"`
	Answers   []InquiryAnswered `json:"answers"` // the last one counts
	Legal     []InquiryReplied  `json:"legal"`   // the same
	Withdrawn time.Time         `json:"withdrawn_at,omitzero"`
	Why       string            `json:"why,omitempty"`     // it was withdrawn
	Parts     []Inquiry         `json:"parts,omitempty"`   // of a request: those that were answered
	Receipt   string            `json:"receipt,omitempty"` // of a write: a signed note on its entry in the journal
}

// Of is an inquiry as its reader may see it; prefix is where the door stands.
func Of(v inquiry.View, prefix string) Inquiry {
	out := Inquiry{ID: v.ID, Operation: v.Operation.Code, State: v.State, Late: v.IsLate, Asked: v.At, Due: v.Due, Day: v.Day.String(), TimeZone: v.Zone, Step: v.Step,
		From: body(v.From), Reference: v.Reference, Line: v.Line, Category: v.Category, Code: v.Code, Fields: append([]string{}, v.Fields...), Told: []clockitem.Told{},
		Question: v.Question, Language: v.Language, Pictures: []InquiryPicture{}, Answers: []InquiryAnswered{}, Legal: []InquiryReplied{}, Withdrawn: v.Taken.At, Why: v.Taken.Reason}
	if v.To.ID != "" {
		to := body(v.To)
		out.To = &to
	}
	if v.Sheet.ID != "" {
		out.Sheet = &InquirySheet{v.Sheet.ID, v.Sheet.Version, v.Sheet.Title}
	}
	for _, t := range v.Told {
		one := clockitem.Told{Field: t.Field, Line: t.Line, List: t.List, Code: t.Code, Text: t.Text, Unit: t.Unit}
		if t.Unit != "" {
			one.Amount = i18n.Decimal(t.Micro)
		}
		out.Told = append(out.Told, one)
	}
	for n, f := range v.Files {
		out.Pictures = append(out.Pictures, InquiryPicture{prefix + "inquiries/" + string(v.ID) + "/pictures/" + strconv.Itoa(n+1), f.Main.SHA256, f.Main.Size, f.Main.Width, f.Main.Height})
	}
	for _, a := range v.Answers {
		out.Answers = append(out.Answers, InquiryAnswered{InquiryAnswer{a.Verdict, a.Reasons, a.Language, a.Features, a.Expert}, v.Answerers[a.Organisation].ID, a.At, a.Late})
	}
	for _, r := range v.Replies {
		out.Legal = append(out.Legal, InquiryReplied{InquiryLegal{r.Infringes, r.Destruction, r.Proceedings, r.Costs, r.Note, r.Language, r.Day}, v.Answerers[r.Organisation].ID, r.At, r.Late})
	}
	for _, p := range v.Parts {
		out.Parts = append(out.Parts, Of(p, prefix))
	}
	return out
}

func body(o organisation.Organisation) InquiryParty { return InquiryParty{o.ID, o.Name, o.Country} }

// Draft is the question to one right holder.
func (in InquiryDraft) Draft(id string) inquiry.Draft {
	d := inquiry.Draft{ID: inquiry.ID(id), Holder: in.Holder, Line: in.Line, Fields: in.Fields, Pictures: in.Pictures, Question: in.Question, Language: in.Language,
		Due: in.Due, Apart: in.Apart}
	if in.Sheet != nil {
		d.Sheet = inquiry.Sheet{ID: in.Sheet.ID, Version: in.Sheet.Version, Title: in.Sheet.Title}
	}
	return d
}

// Request is the question to whoever handles such goods.
func (in InquiryDraft) Request(id string) inquiry.RequestDraft {
	return inquiry.RequestDraft{ID: inquiry.ID(id), Category: in.Category, Code: in.Code, Question: in.Question, Language: in.Language, Pictures: in.Pictures, Due: in.Due}
}

// Draft is the answer as the command takes it.
func (a InquiryAnswer) Draft() inquiry.AnswerDraft {
	return inquiry.AnswerDraft{Verdict: a.Verdict, Reasons: a.Reasons, Language: a.Language, Features: a.Features, Expert: a.Expert}
}

// Draft is the legal reply as the command takes it.
func (l InquiryLegal) Draft() inquiry.ReplyDraft {
	return inquiry.ReplyDraft{Infringes: l.Infringes, Destruction: l.Destruction, Proceedings: l.Proceedings, Costs: l.Costs, Note: l.Note, Language: l.Language, Day: l.Day}
}
