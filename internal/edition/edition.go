package edition

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/rendition"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/suppress"
	"github.com/tidewaiter/tidewaiter/internal/usage"
)

// Kinds lists the editions: publication.Enforcement, publication.Holder, publication.Public.
func Kinds() []string {
	return []string{publication.Enforcement, publication.Holder, publication.Public}
}

// Material is everything that an edition is made of, and nothing else goes into it: the
// same material gives the same edition, here and offline.
type Material struct {
	Operation     operation.Operation
	Version       publication.Version
	Cases         []seizure.Case          // behind the version, as they stood
	Clearances    []publication.Clearance // that stand
	Readable      []int64                 // cases, by number, that administrations may read: of the edition for enforcement
	Organisations map[int64]organisation.Organisation
	Before        []Issued // everything issued before, oldest first
	Own           *Own     // of a right holder's edition
}

// Own is for whom a right holder's edition is: its brands, and how goods are told to be
// of them. It is kept with what was issued, so that it can be made again.
type Own struct {
	Organisation int64       `json:"organisation"`
	Name         string      `json:"name"`
	Brands       []string    `json:"brands"`
	Names        usage.Names `json:"names"`
}

// Issued is an edition that was given out: the content of its entry.
type Issued struct {
	Seq       int64                         `json:"-"`
	Number    int64                         `json:"number"` // of the version
	Kind      string                        `json:"kind"`
	Holder    int64                         `json:"holder,omitempty"` // organisation, of a right holder's edition
	Own       *Own                          `json:"own,omitempty"`
	Readable  []int64                       `json:"readable,omitempty"` // see Material
	Figures   suppress.Published            `json:"figures"`            // what is shown, and what is hidden; none for enforcement
	Weak      []suppress.Weak               `json:"weak,omitempty"`     // what is hidden, and narrowly bounded by what was out already
	Documents map[string]rendition.Document `json:"documents"`          // as given out, by language
	Author    string                        `json:"author"`
	At        time.Time                     `json:"at"`
}

// before are the figures that count as known when an edition is made: what everybody may
// read and what its own right holder was given. Of other right holders' editions a right
// holder's knows nothing, not even that there are any; the public's knows all.
func (m Material) before(kind string) (out []suppress.Published) {
	for _, i := range m.Before {
		switch {
		case i.Kind == publication.Public,
			i.Kind == publication.Holder && kind == publication.Public,
			i.Kind == publication.Holder && m.Own != nil && i.Holder == m.Own.Organisation:
			out = append(out, i.Figures)
		}
	}
	return out
}
