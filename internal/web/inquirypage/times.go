package inquirypage

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// times is how fast right holders answer.
type times struct {
	all   []inquiry.Time
	holds bool // the reader is one of them
}

func (s site) times(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	all, err := s.Inquiries.Times(r.Context(), v.Actor(), "")
	if err != nil {
		return err
	}
	_, missing := s.Inquiries.Waiting(r.Context(), v.Actor())
	return frame.Show(w, r, http.StatusOK, timesPage(s.page(r, v, v.Printer.T("inquirypage.times")), times{all, missing == nil}))
}

func (m times) lede(p *kit.Page) string {
	if m.holds {
		return p.T("inquirypage.times-own")
	}
	return p.T("inquirypage.times-lede")
}

func (m times) table(p *kit.Page) kit.Table {
	t := kit.Table{Caption: p.T("inquirypage.times"), Hidden: true, Columns: []kit.Column{{Head: p.T("inquirypage.column.to"), Lead: true}}}
	for _, c := range []string{"asked", "answered", "late", "median"} {
		t.Columns = append(t.Columns, kit.Column{Head: p.T("inquirypage.times." + c), Numeric: true})
	}
	for _, one := range m.all {
		row := kit.TableRow{Cells: []templ.Component{kit.UserWords("", frame.Called(p, one.Holder)), kit.Num(p, int64(one.Asked)), kit.Num(p, int64(one.Answered)),
			kit.Num(p, int64(one.Late)), nil}}
		if one.Answered > 0 {
			row.Cells[4] = kit.Text(p.Printer.Took(one.Median))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
