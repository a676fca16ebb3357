package api

import (
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// versionOut is a version of a document.
type versionOut struct {
	Number  int64          `json:"number"` // from 1
	ID      document.ID    `json:"id"`
	Note    string         `json:"note,omitempty"` // what changed
	Written time.Time      `json:"written"`        // UTC
	File    *attachmentOut `json:"file,omitempty"` // left out where the document was withdrawn
	Href    string         `json:"href,omitempty"` // address of the file
}

// documentOut is a document of the library.
type documentOut struct {
	ID           document.ID     `json:"id"`
	Organisation organisation.ID `json:"organisation"` // its originator
	Kind         string          `json:"kind"`
	Title        string          `json:"title"`
	Language     string          `json:"language"` // BCP 47, of title and file
	TLP          string          `json:"tlp"`
	Published    time.Time       `json:"published"`             // UTC
	Version      int64           `json:"version"`               // number of the current version
	Versions     []versionOut    `json:"versions"`              // the newest first; in a list the current one only
	Withdrawn    time.Time       `json:"withdrawn_at,omitzero"` // UTC, when it was taken out of use
	Why          string          `json:"why,omitempty"`         // it was withdrawn
}

func shelved(r *http.Request, i document.Item, versions []document.Version) documentOut {
	out := documentOut{ID: i.ID, Organisation: i.From.ID, Kind: i.Kind, Title: i.Title, Language: i.Language, TLP: i.TLP, Published: i.Published,
		Version: i.Version, Versions: []versionOut{}, Withdrawn: i.Withdrawn.At, Why: i.Withdrawn.Reason}
	for _, v := range versions {
		one := versionOut{Number: v.Number, ID: v.ID, Note: v.Note, Written: v.Written}
		if v.Given() {
			one.File = &attachmentsOut([]attachment.Attachment{v.File})[0]
			one.Href = Prefix + "operations/" + string(code(r)) + "/attachments/" + string(v.File.ID) + "?organisation=" + string(i.From.ID)
		}
		out.Versions = append(out.Versions, one)
	}
	return out
}

// documentFilter reads what narrows the library.
func (d *Door) documentFilter(r *http.Request, c *call) (document.Filter, error) {
	f := document.Filter{Kind: r.URL.Query().Get("kind")}
	if f.Kind != "" && !codelist.DocumentKind.Has(f.Kind) {
		return f, refused(http.StatusBadRequest, "api.query", fault.Field{Path: "kind", Key: "fault.unknown-code"})
	}
	var err error
	f.Limit, f.Before, err = d.page(r, c)
	return f, err
}

func (d *Door) documents(w http.ResponseWriter, r *http.Request, c *call) error {
	f, err := d.documentFilter(r, c)
	if err != nil {
		return err
	}
	p, err := d.Documents.List(r.Context(), c.who(), code(r), f)
	if err != nil {
		return err
	}
	out := list[documentOut]{Items: []documentOut{}, Next: d.next(p.Standing, p.Next)}
	for _, i := range p.Items {
		out.Items = append(out.Items, shelved(r, i, []document.Version{i.Current}))
	}
	return answer(w, http.StatusOK, out)
}

func (d *Door) document(w http.ResponseWriter, r *http.Request, c *call) error {
	id, err := id(r)
	if err != nil {
		return err
	}
	n := document.Name{ID: document.ID(id), From: organisation.ID(r.URL.Query().Get("organisation"))}
	o, err := d.Documents.ReadNamed(r.Context(), c.who(), code(r), n)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, shelved(r, o.Item, o.Versions))
}
