package seizure

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	selectStanding = db.Statement(`select ` + columns + ` from seizure where operation = $1 and audience {in $2} and seq < $3 order by seq desc limit $4`)
	selectEntries  = db.Statement(`select seizure, version, seq from seizure_version where operation = $1 and seizure {in $2} order by seizure, version`)
	selectOfCases  = db.Statement(`select seizure, version, seq, verb, author, at, reason, fields from seizure_version
		where operation = $1 and seizure {in $2} order by seizure, version`)
)

// Standing gives cases of some audiences in any state, before a number, newest first.
func Standing(tx *db.Tx, op int64, readable db.List, before, limit int64) ([]Case, error) {
	return db.All(tx, selectStanding, scanCase, op, readable, before, limit)
}

// AudiencesThen gives who could read one version of each of some cases when it was
// written, by case.
func AudiencesThen(tx *db.Tx, op int64, versions map[int64]int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(versions)), manyCases) {
		entries := map[int64]int64{}
		var seqs db.List
		_, err := db.All(tx, selectEntries, func(row db.Scanner) (struct{}, error) {
			var of, version, seq int64
			err := row.Scan(&of, &version, &seq)
			if version == versions[of] {
				entries[seq], seqs = of, append(seqs, seq)
			}
			return struct{}{}, err
		}, op, db.List(some))
		if err != nil {
			return nil, err
		}
		audiences, err := journal.Audiences(tx, op, seqs)
		if err != nil {
			return nil, err
		}
		for seq, of := range entries {
			out[of] = audiences[seq]
		}
	}
	return out, nil
}

// manyCases is of how many cases AsStood reads the versions at once.
const manyCases = 500

// AsStood gives one version of each of some cases, named by number, whoever may read
// them. Where its content was erased it is the version that was left instead, in
// codes.
func AsStood(tx *db.Tx, op int64, versions map[int64]int64) (map[int64]Version, error) {
	out := map[int64]Version{}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(versions)), manyCases) {
		_, err := db.All(tx, selectOfCases, func(row db.Scanner) (struct{}, error) {
			var of int64
			var v Version
			var fields string
			if err := row.Scan(&of, &v.Version, &v.Seq, &v.Verb, &v.Author, db.Time(&v.At), &v.Reason, &fields); err != nil {
				return struct{}{}, err
			}
			err := json.Unmarshal([]byte(fields), &v.Draft)
			if v.Version == versions[of] || v.Verb == string(access.SeizureRedact) && out[of].erased() {
				out[of] = v
			}
			return struct{}{}, err
		}, op, db.List(some))
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// erased tells whether nothing is left of what a version said.
func (v Version) erased() bool { return v.Version != 0 && v.ID == "" }
