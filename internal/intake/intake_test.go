package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

const op = operationtest.Code

type world struct {
	*operationtest.World
	cases *seizure.Store
	store *intake.Store
	jobs  *job.Queue
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{World: operationtest.New(t, d)}
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	key, err := blob.NewKey()
	w.Must(err)
	keys, err := blob.OpenKeys(t.TempDir(), key)
	w.Must(err)
	shelf, err := blob.OpenDisk(t.TempDir())
	w.Must(err)
	t.Cleanup(func() { _ = shelf.Close() })
	w.store = intake.NewStore(d, w.Journal, w.Source, blob.NewVault(shelf, keys, source.Real()), w.cases)
	w.jobs = job.New(d, w.Source, slog.New(slog.DiscardHandler))
	w.jobs.Handle(intake.JobKind, w.store.Do)
	return w
}

func (w *world) hand(who, text string) intake.Sheet {
	w.T.Helper()
	s, err := w.store.Hand(w.T.Context(), w.Actor[who], op, `C:\desk\seizures.csv`, strings.NewReader(text))
	w.Must(err)
	return s
}

func (w *world) read(who string, id intake.ID) intake.View {
	w.T.Helper()
	v, err := w.store.Read(w.T.Context(), w.Actor[who], op, id)
	w.Must(err)
	return v
}

func (w *world) run(want int) {
	w.T.Helper()
	if n, err := w.jobs.RunDue(w.T.Context()); err != nil || n != want {
		w.T.Errorf("%d attempts, want %d (%v)", n, want, err)
	}
}

const sheet = "Date;Country;Goods;Quantity\n2017-02-07;Kenya;shoes;5\n2017-02-31;Kenya;shoes;7\n2017-02-08;Atlantis;shoes;1\n2017-02-08;Kenya;watches;2\n"

func TestFromFileToCases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		s := w.hand("xa.officer", sheet)
		if s.Name != "seizures.csv" || s.State != intake.Handed {
			t.Errorf("%+v", s)
		}
		l, err := w.store.Look(t.Context(), w.Actor["xa.officer"], op, s.ID)
		w.Must(err)
		if l.Fault != nil || l.Result.Accepted != 2 || l.Result.Refused != 2 || len(l.Cases) != 2 || len(l.Why) != 2 || l.Found.Columns[0].Role != "day" {
			t.Fatalf("%+v", l)
		}
		if p, err := w.cases.List(t.Context(), w.Actor["xa.officer"], op, seizure.Filter{}); err != nil || len(p.Items) != 0 {
			t.Errorf("a look wrote %d cases, %v", len(p.Items), err)
		}
		w.Must(w.store.Start(t.Context(), w.Actor["xa.officer"], op, s.ID))
		if err := w.store.Start(t.Context(), w.Actor["xa.officer"], op, s.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("begun twice: %v", err)
		}
		w.run(1)
		v := w.read("xa.officer", s.ID)
		if v.Sheet.State != intake.Done || v.Result == nil || v.Result.Accepted != 2 || v.Result.Refused != 2 || v.Sheet.Done != 4 || v.Sheet.Total != 4 {
			t.Fatalf("%+v %+v", v.Sheet, v.Result)
		}
		var b bytes.Buffer
		say := i18n.NewPrinter("en").T
		if _, err := w.store.Copy(t.Context(), w.Actor["xa.officer"], op, s.ID, &b, say, say); err != nil || !strings.Contains(b.String(), `2017-02-31;Kenya;shoes;7;"Date: `) {
			t.Errorf("%s, %v", b.String(), err)
		}
		// Again: nothing is new.
		again := w.hand("xa.officer", sheet)
		w.Must(w.store.Start(t.Context(), w.Actor["xa.officer"], op, again.ID))
		w.run(1)
		if r := w.read("xa.officer", again.ID).Result; r.Unchanged != 2 || r.Accepted != 0 {
			t.Errorf("%+v", r)
		}
		w.Must(w.store.Discard(t.Context(), w.Actor["xa.officer"], op, again.ID))
		if _, err := w.store.Read(t.Context(), w.Actor["xa.officer"], op, again.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("thrown away, and there: %v", err)
		}
	})
}

// An import that was cut goes on: what it brought in before is its own.
func TestCutImportGoesOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var b strings.Builder
		b.WriteString("Case No,Date,Country,Goods,Quantity\n")
		for i := range 900 {
			fmt.Fprintf(&b, "%d,2017-02-07,Kenya,shoes,%d\n", i, i+1)
		}
		s := w.hand("xa.officer", b.String())
		w.Must(w.store.Start(t.Context(), w.Actor["xa.officer"], op, s.ID))
		ctx, cut := context.WithCancel(t.Context())
		w.store.OnMove(func(done int) {
			if done >= 400 {
				cut()
			}
		})
		_, _ = w.jobs.RunDue(ctx)
		w.store.OnMove(nil)
		if v := w.read("xa.officer", s.ID); v.Sheet.State != intake.Running || v.Sheet.Done == 0 || v.Sheet.Done == 900 {
			t.Fatalf("not cut half-way: %+v", v.Sheet)
		}
		w.Source.Set(w.Source.Now().Add(job.Lease + time.Minute))
		w.run(1)
		if v := w.read("xa.officer", s.ID); v.Sheet.State != intake.Done || v.Result.Accepted != 900 || v.Result.Unchanged != 0 {
			t.Fatalf("%+v %+v", v.Sheet, v.Result)
		}
		p, err := w.cases.List(t.Context(), w.Actor["xa.officer"], op, seizure.Filter{})
		if err != nil || p.Matching != 900 {
			t.Errorf("%d cases, %v", p.Matching, err)
		}
	})
}

// Rights are those of the moment.
func TestRightsOfTheMoment(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	s := w.hand("xa.officer", sheet)
	w.Must(w.store.Start(t.Context(), w.Actor["xa.officer"], op, s.ID))
	w.Must(w.Operations.Assign(t.Context(), w.Actor["xa"], op, person.ID(w.Actor["xa.officer"].Person), []access.Role{access.Analyst}))
	w.run(1)
	w.Must(w.Operations.Assign(t.Context(), w.Actor["xa"], op, person.ID(w.Actor["xa.officer"].Person), []access.Role{access.Officer}))
	if v := w.read("xa.officer", s.ID); v.Sheet.State != intake.Stopped || v.Sheet.Problem != "fault.not-found" {
		t.Errorf("%+v", v.Sheet)
	}
}

func TestOneOwn(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	s := w.hand("xa.officer", sheet)
	w.Leave("gone")
	do := func(a access.Actor) error {
		_, err := w.store.Read(t.Context(), a, op, s.ID)
		return err
	}
	for _, who := range append([]string{"xa", "xb.officer", "wco.coordinator"}, operationtest.Outside...) {
		if err := do(w.Actor[who]); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", who, err)
		}
		if err := w.store.Discard(t.Context(), w.Actor[who], op, s.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	for _, who := range operationtest.Outside {
		if _, err := w.store.Hand(t.Context(), w.Actor[who], op, "a", strings.NewReader("a")); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	if _, all, err := w.store.List(t.Context(), w.Actor["xb.officer"], op); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
	for _, in := range []io.Reader{strings.NewReader(""), io.LimitReader(endless{}, intake.MaxFile+2)} {
		if _, err := w.store.Hand(t.Context(), w.Actor["xa.officer"], op, "a", in); err == nil {
			t.Error("taken")
		}
	}
	w.Source.Set(w.Source.Now().Add(intake.Keep + time.Second))
	if n, err := w.store.Sweep(t.Context()); n != 1 || err != nil {
		t.Errorf("%d swept, %v", n, err)
	}
}

// However many sheets come at once, no more are kept than there is room for.
func TestNoMoreThanThereIsRoomFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		full := 0
		hand := func(in io.Reader) {
			switch _, err := w.store.Hand(t.Context(), w.Actor["xa.officer"], op, "a.csv", in); {
			case fault.Is(err, fault.TooMany):
				full++
			default:
				w.Must(err)
			}
		}
		in := io.Reader(strings.NewReader(sheet))
		for range 22 { // each comes in while the one before is being read
			within := in
			in = io.MultiReader(strings.NewReader("A"), meanwhile(func() { hand(within) }))
		}
		hand(in)
		_, all, err := w.store.List(t.Context(), w.Actor["xa.officer"], op)
		if err != nil || len(all) != 20 || full != 3 {
			t.Errorf("%d sheets, %d refused, %v", len(all), full, err)
		}
		hand(strings.NewReader(sheet))
		w.hand("xb.officer", sheet)
		if full != 4 {
			t.Errorf("one more was taken")
		}
	})
}

// meanwhile is an empty reader that does something when it is read.
type meanwhile func()

func (f meanwhile) Read([]byte) (int, error) {
	f()
	return 0, io.EOF
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

// What is chosen is how the sheet is read; a mapping is kept, and fits again.
func TestChoicesAndMappings(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who := w.Actor["xa.officer"]
		s := w.hand("xa.officer", "A;B;C;D\n7.2.2017;shoes;Kenya;5\n8.3.2017;shoes;Kenya;7\n")
		w.Must(w.store.Choose(t.Context(), who, op, s.ID, guess.Choices{Roles: []string{"day", "category", "country", "quantity:KGM"}, Dates: "d.m.yyyy"}, ""))
		l, err := w.store.Look(t.Context(), who, op, s.ID)
		w.Must(err)
		if l.Fault != nil || l.Result.Accepted != 1 || l.Cases[0].Goods[0].Quantities[0].Unit != "KGM" || l.Cases[0].Day != "2017-02-07" {
			t.Fatalf("%+v %v", l.Result, l.Fault) // the other day is in the future
		}
		m, err := w.store.SaveMapping(t.Context(), who, op, l.Mapping("Monday's"))
		w.Must(err)
		if again, err := w.store.SaveMapping(t.Context(), who, op, l.Mapping("Monday's")); err != nil || again.Seq != m.Seq {
			t.Errorf("the same again: %+v, %v", again, err)
		}
		other := l.Mapping("Monday's")
		other.Text += "\n# changed\n"
		if _, err := w.store.SaveMapping(t.Context(), who, op, other); !fault.Is(err, fault.Conflict) {
			t.Errorf("a colleague's was overwritten: %v", err)
		}
		other.Version = m.Version
		m, err = w.store.SaveMapping(t.Context(), w.Actor["xa"], op, other)
		if err != nil || m.Version != 2 {
			t.Errorf("%+v, %v", m, err)
		}
		next := w.hand("xa", "A;B;C;D\n9.2.2017;shoes;Kenya;5\n")
		l, err = w.store.Look(t.Context(), w.Actor["xa"], op, next.ID)
		if err != nil || l.Saved != "Monday's" || l.Result.Accepted != 1 || l.Found.Columns[3].Role != "quantity:KGM" {
			t.Errorf("%q %+v %v", l.Saved, l.Found.Columns, err)
		}
		if all, err := w.store.Mappings(t.Context(), w.Actor["xb.officer"], op); err != nil || len(all) != 0 {
			t.Errorf("another body's: %v, %v", all, err)
		}
		if err := w.store.DropMapping(t.Context(), w.Actor["xb.officer"], op, "Monday's", 2); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		if err := w.store.DropMapping(t.Context(), who, op, "Monday's", 1); !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
		w.Must(w.store.DropMapping(t.Context(), who, op, "Monday's", 2))
		if _, err := w.store.SaveMapping(t.Context(), who, op, intake.Mapping{Name: "x", Text: "[sheet"}); err == nil || errors.Is(err, db.ErrNone) {
			t.Error(err)
		}
	})
}

// What somebody calls a mapping stands in the content of its entries and in nothing
// that outlives it: neither in what they are about nor in what the tree keeps.
func TestNameOfAMappingCanBeForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		who, name := w.Actor["xa.officer"], "Heron informant"
		s := w.hand("xa.officer", sheet)
		l, err := w.store.Look(t.Context(), who, op, s.ID)
		w.Must(err)
		m, err := w.store.SaveMapping(t.Context(), who, op, l.Mapping(name))
		w.Must(err)
		w.Must(w.store.DropMapping(t.Context(), who, op, name, m.Version))
		for _, reader := range []string{"wco", "wco.auditor", "xb", "xa"} {
			p, err := w.Operations.Journal(t.Context(), w.Actor[reader], op, journal.Filter{})
			w.Must(err)
			n := 0
			for _, e := range p.Lines {
				if strings.HasPrefix(e.Verb, "mapping.") {
					n++
				}
				if strings.Contains(fmt.Sprint(e.Subject, " ", e.Leaf()), "Heron") {
					t.Errorf("%s reads of %q", reader, e.Subject)
				}
			}
			if reader == "xa" && n != 2 {
				t.Errorf("%d entries of mappings", n)
			}
		}
		e, err := w.Operations.JournalEntry(t.Context(), w.Actor["xa"], op, m.Seq)
		if err != nil || !strings.Contains(string(e.After), name) {
			t.Errorf("its own organisation reads %s, %v", e.After, err)
		}
	})
}

// A kept mapping of a workbook fits the one of next week, whose sheet is called
// otherwise.
func TestSheetOfNextWeek(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	who := w.Actor["xa.officer"]
	book := func(name, day string) intake.ID {
		b, err := workbook.NewWriter()
		w.Must(err)
		defer b.Close()
		s, err := b.Sheet(name, false)
		w.Must(err)
		w.Must(s.Head([]string{"Date", "Country", "Goods", "Quantity"}))
		w.Must(s.Row([]workbook.Cell{workbook.Day(day), workbook.Text("Kenya"), workbook.Text("shoes"), workbook.Number("2.5")}))
		var out bytes.Buffer
		w.Must(b.Write(&out))
		made, err := w.store.Hand(t.Context(), who, op, "book.xlsx", &out)
		w.Must(err)
		return made.ID
	}
	l, err := w.store.Look(t.Context(), who, op, book("Week 6", "2017-02-07"))
	w.Must(err)
	_, err = w.store.SaveMapping(t.Context(), who, op, l.Mapping("Weekly"))
	w.Must(err)
	l, err = w.store.Look(t.Context(), who, op, book("Week 7", "2017-02-08"))
	if err != nil || l.Saved != "Weekly" || l.Result.Accepted != 1 || l.Cases[0].Day != "2017-02-08" || l.Cases[0].Goods[0].Quantities[0].Micro != 2_500_000 {
		t.Errorf("%q %+v %+v %v", l.Saved, l.Fault, l.Result, err)
	}
}
