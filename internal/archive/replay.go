package archive

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// standing is a case as the journal's contents say that it stood.
type standing struct {
	seizure.Case
	audience int64
	gone     bool  // its content was erased since: what is known is what was left, in codes
	left     int64 // the version that was left instead
}

// replay follows the journal's contents, and nothing else, and knows how every case
// stands.
type replay struct {
	operation operation.Operation
	erased    map[int64]seizure.Case // by the index of an entry: what was left of the case that it said
	cases     map[int64]*standing    // by number
	audiences map[int64]audience.Value
	sides     map[int64]access.Side // of members now
	first     []int64               // coordinating members, in the order of their membership
	bad       func(entry int64, text string, args ...any)
}

func newReplay(bad func(entry int64, text string, args ...any)) *replay {
	return &replay{erased: map[int64]seizure.Case{}, cases: map[int64]*standing{}, audiences: map[int64]audience.Value{},
		sides: map[int64]access.Side{}, bad: bad}
}

// foresee learns from an entry, before anything is replayed, what was left of contents
// that were erased, and what the operation is.
func (r *replay) foresee(act journal.Act) {
	if act.Erased {
		return
	}
	switch access.Permission(act.Verb) {
	case access.OperationOpen:
		if act.Seq == 0 && json.Unmarshal(act.After, &r.operation) != nil {
			r.bad(act.Seq, "what operation was opened cannot be read")
		}
	case access.SeizureRedact:
		var c seizure.Case
		if json.Unmarshal(act.After, &c) != nil {
			return // said when it is replayed
		}
		for _, seq := range journal.ParseNumbers(act.With["erased"]) {
			r.erased[seq] = c
		}
	}
}

// take takes the next entry.
func (r *replay) take(act journal.Act) {
	if value, err := audience.Parse(act.With["audience"]); err == nil && act.Audience != 0 && act.With["audience"] != "" {
		r.audiences[act.Audience] = value
	}
	switch access.Permission(act.Verb) {
	case access.OperationOpen, access.OperationAccept, access.OperationEnd:
		r.member(act)
	case access.SeizureSave, access.SeizureReport, access.SeizureAmend, access.SeizureRelease, access.SeizureRecall, access.SeizureWithdraw,
		access.SeizureRelate, access.SeizureRedact:
		r.seizure(act)
	}
}

func (r *replay) member(act journal.Act) {
	if act.Erased {
		r.bad(act.Seq, "who became a member, or left, was erased")
		return
	}
	var m operation.Membership
	if act.Verb == string(access.OperationOpen) {
		n, err := strconv.ParseInt(act.With["organisation"], 10, 64)
		if err != nil {
			r.bad(act.Seq, "which body directs cannot be read")
		}
		m = operation.Membership{Organisation: n, Side: access.Coordination, State: operation.Accepted}
	} else if json.Unmarshal(act.After, &m) != nil {
		r.bad(act.Seq, "the membership cannot be read")
		return
	}
	if m.State != operation.Accepted {
		delete(r.sides, m.Organisation)
		r.first = slices.DeleteFunc(r.first, func(n int64) bool { return n == m.Organisation })
		return
	}
	r.sides[m.Organisation] = m.Side
	if m.Side == access.Coordination {
		r.first = append(r.first, m.Organisation)
	}
}

func (r *replay) seizure(act journal.Act) {
	s := &standing{audience: act.Audience}
	if act.Erased {
		left, known := r.erased[act.Seq]
		if !known {
			r.bad(act.Seq, "what it said of a case is not there, and no entry says that it was erased")
			return
		}
		s.Case, s.gone, s.left = left, true, left.Version
	} else if err := json.Unmarshal(act.After, &s.Case); err != nil {
		r.bad(act.Seq, "the case cannot be read: %v", err)
		return
	}
	if s.Seq == 0 {
		s.Seq = act.Seq
	}
	if act.Subject != "seizure/"+string(s.ID) {
		r.bad(act.Seq, "the case is not the one that the entry is about")
	}
	old, known := r.cases[s.Seq]
	switch {
	case !known && s.Seq == act.Seq:
		s.Version = 1
	case !known:
		r.bad(act.Seq, "it changes a case that nothing made")
		return
	case s.gone:
		s.Version = old.Version + 1
	case s.Version != old.Version+1 || s.Reference != old.Reference || s.Organisation != old.Organisation:
		r.bad(act.Seq, "version, reference or organisation of the case do not follow from what it was")
	}
	r.cases[s.Seq] = s
}

// official gives the cases that the directing body reads, oldest first: those of which
// the official figure is.
func (r *replay) official() (out []*standing) {
	if len(r.first) == 0 {
		return nil
	}
	for _, seq := range slices.Sorted(maps.Keys(r.cases)) {
		s := r.cases[seq]
		if value, known := r.audiences[s.audience]; !known || value.Has(r.first[0], r.sides[r.first[0]]) {
			out = append(out, s)
		}
	}
	return out
}

// name is how a case is called in a finding.
func (s *standing) name() string { return strings.Join([]string{"case", s.Reference}, " ") }
