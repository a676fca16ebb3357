package kit

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// TestEveryCountryHasAPlace, and no code that ISO leaves to its users has one.
func TestEveryCountryHasAPlace(t *testing.T) {
	n := 0
	for _, code := range codelist.Country.Codes() {
		at, ok := places()[code]
		if ok == codelist.UserAssigned(code) {
			t.Errorf("%s: has a place: %v", code, ok)
		}
		if at.x < -180 || at.x > 180 || at.y < -90 || at.y > 90 {
			t.Errorf("%s lies at %v", code, at)
		}
		if ok {
			n++
		}
	}
	if n != len(places()) || n < 240 {
		t.Errorf("%d places, of %d codes", len(places()), n)
	}
}

// TestProjection: Equal Earth keeps to its published extent, and no two rows cross.
func TestProjection(t *testing.T) {
	east, north := project(point{180, 0}), project(point{0, 90})
	if east.x < 2.7066 || east.x > 2.7067 || north.y > -1.3172 || north.y < -1.3174 {
		t.Errorf("the map ends at %v and %v", east, north)
	}
	for y := -89.0; y < 90; y++ {
		if project(point{10, y + 1}).y >= project(point{10, y}).y {
			t.Errorf("at %v degrees the map folds", y)
		}
	}
}

func flowsForTest() FlowMap {
	return FlowMap{ID: "f", Caption: "Most from CN", Note: "No opinion.", Top: 2, Table: Table{Caption: "Flows", Columns: []Column{{Head: "x"}}},
		Flows: []Flow{{"CN", "TH", 34}, {"TH", "CN", 12}, {"CN", "US", 7}, {"XX", "CN", 5}, {"CN", "CN", 3}}}
}

// TestMapsAreNotMirrored: the picture is the same whatever the reading direction.
func TestMapsAreNotMirrored(t *testing.T) {
	m := flowsForTest()
	en, ar := m.draw(page(i18n.English)), m.draw(page("ar"))
	if len(en.lines) != 2 || m.Missing() != 2 {
		t.Errorf("%d lines are drawn, %d flows have no place", len(en.lines), m.Missing())
	}
	for i := range en.lines {
		if en.lines[i].path != ar.lines[i].path {
			t.Errorf("line %d is %s and %s", i, en.lines[i].path, ar.lines[i].path)
		}
	}
	cn, th := m.draw(page(i18n.English)).ends[0], m.draw(page(i18n.English)).ends[1]
	if cn.code != "CN" || th.code != "TH" || cn.at.x <= th.at.x || cn.at.y >= th.at.y || cn.label == nil || th.label == nil {
		t.Errorf("China lies at %v, Thailand at %v", cn, th)
	}
}

// TestPicturesStandAlone: files of pictures are well formed, whatever is written in them.
func TestPicturesStandAlone(t *testing.T) {
	const evil = `<script>x</script>" & ]]>`
	m := flowsForTest()
	m.Caption, m.Note = evil, evil
	for _, lang := range []i18n.Lang{i18n.English, "ar"} {
		p := page(lang)
		for name, c := range map[string]templ.Component{
			"bars": BarFile(p, BarChart{ID: "b", Caption: evil, Bars: []Bar{{Label: evil, Value: 3}, {Label: "b", Value: 1}}}),
			"days": LineFile(p, DayLine{ID: "d", Caption: evil, Days: []DayValue{{Day: "2017-02-06", Value: 1}, {Day: "2017-02-07", Value: 3}}}),
			"map":  FlowFile(p, m),
		} {
			text := render(t, c)
			if strings.Contains(text, "<script>") {
				t.Errorf("%s lets markup through", name)
			}
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s, %s: %v\n%s", name, lang, err, text)
				}
			}
			if !strings.Contains(text, `xmlns="http://www.w3.org/2000/svg"`) {
				t.Errorf("%s is no file of its own", name)
			}
		}
	}
}

// TestHeatGrowsWithItsFigures: the largest is darkest, nothing is empty.
func TestHeatGrowsWithItsFigures(t *testing.T) {
	h := Heat{Caption: "c", Label: "l", Columns: []string{"a", "b", "c"}, Rows: []HeatRow{{"r", []HeatCell{{Value: 1}, {Value: 0}, {Value: 100}}}}}
	for value, want := range map[int64]string{0: "", 1: "heat-1", 20: "heat-1", 21: "heat-2", 60: "heat-3", 100: "heat-5"} {
		if got := h.level(value); got != want {
			t.Errorf("%d is %q, want %q", value, got, want)
		}
	}
	if got := render(t, HeatFigure(page(i18n.English), h)); strings.Count(got, "data-num") != 2 {
		t.Errorf("%s", got)
	}
}
