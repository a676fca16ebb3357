package operation

import (
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// Why an organisation may read something.
const (
	WhyOriginator = "originator" // it wrote it
	WhyNamed      = "named"      // it was chosen by name
	WhyRegion     = "region"     // its region was chosen
	WhySide       = "side"       // its side was addressed
	WhyAlong      = "along"      // coordination reads along
	WhyAnswered   = "answered"   // it reads what this answers
)

// ReadingOrganisation is an organisation that may read something, why, and its people who may.
type ReadingOrganisation struct {
	Organisation organisation.Organisation
	Side         access.Side
	Why          string
	Region       string    // of WhyRegion
	Joined       time.Time // when it became a member, if that was after the thing was written; else zero
	People       []ReadingPerson
}

// ReadingPerson is somebody who may read something, and by which roles.
type ReadingPerson struct {
	Person person.Person
	Roles  []access.Role
}

// Readable is a thing of which somebody asks who may read it.
type Readable struct {
	Audience   int64 // its number
	Originator int64
	To         audience.Address // as its writer said; empty: as what it answers, or as the kind of thing has it
	Answers    bool
	Written    time.Time
	Need       access.Permission // that reading it takes
}

// WhoReads tells who may read a thing now and why, by the order of sides and the
// numbers of organisations. They are whom ReachOf counts.
func WhoReads(tx *db.Tx, op int64, r Readable, at time.Time) ([]ReadingOrganisation, error) {
	numbers, err := audience.Readers(tx, op, r.Audience, at)
	if err != nil {
		return nil, err
	}
	value, err := audience.Of(tx, op, r.Audience)
	if err != nil {
		return nil, err
	}
	var out []ReadingOrganisation
	for _, n := range numbers {
		m, err := activeMembership(tx, op, n)
		if errors.Is(err, db.ErrNone) {
			continue // has left; the clock was ahead then
		}
		if err != nil {
			return nil, err
		}
		reader := ReadingOrganisation{Side: m.Side}
		if reader.Organisation, err = organisation.One(tx, n); err != nil {
			return nil, err
		}
		reader.Why, reader.Region = r.why(value, reader.Organisation, m.Side)
		if m.Since.After(r.Written) {
			reader.Joined = m.Since
		}
		if reader.People, err = reading(tx, op, m, r.Need, at); err != nil {
			return nil, err
		}
		out = append(out, reader)
	}
	slices.SortStableFunc(out, func(a, b ReadingOrganisation) int {
		return slices.Index(access.Sides(), a.Side) - slices.Index(access.Sides(), b.Side)
	})
	return out, nil
}

// why gives the nearest reason: what the writer said first, then what follows
// from the audience.
func (r Readable) why(value audience.Value, o organisation.Organisation, side access.Side) (why, region string) {
	region = codelist.RegionOf(o.Country)
	switch {
	case o.Number == r.Originator:
		return WhyOriginator, ""
	case slices.Contains(r.To.Organisations, o.Number):
		return WhyNamed, ""
	case slices.Contains(r.To.Sides, side):
		return WhySide, ""
	case side == access.Coordination && !r.To.Empty():
		return WhyAlong, ""
	case side == access.Enforcement && slices.Contains(r.To.Regions, region) && slices.Contains(value.Organisations, o.Number):
		return WhyRegion, region
	case r.Answers:
		return WhyAnswered, ""
	case slices.Contains(value.Sides, side):
		return WhySide, ""
	}
	return WhyNamed, ""
}

// reading gives the people of a member who may read, by name.
func reading(tx *db.Tx, op int64, m Membership, need access.Permission, at time.Time) ([]ReadingPerson, error) {
	held, err := db.All(tx, selectOrganisationRoles, scanPersonRole, op, m.Organisation)
	if err != nil {
		return nil, err
	}
	people, err := person.OfOrganisation(tx, m.Organisation, at)
	if err != nil {
		return nil, err
	}
	var out []ReadingPerson
	for _, p := range people {
		if p.Person.State == person.Suspended {
			continue
		}
		r := ReadingPerson{Person: p.Person}
		for _, h := range held {
			if h.person == string(p.Person.ID) && h.under(p.Hat) && access.Within(m.Side, []access.Role{h.role}, need) {
				r.Roles = append(r.Roles, h.role)
			}
		}
		if len(r.Roles) > 0 {
			out = append(out, r)
		}
	}
	return out, nil
}

// Args are what the words of the reason name.
func (r ReadingOrganisation) Args() fault.Args {
	return fault.Args{"side": i18n.Code{List: codelist.Side.Name(), Code: string(r.Side)},
		"region": i18n.Code{List: codelist.Region.Name(), Code: r.Region}}
}
