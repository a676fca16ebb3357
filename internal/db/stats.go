package db

import (
	"errors"
	"sync/atomic"
)

// counts are what this process did since it opened the database.
type counts struct{ commits, units, refused, asked, got atomic.Int64 }

// Stats are counts of this process since it opened the database, for metrics.
type Stats struct {
	Commits int64 // transactions that stored something
	Units   int64 // changes in them
	Refused int64 // changes that were asked for and not stored, whatever the reason
	Waiting int64 // changes in queues just now
	Asked   int64 // statements of Reads
	Got     int64 // rows that these gave
}

// Stats counts what this process wrote.
func (d *DB) Stats() Stats {
	s := Stats{Commits: d.counts.commits.Load(), Units: d.counts.units.Load(), Refused: d.counts.refused.Load(),
		Asked: d.counts.asked.Load(), Got: d.counts.got.Load()}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, q := range d.queues {
		s.Waiting += int64(len(q.pending))
	}
	return s
}

// count notes how one transaction ended. Of units that run again alone only the
// second run counts. A unit that found its work done is neither.
func (d *DB) count(units []*unit, err error) {
	if err != nil && len(units) > 1 && !errors.Is(err, errOutside) {
		return
	}
	var stored int64
	for _, u := range units {
		switch {
		case err != nil, u.answer != nil && !errors.Is(u.answer, Unchanged):
			d.counts.refused.Add(1)
		case u.answer == nil:
			stored++
		}
	}
	if stored > 0 {
		d.counts.commits.Add(1)
		d.counts.units.Add(stored)
	}
}
