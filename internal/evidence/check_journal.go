package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// lines holds the entries against the tree that was signed, and what they say
// against their digests.
func (c *check) lines() error {
	text, err := c.part(journalPart, maxJournal)
	if err != nil {
		return err
	}
	c.acts = map[int64]act{}
	var seqs []int64
	for n := 1; len(text) > 0; n++ {
		one, rest, ok := bytes.Cut(text, []byte("\n"))
		if !ok {
			return malformed("%s is cut off", journalPart)
		}
		text = rest
		var l Line
		if err := decode(append(bytes.Clone(one), '\n'), &l, ""); err != nil {
			return fmt.Errorf("%s, line %d: %w", journalPart, n, err)
		}
		c.line(l)
		seqs = append(seqs, l.Seq)
	}
	if !slices.Equal(seqs, c.Manifest.Entries) || !slices.IsSorted(seqs) || len(slices.Compact(slices.Clone(seqs))) != len(seqs) {
		c.found(journal.NoEntry, "journal", journalPart, "the entries are not those that the manifest names, in their order")
	}
	return nil
}

func (c *check) line(l Line) {
	e := l.entry(c.Manifest.Operation.Number)
	a := act{Line: l}
	leaf := tlog.RecordHash(e.Leaf())
	switch {
	case leaf != l.Leaf:
		c.found(l.Seq, "journal", "", "the entry is not what its hash says")
	case !c.rooted:
		c.found(l.Seq, "journal", "", "there is no checkpoint to compare it with")
	case l.Seq < 0 || l.Seq >= c.root.Size || tlog.CheckRecord(l.Proof, c.root.Size, c.root.Root, l.Seq, leaf) != nil:
		c.found(l.Seq, "journal", "", "the entry does not stand in the journal that was signed")
	default:
		c.Proofs++
	}
	switch {
	case l.Erased && (l.Salt != "" || l.Content != ""):
		c.found(l.Seq, "journal", "", "it is said to be erased, and its content stands there")
	case l.Erased:
	case !e.Matches(journal.Stored{Salt: l.Salt, Content: l.Content}):
		c.found(l.Seq, "journal", "", "what it says is not what its digest promised")
	default:
		c.Contents++
		var says struct{ After map[string]json.RawMessage }
		if err := json.Unmarshal([]byte(l.Content), &says); err != nil {
			c.found(l.Seq, "journal", "", "what it says cannot be read")
		}
		a.after = says.After
	}
	c.acts[l.Seq] = a
}

// photos holds every photo against the entries that kept it and gave it to the
// case, and its files against both.
func (c *check) photos() {
	for _, p := range c.Manifest.Photos {
		kept, given := c.acts[p.Number], c.acts[p.Given]
		switch {
		case kept.Verb != string(access.AttachmentUpload) || kept.Subject != "attachment/"+p.ID:
			c.found(p.Number, "photo", p.ID, "the bundle does not hold the entry that kept it")
			continue
		case given.Verb != string(access.SeizureAttach) || given.Subject != "seizure/"+c.Manifest.Case.ID:
			c.found(p.Given, "photo", p.ID, "the bundle does not hold the entry that gave it to the case")
			continue
		}
		c.kept(p, kept)
		c.given(p, given)
		c.withdrawn(p)
		c.bytes(p)
	}
}

// kept: size and digest of what came, and of what was made of it.
func (c *check) kept(p Photo, a act) {
	for _, l := range c.acts { // what was blacked out since is the newest that is said
		if l.Verb == string(access.AttachmentBlacken) && l.Subject == a.Subject && l.Seq > a.Seq {
			a = l
		}
	}
	if a.Erased {
		return
	}
	var says struct {
		Main struct {
			Size, Width, Height int64
			SHA256              string
		}
		CameSize              int64
		CameSHA256, MediaType string
		Organisation          int64
		BlackOut, Original    string
	}
	text, _ := json.Marshal(a.after)
	if json.Unmarshal(text, &says) != nil || says.Main.SHA256 != p.SHA256 || says.Main.Size != p.Size || says.Main.Width != p.Width || says.Main.Height != p.Height ||
		says.CameSHA256 != p.OriginalSHA256 || says.CameSize != p.OriginalSize || says.MediaType != p.MediaType || says.BlackOut != p.BlackedOut ||
		says.Organisation != c.Manifest.Case.Organisation.Number {
		c.found(a.Seq, "photo", p.ID, "sizes or digests are not those of its entry")
		return
	}
	held := says.Original != "" || says.Main.Width == 0
	if p.Original != Gone && held != (p.Original == Held) {
		c.found(a.Seq, "photo", p.ID, "whether the bytes that came are held is not what its entry says")
	}
}

// given: what was said of it when the case took it.
func (c *check) given(p Photo, a act) {
	if a.Erased {
		return
	}
	var says struct {
		Seizure     int64
		Attachments []struct {
			Seq        int64
			ID, SHA256 string
		}
		Photos []struct {
			Attachment              int64
			Kind, Caption, Language string
		}
	}
	text, _ := json.Marshal(a.after)
	if json.Unmarshal(text, &says) == nil && says.Seizure == c.Manifest.Case.Number {
		for i, r := range says.Attachments {
			if r.Seq == p.Number && r.ID == p.ID && r.SHA256 == p.SHA256 && i < len(says.Photos) && says.Photos[i].Attachment == p.Number &&
				says.Photos[i].Kind == p.Kind && says.Photos[i].Caption == p.Caption && says.Photos[i].Language == p.Language {
				return
			}
		}
	}
	c.found(a.Seq, "photo", p.ID, "kind, caption or digest are not what was said when the case took it")
}

func (c *check) withdrawn(p Photo) {
	for _, a := range c.acts {
		if a.Verb == string(access.SeizureDetach) && isNumber(a.after["Attachment"], p.Number) && p.Withdrawn != a.Seq {
			c.found(a.Seq, "photo", p.ID, "it was withdrawn, and the manifest does not say so")
		}
	}
	if p.Withdrawn == 0 {
		return
	}
	a := c.acts[p.Withdrawn]
	if a.Verb != string(access.SeizureDetach) || !a.Erased && (!isNumber(a.after["Attachment"], p.Number) || !isText(a.after["Reason"], p.Reason)) {
		c.found(p.Withdrawn, "photo", p.ID, "the entry that withdrew it is not there, or says something else")
	}
}

// bytes holds the files of a photo against what is said of them.
func (c *check) bytes(p Photo) {
	name := func(file, sum string, size int64) {
		f, ok := c.by[file]
		if !ok || f.SHA256 != sum || f.Size != size {
			c.found(p.Number, "photo", p.ID, "%q is missing, or is not what was kept", file)
		}
	}
	if p.Original == Gone {
		if p.File != "" || p.OriginalFile != "" {
			c.found(p.Number, "photo", p.ID, "it is said to be erased, and has a file")
		}
		return
	}
	name(p.File, p.SHA256, p.Size)
	switch p.Original {
	case Held:
		name(p.OriginalFile, p.OriginalSHA256, p.OriginalSize)
	case NotHeld:
		if p.OriginalFile != "" {
			c.found(p.Number, "photo", p.ID, "the original is said not to be held, and has a file")
		}
	default:
		c.found(p.Number, "photo", p.ID, "whether the original is held is not said")
	}
}

// made holds who made the bundle, and for what, against the entry that says so.
func (c *check) made() {
	m := c.Manifest.Made
	a, ok := c.acts[m.Entry]
	if !ok || a.Verb != string(access.EvidenceBundle) || a.Subject != "evidence/"+c.Manifest.Case.ID {
		c.found(m.Entry, "bundle", "", "it does not hold the entry that says it was made")
		return
	}
	var says bundled
	text, _ := json.Marshal(a.after)
	if json.Unmarshal(text, &says) != nil || a.Actor != m.Person || a.Organisation != m.Organisation.Number || stamp(a.entry(0).At) != m.At ||
		says.Purpose != m.Purpose || says.Recipient != m.Recipient || says.Consent != c.Manifest.Handling.Consent || says.Source != c.Manifest.Handling.Source ||
		says.Seizure != c.Manifest.Case.Number || says.Reference != c.Manifest.Case.Reference || says.Version != c.Manifest.Case.Version {
		c.found(m.Entry, "bundle", "", "who made it, when, for what or of which case is not what its entry says")
	}
	c.counted()
}

// counted: every version, and every photo, that an entry of the bundle speaks of is there.
func (c *check) counted() {
	versions, photos := map[int64]bool{}, map[int64]bool{}
	for _, v := range c.Manifest.Versions {
		versions[v.Entry] = true
	}
	for _, p := range c.Manifest.Photos {
		photos[p.Number] = true
	}
	for _, a := range c.acts {
		switch access.Permission(a.Verb) {
		case access.AttachmentUpload:
			if !photos[a.Seq] {
				c.found(a.Seq, "photo", "", "an entry kept a file that the manifest does not name")
			}
		case access.AttachmentBlacken, access.SeizureAttach, access.SeizureDetach, access.EvidenceBundle:
		default:
			if !versions[a.Seq] {
				c.found(a.Seq, "version", "", "an entry changed the case, and the manifest does not name that version")
			}
		}
	}
	if n := c.Manifest.Case.Version; int64(len(c.Manifest.Versions)) != n {
		c.found(journal.NoEntry, "version", "", "the case had %d versions, the manifest names %d", n, len(c.Manifest.Versions))
	}
}
