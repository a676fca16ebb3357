package proofread_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/proofread"
	"github.com/tidewaiter/tidewaiter/internal/results"
)

const one = 1_000_000

// figures are those of Action IPR A/P 2, and a group of them.
func figures() *proofread.Stated {
	var s proofread.Stated
	s.State(analysis.Answer{Cases: 245, Totals: results.Totals{"H87": 1453429 * one, "KGM": 153099*one + one/2, "LTR": 75 * one},
		Groups: []analysis.Group{{Value: "FOO", Cases: 40, Totals: results.Totals{"H87": 415358 * one, "KGM": 42718 * one, "LTR": 68 * one}}}})
	return &s
}

func found(text string, hits []proofread.Hit) (out []string) {
	for _, h := range hits {
		out = append(out, text[h.Start:h.End])
	}
	return out
}

// TestNumbersThatAreNoFigures in the languages in which operations report.
func TestNumbersThatAreNoFigures(t *testing.T) {
	for text, want := range map[string][]string{
		"245 cases with 1,453,429 pieces, 153,099.5 kg and 75 litres.":             nil,
		"246 cases with 1,453,430 pieces, 153,099.4 kg and 76 litres.":             {"246 cases", "1,453,430 pieces", "153,099.4 kg", "76 litres"},
		"Foodstuff: 40 cases (415,358 pieces, 42,718 kg).":                         nil,
		"More than 1.4 million pieces; 1.45 million units; 1.6 million items.":     {"1.6 million items"},
		"245 affaires, 1 453 429 pièces et 153\u202f099,5 kg; 1 453 429 articles.": nil,
		"1.453.429 piezas en 254 casos":                                            {"254 casos"},
		"٢٤٥ قضية و١٬٤٥٣٬٤٢٩ قطعة و٢٤٦ قضية":                                       {"٢٤٦ قضية"},
		"245起案件,1453429件,99起":                                                      {"99起"},
		"16% of cases, 16.3 % of them, 28.6 percent of the pieces; 17 %":           {"17 %"},
		"See S-17-48213-H cases, 2017-02-06, in 2017 cases rose, container 12 345": nil,
		"**254** cases": {"254** cases"},
		"12 officers, 3 workshops, 26 countries and 13 boats": nil,
		"1,5 millions d'articles, 2,5 millions d'articles":    {"2,5 millions d'articles"},
	} {
		if got := found(text, proofread.Wrong(text, figures())); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestUndatedAndPeople(t *testing.T) {
	text := "To date the trade grows. In February 2017 it was currently low. It recently moved to mail. Mr John Smith drove."
	if got := found(text, proofread.Undated(text)); !slices.Equal(got, []string{"To date", "recently"}) {
		t.Errorf("undated: %q", got)
	}
	if got := found(text, proofread.People(text)); len(got) != 1 || !strings.Contains(got[0], "John Smith") {
		t.Errorf("people: %q", got)
	}
	ar := "نمت التجارة حتى الآن. في عام ٢٠١٧ كانت حاليا قليلة."
	if got := found(ar, proofread.Undated(ar)); !slices.Equal(got, []string{"حتى الآن"}) {
		t.Errorf("undated: %q", got)
	}
}

// FuzzPlaces: whatever is typed, places are in the text and cut no letter.
func FuzzPlaces(f *testing.F) {
	for _, s := range []string{"1 453 429 pieces", "12,5 % x", "١٬٤٥٣ قطعة", "1 2 3 4 cases", "1.453.42,9 kg", "İstanbul today 5 cases", "000 million of kg"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // texts are valid before they come here
		}
		for _, h := range slices.Concat(proofread.Wrong(text, figures()), proofread.Undated(text)) {
			if h.Start < 0 || h.End > len(text) || h.Start >= h.End || !utf8.ValidString(text[h.Start:h.End]) {
				t.Fatalf("%q: %v", text, h)
			}
		}
	})
}
