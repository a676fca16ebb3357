package evidence_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/verify"
)

// A bundle holds the case, what belongs to it, and nothing else; whoever has the
// key finds nothing wrong with it, and any program unpacks it.
func TestBundle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.bundled()
		c, err := check(b, w.signer.Verifier())
		w.Must(err)
		m := c.Manifest
		if !c.Fine() || !c.Trusted || c.Proofs != len(m.Entries) || c.Contents != len(m.Entries) || c.Proofs < 12 {
			t.Errorf("%d proofs, %d contents of %d: %v", c.Proofs, c.Contents, len(m.Entries), c.Findings)
		}
		if m.Made.Purpose != "Case 12/34" || m.Made.Recipient != "Court of Q" || m.Made.Name != "Person xa.officer" || m.Handling.Conditions != "Keep it here." {
			t.Errorf("%+v %+v", m.Made, m.Handling)
		}
		var originals []string
		for _, p := range m.Photos {
			originals = append(originals, p.Original)
		}
		if want := []string{evidence.NotHeld, evidence.NotHeld, evidence.Held, evidence.Held}; !slices.Equal(originals, want) {
			t.Errorf("originals: %v", originals)
		}
		if m.Photos[1].Withdrawn == 0 || m.Photos[1].Reason != "another crate" || m.Photos[0].BlackedOut == "" || len(m.Versions) != 3 {
			t.Errorf("%+v, %d versions", m.Photos, len(m.Versions))
		}
		if bytes.Contains(b, []byte(canary)) {
			t.Error("another's record is in the bundle")
		}
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		w.Must(err)
		for _, f := range z.File {
			in, err := f.Open()
			w.Must(err)
			content, err := io.ReadAll(in)
			w.Must(err)
			if bytes.Contains(content, []byte(canary)) {
				t.Errorf("%s holds another's words", f.Name)
			}
			if strings.HasPrefix(f.Name, "readme.en") && (!strings.Contains(string(content), "Of 2 photos the originals are not held") || strings.Contains(string(content), "evidence.readme")) {
				t.Errorf("%s", content)
			}
		}
		if c, err := check(b); err != nil || !c.Fine() || c.Trusted {
			t.Errorf("without a key: %v %v", c, err)
		}
		_, other, err := journal.NewKey("tidewaiter-test")
		w.Must(err)
		if p := problem(b, other); !strings.Contains(p, "not signed by a key that was given") {
			t.Errorf("another key: %s", p)
		}
		r, err := verify.Database(t.Context(), d, verify.Options{})
		w.Must(err)
		if !r.Fine() || strings.Contains(strings.Join(r.Limits, "\n"), "does not know") {
			t.Errorf("%v %v", r.Findings, r.Limits)
		}
	})
}

// Nobody but the organisation that reported makes it.
func TestRefused(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	c := w.told()
	for _, who := range append(slices.Clone(operationtest.Outside), "xb.officer", "xb", "wco", "wco.coordinator") {
		w.Missing(who, func(a access.Actor) error {
			_, err := w.store.Make(t.Context(), a, code, c.Reference, evidence.Request{})
			return err
		})
		w.Missing(who, func(a access.Actor) error {
			_, err := w.store.Prepare(t.Context(), a, code, c.Reference)
			return err
		})
	}
	d, err := w.cases.Save(t.Context(), w.Actor["xa.officer"], code, w.draft(), 0)
	w.Must(err)
	if _, err := w.bundle("xa.officer", d, evidence.Request{}); !strings.Contains(fmt.Sprint(err), "evidence.draft") {
		t.Error(err)
	}
	if _, err := w.bundle("xa.officer", c, evidence.Request{Purpose: strings.Repeat("x", 301)}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// What came of another's warning that is marked for few waits for consent, also
// when a later version says nothing of the warning.
func TestConsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for tlp, needed := range map[string]bool{"RED": true, "AMBER+STRICT": true, "AMBER": false, "GREEN": false} {
			x := w.draft()
			x.Warning = w.warn(tlp)
			c, err := w.cases.Report(t.Context(), w.Actor["xa.officer"], code, x)
			w.Must(err)
			x.Warning = 0
			w.tick()
			c, err = w.cases.Amend(t.Context(), w.Actor["xa.officer"], code, c.Seq, c.Version, x, "not that one")
			w.Must(err)
			desk, err := w.store.Prepare(t.Context(), w.Actor["xa.officer"], code, c.Reference)
			w.Must(err)
			_, err = w.bundle("xa.officer", c, evidence.Request{Purpose: "p"})
			f, _ := errors.AsType[*fault.Fault](err)
			if blocked := f != nil && len(f.Fields) == 1 && f.Fields[0].Key == "evidence.consent-needed"; blocked != needed || (desk.Source != "") != needed || (err != nil) != needed {
				t.Errorf("%s: %v, %q", tlp, err, desk.Source)
			}
			if !needed {
				continue
			}
			b, err := w.bundle("xa.officer", c, evidence.Request{Purpose: "p", Consent: "By letter of 3 March"})
			w.Must(err)
			got, err := check(b, w.signer.Verifier())
			if err != nil || !got.Fine() || got.Manifest.Handling.Source != tlp || got.Manifest.Handling.Consent != "By letter of 3 March" {
				t.Errorf("%+v %v", got, err)
			}
		}
	})
}

// A case whose content was erased has a bundle that says so, and still proves
// that it was.
func TestErased(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.told()
		w.tick()
		_, err := w.bundle("xa.officer", c, evidence.Request{Purpose: "of Mr Somebody"})
		w.Must(err)
		w.tick()
		w.Must(d.Write(t.Context(), string(code), func(tx *db.Tx) error {
			st, err := operation.EnterAs(tx, w.Source.Now(), access.Actor{System: "test", Organisation: w.Body["wco"].Number}, 1)
			if err != nil {
				return err
			}
			gone, err := w.files.Erase(tx, st.Operation.Number, c.Seq)
			if err != nil {
				return err
			}
			asked, err := evidence.Erase(tx, st.Operation.Number, reading.Case, c.Seq)
			if err != nil {
				return err
			}
			if len(asked) != 1 { // of the bundle before
				t.Errorf("entries of bundles: %v", asked)
			}
			gone = append(gone, asked...)
			_, err = seizure.Redact(tx, w.Journal, st, c.Seq, "personal-data", map[string]string{"erased": journal.Numbers(gone), "reason": "a name"})
			if err != nil {
				return err
			}
			return journal.Erase(tx, st.Operation.Number, gone)
		}))
		b, err := w.bundle("xa.officer", c, evidence.Request{})
		w.Must(err)
		got, err := check(b, w.signer.Verifier())
		w.Must(err)
		if !got.Fine() || got.Contents >= got.Proofs || got.Manifest.Photos[0].Original != evidence.Gone || !got.Manifest.Versions[0].Erased {
			t.Errorf("%d of %d: %v %+v", got.Contents, got.Proofs, got.Findings, got.Manifest.Photos)
		}
		if bytes.Contains(b, []byte("crates")) || bytes.Contains(b, []byte("Somebody")) {
			t.Error("erased words are in the bundle")
		}
		r, err := verify.Database(t.Context(), d, verify.Options{})
		w.Must(err)
		if !r.Fine() {
			t.Errorf("%v", r.Findings)
		}
	})
}

// What a case lost while it was a draft is in its own organisation's file, as
// withdrawn: the entry that gave it speaks of it.
func TestPhotoOfADraftIsInTheFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		x := w.draft()
		w.tick()
		c, err := w.cases.Save(t.Context(), w.Actor["xa.officer"], code, x, 0)
		w.Must(err)
		made := w.attach("xa.officer", c, seizure.PhotoDraft{ID: w.upload("xa.officer", w.id(), "a.png", w.picture())},
			seizure.PhotoDraft{ID: w.upload("xa.officer", w.id(), "b.png", w.picture())})
		w.tick()
		w.Must(w.cases.Detach(t.Context(), w.Actor["xa.officer"], code, c.Seq, made[0].Attachment, "another crate"))
		w.tick()
		c, err = w.cases.Report(t.Context(), w.Actor["xa.officer"], code, x)
		w.Must(err)
		b, err := w.bundle("xa.officer", c, evidence.Request{})
		w.Must(err)
		got, err := check(b, w.signer.Verifier())
		w.Must(err)
		if p := got.Manifest.Photos; !got.Fine() || len(p) != 2 || p[0].Reason != "another crate" || p[1].Withdrawn != 0 {
			t.Errorf("%v %+v", got.Findings, p)
		}
	})
}
