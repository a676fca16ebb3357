package api

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// keptOut is what was refused because its id was taken.
type keptOut struct {
	Seq     int64     `json:"seq"`     // index in the journal
	Kind    string    `json:"kind"`    // message, case
	Record  string    `json:"record"`  // the id that was taken
	Author  string    `json:"author"`  // UUID of the person
	At      time.Time `json:"at"`      // UTC
	Content string    `json:"content"` // the body as it came
	Digest  string    `json:"digest"`  // hex SHA-256 of it
}

func (d *Door) quarantine(w http.ResponseWriter, r *http.Request, c *call) error {
	_, all, err := d.Quarantine.List(r.Context(), c.who(), code(r))
	if err != nil {
		return err
	}
	out := list[keptOut]{Items: []keptOut{}}
	for _, k := range all {
		out.Items = append(out.Items, keptOut{k.Seq, k.Kind, k.Record, k.Author, k.At, k.Content, k.Digest})
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) closeQuarantine(w http.ResponseWriter, r *http.Request, c *call) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.Missing()
	}
	if err := d.Quarantine.Close(r.Context(), c.who(), code(r), seq); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// keep puts what was refused aside for the sender's contact point, and says in
// the answer whether it did.
func (d *Door) keep(r *http.Request, c *call, kind, id string, body []byte, conflict error) error {
	f, _ := errors.AsType[*fault.Fault](conflict)
	out := &refusal{Fault: f, status: http.StatusConflict, kept: true}
	if f.Key == "message.was-redacted" || f.Key == "seizure.was-redacted" { // what was erased must not come back
		out.kept = false
		return out
	}
	if err := d.Quarantine.Keep(r.Context(), c.who(), code(r), kind, id, string(body)); err != nil {
		if fault.KindOf(err) == fault.Internal {
			return err
		}
		out.kept = false
	}
	return out
}
