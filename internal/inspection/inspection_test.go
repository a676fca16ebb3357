package inspection_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/inspection"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/product/producttest"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

type world struct {
	*producttest.World
	store *inspection.Store
	cases *seizure.Store
	log   *reading.Log
	made  seizure.Case // of xa, released
	// sheets: one with covert features and a picture, one without, one that xa may not read
	shoe, plain, hidden product.Sheet
	shot                attachment.ID // of the shoe
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: producttest.New(t, d)}
	w.log = reading.NewLog(d, journal.New(w.Source), w.Source)
	w.store = inspection.NewStore(d, w.Journal, w.Source, w.Files)
	w.store.Readings = w.log
	w.cases = seizure.NewStore(d, w.Journal, w.Source)
	w.Person("xa", "xa.second", "")
	all := product.To{All: true}
	w.shoe, w.plain = w.Publish("holder", producttest.Content("Shoe"), all), w.Publish("holder", producttest.Content("Plain"), all)
	w.hidden = w.Publish("holder", producttest.Content("Hidden"), product.To{Countries: []string{"XB"}})
	w.shot = w.Hide("holder", w.shoe)
	w.Hide("holder", w.hidden)
	w.made = w.report("xa.officer")
	return w
}

func (w *world) report(who string) seizure.Case {
	w.T.Helper()
	c, err := w.cases.Report(w.T.Context(), w.Actor[who], operationtest.Code, seizure.Draft{ID: seizure.ID(w.ID()), Country: "XA", Day: "2017-02-09", Language: "en",
		Conveyance: goods.Coded{Code: "mail"}, Origin: goods.Coded{Code: "XQ"}, Destination: goods.Coded{Code: "XA"}, Goods: []goods.Line{{Category: "FTW"}}})
	w.Must(err)
	return c
}

func (w *world) atHand() inspection.Opening {
	return inspection.Opening{ID: inspection.ID(w.ID()), Sheet: product.Name{ID: w.shoe.ID}, Kind: inspection.Goods, Number: "MSKU 123456-5", Place: "Shed 4, Port of A"}
}

func (w *world) ofCase(c seizure.Case) inspection.Opening {
	return inspection.Opening{ID: inspection.ID(w.ID()), Sheet: product.Name{ID: w.shoe.ID}, Kind: inspection.OfCase, Operation: operationtest.Code, Case: c.Reference}
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
	v, err := w.store.Read(w.T.Context(), w.Actor[who], product.Name{ID: w.shoe.ID})
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
		draft := w.atHand()
		i := w.open("xa.officer", draft)
		if i.Until.Sub(i.At) != 24*time.Hour || i.Product != w.shoe.Seq || i.Seq == 0 {
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
		v, err := w.store.Read(t.Context(), w.Actor["xa.officer"], product.Name{ID: w.shoe.ID})
		if err != nil || v.Case != w.made.Reference || v.Within != string(operationtest.Code) {
			t.Errorf("%q in %q, %v", v.Case, v.Within, err)
		}
		draft, err := w.cases.Save(t.Context(), w.Actor["xa.officer"], operationtest.Code, seizure.Draft{ID: seizure.ID(w.ID()), Country: "XA", Day: "2017-02-09", Language: "en"}, 0)
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
		o := w.atHand()
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
		for _, who := range []string{"holder", "rival", "observer", "gone.officer", "stranger"} {
			w.Missing(who, func(a access.Actor) error {
				_, _, err := w.store.Open(t.Context(), a, w.atHand())
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Read(t.Context(), a, product.Name{ID: w.shoe.ID})
				return err
			})
			w.Missing(who, func(a access.Actor) error {
				_, err := w.store.Picture(t.Context(), a, product.Name{ID: w.shoe.ID}, 1)
				return err
			})
		}
		for _, sheet := range []product.ID{w.plain.ID, w.hidden.ID, "01890a5d-ac96-774b-bccf-dddddddddddd"} {
			o := w.atHand()
			o.Sheet.ID = sheet
			if _, _, err := w.store.Open(t.Context(), w.Actor["xa.officer"], o); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", sheet, err)
			}
			if _, err := w.store.Read(t.Context(), w.Actor["xa.officer"], product.Name{ID: sheet}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s is read: %v", sheet, err)
			}
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
			days, err := inspection.Days(tx, o.Number, db.List{w.shoe.Seq, w.plain.Seq})
			if len(days) != 1 || days[0] != (inspection.Day{Product: w.shoe.Seq, Organisation: w.Body["xa"].Number, Day: "2017-02-09", Openings: 1}) {
				t.Errorf("%+v", days)
			}
			notes, err2 := reading.Holders(tx, o.Number, reading.Covert, db.List{w.shoe.Seq})
			if err2 != nil || len(notes) != 1 {
				t.Errorf("readings: %v, %v", notes, err2)
			}
			return err
		}))
	})
}

// TestPicturesCarryTheirReader: a covert picture is given through an inspection only,
// and each reader gets another one.
func TestPicturesCarryTheirReader(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		name := product.Name{ID: w.shoe.ID}
		if _, err := w.store.Picture(t.Context(), w.Actor["xa.officer"], name, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("given before anything is open: %v", err)
		}
		for _, who := range []string{"xa.officer", "xb.officer", "wco", "rival"} {
			if _, err := w.Files.Open(t.Context(), w.Actor[who], operation.Library, attachment.Name{ID: w.shot, Organisation: w.Body["holder"].ID}, attachment.Whole); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s has it as an attachment: %v", who, err)
			}
		}
		plain, err := w.Files.Open(t.Context(), w.Actor["holder"], operation.Library, attachment.Name{ID: w.shot}, attachment.Whole)
		w.Must(err)
		defer plain.Close()
		first, err := io.ReadAll(plain)
		w.Must(err)
		got := [][]byte{first}
		for _, who := range []string{"xa.officer", "xb.officer"} {
			w.open(who, w.atHand())
			b, err := w.store.Picture(t.Context(), w.Actor[who], name, 1)
			w.Must(err)
			for _, other := range got {
				if bytes.Equal(b, other) {
					t.Errorf("%s has the picture of another", who)
				}
			}
			got = append(got, b)
			for _, n := range []int{0, 2, -1} {
				if _, err := w.store.Picture(t.Context(), w.Actor[who], name, n); !fault.Is(err, fault.NotFound) {
					t.Errorf("picture %d: %v", n, err)
				}
			}
		}
		w.Must(w.Products.Withdraw(t.Context(), w.Actor["holder"], name, "Wrong."))
		if _, err := w.store.Picture(t.Context(), w.Actor["xa.officer"], name, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("given of a sheet that was withdrawn: %v", err)
		}
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
