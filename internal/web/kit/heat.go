package kit

// Heat is a two-way table whose cells are darker the more they hold. A cell that holds
// nothing is empty.
type Heat struct {
	Caption string // states the finding
	Label   string // heads the column of labels
	Columns []string
	Rows    []HeatRow
	CSV     string
}

// HeatRow is one value of the first dimension.
type HeatRow struct {
	Label string
	Cells []HeatCell // one for each column
}

// HeatCell is a figure.
type HeatCell struct {
	Value int64
	Href  string // to the records behind it
}

// level is how dark a cell is, of five.
func (h Heat) level(value int64) string {
	var top int64
	for _, r := range h.Rows {
		for _, c := range r.Cells {
			top = max(top, c.Value)
		}
	}
	if value <= 0 || top <= 0 {
		return ""
	}
	return "heat-" + itoaOf(1+(value-1)*5/top)
}

func itoaOf(n int64) string { return string(rune('0' + min(n, 5))) }
