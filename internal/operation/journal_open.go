package operation

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// stillOpen tells whether nothing that came later took the thing back: a case
// that was released and recalled is not read through its old release. An id is
// its originator's own, so only what happened under the originator counts.
func (j *JournalEntry) stillOpen(tx *db.Tx, readable db.List, state json.RawMessage) (bool, error) {
	e := j.Line.Entry
	its := struct{ Organisation int64 }{e.Organisation}
	_ = json.Unmarshal(state, &its) // a state that names nobody was written by who acted
	if back, err := j.takenBack(tx, its.Organisation); err != nil || back {
		return false, err
	}
	if back, err := j.photoGone(tx, readable, state); err != nil || back {
		return false, err
	}
	if shut, err := j.caseShut(tx, readable, state); err != nil || shut {
		return false, err
	}
	all, err := journal.List(tx, e.Operation, journal.Filter{Subject: e.Subject, Organisation: its.Organisation, Limit: later})
	if err != nil {
		return false, err
	}
	for _, l := range all {
		if l.Seq > e.Seq && !opens(readable, l.Audience) {
			return false, nil
		}
	}
	return len(all) < later, nil
}

// caseShut tells whether a case of which a connection or a sighting speaks, by its
// number, was closed to the reader since: then so is what was said of it.
func (j *JournalEntry) caseShut(tx *db.Tx, readable db.List, state json.RawMessage) (bool, error) {
	e := j.Line.Entry
	if kind, _, _ := strings.Cut(e.Subject, "/"); kind != "connection" && kind != "sighting" {
		return false, nil
	}
	var its struct{ One, Other, Seizure int64 }
	_ = json.Unmarshal(state, &its) // a state that names none speaks of none
	for _, number := range []int64{its.One, its.Other, its.Seizure} {
		if number == 0 {
			continue
		}
		made, err := journal.One(tx, e.Operation, number)
		if err != nil {
			return false, err
		}
		all, err := journal.List(tx, e.Operation, journal.Filter{Subject: made.Subject, Organisation: made.Organisation, Limit: 1})
		if err != nil || len(all) > 0 && !opens(readable, all[0].Audience) {
			return true, err
		}
	}
	return false, nil
}

// photoGone tells whether one of the photos that the entry gave to a case was
// withdrawn since, and why is not for the reader: then nor is what was said of it.
func (j *JournalEntry) photoGone(tx *db.Tx, readable db.List, state json.RawMessage) (bool, error) {
	e := j.Line.Entry
	if e.Verb != string(access.SeizureAttach) {
		return false, nil
	}
	var its struct{ Attachments []struct{ ID string } }
	if err := json.Unmarshal(state, &its); err != nil {
		return false, fmt.Errorf("content of entry %d: %w", e.Seq, err)
	}
	for _, a := range its.Attachments {
		all, err := journal.List(tx, e.Operation, journal.Filter{Subject: "attachment/" + a.ID, Verb: string(access.SeizureDetach),
			Organisation: e.Organisation, Limit: later})
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(all, func(d journal.Entry) bool { return d.Seq > e.Seq && !opens(readable, d.Audience) }) {
			return true, nil
		}
	}
	return false, nil
}

// takenBack tells whether the message that the entry is about was recalled, by
// whomever, and is not its reader's own.
func (j *JournalEntry) takenBack(tx *db.Tx, originator int64) (bool, error) {
	e := j.Line.Entry
	if SubjectRead(e.Subject) != access.MessageRead || originator == j.Standing.Who.Organisation {
		return false, nil
	}
	recalls, err := journal.List(tx, e.Operation, journal.Filter{Subject: e.Subject, Verb: string(access.MessageRecall), Limit: later})
	if err != nil {
		return false, err
	}
	for _, l := range recalls {
		stored, err := journal.ContentOf(tx, e.Operation, l.Seq)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return false, err
		}
		var c struct{ With map[string]string }
		if json.Unmarshal([]byte(stored.Content), &c) != nil || c.With["originator"] == strconv.FormatInt(originator, 10) {
			return true, nil
		}
	}
	return false, nil
}

// visible takes out a state that the thing had when it was not open to the
// reader: what stood in a draft is not read through its report.
func visible(state json.RawMessage, readable db.List) json.RawMessage {
	var its struct{ Audience int64 }
	if json.Unmarshal(state, &its) == nil && !opens(readable, its.Audience) {
		return nil
	}
	return state
}
