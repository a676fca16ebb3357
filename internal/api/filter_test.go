package api_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"testing"
)

// filtered reads the cases under a filter to the end, one a page.
func (c client) filtered(t *testing.T, query string) (out []string) {
	t.Helper()
	for next := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		a := c.get(tide + "/cases?limit=1&cursor=" + url.QueryEscape(next) + "&" + query)
		if a.status != 200 {
			t.Fatalf("%s: %d %s", query, a.status, a.body)
		}
		a.decode(t, &page)
		for _, item := range page.Items {
			out = append(out, item.ID)
		}
		if next = page.Next; next == "" {
			return out
		}
	}
}

// The filters of the list, one at a time and together, page by page.
func TestCaseFilters(t *testing.T) {
	each(t, func(t *testing.T, w *small) {
		a, b := w.as("xa.officer"), w.as("xb.officer")
		put := func(c client, body string) string {
			t.Helper()
			id := nextID()
			if got := c.put(tide+"/cases/"+id, body); got.status != 201 {
				t.Fatalf("%d %s", got.status, got.body)
			}
			return id
		}
		first := put(a, `{"country":"XA","location":"XAPOR","place":"Quay 4","day":"2017-02-10","direction":{"code":"import"},"detection":{"code":"scanner"},"origin":{"code":"XB"},"destination":{"code":"XA"},
			"goods":[{"category":"FOO","brand":"Brand Aa","violations":["ipr"],"quantities":[{"amount":"12.5","unit":"KGM"}]}]}`)
		second := put(b, `{"country":"XB","place":"Pier  North","day":"2017-02-10","direction":{"code":"import"},"goods":[{"category":"PHA","brand":"BRAND  aa","quantities":[{"amount":"1","unit":"H87"}]}]}`)
		put(b, plainCase)
		var one struct{ Organisation string }
		if err := json.Unmarshal([]byte(a.get(tide+"/cases/"+first).body), &one); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string][]string{
			"violation=ipr": {first}, "violation=waste": nil, "brand=brand+AA": {second, first}, "direction=import": {second, first},
			"direction=import&country=XA": {first}, "origin=XB&destination=XA&detection=scanner": {first}, "brand=brand+aa&q=%22brand+aa%22&category=PHA": {second},
			"mine=true": {first}, "mine=true&counted=counted&state=released": {first}, "photos=true": nil, "waits=true": nil,
			"direction=import&reporter=" + one.Organisation: {first}, "reporter=" + nextID(): nil, "reporter=x": nil,
			"post=XAPOR": {first}, "post=pier+north": {second}, "post=Quay+4": nil, "post=-&direction=import": nil, "post=PIER+north&country=XB": {second},
		} {
			if got := a.filtered(t, query); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", query, got, want)
			}
		}
		for _, query := range []string{"photos=yes", "mine=1", "from=2017-02-30", "to=2017-13-01", "from=monday", "brand=%00", "post=%00", "violation=ipr&violation=waste"} {
			if got := a.get(tide + "/cases?" + query); got.status != 400 {
				t.Errorf("%s: %d %s", query, got.status, got.body)
			}
		}
		if got := w.as("holder").get(tide + "/cases?" + url.Values{"mine": {"true"}}.Encode()); got.status != 404 {
			t.Errorf("a right holder: %d", got.status)
		}
	})
}
