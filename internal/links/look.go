package links

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// look is where a reader stands, and what its organisation may read now.
type look struct {
	operation.Standing
	readable db.List
}

func (s *Store) look(tx *db.Tx, who access.Actor, code operation.Code, need access.Permission) (look, error) {
	st, err := operation.Enter(tx, s.source.Now(), who, code, need)
	if err != nil {
		return look{}, err
	}
	readable, err := st.Readable(tx)
	return look{st, readable}, err
}

func (l look) op() int64 { return l.Operation.Number }

// these gives the records with these numbers that the reader may read: by their
// audience, and by what the reader's role reads at all.
func (l look) these(tx *db.Tx, seqs db.List) (map[int64]Record, error) {
	out := map[int64]Record{}
	var from []int64
	if l.May(access.MessageRead) {
		all, err := message.Some(tx, l.op(), l.readable, seqs)
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			out[m.Seq] = Record{Message: &m}
			from = append(from, m.Organisation)
		}
	}
	if l.May(access.SeizureRead) {
		all, err := seizure.Some(tx, l.op(), l.readable, seqs)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			out[c.Seq] = Record{Case: &c}
			from = append(from, c.Organisation)
		}
	}
	slices.Sort(from)
	bodies, err := organisation.These(tx, slices.Compact(from))
	for seq, r := range out {
		if r.Case != nil {
			r.From = bodies[r.Case.Organisation]
		} else {
			r.From = bodies[r.Message.Organisation]
		}
		out[seq] = r
	}
	return out, err
}

// one gives a record; Missing where there is none, or none for this reader.
func (l look) one(tx *db.Tx, seq int64) (Record, error) {
	all, err := l.these(tx, db.List{seq})
	if err != nil {
		return Record{}, err
	}
	r, ok := all[seq]
	if !ok {
		return r, fault.Missing()
	}
	return r, nil
}

// unread is the noun that the reader's role does not read; empty: it reads both.
func (l look) unread() string {
	switch {
	case !l.May(access.SeizureRead):
		return consignment.Case
	case !l.May(access.MessageRead):
		return consignment.Message
	}
	return ""
}

// name finds the records that carry the numbers of c, which stand in the record
// without, and are not of its thread.
func (l look) name(tx *db.Tx, c *Consignment, without int64) error {
	carried := map[int64][]consignment.Mark{}
	var seqs db.List
	for _, m := range c.Marks {
		carriers, all, err := consignment.Carrying(tx, l.op(), l.readable, m, without, l.unread(), MaxNamed)
		if err != nil {
			return err
		}
		if !all {
			c.Common = append(c.Common, m)
		}
		for _, r := range carriers {
			if carried[r.Record] == nil {
				seqs = append(seqs, r.Record)
			}
			carried[r.Record] = append(carried[r.Record], m)
		}
	}
	slices.Sort(seqs)
	records, err := l.these(tx, seqs)
	if err != nil {
		return err
	}
	for _, seq := range seqs {
		r, ok := records[seq]
		if !ok || r.taken() || slices.ContainsFunc(c.Linked, func(x Linked) bool { return x.Seq() == seq }) {
			continue
		}
		for _, m := range carried[seq] {
			c.join(r, m)
		}
	}
	return nil
}

// thread follows the links of a record, through records that the reader may read.
func (l look) thread(tx *db.Tx, seq int64) ([]Linked, error) {
	seen := map[int64]bool{seq: true}
	var out []Linked
	for edge := (db.List{seq}); len(edge) > 0 && len(out) < MaxThread; {
		all, err := consignment.Links(tx, l.op(), l.readable, edge)
		if err != nil {
			return nil, err
		}
		led := map[int64]consignment.Link{}
		var seqs db.List
		for _, link := range all {
			for _, end := range []int64{link.One, link.Other} {
				if !seen[end] && led[end].Seq == 0 {
					led[end] = link
					seqs = append(seqs, end)
				}
			}
		}
		records, err := l.these(tx, seqs)
		if err != nil {
			return nil, err
		}
		edge = nil
		for _, n := range seqs {
			r, ok := records[n]
			if !ok || r.taken() || len(out) == MaxThread {
				continue
			}
			seen[n] = true
			edge = append(edge, n)
			direct := led[n].To(n) == seq
			out = append(out, Linked{Record: r, Link: led[n], Direct: direct, MayUnlink: direct && l.mayUnlink(led[n])})
		}
	}
	slices.SortFunc(out, func(a, b Linked) int { return int(a.Seq() - b.Seq()) })
	var by []int64
	for _, x := range out {
		by = append(by, x.Link.Organisation)
	}
	slices.Sort(by)
	bodies, err := organisation.These(tx, slices.Compact(by))
	for i := range out {
		out[i].By = bodies[out[i].Link.Organisation]
	}
	return out, err
}

func (l look) mayUnlink(link consignment.Link) bool {
	return l.May(access.ConsignmentUnlink) && (link.Organisation == l.Who.Organisation || l.Side() == access.Coordination)
}

// common is who may see a link of two records that the reader reads both.
func (l look) common(tx *db.Tx, one, other int64) (audience.Value, error) {
	var values [2]audience.Value
	for i, seq := range []int64{one, other} {
		r, err := l.one(tx, seq)
		if err != nil {
			return audience.Value{}, err
		}
		number := int64(0)
		if r.Case != nil {
			number = r.Case.Audience
		} else {
			number = r.Message.Audience
		}
		if values[i], err = audience.Of(tx, l.op(), number); err != nil {
			return audience.Value{}, err
		}
	}
	sides, err := audience.Sides(tx, l.op(), l.Now)
	return consignment.Common(values[0], values[1], sides), err
}
