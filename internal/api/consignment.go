package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// carrierOut is a record that carries a number.
type carrierOut struct {
	Kind         string          `json:"kind"` // message, case
	ID           string          `json:"id"`
	Organisation organisation.ID `json:"organisation"`        // its originator
	Number       int64           `json:"number,omitempty"`    // index in the journal; not for right holders
	Reference    string          `json:"reference,omitempty"` // of a case
}

// carriersOut are the records that carry a number, of those that the reader may read.
type carriersOut struct {
	Items   []carrierOut `json:"items"`    // oldest first
	TooMany bool         `json:"too_many"` // more than 20 carry it: none is listed
}

func (d *Door) consignments(w http.ResponseWriter, r *http.Request, c *call) error {
	out := carriersOut{Items: []carrierOut{}}
	var p fault.Problems
	marks := []consignment.Mark{}
	if typed := r.URL.Query().Get("mark"); typed != "" {
		if marks = consignment.Clean(&p, "mark", []consignment.Mark{consignment.Parse(typed)}); p.Fault() != nil {
			f, _ := p.Fault().(*fault.Fault)
			return refused(http.StatusBadRequest, "api.query", f.Fields...)
		}
	}
	found, err := d.Links.Same(r.Context(), c.who(), code(r), marks)
	if err != nil {
		return err
	}
	out.TooMany = len(found.Common) > 0
	for _, n := range found.Named {
		out.Items = append(out.Items, carrierOf(found.Standing, n))
	}
	return answer(w, http.StatusOK, out)
}

// carrierOf is a record that carries a mark.
func carrierOf(st operation.Standing, n links.Named) carrierOut {
	out := carrierOut{Kind: "message", Organisation: n.From.ID, Number: n.Seq()}
	if n.Case != nil {
		out.Kind, out.ID, out.Reference = "case", string(n.Case.ID), n.Case.Reference
	} else {
		out.ID = string(n.Message.ID)
	}
	if sealed(st) {
		out.Number = 0
	}
	return out
}
