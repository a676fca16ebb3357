package api_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/api/analysisitem"
)

// A question by other systems: each filter by its name or as filter=name:value, and
// nothing that is misspelt.
func TestAnalysis(t *testing.T) {
	each(t, func(t *testing.T, w *small) {
		a, b := w.as("xa.officer"), w.as("xb.officer")
		put := func(c client, body string) {
			t.Helper()
			if got := c.put(tide+"/cases/"+nextID(), body); got.status != 201 {
				t.Fatalf("%d %s", got.status, got.body)
			}
		}
		put(a, `{"country":"XA","day":"2017-02-10","origin":{"code":"XB"},"destination":{"code":"XA"},
			"goods":[{"category":"FOO","brand":"Aa","quantities":[{"amount":"12.5","unit":"KGM"}]},{"category":"PHA","brand":"AA","quantities":[{"amount":"3","unit":"H87"}]}]}`)
		put(b, `{"country":"XB","day":"2017-02-10","goods":[{"category":"PHA","brand":"Bb","quantities":[{"amount":"1","unit":"H87"}]}]}`)
		ask := func(query string) (out analysisitem.Answer) {
			t.Helper()
			got := b.get(tide + "/analysis?" + query)
			if got.status != 200 {
				t.Fatalf("%s: %d %s", query, got.status, got.body)
			}
			got.decode(t, &out)
			return out
		}
		for query, want := range map[string]string{
			"":                                `{"value":"","cases":2,"totals":{"H87":"4","KGM":"12.5"}}`,
			"group=brand":                     `{"value":"Aa","cases":1,"totals":{"H87":"3","KGM":"12.5"}},{"value":"Bb","cases":1,"totals":{"H87":"1"}}`,
			"group=route&filter=category:FOO": `{"value":"XB\u003eXA","cases":1,"totals":{"KGM":"12.5"}}`,
			"group=category&split=country&filter=brand:aa":        `{"value":"FOO","split":"XA","cases":1,"totals":{"KGM":"12.5"}},{"value":"PHA","split":"XA","cases":1,"totals":{"H87":"3"}}`,
			"category=PHA&filter=country:XB&filter=to:2017-02-10": `{"value":"","cases":1,"totals":{"H87":"1"}}`,
			"class=draft":          ``,
			"reporter=" + nextID(): ``,
		} {
			out := ask(query)
			text, err := json.Marshal(out.Groups)
			if err != nil || strings.Trim(string(text), "[]") != want || out.LeftOut.Groups != 0 || out.AsOf < 1 {
				t.Errorf("%s: %s, want %s", query, text, want)
			}
		}
		whose := ask("group=reporter").Groups
		if len(whose) != 2 || len(whose[0].Value) != 36 {
			t.Errorf("reporters: %+v", whose)
		}
		if got := ask("group=category&reporter=" + url.QueryEscape(whose[0].Value)); got.Cases != 1 || got.Question.Where["reporter"] != whose[0].Value {
			t.Errorf("of one reporter: %+v", got)
		}
		for _, query := range []string{"group=author", "group=day&split=day", "filter=country", "filter=nothing:x", "filter=country:", "country=XA&filter=country:XB",
			"filter=country:XA&filter=country:XB", "from=2017-02-30", "q=tins", "group=day&group=week", "reporter=x", "organisation=1", "class=%00"} {
			if got := b.get(tide + "/analysis?" + query); got.status != 400 {
				t.Errorf("%s: %d %s", query, got.status, got.body)
			}
		}
		if got := w.as("holder").get(tide + "/analysis"); got.status != 404 {
			t.Errorf("a right holder: %d", got.status)
		}
	})
}
