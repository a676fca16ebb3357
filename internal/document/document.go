package document

import (
	"errors"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// ID is the UUID of a document or a version, made by whoever writes it; unique for
// its originator only.
type ID string

// Limits.
const (
	MaxTitle    = i18n.MaxName // characters
	MaxNote     = 2000         // characters
	MaxReason   = 1000         // characters
	MaxVersions = 500          // of one document
)

// Document is one document of the library. But for its newest version and its
// withdrawal it is as the journal's entry says it.
type Document struct {
	Seq          int64 `json:",omitempty"` // number in the operation: the index of its journal entry
	ID           ID
	Organisation int64 // number of the originator
	Author       string
	Audience     int64            // number of the audience: who may read it
	To           audience.Address // for whom it is, as its publisher said
	Kind         string           // codelist.DocumentKind
	Title        string
	Language     string // BCP 47, of the title and the file
	TLP          string // codelist.TLP
	Published    time.Time
	Version      int64     `json:"-"` // number of the newest version, from 1
	Newest       int64     `json:"-"` // Seq of that version
	Withdrawn    Withdrawn `json:"-"`
}

// Withdrawn says that a document was taken out of use.
type Withdrawn struct {
	At     time.Time // zero: it is in use
	Entry  int64     // index of the journal's entry that did it
	Reason string
}

// InUse tells whether a document was not withdrawn.
func (d Document) InUse() bool { return d.Withdrawn.At.IsZero() }

// EntrySubject is how the journal calls a document.
func (d Document) EntrySubject() string { return "document/" + string(d.ID) }

// Version is one version of a document, as the journal's entry says it.
type Version struct {
	Seq          int64 `json:",omitempty"` // the index of its journal entry; of the first, the document's
	Document     int64 `json:",omitempty"` // Seq of the document
	Number       int64 // from 1
	ID           ID
	Organisation int64
	Author       string
	Note         string // what changed, or what the document is for
	Written      time.Time
	Attachments  []attachment.Ref      // one: the file
	AuthorName   string                `json:"-"`
	File         attachment.Attachment `json:"-"` // zero where it is not given
}

// Given tells whether the reader is given the file.
func (v Version) Given() bool { return v.File.Seq != 0 }

// Draft is what is written to publish a document.
type Draft struct {
	ID       ID // the same id again is the same document; empty: one is made
	Kind     string
	Title    string
	Language string
	TLP      string
	To       audience.Address
	// Addressed are organisations beside those in To, by their ids.
	Addressed []organisation.ID
	Note      string        // may be empty
	File      attachment.ID // the writer's own, uploaded before
}

// Revision is what is written to make a new version.
type Revision struct {
	ID   ID     // the same id again is the same version; empty: one is made
	Of   int64  // number of the version that the writer saw
	Note string // what changed
	File attachment.ID
}

// clean gives the draft as it is stored, and what is wrong with it. Paths are id,
// kind, title, language, tlp, note, file. The address is checked where it is placed.
func (d Draft) clean() (Draft, error) {
	var p fault.Problems
	if !codelist.DocumentKind.Has(d.Kind) {
		p.Add("kind", "document.kind")
	}
	title, err := i18n.CleanName(d.Title)
	if err != nil {
		note(&p, "title", err)
	}
	d.Title = title
	d.Language = i18n.CleanLanguage(&p, "language", d.Language)
	if !codelist.TLP.Has(d.TLP) {
		p.Add("tlp", "message.tlp")
	}
	d.Note = checkWritten(&p, d.ID, d.Note, d.File, false)
	return d, p.Fault()
}

// clean is the same of a revision. Paths are id, version, note, file.
func (r Revision) clean() (Revision, error) {
	var p fault.Problems
	if r.Of < 1 {
		p.Add("version", "document.version")
	}
	r.Note = checkWritten(&p, r.ID, r.Note, r.File, true)
	return r, p.Fault()
}

// checkWritten checks what every version has, and gives its note as it is stored.
func checkWritten(p *fault.Problems, id ID, text string, file attachment.ID, required bool) string {
	if !source.ValidID(string(id)) {
		p.Add("id", "fault.not-an-id")
	}
	if file == "" {
		p.Add("file", "document.file")
	} else if !source.ValidID(string(file)) {
		p.Add("file", "fault.not-an-id")
	}
	return cleanText(p, "note", text, MaxNote, required)
}

// cleanText is a text as it is stored.
func cleanText(p *fault.Problems, path, text string, most int, required bool) string {
	text, err := i18n.CleanBody(text, most)
	text = strings.TrimSpace(text)
	switch {
	case err != nil:
		note(p, path, err)
	case text == "" && required:
		p.Add(path, "fault.required")
	}
	return text
}

// note takes a text's fault over to its field.
func note(p *fault.Problems, path string, err error) {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		p.Add(path, f.Key, f.Args)
		return
	}
	p.Add(path, "fault.malformed")
}

// Item is a document in a list, with what the reader may know of it.
type Item struct {
	Document
	From    organisation.Organisation // the originator
	Current Version
	Mine    bool // of the reader's organisation
}

// Filter narrows a list; empty values do not.
type Filter struct {
	Kind   string
	Before int64 // documents whose newest version has a smaller number; 0: from the newest
	Limit  int64 // at most 200; 0: 50
}

// Page is a part of a list, the document that was published or revised last first.
type Page struct {
	Standing operation.Standing
	Items    []Item
	Next     int64            // Filter.Before of the next page; 0: this is the last
	Of       map[string]int64 // how many the reader may read, by kind, whatever the filter
}

// Opened is a document with all its versions.
type Opened struct {
	Standing operation.Standing
	Item
	Versions []Version // the newest first

	// Who can read it. Known is false, and Reach empty, for readers who may not know
	// the operation's members (right holders, observers).
	Known       bool
	Reach       operation.Reach
	MayRevise   bool
	MayWithdraw bool
}

// Name says which document is meant by the id that its originator gave it.
type Name struct {
	ID   ID
	From organisation.ID // empty: one's own, or the only one
}
