package reading_test

import (
	"context"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var start = time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC)

const reader = "01890a5d-ac96-774b-bcce-000000000001"

// opened opens an operation, number 1, that notes can belong to.
func opened(t testing.TB, d *db.DB, src *source.Source) {
	t.Helper()
	j := journal.New(src)
	root := access.Actor{Person: src.ID(), Organisation: 1, Administrator: true}
	o, err := organisation.NewStore(d, j, src).Register(t.Context(), root, organisation.Draft{Kind: "secretariat", Name: "Body", TimeZone: "UTC",
		Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
	if err != nil {
		t.Fatal(err)
	}
	p, err := person.NewStore(d, j, src).Register(t.Context(), root, person.Draft{Login: "person.p", Name: "Person P", Language: "en", Organisation: o.Number,
		Position: "post", ContactPoint: person.ContactPoint, Active: true})
	if err != nil {
		t.Fatal(err)
	}
	_, err = operation.NewStore(d, j, src).Open(t.Context(), root, operation.Draft{Code: "tide", Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: o.ID, Director: p.ID,
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	if err != nil {
		t.Fatal(err)
	}
}

func holders(t testing.TB, d *db.DB, records ...int64) (out []reading.Holder) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		out, err = reading.Holders(tx, 1, reading.Message, records)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// One note a person, record, act and day; by whichever process; with an entry for
// what was new only.
func TestOnceADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		src := source.Story(start, 1)
		opened(t, d, src)
		size := func() (n int64) {
			if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
				n, err = journal.Size(tx, reading.Journal(1))
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		note := func(l *reading.Log, act string, records ...int64) {
			t.Helper()
			if err := l.Note(1, reader, 7, reading.Message, act, records...); err != nil {
				t.Fatal(err)
			}
			if err := l.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		one, two := reading.NewLog(d, journal.New(src), src), reading.NewLog(d, journal.New(src), src)
		note(one, reading.Opened, 3, 4, 3)
		note(one, reading.Opened, 3)
		note(two, reading.Opened, 3, 4)
		if n := size(); n != 1 {
			t.Errorf("%d entries", n)
		}
		note(two, reading.Exported, 3)
		src.Set(start.AddDate(0, 0, 1))
		note(one, reading.Opened, 4)
		if n := size(); n != 3 {
			t.Errorf("%d entries after an export and a day", n)
		}
		got := holders(t, d, 3, 4, 5)
		if len(got) != 2 || !got[0].Exported || got[1].Exported || !got[1].First.Equal(start) || got[0].Organisation != 7 {
			t.Errorf("%+v", got)
		}
	})
}

// A queue that cannot be written stops new reads, not those that were noted; when
// it can be written again, they go on.
func TestFailsClosed(t *testing.T) {
	d := dbtest.SQLite(t)
	src := source.Story(start, 1)
	opened(t, d, src)
	l := reading.NewLog(d, journal.New(src), src)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Note(1, reader, 7, reading.Message, reading.Opened, 1); err != nil {
		t.Fatal(err)
	}
	for range 600 {
		if err := l.Flush(gone); err == nil {
			t.Fatal("it was written")
		}
	}
	if err := l.Note(1, reader, 7, reading.Message, reading.Opened, 1); err != nil {
		t.Errorf("what waits already: %v", err)
	}
	if err := l.Note(1, reader, 7, reading.Message, reading.Opened, 2); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a new one: %v", err)
	}
	if err := l.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := l.Note(1, reader, 7, reading.Message, reading.Opened, 2); err != nil {
		t.Errorf("after it was written: %v", err)
	}
	for i := range int64(19_999) {
		if err := l.Note(1, reader, 7, reading.Message, reading.Opened, 10+i); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if err := l.Note(1, reader, 7, reading.Message, reading.Opened, 9); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a queue that is full: %v", err)
	}
}
