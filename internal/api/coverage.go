package api

import "net/http"

// coverageOut is one local day of one member that controls goods.
type coverageOut struct {
	Country      string  `json:"country"` // ISO 3166-1 alpha-2
	Organisation BodyOut `json:"organisation"`
	Day          string  `json:"day"` // local date there, yyyy-mm-dd
	Cases        int64   `json:"cases"`
	NilReport    bool    `json:"nil_report"`         // it said that it had nothing to report
	Controls     *int64  `json:"controls,omitempty"` // done on that day; absent: not told
	Silence      bool    `json:"silence"`            // the day is over, and there was neither
	Open         bool    `json:"open"`               // the day is not over
}

func (d *Door) coverage(w http.ResponseWriter, r *http.Request, c *call) error {
	q := r.URL.Query()
	all, err := d.Coverage.Read(r.Context(), c.who(), code(r), q.Get("from"), q.Get("to"))
	if err != nil {
		return err
	}
	out := list[coverageOut]{Items: []coverageOut{}}
	for _, row := range all.Rows {
		for _, cell := range row.Days {
			if cell.Away {
				continue
			}
			o := coverageOut{Country: row.Organisation.Country, Organisation: body(row.Organisation, string(c.printer.Lang())), Day: cell.Day,
				Cases: cell.Cases, NilReport: cell.Nil != nil, Silence: cell.Silent(), Open: cell.Open}
			if cell.Nil != nil {
				o.Controls = cell.Nil.Controls
			}
			out.Items = append(out.Items, o)
		}
	}
	return answer(w, http.StatusOK, out)
}
