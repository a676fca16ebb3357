package message

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// inRegions gives the members that enforce in some regions now, without the
// writer. Who may not know the members cannot ask, and a region in which nobody
// is reached is refused: a message would go to nobody, and nobody would notice.
func inRegions(tx *db.Tx, st operation.Standing, members sides, regions []string) ([]int64, error) {
	if len(regions) == 0 {
		return nil, nil
	}
	if !known(st) {
		return nil, fault.At("to", "message.to-unknown")
	}
	var enforcing []int64
	for n, side := range members {
		if side == access.Enforcement && n != st.Who.Organisation {
			enforcing = append(enforcing, n)
		}
	}
	organisations, err := organisation.These(tx, enforcing)
	if err != nil {
		return nil, err
	}
	var out []int64
	reached := map[string]bool{}
	for _, n := range enforcing {
		if region := codelist.RegionOf(organisations[n].Country); slices.Contains(regions, region) {
			out, reached[region] = append(out, n), true
		}
	}
	for _, r := range regions {
		if !reached[r] {
			return nil, fault.At("to", "message.region-empty")
		}
	}
	slices.Sort(out)
	return out, nil
}
