package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/api/clockitem"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// caseClock gives the clock of a case. Whoever may read the case and not its clock
// is answered as if there were none.
func (d *Door) caseClock(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	n := seizure.Name{ID: seizure.ID(id), Organisation: organisation.ID(r.URL.Query().Get("organisation"))}
	_, s, _, err := d.Seizures.Find(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	a, err := d.Detentions.Read(r.Context(), c.who(), code(r), s.Reference)
	if err != nil {
		return err
	}
	if a.Clock == nil {
		return fault.Missing()
	}
	return answer(w, http.StatusOK, clockitem.Of(a))
}
