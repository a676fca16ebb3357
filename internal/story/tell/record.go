package tell

import (
	"context"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/story"
)

func (t *Teller) send(ctx context.Context, who access.Actor, m *story.Message) error {
	d := message.Draft{ID: message.ID(m.ID), Template: m.Kind, Subject: m.Subject, Body: m.Body, Language: m.Language, TLP: m.TLP,
		ReplyDue: m.ReplyDue, Outcome: m.Outcome, Answers: t.messages[m.ReplyTo], Marks: marks(m.Marks)}
	if m.Warning != "" {
		d.Answers = t.messages[m.Warning]
	}
	if d.Answers == 0 { // an answer is for whoever reads what it answers
		for _, s := range m.Audience.Sides {
			d.To.Sides = append(d.To.Sides, access.Side(s))
		}
		for _, o := range m.Audience.Organisations {
			d.To.Organisations = append(d.To.Organisations, t.organisations[o].Number)
		}
		d.To.Apart = m.Audience.Apart
	}
	if m.Kind == story.KindWarning {
		d.Profile = message.Profile{Category: m.Category, Conveyance: m.Conveyance, Provenance: m.Provenance, Destination: m.Destination}
	}
	made, err := t.stores.Messages.Send(ctx, who, operation.Code(m.Operation), lived(d, m))
	t.messages[m.ID] = made.Seq
	return err
}

func (t *Teller) tellCase(ctx context.Context, who access.Actor, m story.Moment) error {
	var c *story.Case
	var made seizure.Case
	var err error
	do := t.stores.Seizures
	switch s := m.Step.(type) {
	case story.CaseReported:
		c = s.Case
		made, err = do.Report(ctx, who, operation.Code(c.Operation), t.draft(c, c.First, c.FirstStatus))
	case story.CaseReleased:
		c = s.Case
		old := t.cases[c.ID]
		if s.ByTime {
			_, err = do.ReleaseDue(ctx)
			made = old
			made.Version++
			made.State = seizure.Released
		} else {
			made, err = do.Release(ctx, who, operation.Code(c.Operation), old.Seq, old.Version)
		}
	case story.CaseAmended:
		c = s.Case
		old := t.cases[c.ID]
		made, err = t.amend(ctx, who, c, t.draft(c, s.Amendment.Lines, old.Status), s.Amendment.Reason)
	case story.CaseMoved:
		c = s.Case
		old := t.cases[c.ID]
		d := old.Draft
		d.Status, d.StatusDay = s.Change.Status, m.At.Format(time.DateOnly)
		if s.Change.Verdict != "" {
			d.Goods = judged(d.Goods, s.Change.Verdict)
		}
		made, err = t.amend(ctx, who, c, d, movedBecause(c.Language, s.Change.Verdict))
	case story.CaseMarkedDuplicate:
		c = s.Case
		old := t.cases[c.ID]
		made, err = do.Relate(ctx, who, operation.Code(c.Operation), old.Seq, old.Version, t.cases[s.Of.ID].Seq, sameConsignment)
	case story.CaseWithdrawn:
		c = s.Case
		old := t.cases[c.ID]
		made, err = do.Withdraw(ctx, who, operation.Code(c.Operation), old.Seq, old.Version, s.Reason)
	default:
		return fmt.Errorf("unknown step %T", m.Step)
	}
	t.cases[c.ID] = made
	return err
}

// amend corrects a case; where that waits for the contact point, it releases the
// correction in the same minute.
func (t *Teller) amend(ctx context.Context, who access.Actor, c *story.Case, d seizure.Draft, reason string) (seizure.Case, error) {
	old, code := t.cases[c.ID], operation.Code(c.Operation)
	made, err := t.stores.Seizures.Amend(ctx, who, code, old.Seq, old.Version, d, reason)
	if err != nil || old.State != seizure.Released || made.State == seizure.Released {
		return made, err
	}
	return t.stores.Seizures.Release(ctx, t.contactPoint(c.Organisation), code, made.Seq, made.Version)
}

// contactPoint is the first contact point of a body.
func (t *Teller) contactPoint(organisation string) access.Actor {
	for _, p := range t.world.Persons {
		for _, h := range p.Hats {
			if h.Organisation == organisation && h.Contact == story.ContactFirst {
				return access.Actor{Person: p.ID, Organisation: t.organisations[organisation].Number, ContactPoint: true}
			}
		}
	}
	return access.Actor{}
}

// sameConsignment is the coordination's own note, in its language.
const sameConsignment = "Same consignment, stopped in transit and seized at destination."

// moved says why a status changed, in the languages of the reporters.
var moved = map[string][2]string{
	"en": {"Procedure went on.", "The right holder's expert found the goods genuine."},
	"fr": {"Suite de la procédure.", "L’expert du titulaire a reconnu les marchandises authentiques."},
	"ar": {"استُكملت الإجراءات.", "أثبت خبير صاحب الحق أن البضائع أصلية."},
	"es": {"Sigue el procedimiento.", "El perito del titular ha declarado auténtica la mercancía."},
	"pt": {"Seguimento do processo.", "O perito do titular confirmou que a mercadoria é autêntica."},
	"th": {"ดำเนินการตามขั้นตอนต่อไป", "ผู้เชี่ยวชาญของเจ้าของสิทธิยืนยันว่าเป็นสินค้าแท้"},
	"zh": {"程序继续办理。", "权利人专家鉴定为正品。"},
	"ja": {"手続を進めた。", "権利者の専門家が真正品と判定した。"},
	"ko": {"절차 진행.", "권리자 전문가가 진정상품으로 판정함."},
	"ru": {"Продолжение процедуры.", "Эксперт правообладателя признал товар подлинным."},
}

func movedBecause(language, verdict string) string {
	words, ok := moved[language]
	if !ok {
		words = moved["en"]
	}
	if verdict == "genuine" {
		return words[1]
	}
	return words[0]
}

func judged(lines []goods.Line, verdict string) []goods.Line {
	out := make([]goods.Line, len(lines))
	for i, l := range lines {
		l.Verdict, l.By = verdict, "right-holder"
		out[i] = l
	}
	return out
}

func marks(lines []string) []consignment.Mark {
	var out []consignment.Mark
	for _, line := range lines {
		out = append(out, consignment.Parse(line))
	}
	return out
}

// known is how officers of the story know a quantity.
var known = map[string]string{"H87": "counted", "KGM": "weighed", "LTR": "estimated"}

// violates is what counterfeits of a category offend against beside a right.
func violates(category string) []string {
	switch category {
	case "PHA":
		return []string{"ipr", "medicine-falsified"}
	case "FOO", "DRK":
		return []string{"ipr", "food-safety"}
	case "MED", "COS", "ELE", "TOY", "SPA":
		return []string{"ipr", "product-safety"}
	case "ALC", "TOB":
		return []string{"ipr", "fiscal"}
	case "WIL":
		return []string{"wildlife"}
	}
	return []string{"ipr"}
}

func (t *Teller) draft(c *story.Case, lines []story.GoodsLine, status string) seizure.Draft {
	d := seizure.Draft{ID: seizure.ID(c.ID), Country: c.Country, Place: c.Place.Name.In(c.Language), Day: c.EventDate, Time: c.EventTime,
		Direction: goods.Coded{Code: c.Direction}, Conveyance: goods.Coded{Code: c.Conveyance},
		Detection: goods.Coded{Code: c.Detection}, Concealment: goods.Coded{Code: c.Concealment},
		Origin: goods.Coded{Code: c.Provenance}, Destination: goods.Coded{Code: c.Destination},
		Status: status, Remarks: c.Description, Language: c.Language, Warning: t.messages[c.Warning],
		Marks: marks(c.Marks)}
	for _, l := range lines {
		d.Goods = append(d.Goods, goods.Line{Category: l.Category, HS: l.HS, HSEdition: story.HSEdition, Description: l.Description,
			Brand: l.Brand, Violations: violates(l.Category), IPR: goods.Coded{Code: l.Right},
			Quantities: []goods.Quantity{{Micro: l.Quantity.Micro, Unit: l.Quantity.Unit, Basis: known[l.Quantity.Unit]}}})
	}
	return d
}
