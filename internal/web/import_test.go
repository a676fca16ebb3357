package web_test

import (
	"bytes"
	"encoding/csv"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const seizuresCSV = "Date;Country;Goods;Quantity\n2017-02-07;Kenya;shoes;5\n2017-02-31;Kenya;shoes;7\n2017-02-08;Atlantis;shoes;1\n2017-02-08;Kenya;watches;2\n"

// handIn hands a sheet in and gives its address.
func (c *client) handIn(t *testing.T, name, text string) string {
	t.Helper()
	kind, body := fileForm(nil, map[string][]byte{name: []byte(text)})
	made := c.send(inAction+"import/", kind, body)
	at := made.header.Get("Location")
	if made.status != http.StatusSeeOther || !strings.HasPrefix(at, inAction+"import/") {
		t.Fatalf("handed in: %d %q\n%s", made.status, at, made.body)
	}
	return at
}

var anyTag = regexp.MustCompile(`<[^>]*>|[\x{2066}-\x{2069}]`)

// plainText is what a page says, without its marks.
func plainText(body string) string {
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(body, ""))), " ")
}

// From a file to cases by forms, without scripts.
func TestImportByForms(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	at := c.handIn(t, "seizures.csv", seizuresCSV)
	page := c.get(at)
	for _, want := range []string{"2 rows would be taken, 2 refused", "Atlantis", "2017-02-31", "Import</", "Quantity"} {
		if page.status != http.StatusOK || !strings.Contains(plainText(page.body), strings.TrimSuffix(want, "</")) {
			t.Errorf("the page lacks %q: %d", want, page.status)
		}
	}
	if got := c.post(at, url.Values{"step": {"look"}, "role.0": {"day"}, "role.1": {""}, "role.2": {"category"}, "role.3": {"quantity:KGM"}, "country": {"XA"}, "sheet": {""}, "sheet-was": {""}}); got.status != http.StatusSeeOther {
		t.Fatalf("chosen: %d", got.status)
	}
	if page = c.get(at); !strings.Contains(plainText(page.body), "3 rows would be taken, 1 refused") {
		t.Error("what was chosen is not how it is read")
	}
	if got := c.post(at, url.Values{"step": {"keep"}, "name": {"Monday"}}); got.status != http.StatusSeeOther {
		t.Errorf("kept: %d", got.status)
	}
	if got := c.post(at, url.Values{"step": {"keep"}, "name": {""}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", got.status)
	}
	if got := c.post(at, url.Values{"step": {"start"}}); got.status != http.StatusSeeOther {
		t.Fatalf("begun: %d", got.status)
	}
	if page = c.get(at); page.header.Get("Refresh") == "" || !strings.Contains(page.body, "<progress") {
		t.Error("no progress")
	}
	if _, err := w.app.Jobs.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	page = c.get(at)
	if !strings.Contains(page.body, at+"/refused") || page.header.Get("Refresh") != "" {
		t.Errorf("%s", plainText(page.body))
	}
	if got := c.get(at + "/refused"); got.status != http.StatusOK || !strings.Contains(got.body, `2017-02-31;Kenya;shoes;7;"Date: `) {
		t.Errorf("the copy: %d %s", got.status, got.body)
	}
	for _, persona := range []string{"contact-point", "coordinator", "observer", "right-holder", "stranger"} {
		if got := w.as(persona).get(at); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", persona, got.status)
		}
	}
	if start := c.get(inAction + "import/"); !strings.Contains(start.body, "Monday") || !strings.Contains(start.body, "seizures.csv") {
		t.Error("the room forgets")
	}
	if got := c.post(at, url.Values{"step": {"discard"}}); got.status != http.StatusSeeOther || c.get(at).status != http.StatusNotFound {
		t.Errorf("thrown away: %d", got.status)
	}
}

// What cannot be a sheet is told on the page.
func TestImportOfWhatIsNone(t *testing.T) {
	c := newWorld(t).as("officer")
	for name, text := range map[string]string{"a.xlsx": "PK\x03\x04 no", "b.csv": "no sheet at all", "c.csv": "a,b\n1,2\n"} {
		if page := c.get(c.handIn(t, name, text)); page.status != http.StatusOK || strings.Contains(page.body, `value="start"`) {
			t.Errorf("%s: %d", name, page.status)
		}
	}
	kind, body := fileForm(nil, nil)
	if got := c.send(inAction+"import/", kind, body); got.status != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", got.status)
	}
	if got := c.get(inAction + "import/nothing"); got.status != http.StatusNotFound {
		t.Errorf("no such sheet: %d", got.status)
	}
}

// A template that is filled in goes in without a word; its examples do not.
func TestTemplateFilledIn(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	got := c.get(inAction + "import/template.xlsx")
	f, err := excelize.OpenReader(bytes.NewReader([]byte(got.body)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetList()[0]
	if offers, err := f.GetDataValidations(sheet); err != nil || len(offers) < 8 {
		t.Errorf("%d lists to choose from, %v", len(offers), err)
	}
	head, _ := f.GetRows(sheet)
	row := map[string]string{"Case (Tidewaiter)": "T-1", "Date": "2017-02-07", "Country": "Kenya", "Category": "footwear", "Quantity": "5", "Unit": "pieces", "Mode of transport": "sea"}
	for i, h := range head[0] {
		name, _ := excelize.CoordinatesToCellName(i+1, 4)
		if row[h] != "" {
			_ = f.SetCellStr(sheet, name, row[h])
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	page := c.get(c.handIn(t, "filled.xlsx", b.String()))
	if !strings.Contains(plainText(page.body), "1 rows would be taken, 0 refused") {
		t.Errorf("%s", plainText(page.body))
	}
	if csv := c.get(inAction + "import/template.csv"); csv.status != http.StatusOK || !strings.HasPrefix(csv.body, "\ufeffCase (Tidewaiter),Date,") {
		t.Errorf("as CSV: %d", csv.status)
	}
	if other := w.as("observer").get(inAction + "import/template.xlsx"); other.status != http.StatusNotFound {
		t.Errorf("an observer: %d", other.status)
	}
}

// The list leads to a file of what it shows.
func TestExportFromTheList(t *testing.T) {
	w := newWorld(t)
	c := w.as("officer")
	if list := c.get(inAction + "c/?country=XA"); !strings.Contains(list.body, "/export?country=XA") {
		t.Error("the list does not lead to an export")
	}
	if page := c.get(inAction + "export?country=XA"); page.status != http.StatusOK || !strings.Contains(page.body, `name="country" value="XA"`) {
		t.Errorf("the page: %d", page.status)
	}
	got := c.get(inAction + "export?format=csv&country=XA")
	if got.status != http.StatusOK || !strings.Contains(got.header.Get("Content-Disposition"), ".csv") || !strings.Contains(got.body, "S-17-") {
		t.Errorf("%d %v", got.status, got.header)
	}
	rows, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows[1:] {
		if at := slices.Index(rows[0], "Country"); row[at] != "XA" {
			t.Errorf("a case of %s", row[at])
		}
	}
	if _, err := excelize.OpenReader(bytes.NewReader([]byte(c.get(inAction + "export?format=xlsx").body))); err != nil {
		t.Error(err)
	}
	for _, persona := range []string{"observer", "right-holder", "stranger"} {
		for _, path := range []string{"export", "export?format=csv", "import/"} {
			if got := w.as(persona).get(inAction + path); got.status != http.StatusNotFound {
				t.Errorf("%s %s: %d", persona, path, got.status)
			}
		}
	}
}
