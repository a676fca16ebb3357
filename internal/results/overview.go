package results

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// latest is how many messages an overview shows.
const latest = 6

// Overview is what the first page of an operation shows one reader: one
// snapshot, one answer to "may he". What the reader may not know is nil or zero.
type Overview struct {
	Standing operation.Standing
	Figures  *Figures // nil for who may not read results
	Messages int64    // that the reader may read
	Latest   []Letter // the newest of them, newest first
	Warnings message.OpenCounts
	Attend   warning.Attention
	Own      seizure.OpenCounts
	Kept     int64 // what was refused of the reader's organisation and waits for its contact point
	Daily    Daily
	Owed     int64 // confirmations that the reader's organisation owes for records that were taken back
	Erasures int64 // requests to erase a record for good that the reader can accept
}

// Letter is a message with its originator. Its address is left out: not every
// reader may know who the members are.
type Letter struct {
	message.Message
	From organisation.Organisation
}

// Overview gives the first page of an operation. Whoever may read the operation
// may ask; the parts come with the reader's permissions.
func (s *Store) Overview(ctx context.Context, who access.Actor, code operation.Code) (Overview, error) {
	var o Overview
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		o = Overview{}
		if o.Standing, err = operation.Enter(tx, s.source.Now(), who, code, access.OperationRead); err != nil {
			return err
		}
		return o.fill(tx, s.kept)
	})
	if err != nil {
		return Overview{}, fmt.Errorf("%s: %w", access.OperationRead, err)
	}
	return o, nil
}

func (o *Overview) fill(tx *db.Tx, kept *seizure.Kept) error {
	st := o.Standing
	readable, err := st.Readable(tx)
	if err != nil {
		return err
	}
	if st.May(access.ResultsRead) {
		f, err := of(tx, kept, st)
		if err != nil {
			return err
		}
		o.Figures = &f
	}
	if st.May(access.MessageRead) {
		if err := o.fillMessages(tx, readable); err != nil {
			return err
		}
	}
	if st.May(access.QuarantineRead) {
		if o.Kept, err = quarantine.Count(tx, st.Operation.Number, st.Who.Organisation); err != nil {
			return err
		}
	}
	if err := o.fillDaily(tx); err != nil {
		return err
	}
	if o.Owed, err = withdrawal.Owed(tx, st); err != nil {
		return err
	}
	if o.Erasures, err = withdrawal.Waiting(tx, st); err != nil {
		return err
	}
	if st.May(access.SeizureRead) {
		o.Own, err = seizure.Open(tx, st.Operation.Number, readable, st.Who.Organisation)
	}
	return err
}

func (o *Overview) fillMessages(tx *db.Tx, readable db.List) error {
	st := o.Standing
	var err error
	if o.Messages, err = message.Count(tx, st.Operation.Number, readable); err != nil {
		return err
	}
	if o.Warnings, err = message.OpenWarnings(tx, st, readable); err != nil {
		return err
	}
	if o.Attend, err = warning.AttentionOf(tx, st, readable); err != nil {
		return err
	}
	newest, err := message.Latest(tx, st.Operation.Number, readable, latest)
	if err != nil {
		return err
	}
	var numbers []int64
	for _, m := range newest {
		if !slices.Contains(numbers, m.Organisation) {
			numbers = append(numbers, m.Organisation)
		}
	}
	from, err := organisation.These(tx, numbers)
	if err != nil {
		return err
	}
	for _, m := range newest {
		m.To = audience.Address{}
		o.Latest = append(o.Latest, Letter{Message: m, From: from[m.Organisation]})
	}
	return nil
}

// Reasons lists why cases do not count and how many they are together, in the
// order in which they are shown, with those only that some case has.
func Reasons(notCounted map[string]int64) (out []Reason, total int64) {
	for _, class := range seizure.Classes() {
		if n := notCounted[class]; n != 0 {
			out = append(out, Reason{Class: class, Cases: n})
			total += n
		}
	}
	return out, total
}

// Reasons lists why cases do not count.
func (f Figures) Reasons() []Reason {
	reasons, _ := Reasons(f.NotCounted)
	return reasons
}

// NotCountedTotal is how many cases do not count.
func (f Figures) NotCountedTotal() int64 {
	_, total := Reasons(f.NotCounted)
	return total
}

// Reason is one reason not to count, and how many cases have it.
type Reason struct {
	Class string // of seizure.Classes
	Cases int64
}

// Daily gives one figure for each day on which cases may count, and for each on
// which some do, in the order of the calendar: a day without a case is a zero.
func (f Figures) Daily(o operation.Operation) []Group {
	days := o.Days(o.Counting.Phase)
	for _, g := range f.Days {
		days = append(days, g.Value)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	out := make([]Group, 0, len(days))
	for _, day := range days {
		i := slices.IndexFunc(f.Days, func(g Group) bool { return g.Value == day })
		if i < 0 {
			out = append(out, Group{Value: day, Totals: Totals{}})
			continue
		}
		out = append(out, f.Days[i])
	}
	return out
}
