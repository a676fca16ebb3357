package story

import (
	"math/rand/v2"
	"time"
)

// trapRow is a case that must not be counted.
type trapRow struct {
	why        string
	org        string
	day        int // of the operational phase; 0 and less, or more than 19, lie outside
	conveyance string
	goods      part
}

// The dozen that do not count. Duplicates take their goods from a counted case.
var trapRows = []trapRow{
	{NotGenuine, "XY", 3, ConveyanceExpress, part{"COS", Quantity{120 * Micro, Pieces}}},
	{NotGenuine, "XM", 8, ConveyanceMail, part{"ACC", Quantity{2 * Micro, Pieces}}},
	{NotGenuine, "QN", 10, ConveyanceAir, part{"ELE", Quantity{360 * Micro, Pieces}}},
	{NotDuplicate, "XB", 0, "", part{}},
	{NotDuplicate, "QS", 0, "", part{}},
	{NotInPhase, "XW", -1, ConveyanceMail, part{"CLO", Quantity{18 * Micro, Pieces}}},
	{NotInPhase, "QP", 21, ConveyanceSea, part{"TOY", Quantity{2_400 * Micro, Pieces}}},
	{NotWithdrawn, "XH", 5, ConveyanceExpress, part{"WAT", Quantity{3 * Micro, Pieces}}},
	{NotWithdrawn, "XE", 12, ConveyanceMail, part{"FTW", Quantity{1 * Micro, Pieces}}},
	{NotReleased, "XA", 17, ConveyanceMail, part{"MED", Quantity{40 * Micro, Pieces}}},
	{NotReleased, "XJ", 18, ConveyanceExpress, part{"COS", Quantity{96 * Micro, Pieces}}},
	{NotReleased, "XQ", 16, ConveyanceMail, part{"PHA", Quantity{90 * Micro, Pieces}}},
}

func (b *builder) traps(counted []*Case) []*Case {
	var out []*Case
	taken := map[string]bool{}
	for i, t := range trapRows {
		if t.why == NotDuplicate {
			out = append(out, b.duplicate(t, counted, taken))
			continue
		}
		org := b.org[t.org]
		c := &Case{Operation: CodeActionIPR2, Organisation: org.Code, Country: org.Country, Language: org.Language, NotCounted: t.why,
			Conveyance: t.conveyance, Detection: "risk-profile", FirstStatus: StatusDetained, Status: StatusDetained}
		b.place(c, org, day(t.day))
		b.route(c, org)
		c.Lines = share{parts: []part{t.goods}}.lines(b.rng, b.turn, org.Language)
		c.First = c.Lines
		b.hide(c, false)
		b.report(c, org)
		b.spring(c, i)
		out = append(out, c)
	}
	return out
}

// spring adds what makes the case a trap.
func (b *builder) spring(c *Case, i int) {
	switch c.NotCounted {
	case NotGenuine:
		c.FirstStatus = StatusSuspended
		c.Status = StatusReleased
		c.Changes = []StatusChange{{c.ReportedAt.Add(time.Duration(50+9*i) * time.Hour), b.login[c.Organisation]["contact-point"], StatusReleased, "genuine"}}
	case NotWithdrawn:
		c.WithdrawnAt = c.ReportedAt.Add(time.Duration(2+i) * time.Hour)
		c.Reason = withdrawReasons[i%2].in(c.Language)
	case NotReleased:
		// told weeks late, at the follow-up workshop, and not looked at since
		c.ReportedAt = time.Date(2017, 3, 23, 6, 10+7*i%50, 0, 0, time.UTC)
		c.ID = b.id(c.ReportedAt)
		c.ReleasedAt, c.ReleasedBy = time.Time{}, ""
	}
}

// duplicate is the same consignment, seen in transit by somebody else the day
// before or after.
func (b *builder) duplicate(t trapRow, counted []*Case, taken map[string]bool) *Case {
	org := b.org[t.org]
	var of *Case
	for _, c := range counted {
		if c.Conveyance == ConveyanceSea && c.Organisation != t.org && c.Warning == "" && !taken[c.ID] &&
			c.EventDate > "2017-02-07" && c.EventDate < "2017-02-22" && len(c.Amendments) == 0 {
			of = c
			break
		}
	}
	if of == nil {
		panic("story: no consignment to report twice")
	}
	taken[of.ID] = true
	c := &Case{Operation: CodeActionIPR2, Organisation: org.Code, Country: org.Country, Language: org.Language, NotCounted: NotDuplicate,
		Conveyance: ConveyanceSea, Detection: "routine", FirstStatus: StatusSuspended, Status: StatusSuspended, DuplicateOf: of.ID}
	on := of.EventAt.Truncate(24*time.Hour).AddDate(0, 0, -1)
	b.place(c, org, on)
	c.Direction, c.Provenance, c.Destination = "transit", of.Provenance, of.Country
	if c.Provenance == org.Country || c.Provenance == c.Destination {
		c.Provenance = elsewhereRows[0].Code
	}
	for _, l := range of.Lines {
		for _, p := range productsOf(l.Category, l.Quantity.Unit) {
			if p.hs[:4] == l.HS[:4] && (p.name.in(of.Language) == l.Description) {
				n := p.line(b.rng, l.Quantity, org.Language)
				n.Brand, n.RightHolder = l.Brand, l.RightHolder
				c.Lines = append(c.Lines, n)
			}
		}
	}
	c.First = c.Lines
	b.hide(c, true)
	b.report(c, org)
	c.MarkedAt = later(c.ReleasedAt, of.ReleasedAt).Add(time.Duration(27+b.rng.IntN(40)) * time.Hour)
	return c
}

// amend lets a dozen counted cases begin with another quantity than they end
// with.
func (b *builder) amend(counted []*Case) {
	n := 0
	for i, c := range counted {
		if n == 12 {
			return
		}
		if i%3 != 0 || c.Lines[0].Quantity.Micro < 20*Micro {
			continue
		}
		c.First = append([]GoodsLine(nil), c.Lines...)
		l := &c.First[n%len(c.First)]
		l.Quantity.Micro = roughly(b.rng, l.Quantity.Micro)
		l.Measured = "estimated"
		at := c.ReleasedAt.Add(time.Duration(5+b.rng.IntN(70))*time.Hour + time.Duration(b.rng.IntN(60))*time.Minute)
		c.Amendments = []Amendment{{at, c.Reporter, c.Lines, amendReasons[n%2].in(c.Language)}}
		n++
	}
}

// roughly is a first estimate: two figures, above zero, and never the true amount.
func roughly(rng *rand.Rand, micro int64) int64 {
	unit := Micro
	for micro/unit >= 100 {
		unit *= 10
	}
	out := max(micro/unit-2+rng.Int64N(6), 1) * unit
	if out == micro {
		out += unit
	}
	return out
}

// moveOn lets every eighth case go its way: detained, seized, destroyed.
func (b *builder) moveOn(counted []*Case) {
	next := map[string]string{StatusSuspended: StatusDetained, StatusDetained: StatusSeized, StatusSeized: StatusDestroyed}
	for i, c := range counted {
		if i%8 != 5 {
			continue
		}
		c.Status = next[c.FirstStatus]
		at := c.ReleasedAt.Add(time.Duration(26+b.rng.IntN(90)) * time.Hour)
		if c.Status == StatusDestroyed {
			at = time.Date(2017, 3, 1+b.rng.IntN(20), b.rng.IntN(10), b.rng.IntN(60), 0, 0, time.UTC)
		}
		c.Changes = []StatusChange{{At: at, By: b.login[c.Organisation]["contact-point"], Status: c.Status}}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
