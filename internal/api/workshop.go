package api

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/api/describe"
	"github.com/tidewaiter/tidewaiter/internal/api/workshopitem"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// workshopRoutes are the workshops around an operation.
func (d *Door) workshopRoutes(op string) []row {
	return []row{
		{describe.Route{Route: at(http.MethodGet, op+"/workshops", access.WorkshopRead, 0), Name: "workshops", Query: []string{"limit", "cursor"},
			Out: list[workshopitem.Workshop]{}}, d.workshops},
		{describe.Route{Route: at(http.MethodGet, op+"/workshops/{id}", access.WorkshopRead, 0), Name: "workshop", Out: workshopitem.WorkshopDetail{}}, d.workshop},
	}
}

func (d *Door) workshops(w http.ResponseWriter, r *http.Request, c *call) error {
	limit, before, err := d.page(r, c)
	if err != nil {
		return err
	}
	fed, err := d.Workshops.Feed(r.Context(), c.who(), code(r), workshop.Filter{Limit: limit, Before: before})
	if err != nil {
		return err
	}
	out := list[workshopitem.Workshop]{Items: []workshopitem.Workshop{}, Next: d.next(fed.Standing, fed.Next)}
	for _, i := range fed.Items {
		out.Items = append(out.Items, workshopitem.Of(i))
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) workshop(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	o, err := d.Workshops.Read(r.Context(), c.who(), code(r), workshop.ID(id))
	if err != nil {
		return err
	}
	s, err := d.Attendances.Sheet(r.Context(), c.who(), code(r), workshop.ID(id))
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, workshopitem.Detail(o, s))
}
