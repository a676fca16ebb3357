package spreadsheet

import (
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// set puts a value where it belongs in the draft.
func (r *reading) set(f *Field, code, text string) {
	d, g := &r.draft, &r.draft.Goods[0]
	value := code
	if value == "" && !f.kind.Coded() {
		value = text
	}
	if place := PlaceOf(d, g, f.name); place != nil {
		*place = value
		return
	}
	if coded := CodedOf(d, g, f.name); coded != nil {
		*coded = goods.Coded{Code: code, Typed: text}
		return
	}
	switch f.name {
	case "violations":
		g.Violations = append(g.Violations, code)
	case "hazard":
		g.Hazard, _ = typed.Yes(value)
	}
}

// PlaceOf is the field of a case or of a line of goods that is a text or a code.
func PlaceOf(d *seizure.Draft, g *goods.Line, name string) *string {
	switch name {
	case "day":
		return &d.Day
	case "time":
		return &d.Time
	case "country":
		return &d.Country
	case "place":
		return &d.Place
	case "location":
		return &d.Location
	case "carrier":
		return &d.Carrier
	case "hidden":
		return &d.Hidden
	case "cover":
		return &d.Cover
	case "loading":
		return &d.Loading
	case "language":
		return &d.Language
	case "status":
		return &d.Status
	case "status_day":
		return &d.StatusDay
	case "remarks":
		return &d.Remarks
	}
	return placeOfGoods(g, name)
}

func placeOfGoods(g *goods.Line, name string) *string {
	switch name {
	case "category":
		return &g.Category
	case "sub":
		return &g.Sub
	case "description":
		return &g.Description
	case "hs":
		return &g.HS
	case "hs_edition":
		return &g.HSEdition
	case "gtin":
		return &g.GTIN
	case "batch":
		return &g.Batch
	case "brand":
		return &g.Brand
	case "holder":
		return &g.Holder
	case "right":
		return &g.Right
	case "verdict":
		return &g.Verdict
	case "verdict_by":
		return &g.By
	case "declared_description":
		return &g.Declared.Description
	case "declared_hs":
		return &g.Declared.HS
	}
	return nil
}

// CodedOf is the field that has a code, a text, or both.
func CodedOf(d *seizure.Draft, g *goods.Line, name string) *goods.Coded {
	switch name {
	case "direction":
		return &d.Direction
	case "conveyance":
		return &d.Conveyance
	case "detection":
		return &d.Detection
	case "concealment":
		return &d.Concealment
	case "origin":
		return &d.Origin
	case "transit":
		return &d.Transit
	case "destination":
		return &d.Destination
	case "ipr":
		return &g.IPR
	}
	return nil
}
