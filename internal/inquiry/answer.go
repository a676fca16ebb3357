package inquiry

import (
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// AnswerDraft is what an expert says.
type AnswerDraft struct {
	Verdict  string // codelist.InquiryVerdict
	Reasons  string
	Language string
	Features []int
	Expert   string
}

// ReplyDraft is what a right holder says it does in law.
type ReplyDraft struct {
	Infringes   string // Yes or No
	Destruction string // Yes, No or empty
	Proceedings string
	Costs       string
	Note        string
	Language    string
	Day         string // empty: today
}

// Answer says what the goods are, for the right holder that was asked: its own people
// do, or whoever acts for it. Another answer may follow and counts from then on. What
// comes after the day that it was due is taken and marked late. The same as counts
// already changes nothing. Paths are verdict, reasons, language, features, expert.
func (s *Store) Answer(ctx context.Context, who access.Actor, code operation.Code, id ID, d AnswerDraft) (Inquiry, error) {
	return s.respond(ctx, who, code, access.InquiryAnswer, id, func(st operation.Standing, i Inquiry) (Inquiry, error) {
		a, err := d.clean()
		if err != nil {
			return i, err
		}
		if last := i.Answer(); last != nil && last.repeats(a) {
			return i, db.Unchanged
		}
		if len(i.Answers) >= maxAnswers {
			return i, fault.Of(fault.Conflict, "inquiry.too-many-answers")
		}
		a.Organisation, a.Author, a.At, a.Late = st.Who.Organisation, st.Who.Person, st.Now, st.Now.After(i.Due)
		i.Answers, i.State = append(slices.Clone(i.Answers), a), Answered
		return i, nil
	})
}

func (d AnswerDraft) clean() (Answer, error) {
	var p fault.Problems
	a := Answer{Verdict: d.Verdict, Language: d.Language, Features: slices.Compact(slices.Sorted(slices.Values(d.Features)))}
	if !codelist.InquiryVerdict.Has(d.Verdict) {
		p.Add("verdict", "inquiry.verdict")
	}
	a.Reasons = cleanBody(&p, "reasons", d.Reasons, MaxReasons, true)
	a.Expert = cleanLine(&p, "expert", d.Expert, maxExpert)
	checkLanguage(&p, d.Language)
	if len(a.Features) > maxFeatures || len(a.Features) > 0 && (a.Features[0] < 1 || a.Features[len(a.Features)-1] > maxFeatures) {
		p.Add("features", "inquiry.features")
	}
	return a, p.Fault()
}

func (a Answer) repeats(b Answer) bool {
	return a.Verdict == b.Verdict && a.Reasons == b.Reasons && a.Language == b.Language && a.Expert == b.Expert && slices.Equal(a.Features, b.Features)
}

// Reply says what the right holder does about the goods in law. It stands apart from the
// expert's answer. Paths are infringes, destruction, proceedings, costs, note, language,
// day.
func (s *Store) Reply(ctx context.Context, who access.Actor, code operation.Code, id ID, d ReplyDraft) (Inquiry, error) {
	return s.respond(ctx, who, code, access.InquiryReply, id, func(st operation.Standing, i Inquiry) (Inquiry, error) {
		today, _ := legal.Usual(st.Organisation.TimeZone).Local(st.Now)
		r, err := d.clean(today, i)
		if err != nil {
			return i, err
		}
		if last := i.Reply(); last != nil && last.repeats(r) {
			return i, db.Unchanged
		}
		if len(i.Replies) >= maxAnswers {
			return i, fault.Of(fault.Conflict, "inquiry.too-many-answers")
		}
		r.Organisation, r.Author, r.At, r.Late = st.Who.Organisation, st.Who.Person, st.Now, st.Now.After(i.Due)
		i.Replies = append(slices.Clone(i.Replies), r)
		return i, nil
	})
}

func (d ReplyDraft) clean(today legal.Day, i Inquiry) (Reply, error) {
	var p fault.Problems
	r := Reply{Infringes: d.Infringes, Destruction: d.Destruction, Proceedings: d.Proceedings, Costs: d.Costs, Language: d.Language, Day: d.Day}
	if d.Infringes == "" {
		p.Add("infringes", "fault.required")
	}
	for path, v := range map[string]string{"infringes": d.Infringes, "destruction": d.Destruction, "proceedings": d.Proceedings, "costs": d.Costs} {
		if v != "" && v != Yes && v != No {
			p.Add(path, "fault.unknown-code")
		}
	}
	r.Note = cleanBody(&p, "note", d.Note, MaxReasons, false)
	checkLanguage(&p, d.Language)
	if d.Day == "" {
		r.Day = today.String()
	} else if day, ok := legal.ParseDay(d.Day); !ok {
		p.Add("day", "legal.date")
	} else if asked, _ := legal.Usual(i.Zone).Local(i.At); day > today+1 || day < asked-1 { // a day either way: two offices, two zones
		p.Add("day", "inquiry.reply-day")
	}
	return r, p.Fault()
}

func (r Reply) repeats(b Reply) bool {
	return r.Infringes == b.Infringes && r.Destruction == b.Destruction && r.Proceedings == b.Proceedings && r.Costs == b.Costs &&
		r.Note == b.Note && r.Language == b.Language && r.Day == b.Day
}

// respond is the frame of what a right holder's side does.
func (s *Store) respond(ctx context.Context, who access.Actor, code operation.Code, need access.Permission, id ID,
	change func(operation.Standing, Inquiry) (Inquiry, error)) (Inquiry, error) {
	var made Inquiry
	err := s.write(ctx, who, code, need, func(tx *db.Tx, st operation.Standing) error {
		i, err := asked(tx, st, id)
		switch {
		case err != nil:
			return err
		case i.State == Withdrawn:
			return fault.Of(fault.Conflict, "inquiry.withdrawn")
		case i.Erased:
			return fault.Of(fault.Conflict, "inquiry.erased")
		}
		if made, err = i.again(tx, st.Operation.Number, i.last(need)); err != nil {
			return err
		}
		if i, err = change(st, i); err != nil {
			return err
		}
		made, err = s.store(tx, st, need, i)
		return err
	})
	made = made.forHolder()
	if err != nil {
		made = Inquiry{}
	}
	return made, err
}

// last is the entry of the newest answer or legal reply; before there is one, of the
// question.
func (i Inquiry) last(verb access.Permission) int64 {
	if a := i.Answer(); a != nil && verb == access.InquiryAnswer {
		return a.Seq
	}
	if r := i.Reply(); r != nil && verb == access.InquiryReply {
		return r.Seq
	}
	return i.Seq
}

// asked gives an inquiry to a right holder for whom the actor acts; Missing otherwise.
func asked(tx *db.Tx, st operation.Standing, id ID) (Inquiry, error) {
	d, err := deskOf(tx, st)
	if err != nil {
		return Inquiry{}, err
	}
	all, err := db.All(tx, selectID, scan, st.Operation.Number, string(id), d.readable)
	if err != nil {
		return Inquiry{}, err
	}
	for _, i := range all {
		if d.acts(i) {
			return i, nil
		}
	}
	return Inquiry{}, fault.Missing()
}

// desk is what one actor may see of inquiries in one operation.
type desk struct {
	readable db.List
	acting   []holder.Acting // of the right holder's side
	standing operation.Standing
}

func deskOf(tx *db.Tx, st operation.Standing) (desk, error) {
	d := desk{standing: st}
	var err error
	if d.readable, err = holder.Readable(tx, st); err != nil {
		return d, err
	}
	d.acting, err = holder.For(tx, st)
	return d, err
}

// acts tells whether the actor answers it: its own organisation was asked, or a right
// holder whose mandate goes as far as the country and the brands.
func (d desk) acts(i Inquiry) bool {
	return slices.ContainsFunc(d.acting, func(a holder.Acting) bool {
		return a.Holder.Number == i.Holder && (a.Own || a.In(i.Country) && covers(a, i.Brands))
	})
}

// covers: a mandate for some brands is none for goods whose brand nobody knows.
func covers(a holder.Acting, brands []holder.BrandID) bool {
	return len(a.Brands) == 0 || slices.ContainsFunc(brands, a.Covers)
}

// sees tells whether the actor may see an inquiry whose audience it reads.
func (d desk) sees(i Inquiry) bool {
	return d.standing.Side() != access.RightHolderSide || d.acts(i)
}
