package verify

import (
	"fmt"
	"io"

	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Export checks a file that tidewaiter journal export wrote. An error means that
// it could not be read as one; what it found is in the report.
func Export(in io.Reader, o Options) (Report, error) {
	r := newReport("export")
	papers := r.open(o)
	a := &journal.Audit{}
	var verifier string
	err := a.AuditExport(in, o.Verifiers, func(h journal.Header) {
		verifier = h.Verifier
		want(a, papers)
	})
	if err != nil {
		return r, fmt.Errorf("verify: %w", err)
	}
	r.hold(a, papers)
	r.Journals = []Journal{journalOf(a)}
	r.found(a)
	r.loose(papers, o)
	if len(o.Verifiers) == 0 {
		r.limit("No key was given: the export was checked with the key it names itself, and whoever makes up an export makes up a key. Give --key; compare it with this one: %s", verifier)
	}
	r.limit("An export holds no content: what entries did, and whether rows fit them, was not looked at.")
	r.limit("Who read what is not in the journal: reading leaves no entry.")
	r.limit("The journal says what was written, by whom and when by the server's clock; not whether it is true.")
	return r, nil
}
