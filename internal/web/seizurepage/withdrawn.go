package seizurepage

import (
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// about leads to what can be done with the case as a record.
func (c caseViewModel) about(p *kit.Page) []kit.Link {
	var out []kit.Link
	op, at := "/o/"+string(c.Standing.Operation.Code)+"/", "case/"+strconv.FormatInt(c.Case.Seq, 10)
	if withdrawal.MaySeeReceipts(c.Standing, c.Case.Organisation) {
		out = append(out, kit.Link{Label: p.T("withdrawal.receipts"), Href: op + "receipts/" + at})
	}
	if withdrawal.MayAsk(c.Standing, c.Case.Organisation) && c.Case.Redacted == "" {
		out = append(out, kit.Link{Label: p.T("withdrawal.erase"), Href: op + "erase/" + at})
	}
	return append(out, historyLinks(p, c.File)...)
}

// taken is when and why the case's content was erased.
func (c caseViewModel) taken() message.Taken {
	t := message.Taken{State: message.Redacted, At: c.Case.Changed}
	for _, v := range c.Versions {
		if v.Verb == string(access.SeizureRedact) {
			t.At, t.Reason = v.At, v.Reason
		}
	}
	return t
}
