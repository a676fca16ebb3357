package spreadsheet

import (
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
)

// A cell may hold a list: an entry a line, its parts between bars, as
// "loading | CN | Shanghai | CNSHA | sea | MSC ANNA | 2017-02-03". Parts at the
// end may be missing.

// entries cuts a cell into entries of at most so many parts.
func entries(text string, most int) ([][]string, bool) {
	var out [][]string
	for line := range strings.SplitSeq(text, "\n") {
		if line = sheet.Trim(line); line == "" {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) > most {
			return nil, false
		}
		for i := range parts {
			parts[i] = sheet.Trim(parts[i])
		}
		out = append(out, append(parts, make([]string, most-len(parts))...))
	}
	return out, true
}

// list fills a field that holds entries. Codes are checked with the case.
func (r *reading) list(f *Field, i int, text string) {
	d, ok := &r.draft, true
	most := map[string]int{"legs": 7, "custody": 4, "yields": 4, "marks": 2}[f.name]
	all, ok := entries(text, most)
	for _, e := range all {
		switch f.name {
		case "legs":
			d.Legs = append(d.Legs, seizure.Leg{Kind: e[0], Country: e[1], Place: e[2], Location: e[3], Mode: e[4], Carrier: e[5], Day: e[6]})
		case "custody":
			d.Custody = append(d.Custody, seizure.Custody{Kind: e[0], Day: e[1], Place: e[2], Note: e[3]})
		case "marks":
			d.Marks = append(d.Marks, consignment.Mark{Kind: e[0], Value: e[1]})
		case "yields":
			y, fine := yieldOf(e)
			d.Yields = append(d.Yields, y)
			ok = ok && fine
		}
	}
	if !ok {
		r.refuse(i, "spreadsheet.cell.list")
	}
}

func yieldOf(e []string) (seizure.Yield, bool) {
	y := seizure.Yield{Kind: e[0]}
	if e[2] == "" {
		n, err := strconv.ParseInt(e[1], 10, 64)
		y.Count = n
		return y, err == nil
	}
	micro, key := typed.Number(e[1], ".", "")
	y.Value = goods.Value{Micro: micro, Currency: e[2], Basis: e[3]}
	return y, key == ""
}
