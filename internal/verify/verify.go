package verify

import (
	"errors"
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/blob"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Note is a signed note from outside, with the name under which it is reported,
// such as its file.
type Note struct{ Name, Text string }

// Options are what is at hand.
type Options struct {
	Verifiers   []string // verifier keys that are trusted: NAME+HASH+DATA
	Checkpoints []Note   // kept elsewhere
	Receipts    []Note
	Vault       *blob.Vault           // holds the files of attachments; nil: they are not looked at
	KeyInside   bool                  // the private key lies beside the data
	Progress    func(done, total int) // nil: nobody looks
}

// Journal is what was checked of one journal.
type Journal struct {
	Code        string           `json:"code"`
	Entries     int64            `json:"entries"`
	Contents    int64            `json:"contents"` // compared with their digests
	Erased      int64            `json:"erased"`
	Root        string           `json:"root"` // base64
	Checkpoints int64            `json:"checkpoints"`
	Rows        map[string]int64 `json:"rows,omitempty"` // compared, by table
}

// Report is what was found.
type Report struct {
	What     string            `json:"what"` // what was looked at
	Journals []Journal         `json:"journals"`
	Notes    []string          `json:"notes,omitempty"` // papers from outside that were held against them
	Findings []journal.Finding `json:"findings"`
	More     int64             `json:"more,omitempty"` // findings beyond those that are listed
	Limits   []string          `json:"limits"`
}

// Fine tells whether nothing was found.
func (r *Report) Fine() bool { return len(r.Findings) == 0 && r.More == 0 }

func newReport(what string) Report {
	return Report{What: what, Journals: []Journal{}, Findings: []journal.Finding{}, Limits: []string{}}
}

func (r *Report) found(a *journal.Audit) {
	r.Findings = append(r.Findings, a.Findings...)
	r.More += a.More
}

func (r *Report) limit(text string, args ...any) {
	r.Limits = append(r.Limits, fmt.Sprintf(text, args...))
}

// paper is a note from outside, opened.
type paper struct {
	name       string
	checkpoint *journal.Checkpoint
	receipt    *journal.Receipt
	unverified bool
	held       bool
}

func (p paper) origin() string {
	if p.checkpoint != nil {
		return p.checkpoint.Origin
	}
	return p.receipt.Origin
}

func (p paper) String() string {
	if p.checkpoint != nil {
		return fmt.Sprintf("%s: checkpoint of %s, %d entries, root %s", p.name, p.origin(), p.checkpoint.Size, p.checkpoint.Root)
	}
	if p.receipt.Index == journal.Unplaced {
		return fmt.Sprintf("%s: receipt of %s", p.name, p.origin())
	}
	return fmt.Sprintf("%s: receipt of %s, entry %d", p.name, p.origin(), p.receipt.Index)
}

// open reads the papers. What is no note at all, or whose signature is false, is
// a finding; what nobody vouches for too, once a key was given.
func (r *Report) open(o Options) []*paper {
	var out []*paper
	take := func(n Note, p *paper, origin string, err error) {
		p.name, p.unverified = n.Name, errors.Is(err, journal.ErrUnverified)
		if err != nil && (!p.unverified || len(o.Verifiers) > 0) {
			f := journal.Finding{Journal: n.Name, Entry: journal.NoEntry, Table: "note", What: err.Error()}
			if p.unverified {
				f.Key = origin
			}
			r.Findings = append(r.Findings, f)
		}
		if err == nil || p.unverified {
			out = append(out, p)
		}
	}
	for _, n := range o.Checkpoints {
		c, err := journal.OpenCheckpoint(n.Text, o.Verifiers...)
		take(n, &paper{checkpoint: &c}, c.Origin, err)
	}
	for _, n := range o.Receipts {
		c, err := journal.OpenReceipt(n.Text, o.Verifiers...)
		take(n, &paper{receipt: &c}, c.Origin, err)
	}
	r.pairs(out)
	return out
}

// pairs finds checkpoints that cannot both be true.
func (r *Report) pairs(papers []*paper) {
	for i, p := range papers {
		for _, q := range papers[:i] {
			if p.checkpoint == nil || q.checkpoint == nil || p.origin() != q.origin() {
				continue
			}
			if p.checkpoint.Size == q.checkpoint.Size && p.checkpoint.Root != q.checkpoint.Root {
				r.Findings = append(r.Findings, journal.Finding{Journal: journal.CodeOf(p.origin()), Entry: max(p.checkpoint.Size-1, 0), Table: "checkpoint",
					Key: q.name + ", " + p.name, What: "both say what the first entries were, and not the same: two histories were signed"})
			}
		}
	}
}

// want has an audit keep what the papers on its journal are held against.
func want(a *journal.Audit, papers []*paper) {
	if a.Marks == nil {
		a.Marks = map[int64]bool{}
	}
	for _, p := range papers {
		if journal.CodeOf(p.origin()) != a.Code {
			continue
		}
		if p.checkpoint != nil {
			a.Marks[p.checkpoint.Size] = true
		} else {
			a.Seek(*p.receipt)
		}
	}
}

// hold holds the papers against a journal that was walked.
func (r *Report) hold(a *journal.Audit, papers []*paper) {
	for _, p := range papers {
		if journal.CodeOf(p.origin()) != a.Code {
			continue
		}
		p.held = true
		if p.checkpoint != nil {
			a.Hold(*p.checkpoint, "checkpoint", p.name)
		} else {
			a.HoldReceipt(*p.receipt, p.name)
		}
		r.Notes = append(r.Notes, p.String())
	}
}

// loose notes papers on journals that are not there, and says who vouches for
// the rest.
func (r *Report) loose(papers []*paper, o Options) {
	unverified := 0
	for _, p := range papers {
		if p.unverified {
			unverified++
		}
		if !p.held {
			r.Findings = append(r.Findings, journal.Finding{Journal: journal.CodeOf(p.origin()), Entry: journal.NoEntry, Table: "note", Key: p.name,
				What: "it speaks of a journal that is not here: " + p.origin()})
		}
	}
	if unverified > 0 && len(o.Verifiers) == 0 {
		r.limit("No key was given: whether the instance signed the %d notes from outside was not checked, only whether they fit. Give --key.", unverified)
	}
	if len(papers) == 0 {
		r.limit("No checkpoint and no receipt from outside was given: a journal that was rewritten from its first entry, with its hashes and rows, looks like a true one. " +
			"A checkpoint or a receipt that was kept elsewhere tells them apart.")
	}
}

// journalOf sums up an audit.
func journalOf(a *journal.Audit) Journal {
	return Journal{Code: a.Code, Entries: a.Entries, Contents: a.Contents, Erased: a.Erased, Root: a.Root().String(), Rows: a.Rows}
}

// Notes reads papers alone, where no journal is at hand: who signed them, and
// whether two of them contradict each other.
func Notes(o Options) Report {
	r := newReport("signed notes")
	papers := r.open(o)
	for _, p := range papers {
		p.held = true
		r.Notes = append(r.Notes, p.String())
	}
	r.loose(papers, o)
	switch {
	case len(o.Checkpoints) > 1:
		r.limit("No journal and no export was given: that the older checkpoint is the beginning of the newer one cannot be shown without the entries between. Give --export or --data.")
	default:
		r.limit("No journal and no export was given: what the journal holds today was not compared. Give --export or --data.")
	}
	return r
}
