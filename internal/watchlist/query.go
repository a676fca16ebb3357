package watchlist

import (
	"context"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// Bounds of what one look reads.
const (
	maxListed   = 1000   // of one page
	maxGiven    = 50_000 // to another system
	maxSighted  = 50
	maxMessages = MaxHits + 1
)

// List gives the entries that the actor may read, with how many of the records that it
// may read carry each value.
func (s *Store) List(ctx context.Context, who access.Actor, code operation.Code) (out Page, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		out = Page{Standing: st, Today: st.Today(), MaySet: st.May(access.WatchSet), MaySay: st.May(access.SightingSay)}
		all, err := db.All(tx, selectOpen, db.Decoded[Entry], st.Operation.Number, readable, int64(maxListed+1))
		if err != nil {
			return err
		}
		if out.More = len(all) > maxListed; out.More {
			all = all[:maxListed]
		}
		by, err := organisation.These(tx, whose(all))
		if err != nil {
			return err
		}
		for _, e := range all {
			i, err := s.item(tx, st, readable, e, by[e.Organisation])
			if err != nil {
				return err
			}
			switch {
			case !i.Now:
				out.Ended = append(out.Ended, i)
			case e.Good:
				out.Good = append(out.Good, i)
			default:
				out.Current = append(out.Current, i)
			}
		}
		return nil
	})
	return out, err
}

func whose(all []Entry) []int64 {
	var out []int64
	for _, e := range all {
		out = append(out, e.Organisation)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// item is an entry as its reader may know it. What ended or is good counts nothing.
func (s *Store) item(tx *db.Tx, st operation.Standing, readable db.List, e Entry, of organisation.Organisation) (Item, error) {
	i := Item{Entry: e, Of: of, Mine: e.Organisation == st.Who.Organisation, Now: e.InForce(st.Today())}
	i.MayDrop = i.Mine && e.Dropped.Entry == 0 && st.May(access.WatchDrop)
	var err error
	if i.Sighted, err = sightings(tx, selectOfValue, st.Operation.Number, readable, e.Key, int64(maxSighted)); err != nil || e.Good || !i.Now {
		return i, err
	}
	if _, i.Cases, err = s.index.Carrying(tx, st.Operation.Number, readable, e.Fact(), 0); err != nil {
		return i, err
	}
	heard, err := messages(tx, st, readable, e)
	i.Messages = int64(len(heard))
	return i, err
}

// messages gives those of the messages that the reader may read which carry a number;
// one more than MaxHits: there are more.
func messages(tx *db.Tx, st operation.Standing, readable db.List, e Entry) ([]message.Message, error) {
	if !codelist.Consignment.Has(e.Kind) || !st.May(access.MessageRead) {
		return nil, nil
	}
	carriers, _, err := consignment.Carrying(tx, st.Operation.Number, readable, consignment.Mark{Kind: e.Kind, Value: e.Value}, 0, consignment.Case, maxCarriers)
	var seqs db.List
	for _, c := range slices.Backward(carriers) {
		seqs = append(seqs, c.Record)
	}
	if err != nil || len(seqs) == 0 {
		return nil, err
	}
	all, err := message.Some(tx, st.Operation.Number, readable, seqs[:min(len(seqs), 2*MaxHits)])
	all = slices.DeleteFunc(all, func(m message.Message) bool { return m.Taken.State != "" })
	slices.Reverse(all)
	return all[:min(len(all), maxMessages)], err
}

// maxCarriers bounds the messages among which those are looked for that stand.
const maxCarriers = 100_000

func sightings(tx *db.Tx, q db.SQL, args ...any) ([]Sighted, error) {
	all, err := db.All(tx, q, db.Decoded[Sighting], args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var of []int64
	for _, x := range all {
		of = append(of, x.Organisation)
	}
	slices.Sort(of)
	by, err := organisation.These(tx, slices.Compact(of))
	var out []Sighted
	for _, x := range all {
		out = append(out, Sighted{x, by[x.Organisation]})
	}
	return out, err
}

// Read opens one entry: what carries its value now, of what the actor may read.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code, n Name) (out Opened, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		e, of, err := find(tx, st, readable, n)
		if err != nil {
			return err
		}
		out = Opened{Standing: st, MaySay: st.May(access.SightingSay)}
		if out.Item, err = s.item(tx, st, readable, e, of); err != nil {
			return err
		}
		if out.Mine {
			p, err := person.One(tx, person.ID(e.Author))
			if err != nil {
				return err
			}
			out.By = p.Name
		}
		if e.Good || !out.Now {
			return nil
		}
		return s.hits(tx, readable, &out)
	})
	if err == nil {
		err = s.note(out)
	}
	return out, err
}

func (s *Store) hits(tx *db.Tx, readable db.List, out *Opened) error {
	op := out.Standing.Operation.Number
	seqs, _, err := s.index.Carrying(tx, op, readable, out.Fact(), MaxHits)
	if err != nil {
		return err
	}
	slices.Sort(seqs)
	if out.Found, err = seizure.Some(tx, op, readable, seqs); err != nil {
		return err
	}
	slices.Reverse(out.Found)
	if out.Heard, err = messages(tx, out.Standing, readable, out.Entry); err != nil {
		return err
	}
	out.Heard = out.Heard[:min(len(out.Heard), MaxHits)]
	var of []int64
	for _, c := range out.Found {
		of = append(of, c.Organisation)
	}
	for _, m := range out.Heard {
		of = append(of, m.Organisation)
	}
	slices.Sort(of)
	out.From, err = organisation.These(tx, slices.Compact(of))
	return err
}

// note notes that somebody reads these cases and messages.
func (s *Store) note(o Opened) error {
	var cases, heard []int64
	for _, c := range o.Found {
		cases = append(cases, c.Seq)
	}
	for _, m := range o.Heard {
		heard = append(heard, m.Seq)
	}
	st := o.Standing
	for kind, seqs := range map[string][]int64{reading.Case: cases, reading.Message: heard} {
		if err := s.Readings.Note(st.Operation.Number, st.Who.Person, st.Who.Organisation, kind, reading.Opened, seqs...); err != nil {
			return err
		}
	}
	return nil
}

// Sightings gives what was said of a case, and of the values that it carries, of what
// the actor may read; the newest first.
func (s *Store) Sightings(ctx context.Context, who access.Actor, code operation.Code, ref string) (out []Sighted, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		out = nil
		c, err := seizure.Readable(tx, st, ref)
		if err != nil {
			return err
		}
		op := st.Operation.Number
		if out, err = sightings(tx, selectOfCase, op, readable, c.Seq, int64(maxSighted)); err != nil {
			return err
		}
		for _, f := range connection.OfCase(c) {
			more, err := sightings(tx, selectOfValue, op, readable, f.Key(), int64(maxSighted))
			if err != nil {
				return err
			}
			out = append(out, more...)
		}
		slices.SortFunc(out, func(a, b Sighted) int { return int(b.Seq - a.Seq) })
		out = out[:min(len(out), maxSighted)]
		return nil
	})
	return out, err
}
