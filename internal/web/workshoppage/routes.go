package workshoppage

import (
	"net/http"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// site is the shared site with what these pages do. Its methods with w, r and a
// visit are the doors.
type site struct{ *frame.Site }

const (
	base = "/t/"
	form = 256 << 10 // limit of a form: texts, and a table of all administrations
)

// Routes are the rows of this room.
func Routes(f *frame.Site) []frame.Route {
	s := site{f}
	return slices.Concat([]frame.Route{
		get("{$}", access.HomeRead, s.list), // whoever is signed in; it lists what each may read
		get("new", access.WorkshopPlan, s.planAsk), post("new", access.WorkshopPlan, s.plan),
		get("{id}", access.WorkshopRead, s.show),
		get("{id}/calendar.ics", access.WorkshopRead, s.calendar),
		get("{id}/invitation", access.WorkshopRead, s.letter),
		get("{id}/edit", access.WorkshopAmend, s.amendAsk), post("{id}/edit", access.WorkshopAmend, s.amend),
		get("{id}/call", access.WorkshopInvite, s.callAsk), post("{id}/call", access.WorkshopInvite, s.call),
		get("{id}/cancel", access.WorkshopCancel, s.cancelAsk), post("{id}/cancel", access.WorkshopCancel, s.cancel),
	}, s.agendaRoutes(), s.peopleRoutes(), s.supplyRoutes())
}

func (s site) agendaRoutes() []frame.Route {
	return []frame.Route{
		get("{id}/sessions/new", access.WorkshopAmend, s.sessionNew), post("{id}/sessions/new", access.WorkshopAmend, s.sessionAdd),
		get("{id}/sessions/{session}", access.WorkshopAmend, s.sessionAsk), post("{id}/sessions/{session}", access.WorkshopAmend, s.sessionAmend),
		post("{id}/sessions/{session}/drop", access.WorkshopAmend, s.sessionDrop),
	}
}

func (s site) peopleRoutes() []frame.Route {
	return []frame.Route{
		get("{id}/places", access.WorkshopAmend, s.placesAsk), post("{id}/places", access.WorkshopAmend, s.places),
		get("{id}/nominate", access.WorkshopNominate, s.nominateAsk), post("{id}/nominate", access.WorkshopNominate, s.nominate),
		get("{id}/participants", access.WorkshopRead, s.participants), post("{id}/participants", access.WorkshopConfirm, s.confirm),
		post("{id}/participants/{participant}/withdraw", access.WorkshopNominate, s.withdrawNominee),
	}
}

func (s site) supplyRoutes() []frame.Route {
	return []frame.Route{
		get("{id}/materials", access.WorkshopSupply, s.supplyAsk), post("{id}/materials", access.WorkshopSupply, s.supply),
		post("{id}/materials/{material}/remove", access.WorkshopSupply, s.remove),
	}
}

func get(pattern string, command access.Permission, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodGet, Pattern: base + pattern, Command: command}, Handle: h}
}

func post(pattern string, command access.Permission, h frame.Handler) frame.Route {
	return frame.Route{Route: door.Route{Method: http.MethodPost, Pattern: base + pattern, Command: command, Limit: form}, Handle: h}
}
