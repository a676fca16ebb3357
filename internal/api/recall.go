package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// recallIn is why a message is taken back.
type recallIn struct {
	Reason string `json:"reason"` // every reader sees it
}

// recallMessage takes a message back and answers with what readers get of it from
// now on; its originator gets it whole. The same again is the same answer.
func (d *Door) recallMessage(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	var in recallIn
	if _, err := read(r, &in); err != nil {
		return err
	}
	n := message.Name{ID: message.ID(id), Organisation: organisation.ID(r.URL.Query().Get("organisation"))}
	if _, err := d.Withdrawals.RecallNamed(r.Context(), c.who(), code(r), n, in.Reason); err != nil {
		return err
	}
	st, m, err := d.Messages.Find(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, sentOut(st, m))
}
