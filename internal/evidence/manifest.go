package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Form is the version of a bundle's form.
const Form = "tidewaiter bundle 1"

// The names of the parts that every bundle has, in this order; versions, photos
// and originals follow.
const (
	manifestPart   = "manifest.json"
	sealPart       = "manifest.note"
	checkpointPart = "checkpoint.txt"
	keysPart       = "keys.txt"
	journalPart    = "journal.jsonl"
)

// Manifest says what a bundle holds.
type Manifest struct {
	Form      string    `json:"form"`
	Origin    string    `json:"origin"` // NAME/CODE of the journal
	Operation Operation `json:"operation"`
	Case      Subject   `json:"case"`
	Handling  Handling  `json:"handling"`
	Made      Made      `json:"made"`
	Versions  []Version `json:"versions"`
	Photos    []Photo   `json:"photos"`
	Entries   []int64   `json:"entries"` // of the journal that stand in journal.jsonl
	Files     []File    `json:"files"`   // every part but manifest.json and manifest.note, in their order
}

// Operation is the operation of a case.
type Operation struct {
	Number int64  `json:"number"`
	Code   string `json:"code"`
	Name   string `json:"name"`
}

// Subject is the case, as it stood when the bundle was made.
type Subject struct {
	Number       int64  `json:"number"` // index of the entry that made it
	ID           string `json:"id"`
	Reference    string `json:"reference"`
	State        string `json:"state"`
	Version      int64  `json:"version"`
	Organisation Body   `json:"organisation"` // that reported it
	Redacted     string `json:"redacted,omitempty"`
}

// Body is an organisation.
type Body struct {
	Number  int64  `json:"number"` // as in entries of the journal
	ID      string `json:"id"`
	Name    string `json:"name"`
	Country string `json:"country,omitempty"`
}

// Handling is under which conditions the content was written.
type Handling struct {
	Conditions string `json:"conditions"` // that every member of the operation accepted
	Language   string `json:"language"`
	Version    int64  `json:"version"`
	Source     string `json:"source_tlp,omitempty"` // of another organisation's warning that the case answers
	Consent    string `json:"consent,omitempty"`    // of that organisation, as recorded by who made the bundle
}

// Made is who made a bundle, when and for what.
type Made struct {
	At           string `json:"at"` // UTC
	Entry        int64  `json:"entry"`
	Person       string `json:"person"` // UUID, as in entries
	Name         string `json:"name"`
	Organisation Body   `json:"organisation"`
	Purpose      string `json:"purpose"`
	Recipient    string `json:"recipient"`
}

// Version is one version of the case. Erased: nothing is left but that it was.
type Version struct {
	Number int64  `json:"number"`
	Entry  int64  `json:"entry"`
	Verb   string `json:"verb"`
	File   string `json:"file"`
	Erased bool   `json:"erased,omitempty"`
}

// Words is a file of a version: who wrote it, why, and what it said.
type Words struct {
	Version int64           `json:"version"`
	Entry   int64           `json:"entry"`
	Verb    string          `json:"verb"`
	At      string          `json:"at"`
	Author  string          `json:"author"` // UUID, or system:NAME
	Reason  string          `json:"reason,omitempty"`
	Fields  json.RawMessage `json:"fields"` // as they stand in the entry's content
}

// What became of the bytes that came.
const (
	Held    = "held"
	NotHeld = "original not held"
	Gone    = "erased" // with the case's content
)

// Photo is a photo, an X-ray or a document of the case.
type Photo struct {
	Number         int64  `json:"number"` // index of the entry that kept it
	ID             string `json:"id"`
	Given          int64  `json:"given"` // index of the entry that gave it to the case
	Kind           string `json:"kind"`
	Caption        string `json:"caption"`
	Language       string `json:"language,omitempty"`
	MediaType      string `json:"media_type"`
	File           string `json:"file,omitempty"` // what is kept; empty: erased
	Size           int64  `json:"size"`
	SHA256         string `json:"sha256"`
	Width          int64  `json:"width,omitempty"`
	Height         int64  `json:"height,omitempty"`
	BlackedOut     string `json:"blacked_out,omitempty"` // left,top,width,height in percent;...
	Original       string `json:"original"`              // Held, NotHeld or Gone
	OriginalFile   string `json:"original_file,omitempty"`
	OriginalSize   int64  `json:"original_size"` // of the bytes that came, taken before anything touched them
	OriginalSHA256 string `json:"original_sha256"`
	Withdrawn      int64  `json:"withdrawn,omitempty"` // index of the entry that withdrew it
	Reason         string `json:"reason,omitempty"`
}

// File is one part.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Line is an entry of the journal with what it said and where it stands in the tree.
type Line struct {
	Seq          int64       `json:"seq"`
	At           int64       `json:"at"` // microseconds
	Actor        string      `json:"actor"`
	Organisation int64       `json:"organisation"`
	Verb         string      `json:"verb"`
	Subject      string      `json:"subject"`
	Audience     int64       `json:"audience"`
	Digest       string      `json:"digest"`
	Leaf         tlog.Hash   `json:"leaf"`  // base64
	Proof        []tlog.Hash `json:"proof"` // against the checkpoint
	Erased       bool        `json:"erased,omitempty"`
	Salt         string      `json:"salt,omitempty"`
	Content      string      `json:"content,omitempty"` // as it was hashed
}

func (l Line) entry(operation int64) journal.Entry {
	return journal.Entry{Operation: operation, Seq: l.Seq, At: time.UnixMicro(l.At).UTC(), Actor: l.Actor, Organisation: l.Organisation,
		Verb: l.Verb, Subject: l.Subject, Audience: l.Audience, Digest: l.Digest}
}

// encode writes a value in its one form.
func encode(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return b.Bytes(), err
}

// decode reads a value that is written in its one form.
func decode(text []byte, v any, indent string) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	again, err := encode(v, indent)
	if err != nil || !bytes.Equal(again, text) {
		return malformed("it is not written as it must be")
	}
	return nil
}

// stamp is a moment as a bundle says it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// readAll reads a part that may have so many bytes.
func readAll(in io.Reader, size, most int64) ([]byte, error) {
	if size > most {
		return nil, malformed("a part of %d bytes, where %d are the most", size, most)
	}
	return io.ReadAll(in)
}
