package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/api/effectitem"
)

// trainingEffect gives who was trained, and what followed.
func (d *Door) trainingEffect(w http.ResponseWriter, r *http.Request, c *call) error {
	v, err := d.Effects.Read(r.Context(), c.who(), code(r))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, effectitem.Of(v))
}
