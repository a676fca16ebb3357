package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// A system gives an upload to its own case, reads it back with its digests, and
// gives nothing to others' cases.
func TestPhotosOfACase(t *testing.T) {
	w := newWorld(t)
	officer, id, file := w.as("officer"), source.Real().ID(), source.Real().ID()
	if a := officer.put(base+"/cases/"+id, plainCase); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	content := webtest.Drawn(300, 200)
	_, err := w.app.Attachments.Receive(t.Context(), w.sessionOf("officer").Actor, action, attachment.Draft{ID: attachment.ID(file), Name: "a.png"}, bytes.NewReader(content))
	w.must(err)
	at := base + "/cases/" + id + "/photos/" + file
	if a := w.as("coordinator").put(at, `{}`); a.status != http.StatusNotFound {
		t.Errorf("coordination: %d %s", a.status, a.body)
	}
	for range 2 {
		if a := officer.put(at, `{"kind":"x-ray","caption":"Seal"}`); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	sum := sha256.Sum256(content)
	for _, path := range []string{"/cases/" + id, "/cases?limit=1"} {
		a := officer.get(base + path)
		type photo struct {
			ID, Caption, Kind, SHA256 string
			Size                      int64
			Original                  string `json:"original_sha256"`
			Held                      bool   `json:"original_held"`
		}
		var one struct {
			Reference string
			Photos    []photo
			Items     []struct{ Photos []photo }
		}
		w.must(json.Unmarshal([]byte(a.body), &one))
		if len(one.Items) > 0 {
			one.Photos = one.Items[0].Photos
		}
		if len(one.Photos) != 1 || one.Photos[0].ID != file || one.Photos[0].Kind != "x-ray" || one.Photos[0].Caption != "Seal" || one.Photos[0].Size == 0 ||
			one.Photos[0].Original != hex.EncodeToString(sum[:]) || one.Photos[0].Held || len(one.Photos[0].SHA256) != 64 {
			t.Errorf("%s: %s", path, a.body)
		}
	}
	if a := officer.get(base + "/attachments/" + file); a.status != http.StatusOK {
		t.Errorf("its bytes: %d", a.status)
	}
	if a := officer.get(base + "/attachments/" + file + "?variant=original"); a.status != http.StatusNotFound {
		t.Errorf("an original that is not held: %d", a.status)
	}
}
