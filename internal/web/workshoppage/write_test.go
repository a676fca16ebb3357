package workshoppage

import (
	"net/url"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Coordination says for whom a national workshop of its own is; that of an
// administration is for its people, whoever amends it.
func TestNationalIsAddressedByCoordination(t *testing.T) {
	stands := func(side access.Side, org int64) operation.Standing {
		return operation.Standing{Membership: operation.Membership{Side: side}, Organisation: organisation.Organisation{Number: org}}
	}
	amended := &view{}
	amended.Workshop.Organisation = 7
	host := []operation.Member{{Membership: operation.Membership{Side: access.Enforcement}, Organisation: organisation.Organisation{Number: 7}}}
	for name, c := range map[string]struct {
		m    writing
		told bool
	}{
		"coordination plans":          {writing{standing: stands(access.Coordination, 1)}, true},
		"an administration plans":     {writing{standing: stands(access.Enforcement, 7)}, false},
		"an administration amends":    {writing{standing: stands(access.Enforcement, 7), amended: amended}, false},
		"coordination amends another": {writing{standing: stands(access.Coordination, 1), members: host, amended: amended}, false},
		"coordination amends its own": {writing{standing: stands(access.Coordination, 7), members: host, amended: amended}, true},
	} {
		d := read(url.Values{"kind": {workshop.National}, "to": {"enforcement"}}, c.m)
		if told := len(d.To.Sides) > 0; told != c.told {
			t.Errorf("%s: addressed %v", name, d.To)
		}
	}
}
