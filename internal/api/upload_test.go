package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// A client of tus uploads a document in pieces, is cut, asks where it stands and
// goes on; then a message takes it, and who reads that gets the same bytes.
func TestUploadByPieces(t *testing.T) {
	w := newSmall(t, "")
	officer, other := w.as("xa.officer"), w.as("xb.officer")
	content := "%PDF-1.7 " + strings.Repeat("0123456789", 50)
	sum := sha256.Sum256([]byte(content))
	id := nextID()
	a := officer.do(http.MethodOptions, tide+"/uploads", "")
	if a.status != http.StatusNoContent || a.header.Get("Tus-Extension") != "creation,checksum,termination" || a.header.Get("Tus-Max-Size") == "" {
		t.Errorf("%d %v", a.status, a.header)
	}
	begin := []string{"Upload-Length", fmt.Sprint(len(content)), "Upload-Metadata",
		"id " + b64(id) + ",filename " + b64("list.pdf") + ",sha256 " + b64(hex.EncodeToString(sum[:])) + ",relativePath " + b64("x")}
	a = officer.do(http.MethodPost, tide+"/uploads", "", begin...)
	place := tide + "/uploads/" + id
	if a.status != http.StatusCreated || a.header.Get("Location") != place {
		t.Fatalf("%d %v %s", a.status, a.header, a.body)
	}
	if a := officer.do(http.MethodPatch, place, content[:100], "Upload-Offset", "0"); a.status != http.StatusNoContent || a.header.Get("Upload-Offset") != "100" {
		t.Fatalf("%d %v %s", a.status, a.header, a.body)
	}
	piece := sha256.Sum256([]byte(content[100:200]))
	right := "sha256 " + base64.StdEncoding.EncodeToString(piece[:])
	for _, try := range []struct {
		body    string
		status  int
		headers []string
	}{
		{content[:10], 409, []string{"Upload-Offset", "0"}},
		{content[100:200], 400, []string{"Upload-Offset", "x"}},
		{content[100:200], 400, []string{"Upload-Offset", "-1"}},
		{content[100:200], 400, []string{"Upload-Offset", "100", "Upload-Checksum", "md5 AAAA"}},
		{content[100:200], 412, []string{"Upload-Offset", "100", "Tus-Resumable", "0.2.2"}},
		{content[100:200], 415, []string{"Upload-Offset", "100", "Content-Type", "text/plain"}},
		{"x" + content[101:200], 460, []string{"Upload-Offset", "100", "Upload-Checksum", right}},
		{content[100:] + "more", 413, []string{"Upload-Offset", "100"}},
		{content[100:200], 204, []string{"Upload-Offset", "100", "Upload-Checksum", right}},
	} {
		if a := officer.do(http.MethodPatch, place, try.body, try.headers...); a.status != try.status {
			t.Errorf("%v: %d, want %d: %s", try.headers, a.status, try.status, a.body)
		}
	}
	if a := officer.do(http.MethodHead, place, ""); a.status != 200 || a.header.Get("Upload-Offset") != "200" || a.header.Get("Upload-Length") != fmt.Sprint(len(content)) {
		t.Fatalf("%d %v", a.status, a.header)
	}
	for _, c := range []client{other, w.as("xa")} {
		for _, method := range []string{http.MethodHead, http.MethodPatch, http.MethodDelete} {
			if a := c.do(method, place, "", "Upload-Offset", "200"); a.status != http.StatusNotFound {
				t.Errorf("another person, %s: %d", method, a.status)
			}
		}
	}
	if a := officer.do(http.MethodPatch, place, content[200:], "Upload-Offset", "200"); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := other.get(tide + "/attachments/" + id); a.status != http.StatusNotFound {
		t.Errorf("before a message has it: %d", a.status)
	}
	letter := strings.Replace(plainLetter, `"to":`, `"attachments":["`+id+`"],"to":`, 1)
	letter = strings.Replace(letter, "coordination", "enforcement", 1)
	message := tide + "/messages/" + nextID()
	for i, status := range []int{201, 200} {
		if a := officer.put(message, letter); a.status != status {
			t.Fatalf("%d: %d %s", i, a.status, a.body)
		}
	}
	if a := officer.put(message, strings.Replace(letter, `"attachments":["`+id+`"],`, "", 1)); a.status != 409 {
		t.Errorf("the same message without it: %d", a.status)
	}
	var got struct {
		Attachments []struct {
			ID, Name, Scan, SHA256 string
			MediaType              string `json:"media_type"`
			Size                   int
		}
	}
	a = other.get(message + "?organisation=" + string(w.body["xa"].ID))
	if err := json.Unmarshal([]byte(a.body), &got); err != nil || len(got.Attachments) != 1 {
		t.Fatalf("%v %s", err, a.body)
	}
	if f := got.Attachments[0]; f.ID != id || f.Name != "list.pdf" || f.MediaType != "application/pdf" || f.Size != len(content) ||
		f.SHA256 != hex.EncodeToString(sum[:]) || f.Scan != "unscanned" {
		t.Errorf("%+v", f)
	}
	a = other.get(tide + "/attachments/" + id)
	if a.status != 200 || a.body != content || a.header.Get("Content-Disposition") != "attachment; filename=list.pdf" ||
		!strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox") || a.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v", a.status, a.header)
	}
	if a := other.get(tide + "/attachments/" + id + "?variant=thumbnail"); a.status != http.StatusNotFound {
		t.Errorf("the thumbnail of a document: %d", a.status)
	}
}

// What the header of an upload says of a picture is done before it is kept.
func TestUploadOfAPicture(t *testing.T) {
	w := newSmall(t, "")
	officer := w.as("xa.officer")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200))); err != nil {
		t.Fatal(err)
	}
	send := func(meta, content string) (string, answer) {
		id := nextID()
		a := officer.do(http.MethodPost, tide+"/uploads", "", "Upload-Length", fmt.Sprint(len(content)), "Upload-Metadata", "id "+b64(id)+meta)
		if a.status != http.StatusCreated {
			return id, a
		}
		return id, officer.do(http.MethodPatch, tide+"/uploads/"+id, content, "Upload-Offset", "0")
	}
	id, a := send(",filename "+b64("x.png")+",label "+b64("true")+",blackout "+b64("0,0,50,50"), b.String())
	if a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for _, variant := range []string{"", "?variant=thumbnail"} {
		a := officer.get(tide + "/attachments/" + id + variant)
		if a.status != 200 || a.header.Get("Content-Type") != "image/jpeg" || a.header.Get("Content-Disposition") != "inline; filename=x.jpg" {
			t.Errorf("%d %v", a.status, a.header)
		}
	}
	if a := officer.do(http.MethodDelete, tide+"/uploads/"+id, ""); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := officer.get(tide + "/attachments/" + id); a.status != http.StatusNotFound {
		t.Errorf("thrown away: %d", a.status)
	}
	for _, bad := range []string{",filename " + b64("x.gif") + ",id " + b64("x"), ",x =", ",blackout " + b64("1,2"), ",sha256 " + b64("x")} {
		if _, a := send(bad, "GIF89a"); a.status != 400 && a.status != 422 {
			t.Errorf("%s: %d", bad, a.status)
		}
	}
	if id, a := send("", "GIF89a\xff\xff\xff\xff"); a.status != 422 || officer.do(http.MethodHead, tide+"/uploads/"+id, "").status != 404 {
		t.Errorf("a GIF: %d %s", a.status, a.body)
	}
	if a := officer.do(http.MethodPost, tide+"/uploads", "", "Upload-Length", fmt.Sprint(1<<40)); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a tebibyte: %d", a.status)
	}
}
