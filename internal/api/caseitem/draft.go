package caseitem

import (
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// amounts reads decimals, and notes those that are none at their fields.
type amounts struct{ fault.Problems }

func (a *amounts) micro(path, amount string) int64 {
	micro, err := i18n.ParseCanonical(amount)
	if problem, ok := err.(*fault.Fault); ok {
		a.Add(path, problem.Key, problem.Args)
	}
	return micro
}

func (a *amounts) value(path string, v *Value) goods.Value {
	if v == nil {
		return goods.Value{}
	}
	return goods.Value{Micro: a.micro(path, v.Amount), Currency: v.Currency, Basis: v.Basis}
}

func (a *amounts) quantity(path string, q Quantity) goods.Quantity {
	return goods.Quantity{Micro: a.micro(path, q.Amount), Unit: q.Unit, Basis: q.Basis}
}

func (a *amounts) line(at string, l Line) goods.Line {
	out := goods.Line{Category: l.Category, Sub: l.Sub, Description: l.Description, HS: l.HS, HSEdition: l.HSEdition, GTIN: l.GTIN, Batch: l.Batch,
		Brand: l.Brand, Holder: l.Holder, Violations: l.Violations, IPR: l.IPR, Right: l.Right, Hazard: l.Hazard, Value: a.value(at+"value", l.Value),
		Verdict: l.Verdict, By: l.VerdictBy}
	for _, q := range l.Quantities {
		out.Quantities = append(out.Quantities, a.quantity(at+"quantity", q))
	}
	if d := l.Declared; d != nil {
		out.Declared = goods.Declared{Description: d.Description, HS: d.HS, Value: a.value(at+"declared_value", d.Value)}
		if d.Quantity != nil {
			out.Declared.Quantity = a.quantity(at+"declared_quantity", *d.Quantity)
		}
	}
	return out
}

// Draft turns what was written into the draft of a case. Amounts that are no
// number are refused with their line.
func (f Fields) Draft(id string) (seizure.Draft, error) {
	d := seizure.Draft{ID: seizure.ID(id), Country: f.Country, Place: f.Place, Location: f.Location, Day: f.Day, Time: f.Time, Direction: f.Direction,
		Conveyance: f.Conveyance, Carrier: f.Carrier, Detection: f.Detection, Concealment: f.Concealment, Hidden: f.Hidden, Cover: f.Cover,
		Loading: f.Loading, Legs: f.Legs, Origin: f.Origin, Transit: f.Transit, Destination: f.Destination, Status: f.Status,
		StatusDay: f.StatusDay, Custody: f.Custody, Remarks: f.Remarks, Language: f.Language, Warning: f.Warning, Marks: f.Marks, Reserved: f.Reserved}
	var a amounts
	for i, l := range f.Goods {
		d.Goods = append(d.Goods, a.line("goods."+strconv.Itoa(i+1)+".", l))
	}
	for _, y := range f.Yields {
		d.Yields = append(d.Yields, seizure.Yield{Kind: y.Kind, Count: y.Count, Value: a.value("yields."+y.Kind, y.Value)})
	}
	return d, a.Fault()
}

// Of gives what a draft says.
func Of(d seizure.Draft) Fields {
	f := Fields{Country: d.Country, Place: d.Place, Location: d.Location, Day: d.Day, Time: d.Time, Direction: d.Direction, Conveyance: d.Conveyance,
		Carrier: d.Carrier, Detection: d.Detection, Concealment: d.Concealment, Hidden: d.Hidden, Cover: d.Cover, Loading: d.Loading, Legs: d.Legs,
		Origin: d.Origin, Transit: d.Transit, Destination: d.Destination, Status: d.Status, StatusDay: d.StatusDay, Custody: d.Custody,
		Remarks: d.Remarks, Language: d.Language, Warning: d.Warning, Goods: []Line{}, Marks: d.Marks, Reserved: d.Reserved}
	for _, l := range d.Goods {
		f.Goods = append(f.Goods, lineOf(l))
	}
	for _, y := range d.Yields {
		f.Yields = append(f.Yields, Yield{y.Kind, y.Count, valueOf(y.Value)})
	}
	return f
}

func lineOf(l goods.Line) Line {
	out := Line{Category: l.Category, Sub: l.Sub, Description: l.Description, HS: l.HS, HSEdition: l.HSEdition, GTIN: l.GTIN, Batch: l.Batch, Brand: l.Brand,
		Holder: l.Holder, Violations: l.Violations, IPR: l.IPR, Right: l.Right, Hazard: l.Hazard, Value: valueOf(l.Value), Verdict: l.Verdict, VerdictBy: l.By}
	for _, q := range l.Quantities {
		out.Quantities = append(out.Quantities, Quantity{i18n.Decimal(q.Micro), q.Unit, q.Basis})
	}
	if d := l.Declared; d.Stated() {
		out.Declared = &Declared{Description: d.Description, HS: d.HS, Value: valueOf(d.Value)}
		if q := d.Quantity; q != (goods.Quantity{}) {
			out.Declared.Quantity = &Quantity{i18n.Decimal(q.Micro), q.Unit, q.Basis}
		}
	}
	return out
}

func valueOf(v goods.Value) *Value {
	if !v.Stated() {
		return nil
	}
	return &Value{i18n.Decimal(v.Micro), v.Currency, v.Basis}
}
