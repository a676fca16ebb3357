package story

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/story/paper"
)

// Document is a document of an operation's library.
type Document struct {
	ID        string
	Operation string
	paper.Document
	Versions    []*DocumentVersion
	WithdrawnAt time.Time // zero: it is in use when the story ends
}

// DocumentVersion is one version of a document; the first publishes it.
type DocumentVersion struct {
	ID      string
	File    string // id
	Author  string // login
	Note    string
	Number  int
	At      time.Time
	Content []byte
}

// The steps of a document's life.
type (
	DocumentPublished struct {
		Document *Document
		Version  *DocumentVersion
	}
	DocumentWithdrawn struct{ Document *Document }
)

func (DocumentPublished) rank() int { return 20 }
func (DocumentWithdrawn) rank() int { return 21 }

// libraryChapter keeps the ids of documents apart from all others.
const libraryChapter = 1 << 21

// library puts documents on the shelf of Action IPR A/P 2.
func (b *builder) library(seed uint64) {
	b.begin(seed, libraryChapter)
	for _, p := range paper.Shelf {
		d := &Document{Operation: CodeActionIPR2, Document: p}
		for i, v := range p.Versions {
			at := minute(v.At)
			made := &DocumentVersion{ID: b.id(at), File: b.id(at), Author: v.Author, Note: v.Note, Number: i + 1, At: at,
				Content: paper.PDF(p.Title, v.Lines)}
			d.Versions = append(d.Versions, made)
		}
		if d.ID = d.Versions[0].ID; p.Withdrawn != "" {
			d.WithdrawnAt = minute(p.Withdrawn)
		}
		b.world.Documents = append(b.world.Documents, d)
	}
}

// Extract is a right holder's extract of a register, as a file.
func Extract(o *Organisation) []byte {
	return paper.PDF("Extract of the trade register", []string{"Entered: " + o.Code, "In force on the day of issue."})
}

// minute reads 2006-01-02T15:04 UTC.
func minute(text string) time.Time {
	at, err := time.Parse("2006-01-02T15:04", text)
	if err != nil {
		panic("story: " + err.Error())
	}
	return at
}

// tellLibrary tells what was published, revised and withdrawn.
func (w *World) tellLibrary(tell func(time.Time, string, string, Step)) {
	hat := func(login string) string {
		hats := w.Person(login).Hats
		return hats[len(hats)-1].Organisation
	}
	for _, d := range w.Documents {
		for _, v := range d.Versions {
			tell(v.At, v.Author, hat(v.Author), DocumentPublished{d, v})
		}
		if by := d.Versions[0].Author; !d.WithdrawnAt.IsZero() {
			tell(d.WithdrawnAt, by, hat(by), DocumentWithdrawn{d})
		}
	}
}
