package edition

import (
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// manyCases is of how many cases the audiences are read at once.
const manyCases = 500

// readable are the cases behind a version that all administrations may read: now, and as
// they stood in it and in the version before, for what changed says both. What was a draft
// before does not count: that it was one is left out of what changed.
func readable(tx *db.Tx, st operation.Standing, v publication.Version) ([]int64, error) {
	may, err := openNow(tx, st, v)
	if err != nil {
		return nil, err
	}
	versions := []publication.Version{v}
	if v.Number > 1 {
		before, err := publication.VersionOf(tx, st.Operation.Number, v.Number-1)
		if err != nil {
			return nil, err
		}
		versions = append(versions, before)
	}
	for i, x := range versions {
		pins := map[int64]int64{}
		for _, b := range x.Basis {
			if i == 0 || b.Class != seizure.IsDraft {
				pins[b.Seq] = b.Version
			}
		}
		then, err := seizure.AudiencesThen(tx, st.Operation.Number, pins)
		if err != nil {
			return nil, err
		}
		open, err := enforcing(tx, st.Operation.Number, slices.Collect(maps.Values(then)))
		if err != nil {
			return nil, err
		}
		maps.DeleteFunc(may, func(seq int64, _ bool) bool { return then[seq] != 0 && !open[then[seq]] })
	}
	return slices.Sorted(maps.Keys(may)), nil
}

// openNow are the cases that all administrations may read as they stand now.
func openNow(tx *db.Tx, st operation.Standing, v publication.Version) (map[int64]bool, error) {
	read, err := st.Readable(tx)
	if err != nil {
		return nil, err
	}
	open, err := enforcing(tx, st.Operation.Number, read)
	if err != nil {
		return nil, err
	}
	out := map[int64]bool{}
	for some := range slices.Chunk(v.Basis, manyCases) {
		var seqs db.List
		for _, b := range some {
			seqs = append(seqs, b.Seq)
		}
		cases, err := seizure.Some(tx, st.Operation.Number, read, seqs)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			if open[c.Audience] {
				out[c.Seq] = true
			}
		}
	}
	return out, nil
}

// enforcing tells of audiences whether every administration is in them.
func enforcing(tx *db.Tx, op int64, audiences []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for _, n := range audiences {
		if _, known := out[n]; known {
			continue
		}
		value, err := audience.Of(tx, op, n)
		if err != nil {
			return nil, err
		}
		out[n] = slices.Contains(value.Sides, access.Enforcement)
	}
	return out, nil
}
