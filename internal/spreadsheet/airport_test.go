package spreadsheet

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
)

const folder = "../../testdata/import/"

// expected is airport-seizures.expected.json, written by check.py.
type expected struct {
	Rows               int               `json:"rows"`
	Accepted           int               `json:"accepted"`
	Refused            int               `json:"refused"`
	Unchanged          int               `json:"unchanged"`
	Totals             map[string]string `json:"totals"`
	NoQuantity         int               `json:"no_quantity"`
	BothQuantities     int               `json:"both_quantities"`
	FirstDay           string            `json:"first_day"`
	LastDay            string            `json:"last_day"`
	ByYear             map[string]int    `json:"by_year"`
	ByCountry          map[string]int    `json:"by_country"`
	ByConveyance       map[string]int    `json:"by_conveyance"`
	DestinationStated  int               `json:"destination_stated"`
	DestinationSeveral int               `json:"destination_without_code"`
	OriginStated       int               `json:"origin_stated"`
	OriginWithoutCode  int               `json:"origin_without_code"`
	TransitStated      int               `json:"transit_stated"`
	TransitWithoutCode int               `json:"transit_without_code"`
}

// count makes the same figures from what the importer handed to the store.
func count(r *outcome.Result, rows []Row) expected {
	e := expected{
		Rows: r.Rows, Accepted: r.Accepted, Refused: r.Refused, Unchanged: r.Unchanged, Totals: map[string]string{},
		ByYear: map[string]int{}, ByCountry: map[string]int{}, ByConveyance: map[string]int{}, FirstDay: "9999",
	}
	for unit, micro := range r.Totals {
		e.Totals[unit] = outcome.Decimal(micro)
	}
	without := func(c goods.Coded, stated, without *int) {
		if c.Stated() {
			*stated++
			if c.Code == "" {
				*without++
			}
		}
	}
	for _, row := range rows {
		d := row.Draft
		switch len(d.Goods[0].Quantities) {
		case 0:
			e.NoQuantity++
		case 2:
			e.BothQuantities++
		}
		e.FirstDay, e.LastDay = min(e.FirstDay, d.Day), max(e.LastDay, d.Day)
		e.ByYear[d.Day[:4]]++
		e.ByCountry[d.Country]++
		e.ByConveyance[d.Conveyance.Code]++
		without(d.Destination, &e.DestinationStated, &e.DestinationSeveral)
		without(d.Origin, &e.OriginStated, &e.OriginWithoutCode)
		without(d.Transit, &e.TransitStated, &e.TransitWithoutCode)
	}
	return e
}

func file(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(folder + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAirportSeizures(t *testing.T) {
	m, err := ParseMapping([]byte(file(t, "airport-seizures.toml")))
	if err != nil {
		t.Fatal(err)
	}
	var want expected
	if err := json.Unmarshal([]byte(file(t, "airport-seizures.expected.json")), &want); err != nil {
		t.Fatal(err)
	}
	s := newStore()
	result, err := s.job(m).Import(context.Background(), strings.NewReader(file(t, "airport-seizures.csv")))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, count(result, s.rows)); diff != "" {
		t.Errorf("(-expected +imported)\n%s", diff)
	}
	for _, row := range s.rows {
		if row.Draft.Goods[0].Category != "WIL" {
			t.Errorf("row %d: category %q", row.Line, row.Draft.Goods[0].Category)
		}
		if _, err := row.Draft.Check("2026-11-24"); err != nil {
			t.Errorf("row %d: %v", row.Line, err)
		}
	}
	row := s.rows[18-1]
	if row.Line != 19 || row.Draft.Place != "Cayenne – Felix Eboue Airport, Cayenne, French Guiana" {
		t.Errorf("Windows-1252: row %d, place %q", row.Line, row.Draft.Place)
	}
	if got := s.rows[2-1].Draft.Conveyance; got.Code != "passenger" {
		t.Errorf("row 3: %v", got)
	}
	printed := result.Print(i18n.NewPrinter("en").T)
	b, err := json.Marshal(printed)
	if err != nil || strings.Contains(string(b), "«") {
		t.Errorf("%v: a text is missing in %s", err, b)
	}

	again, err := s.job(m).Import(context.Background(), strings.NewReader(file(t, "airport-seizures.csv")))
	if err != nil || again.Unchanged != 428 || again.Accepted != 0 {
		t.Errorf("the same file again: %+v, %v", again, err)
	}
	if diff := cmp.Diff(printed.Totals, again.Print(i18n.NewPrinter("fr").T).Totals); diff != "" {
		t.Error(diff)
	}
}
