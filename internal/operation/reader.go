package operation

import (
	"errors"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Reader is a person who holds roles in an operation under a hat.
type Reader struct {
	Person       person.ID
	Organisation int64
	Side         access.Side
	Roles        []access.Role
}

// May tells whether the roles allow it. Of a practice there is nobody to ask: nobody
// outside it is told of anything there.
func (r Reader) May(p access.Permission) bool { return access.Within(r.Side, r.Roles, p) }

// ReadersOf lists the people of one organisation who hold a role in an operation at a moment: none when it is no
// member, nobody whose hat has ended or who is suspended. It is for housekeeping that looks at many people at once.
func ReadersOf(tx *db.Tx, op, organisation int64, at time.Time) ([]Reader, error) {
	m, err := activeMembership(tx, op, organisation)
	if errors.Is(err, db.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	held, noRoles := db.All(tx, selectOrganisationRoles, scanPersonRole, op, organisation)
	people, noPeople := person.OfOrganisation(tx, organisation, at)
	o, err := ByNumber(tx, op)
	if err := errors.Join(noRoles, noPeople, err); err != nil {
		return nil, err
	}
	var out []Reader
	for _, p := range people {
		r := Reader{Person: p.Person.ID, Organisation: organisation, Side: m.Side}
		for _, h := range held {
			if h.person == string(p.Person.ID) && h.under(p.Hat) {
				r.Roles = append(r.Roles, h.role)
			}
		}
		if o.Kind == KindLibrary {
			r.Roles = inLibrary(m, p.Person, p.Hat, r.Roles)
		}
		if len(r.Roles) > 0 && p.Person.State != person.Suspended {
			out = append(out, r)
		}
	}
	return out, nil
}
