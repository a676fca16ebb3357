package api_test

import "testing"

// A system reports nothing of a day, says more, and takes it back; who has not
// read what stands overwrites nothing; nobody else hears of it.
func TestNilReport(t *testing.T) {
	w := newWorld(t)
	officer, day := w.as("officer"), ap2+"/nil-reports/2017-02-20"
	for _, who := range []string{"right-holder", "observer", "stranger", "coordinator"} {
		for _, method := range []string{"GET", "PUT", "DELETE"} {
			body := ""
			if method == "PUT" {
				body = `{}`
			}
			if a := w.as(who).do(method, day, body, "If-Match", `"1"`); a.status != 404 {
				t.Errorf("%s %s: %d %s", who, method, a.status, a.body)
			}
		}
	}
	officer.do("DELETE", day, "", "If-Match", officer.get(day).header.Get("ETag")) // what the story may have said
	if a := officer.get(day); a.status != 404 {
		t.Fatalf("none: %d %s", a.status, a.body)
	}
	said := officer.do("PUT", day, `{"controls":12}`)
	first := said.header.Get("ETag")
	if said.status != 200 || first == "" {
		t.Fatalf("%d %s", said.status, said.body)
	}
	if a := officer.do("PUT", day, `{"controls":12}`); a.status != 200 || a.header.Get("ETag") != first {
		t.Errorf("again: %d %s", a.status, a.header.Get("ETag"))
	}
	if a := officer.do("PUT", day, `{"controls":13}`); a.status != 409 {
		t.Errorf("another without having read: %d %s", a.status, a.body)
	}
	more := officer.do("PUT", day, `{"controls":13,"remark":"Fog","language":"en"}`, "If-Match", first)
	if more.status != 200 || more.header.Get("ETag") == first {
		t.Errorf("amended: %d %s", more.status, more.body)
	}
	if a := officer.do("PUT", day, `{"controls":14}`, "If-Match", first); a.status != 412 {
		t.Errorf("of an old version: %d %s", a.status, a.body)
	}
	var got struct {
		Controls int64
		Remark   string
	}
	officer.get(day).decode(t, &got)
	if got.Controls != 13 || got.Remark != "Fog" {
		t.Errorf("%+v", got)
	}
	for body, want := range map[string]int{`{"controls":-1}`: 422, `{"controls":1.5}`: 400, `{"remarks":""}`: 400} {
		if a := officer.do("PUT", day, body, "If-Match", more.header.Get("ETag")); a.status != want {
			t.Errorf("%s: %d, want %d", body, a.status, want)
		}
	}
	for _, wrong := range []string{"2017-02-30", "2016-01-01", "x"} {
		if a := officer.do("PUT", ap2+"/nil-reports/"+wrong, `{}`); a.status != 422 {
			t.Errorf("%s: %d %s", wrong, a.status, a.body)
		}
	}
	if a := officer.do("DELETE", day, ""); a.status != 428 {
		t.Errorf("no version: %d", a.status)
	}
	if a := officer.do("DELETE", day, "", "If-Match", first); a.status != 412 {
		t.Errorf("taken back an old version: %d", a.status)
	}
	for range 2 {
		if a := officer.do("DELETE", day, "", "If-Match", more.header.Get("ETag")); a.status != 204 {
			t.Errorf("taken back: %d %s", a.status, a.body)
		}
	}
	if a := officer.get(day); a.status != 404 {
		t.Errorf("afterwards: %d", a.status)
	}
}
