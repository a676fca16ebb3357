package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/search"
)

// hitOut is a message, case or document that was found.
type hitOut struct {
	Kind         string          `json:"kind"` // message, case, document
	Operation    operation.Code  `json:"operation"`
	ID           string          `json:"id"`
	Organisation organisation.ID `json:"organisation"`        // its originator
	Reference    string          `json:"reference,omitempty"` // of a case
	Subject      string          `json:"subject,omitempty"`   // of a message; of a document its title
	Snippet      []pieceOut      `json:"snippet"`
	Language     string          `json:"language,omitempty"` // BCP 47, of subject and snippet
	At           time.Time       `json:"at"`                 // UTC; written, or reported
}

// pieceOut is a part of a text; match: it was looked for.
type pieceOut struct {
	Text  string `json:"text"`
	Match bool   `json:"match,omitempty"`
}

func (d *Door) search(w http.ResponseWriter, r *http.Request, c *call) error {
	q, err := d.searchQuery(r)
	if err != nil {
		return err
	}
	f, err := d.Searches.Find(r.Context(), c.who(), q)
	if fault.Is(err, fault.Invalid) {
		return refused(http.StatusBadRequest, "api.query", fault.Field{Path: "q", Key: "fault.too-long", Args: fault.Args{"max": int64(maxWords)}})
	}
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, d.foundOut(f))
}

func (d *Door) foundOut(f search.Found) list[hitOut] {
	var next []door.Place
	for _, p := range f.Next {
		next = append(next, door.Place{Operation: p.Operation, Seq: p.Before})
	}
	out := list[hitOut]{Items: []hitOut{}, Next: d.Cursors.Places(next)}
	for _, h := range f.Hits {
		item := hitOut{Kind: h.Kind, Operation: h.Operation.Code, ID: h.ID, Organisation: h.Organisation.ID, Reference: h.Reference,
			Subject: h.Subject, Snippet: []pieceOut{}, Language: h.Language, At: h.At}
		for _, p := range h.Snippet {
			item.Snippet = append(item.Snippet, pieceOut{p.Text, p.Marked})
		}
		out.Items = append(out.Items, item)
	}
	return out
}

func (d *Door) searchQuery(r *http.Request) (search.Query, error) {
	v := r.URL.Query()
	q := search.Query{Words: v.Get("q"), Operation: operation.Code(v.Get("operation")), Here: true}
	if text := v.Get("limit"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 || n > search.MaxLimit {
			return q, refused(http.StatusBadRequest, "api.query", fault.Field{Path: "limit", Key: "api.limit", Args: fault.Args{"max": int64(search.MaxLimit)}})
		}
		q.Limit = int(n)
	}
	if text := v.Get("cursor"); text != "" {
		places, err := d.Cursors.ReadPlaces(text)
		if err != nil {
			return q, err
		}
		for _, p := range places {
			q.From = append(q.From, search.Position{Operation: p.Operation, Before: p.Seq})
		}
	}
	return q, nil
}
