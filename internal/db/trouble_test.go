package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// What PostgreSQL says about itself is told from what it says about a statement;
// a commit that was not answered is never called "not stored".
func TestTroubleOfPostgres(t *testing.T) {
	d := &DB{}
	for _, c := range []struct {
		err         error
		key, commit string // "" is no trouble of the database
	}{
		{&pgconn.PgError{Code: "53100"}, diskFull, diskFull},
		{&pgconn.PgError{Code: "25006"}, readOnly, readOnly},
		{&pgconn.PgError{Code: "58030"}, diskFailing, diskFailing},
		{&pgconn.PgError{Code: "57P01"}, unreachable, unreachable},
		{&pgconn.PgError{Code: "08006"}, unreachable, unanswered},
		{fmt.Errorf("reading: %w", io.ErrUnexpectedEOF), unreachable, unanswered},
		{&pgconn.PgError{Code: "23505"}, "", ""},
		{errors.New("a bug"), "", ""},
		{context.Canceled, "", ""},
		{fault.Missing(), "fault.not-found", "fault.not-found"},
	} {
		for _, at := range []struct {
			err error
			key string
		}{{c.err, c.key}, {fmt.Errorf("%w: %w: %w", errOutside, errCommit, c.err), c.commit}} {
			got := d.answered(fmt.Errorf("verb: %w", at.err))
			var f *fault.Fault
			if at.key == "" {
				if errors.As(got, &f) {
					t.Errorf("%v became %v", at.err, got)
				}
				continue
			}
			if !errors.As(got, &f) || f.Key != at.key {
				t.Errorf("%v became %v, want %s", at.err, got, at.key)
			}
		}
	}
}

func TestTroubleOfSQLite(t *testing.T) {
	for code, want := range map[int]string{13: diskFull, 4874: diskFull, 8: readOnly, 8 | 2<<8: readOnly, 10 | 3<<8: diskFailing, 14: diskFailing,
		5: unreachable, 1: "", 11: "", 19 | 8<<8: ""} {
		if key, _ := troubleOfSQLite(code); key != want {
			t.Errorf("%d is %q, want %q", code, key, want)
		}
	}
	if _, refused := troubleOfSQLite(10 | 4<<8); refused {
		t.Error("a flush that failed says that nothing was stored")
	}
}

// Trouble is told once when it begins, again when it changes, and when it ends.
func TestWatchIsToldOnce(t *testing.T) {
	var told []string
	d := &DB{}
	d.Watch(func(trouble error) { told = append(told, fmt.Sprint(fault.KindOf(trouble), trouble == nil)) })
	full, gone := &pgconn.PgError{Code: "53100"}, io.ErrUnexpectedEOF
	for _, err := range []error{nil, full, full, gone, gone, full} {
		_ = d.answered(err)
	}
	d.tell("", nil)
	d.tell("", nil)
	want := fmt.Sprint(fault.Unavailable, false)
	if len(told) != 4 || told[0] != want || told[2] != want || told[3] != fmt.Sprint(fault.Internal, true) {
		t.Errorf("told %q", told)
	}
}
