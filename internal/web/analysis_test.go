package web_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	rowOf     = regexp.MustCompile(`(?s)<tr role="row" class="">\s*<th role="rowheader"[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>`)
	markup    = regexp.MustCompile(`<[^>]*>`)
	barLabels = regexp.MustCompile(`class="bar-value"[^>]*>[^0-9<]*([0-9,]+)`)
)

func unmarked(s string) string {
	return strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(s, "")))
}

// TestAnalysisSaysOneThing: sentence, picture, table, file and JSON give the same
// figures, and each group opens as many cases as it says.
func TestAnalysisSaysOneThing(t *testing.T) {
	w := newWorld(t)
	c := w.as("analyst")
	for _, q := range []string{"group=country", "group=category&from=2017-02-06", "group=conveyance&category=FTW", "group=month", "group=detection"} {
		page := c.get(inAction + "analysis/?" + q)
		page.isStatus(t, q, http.StatusOK)
		file := strings.TrimPrefix(c.get(inAction+"analysis/?format=csv&"+q).body, "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%s: %d rows, %v", q, len(rows), err)
		}
		var answer struct {
			Cases  int64
			Groups []struct {
				Value string
				Cases int64
			}
		}
		if err := json.Unmarshal([]byte(c.get(inAction+"analysis/?format=json&"+q).body), &answer); err != nil {
			t.Fatal(err)
		}
		table, bars := rowOf.FindAllStringSubmatch(page.body, -1), barLabels.FindAllStringSubmatch(page.body, -1)
		if len(table) != min(50, len(rows)-1) || len(answer.Groups) != len(rows)-1 {
			t.Errorf("%s: %d rows in the table, %d in the file, %d groups", q, len(table), len(rows)-1, len(answer.Groups))
		}
		for i, row := range table {
			want := rows[i+1][2]
			if got := strings.ReplaceAll(unmarked(row[2]), ",", ""); got != want || unmarked(row[1]) != rows[i+1][1] || strconv.FormatInt(answer.Groups[i].Cases, 10) != want {
				t.Errorf("%s, row %d: the table says %q %q, the file %q %q, JSON %d", q, i, unmarked(row[1]), got, rows[i+1][1], want, answer.Groups[i].Cases)
			}
			if i < len(bars) && strings.ReplaceAll(bars[i][1], ",", "") != want {
				t.Errorf("%s, bar %d says %q, the file %q", q, i, bars[i][1], want)
			}
		}
		if !strings.Contains(page.body, strconv.FormatInt(answer.Cases, 10)+" cases") && answer.Cases < 1000 {
			t.Errorf("%s: the sentence does not say %d cases", q, answer.Cases)
		}
		link := regexp.MustCompile(`href="([^"]+)"`).FindStringSubmatch(table[0][1])
		if link == nil {
			t.Fatalf("%s: the first group opens nothing", q)
		}
		list := c.get(html.UnescapeString(link[1]))
		list.isStatus(t, link[1], http.StatusOK)
		if list.says(t, link[1], unmarked(table[0][2])); t.Failed() {
			return
		}
	}
}

// TestAnalysisOfOthers: who may not analyse finds nothing there; an officer asks of
// what the officer may read.
func TestAnalysisOfOthers(t *testing.T) {
	w := newWorld(t)
	for _, who := range []string{"observer", "right-holder", "stranger", "auditor", "trainer", ""} {
		for _, path := range []string{"analysis/", "analysis/map", "analysis/keep?group=route", "analysis/?format=csv"} {
			if a := w.as(who).get(inAction + path); a.status != http.StatusNotFound && (who != "" || a.status != http.StatusUnauthorized && a.status != http.StatusSeeOther) {
				t.Errorf("%s, %s: %d", who, path, a.status)
			}
		}
	}
	officer := w.as("officer")
	empty := officer.get(inAction + "analysis/?group=brand&country=XE&from=2017-12-30")
	empty.isStatus(t, "no case", http.StatusOK)
	empty.says(t, "no case", "No case has these values", "Without")
	for _, bad := range []string{"group=nonsense", "group=country&split=country", "from=2017-99-99", "class=%22%3E%3Cscript%3E", "compare=nothing", "organisation=-1"} {
		officer.get(inAction+"analysis/?"+bad).isStatus(t, bad, http.StatusOK)
	}
}

// TestComparison: published figures stand beside one's own, what was not published is
// no zero, and every earlier operation can be chosen under every question.
func TestComparison(t *testing.T) {
	w := newWorld(t)
	c := w.as("analyst")
	_, form, _ := strings.Cut(c.get(inAction+"analysis/?group=category").body, `name="compare"`)
	form, _, _ = strings.Cut(form, "</select>")
	ids := regexp.MustCompile(`<option value="([^"]+)"`).FindAllStringSubmatch(form, -1)
	if len(ids) < 3 {
		t.Fatalf("%d earlier operations are offered", len(ids))
	}
	unknown := 0
	for i, id := range ids {
		group := []string{"category", "conveyance", "origin", "day"}[i%4]
		a := c.get(inAction + "analysis/?group=" + group + "&compare=" + url.QueryEscape(html.UnescapeString(id[1])))
		a.isStatus(t, id[1], http.StatusOK)
		a.says(t, id[1], "This operation", "As published: nothing is converted or computed.")
		unknown += strings.Count(a.body, "Not published")
	}
	if unknown == 0 {
		t.Error("everything was published")
	}
}

// TestQuestionsAreKept: under a name, shared, and dropped again.
func TestQuestionsAreKept(t *testing.T) {
	w := newWorld(t)
	analyst, officer := w.as("analyst"), w.as("officer")
	at := inAction + "analysis/keep?group=route&category=FTW"
	analyst.post(at, url.Values{"name": {" "}}).isStatus(t, "no name", http.StatusUnprocessableEntity)
	made := analyst.post(at, url.Values{"name": {"Shoes and roads"}, "shared": {"1"}})
	made.isStatus(t, "kept", http.StatusSeeOther)
	analyst.get(made.location).says(t, "kept", "Shoes and roads")
	officer.get(inAction+"analysis/").says(t, "shared", "Shoes and roads")
	id := regexp.MustCompile(`name="id" value="([0-9a-f-]{36})"`).FindStringSubmatch(analyst.get(at).body)
	if id == nil {
		t.Fatal("nothing to drop")
	}
	officer.post(inAction+"analysis/drop", url.Values{"id": {id[1]}}).isStatus(t, "another's", http.StatusNotFound)
	analyst.post(inAction+"analysis/drop", url.Values{"id": {id[1]}}).isStatus(t, "own", http.StatusSeeOther)
	officer.get(inAction+"analysis/").silent(t, "dropped", "Shoes and roads")
}

// TestMapAndTwoWayTable: the map says what it does not say, its picture is a file, and a
// two-way table has the figures of its file.
func TestMapAndTwoWayTable(t *testing.T) {
	w := newWorld(t)
	c := w.as("analyst")
	page := c.get(inAction + "analysis/map")
	page.says(t, "map", "expresses no opinion on the status of any territory", `class="map-flow"`, "viewBox")
	file := c.get(inAction + "analysis/map?format=svg")
	if err := xml.Unmarshal([]byte(file.body), new(struct{ XMLName xml.Name })); err != nil || file.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the picture of the map: %v, %s", err, file.header.Get("Content-Type"))
	}
	file = c.get(inAction + "analysis/?group=country&format=svg")
	if err := xml.Unmarshal([]byte(file.body), new(struct{ XMLName xml.Name })); err != nil {
		t.Errorf("the picture of bars: %v", err)
	}
	cross := c.get(inAction + "analysis/?group=country&split=conveyance")
	cross.isStatus(t, "two-way", http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.get(inAction+"analysis/?group=country&split=conveyance&format=csv").body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 5 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	cells := regexp.MustCompile(`(?s)<td role="cell" class="number heat-[1-5]"[^>]*>.*?</td>`).FindAllString(cross.body, -1)
	var inPage, inFile int
	for _, cell := range cells {
		n, _ := strconv.Atoi(strings.ReplaceAll(unmarked(cell), ",", ""))
		inPage += n
	}
	for _, r := range rows[1:] {
		n, _ := strconv.Atoi(r[4])
		inFile += n
	}
	if inPage != inFile || inPage == 0 {
		t.Errorf("the cells add up to %d, the file to %d", inPage, inFile)
	}
}

// TestIssuedReports: one click issues, members and observers read, right holders do not.
func TestIssuedReports(t *testing.T) {
	w := newWorld(t)
	coordinator := w.as("coordinator")
	coordinator.get(inAction+"situation?day=2017-02-20").says(t, "live", "Issue this report")
	w.as("officer").get(inAction+"situation").silent(t, "an officer", "Issue this report")
	made := coordinator.post(inAction+"situation", url.Values{"day": {"2017-02-20"}, "note": {"Quiet at sea."}, "language": {"en"}})
	made.isStatus(t, "issued", http.StatusSeeOther)
	path, _, _ := strings.Cut(made.location, "?")
	for who, status := range map[string]int{"officer": 200, "observer": 200, "contact-point": 200, "right-holder": 404, "stranger": 404, "auditor": 404} {
		a := w.as(who).get(path)
		if a.isStatus(t, who, status); status == 200 {
			a.says(t, who, "Quiet at sea.", "20 Feb 2017")
			w.as(who).get(inAction+"situation/").says(t, who, path)
		}
	}
	w.as("officer").post(inAction+"situation", url.Values{"day": {"2017-02-20"}}).isStatus(t, "an officer issues", http.StatusNotFound)
	coordinator.post(inAction+"situation", url.Values{"day": {"2017-02-31"}}).isStatus(t, "no day", http.StatusUnprocessableEntity)
	coordinator.post(inAction+"situation/plan", url.Values{"time": {"late"}, "on": {"1"}}).isStatus(t, "no time", http.StatusUnprocessableEntity)
	coordinator.post(inAction+"situation/plan", url.Values{"time": {"07:15"}, "on": {"1"}, "of": {"before"}}).isStatus(t, "planned", http.StatusSeeOther)
	coordinator.get(inAction+"situation/").says(t, "the plan", "07:15", "of the day before")
	w.as("observer").get(inAction+"situation/").silent(t, "an observer", "07:15", "of the day before")
}

// TestWallNamesNobody: what hangs on a wall has figures and a map, no messages and no names of people.
func TestWallNamesNobody(t *testing.T) {
	w := newWorld(t)
	who := w.sessionOf("coordinator")
	whole, wall := w.as("coordinator").get(inAction), w.as("coordinator").get(inAction+"?wall=1")
	whole.says(t, "overview", who.Person.Name, `class="letters`, "Members that have reported", "What members brought")
	wall.says(t, "wall", `class="map-flow"`, `class="tiles"`)
	wall.silent(t, "wall", who.Person.Name, `class="letters`, "class=\"letter")
	if wall.header.Get("Refresh") == "" || whole.header.Get("Refresh") != "" {
		t.Error("a wall asks again by itself, and only a wall")
	}
}
