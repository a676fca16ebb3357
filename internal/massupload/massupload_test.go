package massupload_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/massupload"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/product/producttest"
)

type world struct {
	*producttest.World
	store *massupload.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{World: producttest.New(t, d)}
	w.store = massupload.NewStore(d, w.Source, w.Files, w.Products)
	return w
}

// book fills the template in, in a language: values by row and column, and a picture
// of its own for each of those cells.
func book(t testing.TB, lang i18n.Lang, rows []map[string]string, pictures map[string]int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := massupload.Template(&b, i18n.NewPrinter(lang), []string{"Orva"}, "2018-01-31"); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetName(0)
	for i, row := range rows {
		for c, column := range massupload.Columns() {
			cell, err := excelize.CoordinatesToCellName(c+1, i+3)
			if err == nil && row[column] != "" {
				err = f.SetCellValue(sheet, cell, row[column])
			}
			if grey := pictures[fmt.Sprint(i, " ", column)]; err == nil && grey > 0 {
				err = f.AddPictureFromBytes(sheet, cell, &excelize.Picture{Extension: ".png", File: shot(t, grey), Format: &excelize.GraphicOptions{}})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func shot(t testing.TB, grey int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: uint8(grey)}.Y
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func shoe(number string) map[string]string {
	return map[string]string{"number": number, "brand": "orva sport", "name": "Shoe " + number, "category": "Footwear", "hs": "6404; 6403.99", "gtin": "4006381333931",
		"language": "en", "valid": "2018-01-31", "title.1": "Seam", "genuine.1": "Double", "fake.1": "Single"}
}

func (w *world) hand(who string, file []byte) attachment.ID {
	w.T.Helper()
	id, err := w.store.Hand(w.T.Context(), w.Actor[who], "sheets.xlsx", bytes.NewReader(file))
	w.Must(err)
	return id
}

func (w *world) look(who string, id attachment.ID) massupload.Look {
	w.T.Helper()
	l, err := w.store.Look(w.T.Context(), w.Actor[who], id, "")
	w.Must(err)
	return l
}

func (w *world) save(id attachment.ID, replace bool) massupload.Step {
	w.T.Helper()
	s, err := w.store.Save(w.T.Context(), w.Actor["holder"], id, "", replace)
	w.Must(err)
	return s
}

// entries counts what the library's journal holds.
func (w *world) entries() (n int64) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, operation.Library)
		if err == nil {
			n, err = journal.Size(tx, o.Number)
		}
		return err
	}))
	return n
}

// TestRowsBecomeDrafts: looked at, saved, again without any change, published.
func TestRowsBecomeDrafts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		rows := []map[string]string{shoe("A-1"), shoe("A-2"), shoe("A-3")}
		delete(rows[2], "title.1")
		delete(rows[2], "genuine.1")
		delete(rows[2], "fake.1")
		file := book(t, i18n.Lang("en"), rows, map[string]int{"0 genuine-picture.1": 10, "0 fake-picture.1": 20, "1 fake-picture.3": 30})
		id := w.hand("holder", file)
		before := w.entries()
		l := w.look("holder", id)
		if l.Fault != nil || len(l.Rows) != 3 || l.Count(massupload.New) != 3 || l.Rows[0].Pictures != 2 || len(l.Rows[2].Lacks) == 0 || len(l.Unknown) != 0 {
			t.Fatalf("%+v", l)
		}
		if w.entries() != before {
			t.Error("a look has written something")
		}
		if s := w.save(id, false); s.Done != 3 || s.More || len(s.Bad) > 0 {
			t.Fatalf("%+v", s)
		}
		before = w.entries()
		again := w.hand("holder", file)
		if s := w.save(again, true); s.Done != 0 || w.entries() != before+1 { // the file itself
			t.Errorf("running again changed something: %+v, %d entries more", s, w.entries()-before-1)
		}
		found, err := w.Products.Find(t.Context(), w.Actor["holder"], product.Query{Own: true})
		w.Must(err)
		if len(found.Items) != 3 || found.Items[2].State != product.Draft || found.Items[2].Sheet.Category != "FTW" || len(found.Items[2].Pairs) != 1 || len(found.Items[2].HS) != 2 {
			t.Errorf("%+v", found.Items)
		}
		if got, err := w.Products.Find(t.Context(), w.Actor["xa.officer"], product.Query{}); err != nil || len(got.Items) != 0 {
			t.Errorf("customs sees drafts: %v %v", got.Items, err)
		}
		if n := w.look("holder", again).Waiting(); n != 2 {
			t.Errorf("%d drafts wait", n)
		}
		if _, err := w.store.Publish(t.Context(), w.Actor["holder"], again, "", product.To{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("published for nobody: %v", err)
		}
		s, err := w.store.Publish(t.Context(), w.Actor["holder"], again, "", product.To{All: true})
		if err != nil || s.Done != 2 {
			t.Errorf("%+v %v", s, err)
		}
		if got, err := w.Products.Find(t.Context(), w.Actor["xa.officer"], product.Query{}); err != nil || len(got.Items) != 2 {
			t.Errorf("customs finds %v %v", got.Items, err)
		}
		if l := w.look("holder", again); l.Count(massupload.Published) != 2 || l.Waiting() != 0 {
			t.Errorf("%d published, %d wait", l.Count(massupload.Published), l.Waiting())
		}
	})
}

// TestHandsAreNotOverwritten: a draft that somebody changed stays, unless told; a new
// picture in the same cell is another draft.
func TestHandsAreNotOverwritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		row := shoe("A-1")
		pictures := map[string]int{"0 genuine-picture.1": 10}
		w.save(w.hand("holder", book(t, "fr", []map[string]string{row}, pictures)), false)
		row["name"] = "Shoe in another colour"
		pictures["0 genuine-picture.1"] = 99
		id := w.hand("holder", book(t, "ar", []map[string]string{row}, pictures))
		if l := w.look("holder", id); l.Count(massupload.Differs) != 1 {
			t.Fatalf("%+v", l.Rows)
		}
		if s := w.save(id, false); s.Done != 0 {
			t.Error("overwritten")
		}
		if s := w.save(id, true); s.Done != 1 || len(s.Bad) > 0 {
			t.Errorf("not replaced: %+v", s)
		}
		if l := w.look("holder", id); l.Count(massupload.Same) != 1 {
			t.Errorf("%+v", l.Rows)
		}
	})
}

// TestWhatIsWrongByCell names each cell.
func TestWhatIsWrongByCell(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for column, change := range map[string]func(map[string]string){
		"brand fault": func(r map[string]string) { r["brand"] = "Zento" }, "number fault": func(r map[string]string) { r["number"] = strings.Repeat("9", 101) },
		"category fault": func(r map[string]string) { r["category"] = "Unicorns" }, "gtin fault": func(r map[string]string) { r["gtin"] = "4006381333932" },
		"hs fault": func(r map[string]string) { r["hs"] = "99" }, "valid fault": func(r map[string]string) { r["valid"] = "soon" },
		"language fault": func(r map[string]string) { r["language"] = "klingon" }, "genuine-picture.2 fault": func(r map[string]string) { r["genuine-picture.2"] = "photo.jpg" },
	} {
		want, _, _ := strings.Cut(column, " ")
		row := shoe("A-1")
		change(row)
		l := w.look("holder", w.hand("holder", book(t, "en", []map[string]string{row, shoe("A-2")}, nil)))
		if len(l.Rows) != 2 || l.Rows[0].State != massupload.Wrong || l.Rows[0].Problems[0].Column != want || l.Rows[0].Line != 3 || l.Rows[1].State != massupload.New {
			t.Errorf("%s: %+v", want, l.Rows)
		}
	}
	twice := w.look("holder", w.hand("holder", book(t, "en", []map[string]string{shoe("A-1"), shoe("A-1")}, nil)))
	if twice.Count(massupload.Wrong) != 1 {
		t.Errorf("the same number twice: %+v", twice.Rows)
	}
}

// TestFilesThatAreNone are refused before anything of them is read.
func TestFilesThatAreNone(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for name, file := range map[string][]byte{"nothing": nil, "a zip": []byte("PK\x03\x04 and nothing"), "quotes": []byte("a,\"b\nc,d\n")} {
		if _, err := w.store.Hand(t.Context(), w.Actor["holder"], "x", bytes.NewReader(file)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.store.Hand(t.Context(), w.Actor["holder"], "x", bytes.NewReader(make([]byte, massupload.MaxFile+1))); !fault.Is(err, fault.TooLarge) {
		t.Errorf("too large: %v", err)
	}
	l := w.look("holder", w.hand("holder", []byte("Name,Place\nA,B\n")))
	if l.Fault == nil || l.Fault.Key != "massupload.not-the-template" {
		t.Errorf("%+v", l.Fault)
	}
	var rows strings.Builder
	rows.WriteString("number,brand,name\n")
	for i := range massupload.MaxRows + 1 {
		fmt.Fprintf(&rows, "%d,Orva,Shoe\n", i)
	}
	if l := w.look("holder", w.hand("holder", []byte(rows.String()))); l.Fault == nil || l.Fault.Key != "massupload.too-many-rows" {
		t.Errorf("%+v", l.Fault)
	}
}

// TestDelimitedFiles come in, too, in the usual encodings.
func TestDelimitedFiles(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	for name, file := range map[string]string{"commas": "number,brand,name\nA,Orva,Café\n", "a mark and semicolons": "\xEF\xBB\xBFnumber;brand;name\r\nA;Orva;Café\r\n",
		"old": "number\tbrand\tname\nA\tOrva\tCaf\xe9\n"} {
		l := w.look("holder", w.hand("holder", []byte(file)))
		if l.Fault != nil || len(l.Rows) != 1 || l.Rows[0].Name != "Café" || l.Rows[0].State != massupload.New {
			t.Errorf("%s: %+v %+v", name, l.Fault, l.Rows)
		}
	}
}

// TestWhoMay: a file is its writer's alone, and nobody of customs hands one in.
func TestWhoMay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		id := w.hand("holder", book(t, "en", []map[string]string{shoe("A-1")}, nil))
		for _, who := range []string{"rival", "xa", "xa.officer", "wco", "observer", "stranger"} {
			if _, err := w.store.Look(t.Context(), w.Actor[who], id, ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s looks: %v", who, err)
			}
			if _, err := w.store.Save(t.Context(), w.Actor[who], id, "", false); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s saves: %v", who, err)
			}
			if _, err := w.store.Publish(t.Context(), w.Actor[who], id, "", product.To{All: true}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s publishes: %v", who, err)
			}
			if who == "rival" {
				continue
			}
			if _, err := w.store.Hand(t.Context(), w.Actor[who], "x", strings.NewReader("a")); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s hands in: %v", who, err)
			}
		}
		if _, err := w.store.Look(t.Context(), w.Actor["holder"], id, w.Body["rival"].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("for another: %v", err)
		}
	})
}
