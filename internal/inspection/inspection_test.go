package inspection_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

type world struct {
	*operationtest.World
	store *inspection.Store
	cases *seizure.Store
	log   *reading.Log
	made  seizure.Case // of xa, released
}

var ids int

func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bccf-%012x", ids)
}

const shoe, plain, hidden = "01890a5d-ac96-774b-bccf-aaaaaaaaaaaa", "01890a5d-ac96-774b-bccf-bbbbbbbbbbbb", "01890a5d-ac96-774b-bccf-cccccccccccc"

// newWorld is the shared one with a library whose members are wco, xa, xb and the
// holder, and sheets: one with covert features, one without, one that xa may not read.
func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d)}
	_, err := w.Operations.Open(t.Context(), w.Root, operation.Draft{Code: operation.Library, Kind: operation.KindLibrary, Name: "Library", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.Body["wco"].ID, Director: person.ID(w.Actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-01-01", Ends: "2037-12-31"}}})
	w.Must(err)
	for name, side := range map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide, "observer": access.ObserverSide} {
		w.Must(w.Operations.Invite(t.Context(), w.Actor["wco"], operation.Library, w.Body[name].ID, side))
		w.Must(w.Operations.Accept(t.Context(), w.Actor[name], operation.Library, 1))
	}
	w.log = reading.NewLog(d, journal.New(w.Source), w.Source)
	w.store = inspection.NewStore(d, w.Journal, w.Source, nil)
	w.store.Readings = w.log
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	w.Person("xa", "xa.second", "")
	text := func(s string) product.Text { return product.Text{"en": s} }
	w.store.Shelve(map[product.ID]product.Sheet{
		shoe:   {Seq: 70, ID: shoe, State: product.Published, Organisation: w.Body["holder"].Number},
		plain:  {Seq: 71, ID: plain, State: product.Published},
		hidden: {Seq: 72, ID: hidden, State: product.Published, Audience: w.Body["xa"].Number},
	}, map[int64]product.Part{70: {Kind: product.Covert, Features: []product.Feature{{Title: text("Thread"), Genuine: text("Glows under UV")}}}, 72: {}})
	w.made = w.report("xa.officer")
	return w
}

func (w *world) report(who string) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], operationtest.Code, seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: "2017-02-09", Language: "en",
		Conveyance: goods.Coded{Code: "mail"}, Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: "XA"}, Goods: []goods.Line{{Category: "FTW"}}})
	w.Must(err)
	return c
}

func atHand() inspection.Opening {
	return inspection.Opening{ID: inspection.ID(id()), Sheet: product.Name{ID: shoe}, Kind: inspection.Goods, Number: "MSKU 123456-5", Place: "Shed 4, Port of A"}
}

func (w *world) ofCase(c seizure.Case) inspection.Opening {
	return inspection.Opening{ID: inspection.ID(id()), Sheet: product.Name{ID: shoe}, Kind: inspection.OfCase, Operation: operationtest.Code, Case: c.Reference}
}

func (w *world) open(who string, o inspection.Opening) inspection.Inspection {
	w.T.Helper()
	i, _, err := w.store.Open(w.T.Context(), w.Actor[who], o)
	w.Must(err)
	return i
}

// opened tells whether somebody reads the covert features of the shoe.
func (w *world) opened(who string) bool {
	w.T.Helper()
	v, err := w.store.Read(w.T.Context(), w.Actor[who], product.Name{ID: shoe})
	w.Must(err)
	if (v.Part == nil) != (v.Running == nil) || v.Part != nil && (v.Mark == "" || v.Part.Features[0].Title["en"] != "Thread") {
		w.T.Errorf("half open: %+v", v)
	}
	return v.Part != nil
}

// TestOneOfficerForADay: covert features open to the one who said which goods, until
// the same time tomorrow.
func TestOneOfficerForADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if w.opened("xa.officer") {
			t.Fatal("open before anybody opened it")
		}
		draft := atHand()
		i := w.open("xa.officer", draft)
		if i.Until.Sub(i.At) != 24*time.Hour || i.Product != 70 || i.Seq == 0 {
			t.Errorf("%+v", i)
		}
		if !w.opened("xa.officer") || w.opened("xa.second") || w.opened("xa") || w.opened("xb.officer") || w.opened("wco") {
			t.Error("open to whom it was not opened, or not to whom it was")
		}
		again, fresh, err := w.store.Open(t.Context(), w.Actor["xa.officer"], draft)
		if err != nil || fresh || again != i {
			t.Errorf("the same again: %+v %v %v", again, fresh, err)
		}
		draft.Place = "Elsewhere"
		if _, _, err := w.store.Open(t.Context(), w.Actor["xa.officer"], draft); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same id with other words: %v", err)
		}
		if _, _, err := w.store.Open(t.Context(), w.Actor["xa.second"], draft); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same id by a colleague: %v", err)
		}
		w.Source.Set(i.Until.Add(-time.Microsecond))
		if !w.opened("xa.officer") {
			t.Error("closed before the day is over")
		}
		w.Source.Set(i.Until)
		if w.opened("xa.officer") {
			t.Error("open after a day")
		}
	})
}

// TestOfWhichCase: only of a reported case of one's own organisation that one reads.
func TestOfWhichCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.open("xa.officer", w.ofCase(w.made))
		v, err := w.store.Read(t.Context(), w.Actor["xa.officer"], product.Name{ID: shoe})
		if err != nil || v.Case != w.made.Reference || v.Within != string(operationtest.Code) {
			t.Errorf("%q in %q, %v", v.Case, v.Within, err)
		}
		draft, err := w.cases.Save(t.Context(), w.Actor["xa.officer"], operationtest.Code, seizure.Draft{ID: seizure.ID(id()), Country: "XA", Day: "2017-02-09", Language: "en"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		elsewhere := w.ofCase(w.made)
		elsewhere.Operation = "nowhere"
		library := w.ofCase(w.made)
		library.Operation = operation.Library
		want := ""
		for name, try := range map[string]struct {
			who string
			d   inspection.Opening
		}{
			"of no case": {"xa.officer", w.ofCase(seizure.Case{Reference: "S-17-00000-X"})}, "of another's": {"xb.officer", w.ofCase(w.made)},
			"of a draft": {"xa.officer", w.ofCase(draft)}, "in no operation": {"xa.officer", elsewhere}, "in the library": {"xa.officer", library},
			"by who reads no cases": {"xa.second", w.ofCase(w.made)},
		} {
			_, _, err := w.store.Open(t.Context(), w.Actor[try.who], try.d)
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if want == "" {
				want = err.Error()
			}
			if err.Error() != want || !strings.Contains(want, "case: inspection.case") {
				t.Errorf("%s: %v, another is told %v", name, err, want)
			}
		}
	})
}

// TestWhatIsSaid holds what an opening must say.
func TestWhatIsSaid(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for want, change := range map[string]func(*inspection.Opening){
		"kind: inspection.kind": func(o *inspection.Opening) { o.Kind = "" }, "number: fault.required": func(o *inspection.Opening) { o.Number = " " },
		"number: inspection.number": func(o *inspection.Opening) { o.Number = "the blue one" }, "place: fault.required": func(o *inspection.Opening) { o.Place = "" },
		"id: fault.not-an-id": func(o *inspection.Opening) { o.ID = "1" }, "case: fault.required": func(o *inspection.Opening) { o.Kind, o.Operation = inspection.OfCase, "tide" },
		"operation: fault.required": func(o *inspection.Opening) { o.Kind, o.Case = inspection.OfCase, "S-17" },
	} {
		o := atHand()
		change(&o)
		if _, _, err := w.store.Open(t.Context(), w.Actor["xa.officer"], o); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestForWhomNothingIsThere: strangers, holders, observers, and whoever may not read
// the sheet get one answer; so does everybody for a sheet with nothing covert.
func TestForWhomNothingIsThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, who := range []string{"holder", "observer", "gone.officer", "stranger"} {
			w.Missing(who, func(a access.Actor) error {
				_, _, err := w.store.Open(t.Context(), a, atHand())
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Read(t.Context(), a, product.Name{ID: shoe})
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Picture(t.Context(), a, product.Name{ID: shoe}, 1)
				return err
			})
		}
		for _, sheet := range []product.ID{plain, hidden, "01890a5d-ac96-774b-bccf-dddddddddddd"} {
			o := atHand()
			o.Sheet.ID = sheet
			if _, _, err := w.store.Open(t.Context(), w.Actor["xa.officer"], o); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", sheet, err)
			}
			if _, err := w.store.Read(t.Context(), w.Actor["xa.officer"], product.Name{ID: sheet}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s is read: %v", sheet, err)
			}
		}
		w.open("xa.officer", atHand())
		if _, err := w.store.Picture(t.Context(), w.Actor["xa.officer"], product.Name{ID: shoe}, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("a picture that is not there: %v", err)
		}
	})
}

// TestWhatIsKept: the entry is for the own organisation and coordination, names the
// case by numbers only, and rows are what entries say; readings are noted.
func TestWhatIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var before int64
		size := func() (n int64) {
			w.Must(d.Read(t.Context(), func(tx *db.Tx) error {
				o, err := operation.ByCode(tx, operationtest.Code)
				if err == nil {
					n, err = journal.Size(tx, o.Number)
				}
				return err
			}))
			return n
		}
		before = size()
		i := w.open("xa.officer", w.ofCase(w.made))
		if !w.opened("xa.officer") {
			t.Fatal("not open")
		}
		if size() != before {
			t.Error("the journal of the case's operation was written")
		}
		w.Must(w.log.Flush(context.Background()))
		w.Must(d.Read(t.Context(), func(tx *db.Tx) error {
			o, err := operation.ByCode(tx, operation.Library)
			w.Must(err)
			stored, err := journal.ContentOf(tx, o.Number, i.Seq)
			w.Must(err)
			if strings.Contains(stored.Content, w.made.Reference) || strings.Contains(stored.Content, string(operationtest.Code)) {
				t.Error("the entry names the case: " + stored.Content)
			}
			for _, who := range []string{"xa", "wco", "xb", "holder"} {
				st, err := operation.Enter(tx, w.Source.Now(), w.Actor[who], operation.Library, access.OperationRead)
				w.Must(err)
				list, err := st.Readable(tx)
				w.Must(err)
				all, err := journal.Between(tx, o.Number, i.Seq-1, i.Seq+1, list, 10)
				w.Must(err)
				if got, want := len(all) == 1, who == "xa" || who == "wco"; got != want {
					t.Errorf("%s reads the entry: %v", who, got)
				}
			}
			days, err := inspection.Days(tx, o.Number, db.List{70, 71})
			if len(days) != 1 || days[0] != (inspection.Day{Product: 70, Organisation: w.Body["xa"].Number, Day: "2017-02-09", Openings: 1}) {
				t.Errorf("%+v", days)
			}
			notes, err2 := reading.Holders(tx, o.Number, reading.Covert, db.List{70})
			if err2 != nil || len(notes) != 1 {
				t.Errorf("readings: %v, %v", notes, err2)
			}
			return err
		}))
	})
}

func TestMark(t *testing.T) {
	at := time.Date(2017, 2, 10, 5, 4, 0, 0, time.FixedZone("", 9*3600))
	for want, o := range map[string]organisation.Organisation{
		"3f9a01bc XACA 2017-02-09 20:04Z":  {Abbreviation: "XACA", Country: "XA", Number: 3},
		"3f9a01bc XA #3 2017-02-09 20:04Z": {Abbreviation: "ج م", Country: "XA", Number: 3},
		"3f9a01bc #4 2017-02-09 20:04Z":    {Number: 4},
	} {
		if got := inspection.MarkOf("01890a5d-ac96-774b-bccf-dddd3f9a01bc", o, at); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
