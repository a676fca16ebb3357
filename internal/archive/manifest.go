package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// Form is the version of the file's form.
const Form = "tidewaiter operation 1"

// The parts that every file has. Tables and the files of attachments have their own.
const (
	journalPart    = "journal.jsonl"
	readsPart      = "reads.jsonl"
	checkpointPart = "checkpoint.txt"
	keyPart        = "key.txt"
	manifestPart   = "manifest.json"
	sealPart       = "manifest.note"

	tablesDir = "tables/"
	filesDir  = "files/"
	rowsEnd   = ".jsonl"
)

// Manifest says what a file holds. It is its last part but one, and the last seals it.
type Manifest struct {
	Form      string    `json:"form"`
	Origin    string    `json:"origin"` // of the checkpoint: NAME/CODE
	Program   string    `json:"program"`
	Schema    int64     `json:"schema"` // number of the newest migration: the tables are as it left them
	Operation Operation `json:"operation"`
	Made      Made      `json:"made"`
	Journals  []Journal `json:"journals"` // the operation's own, then that of who read what, if one was begun
	Tables    []Table   `json:"tables"`   // in their order: each after those that it names
	Omitted   []Omitted `json:"omitted"`
	Files     []File    `json:"files"` // every part but the last two, in their order
}

// Operation is which operation it is.
type Operation struct {
	Number int64  `json:"number"` // as in leaves
	ID     string `json:"id"`
	Code   string `json:"code"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
}

// Made is who made the file, when, and what for.
type Made struct {
	At           string `json:"at"`    // RFC 3339, UTC
	Entry        int64  `json:"entry"` // index of the entry operation.export
	Person       string `json:"person"`
	Name         string `json:"name"`
	Organisation int64  `json:"organisation"`
	Purpose      string `json:"purpose,omitempty"`
}

// Journal is one journal as a part.
type Journal struct {
	File      string `json:"file"`
	Operation int64  `json:"operation"` // the number in its leaves
	Size      int64  `json:"size"`
	Root      string `json:"root"`
}

// Table is the rows of one table as a part: each a JSON array on its own line.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

func (t Table) file() string { return tablesDir + t.Name + rowsEnd }

// Omitted is a table of which nothing is in the file, and why.
type Omitted struct {
	Table  string `json:"table"`
	Reason string `json:"reason"`
}

// File is a part with its digest.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Errors that a file is refused with.
var (
	// ErrMalformed: it is no file of an operation, or not in its one form.
	ErrMalformed = errors.New("no file of an operation")
	// ErrFound: it is one, and something in it is not as its journal says.
	ErrFound = errors.New("archive: what the file holds is not what was written down")
	// ErrTaken: something here stands where the file's must stand.
	ErrTaken = errors.New("archive: the operation does not fit into this instance")
	// ErrSchema: the file is of a newer program.
	ErrSchema = errors.New("archive: the file was made by a newer program")
)

func malformed(text string, args ...any) error {
	return fmt.Errorf("%w: "+text, append([]any{ErrMalformed}, args...)...)
}

// encode writes a value in its one form; indent is empty for a line.
func encode(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return b.Bytes(), err
}

// decode reads what encode wrote, and nothing else.
func decode(text []byte, into any, indent string) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return malformed("%v", err)
	}
	again, err := encode(into, indent)
	if err != nil || !bytes.Equal(again, text) {
		return malformed("it is not in the form in which it was written")
	}
	return nil
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
