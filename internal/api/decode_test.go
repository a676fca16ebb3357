package api

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// What the parser of bodies takes is one JSON object without a field that is
// unknown or given twice, and reads the same when written again; what it refuses,
// it refuses as a fault that can be shown.
func FuzzDecode(f *testing.F) {
	b, err := os.ReadFile("testdata/bodies.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if _, quoted, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			if body, err := strconv.Unquote(quoted); err == nil {
				f.Add([]byte(body))
			}
		}
	}
	f.Add([]byte(`{"country":"XA","day":"2017-02-10","direction":{"code":"import"},"goods":[{"category":"FOO","quantities":[{"amount":"1.5","unit":"KGM"}]}],"warning":7}`))
	f.Add([]byte(`{"template":"warning","subject":"s","body":"b","language":"en","tlp":"RED","to":{"sides":["enforcement"],"apart":true},"reply_due":"2017-02-10T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		one(t, body, new(caseIn), new(caseIn))
		one(t, body, new(MessageIn), new(MessageIn))
	})
}

func one(t *testing.T, body []byte, into, again any) {
	t.Helper()
	err := decode(body, into)
	if err != nil {
		own, ok := err.(*refusal)
		if !ok || own.status != 400 || fault.KindOf(err) != fault.Invalid {
			t.Fatalf("%q: %v", body, err)
		}
		for _, field := range own.Fields {
			if len(field.Path) > 200 {
				t.Fatalf("a path of %d bytes", len(field.Path))
			}
		}
		return
	}
	if !json.Valid(body) {
		t.Fatalf("%q is no JSON, and was taken", body)
	}
	text, err := json.Marshal(into)
	if err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	text = bytes.ReplaceAll(text, []byte(`"goods":null`), []byte(`"goods":[]`)) // none at all, as it is written
	if err := decode(text, again); err != nil {
		t.Fatalf("%q is refused when written again as %s: %v", body, text, err)
	}
	// Empty and missing are the same to a draft: compare what is written.
	if other, err := json.Marshal(again); err != nil || !reflect.DeepEqual(text, other) {
		t.Fatalf("%q: %s and %s", body, text, other)
	}
}
