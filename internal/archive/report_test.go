package archive_test

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/archive"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/edition"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/publication"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// frozen has the report frozen twice, with a correction by 100 pieces between.
func (w *world) frozen() *world {
	w.T.Helper()
	ctx, wco := w.T.Context(), w.Actor["wco.coordinator"]
	reports := publication.NewStore(w.db, w.Journal, w.Source, register.New())
	_, err := reports.Open(ctx, wco, code, "en")
	w.Must(err)
	c := w.report("xa.officer", func(d *seizure.Draft) { d.Goods[0].Brand = "Heron" })
	late := w.report("xb.officer", func(d *seizure.Draft) { d.Goods[0].Brand = "Egret"; d.Remarks = "another traveller" })
	w.tick()
	_, err = reports.Freeze(ctx, wco, code, publication.Freezing{})
	w.Must(err)
	editions := edition.NewStore(w.db, w.Journal, w.Source)
	issue := func(number int64, kind string, langs ...string) {
		w.tick()
		_, err := editions.Issue(ctx, wco, code, edition.Wanted{Number: number, Kind: kind}, langs)
		w.Must(err)
	}
	_, err = reports.Clear(ctx, w.Actor["xb"], code, 1, publication.ClearanceDraft{State: publication.Dissents, Words: "Too **early**.", Language: "en"})
	w.Must(err)
	issue(1, publication.Public, "en", "ar")
	d := c.Draft
	d.Goods = []goods.Line{{Category: "FOO", Verdict: "fake", Brand: "Heron", Quantities: []goods.Quantity{{Micro: 112e6, Unit: "H87"}}}}
	w.tick()
	_, err = w.cases.Amend(ctx, w.Actor["xa.officer"], code, c.Seq, c.Version, d, "counted again")
	w.Must(err)
	w.tick()
	_, err = reports.Freeze(ctx, wco, code, publication.Freezing{Note: "Counted again."})
	w.Must(err)
	issue(2, publication.Enforcement, "en")
	issue(2, publication.Public, "fr")
	issue(1, publication.Enforcement, "fr")
	w.late = late
	return w
}

// lose has a case erased that both versions counted.
func (w *world) lose() *world {
	w.erase("xb", w.late)
	return w
}

func (w *world) erase(body string, c seizure.Case) {
	w.T.Helper()
	ctx := w.T.Context()
	taking := withdrawal.NewStore(w.db, w.Journal, w.Source)
	w.tick()
	w.Must(taking.Ask(ctx, w.Actor[body], code, withdrawal.Asking{Kind: reading.Case, Record: c.Seq, Code: "personal-data", Reason: "Not ours to tell."}))
	desk, err := taking.Desk(ctx, w.Actor["wco"], code)
	w.Must(err)
	w.tick()
	for _, r := range desk.Requests {
		if r.Record == c.Seq {
			w.Must(taking.Accept(ctx, w.Actor["wco"], code, r.Seq))
		}
	}
}

// A frozen report is made again from the file alone: version 1 stays as it was,
// version 2 has 100 pieces more, and what was erased since counts as before.
func TestReportIsMadeAgain(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told().frozen()
	whole, _ := w.export(t, w.Actor["wco"])
	p, err := archive.CheckReport(t.Context(), whole, archive.Options{})
	if err != nil || !p.Fine() || p.Trusted || len(p.Unproved) > 0 || len(p.Editions) != 4 || p.Versions[0].Erased != 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	name, _ := w.lose().export(t, w.Actor["wco"])
	p, err = archive.CheckReport(t.Context(), name, archive.Options{Verifiers: []string{w.signer.Verifier()}})
	if err != nil || !p.Fine() || !p.Trusted {
		t.Fatalf("%+v, %v", p, err)
	}
	if len(p.Versions) != 2 || p.Versions[0].Totals["H87"] != 78e6 || p.Versions[1].Totals["H87"] != 178e6 || p.Versions[1].Cases != 5 || p.Versions[0].Erased != 1 {
		t.Errorf("%+v", p.Versions)
	}
	if p.Versions[0].Figures < 5 || len(p.Journals) != 2 || p.Journals[0].Rows["seizure"] != 6 {
		t.Errorf("%+v, %+v", p.Versions, p.Journals)
	}
	if len(p.Editions) != 4 || p.Editions[0].Hidden == 0 || !p.Editions[0].Words || !slices.Equal(p.Editions[0].Languages, []string{"ar", "en"}) || p.Editions[3].Number != 1 {
		t.Errorf("%+v", p.Editions)
	}
	// The figure by brands cannot be made again: the brand of one case is gone.
	if len(p.Unproved) > 0 && !strings.Contains(p.Unproved[0], "erased since") {
		t.Errorf("%q", p.Unproved)
	}
}

// sub changes the first match of a pattern in the content of the entries with a verb.
func sub(verb, pattern, with string) func(w *journal.Whole) {
	re := regexp.MustCompile(pattern)
	return func(w *journal.Whole) {
		if w.Verb == verb && re.MatchString(w.Content) {
			at := re.FindStringSubmatchIndex(w.Content)
			w.Content = w.Content[:at[2]] + with + w.Content[at[3]:]
		}
	}
}

// Whatever is changed is found: with the key of the instance in hand, too, as long as
// what was changed contradicts what follows from it; without a key at once.
func TestTamper(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told().frozen()
	before, _ := w.export(t, w.Actor["wco"]) // while nothing that the report counts is erased
	name, _ := w.lose().export(t, w.Actor["wco"])
	private, _, err := journal.NewKey("somebody")
	must(t, err)
	stranger, err := journal.ReadSigner(private)
	must(t, err)
	all := func(f *forged, sign bool) { f.fit(sign) }
	for what, c := range map[string]struct {
		do   func(f *forged)
		sign bool // the checkpoint is signed anew, as only the instance could
		says string
	}{
		"nothing":                   {func(*forged) {}, true, ""},
		"a case in table":           {func(f *forged) { f.edit("tables/seizure.jsonl", `"XB"`, `"XA"`) }, false, "seizure"},
		"a quantity in table":       {func(f *forged) { f.edit("tables/goods_quantity.jsonl", "12000000", "13000000") }, false, "goods"},
		"a content":                 {func(f *forged) { f.edit("journal.jsonl", "At eight", "At nine!") }, true, "not what its digest promised"},
		"a content with its digest": {func(f *forged) { f.entries(sub("message.send", "At (eight)", "nine")) }, false, "not the"},
		"an entry's actor":          {func(f *forged) { f.entries(func(w *journal.Whole) { w.Actor = strings.Replace(w.Actor, "0", "1", 1) }) }, false, "not the"},
		"a content taken away":      {func(f *forged) { f.entries(erasing("seizure.amend")) }, true, "no entry says that it was erased"},
		"the last entry":            {func(f *forged) { f.parts["journal.jsonl"] = but(f.parts["journal.jsonl"], -1) }, true, "no entry says that this file was made"},
		"a quantity, everywhere":    {func(f *forged) { quantity(f) }, true, "made again"},
		"a figure":                  {func(f *forged) { f.entries(sub("report.freeze", `"official":\{.*?"cases":(\d+)`, "9")) }, true, "official"},
		"a cell of a figure":        {func(f *forged) { f.entries(sub("report.freeze", `"value":"FOO","cases":(\d+)`, "9")) }, true, `"FOO", cases: it says 9`},
		"the order of an answer":    {func(f *forged) { f.entries(sub("report.freeze", `"answers":\{.*?"as_of":(\d+)`, "3")) }, true, "order"},
		"the basis: one left out":   {func(f *forged) { f.entries(basis(func(b []publication.Basis) []publication.Basis { return b[1:] })) }, true, "it leaves out"},
		"the basis: one put in": {func(f *forged) {
			f.entries(basis(func(b []publication.Basis) []publication.Basis { return append(b, publication.Basis{Seq: 9}) }))
		}, true, "did not read"},
		"the basis: another version": {func(f *forged) {
			f.entries(basis(func(b []publication.Basis) []publication.Basis { b[0].Version++; return b }))
		}, true, "not how the case stood"},
		"the basis: another class": {func(f *forged) {
			f.entries(basis(func(b []publication.Basis) []publication.Basis { b[0].Class = "duplicate"; return b }))
		}, true, "not how the case stood"},
		"what has changed":    {func(f *forged) { f.entries(changes(`[]`)) }, true, "not what has"},
		"as of another index": {func(f *forged) { f.entries(sub("report.freeze", `"as_of":(\d+),"at"`, "1")) }, true, "number, index"},
		"a version's number":  {func(f *forged) { f.entries(sub("report.freeze", `"number":(\d+)`, "7")) }, true, "number, index"},
		"the counting rule": {func(f *forged) {
			f.entries(sub("operation.open", `"Counting":(\{[^}]*\})`, `{"statuses":["none"],"checked":true,"genuine":false,"doubles":false}`))
		}, true, "made again"},
		"an edition shows what it hid":  {func(f *forged) { f.entries(sub("edition.issue", `"hidden":(true)`, "false")) }, true, "what it shows and hides"},
		"an edition hides another line": {func(f *forged) { f.entries(sub("edition.issue", `"hidden":(true)`, `true,"fixed":true`)) }, true, "what it shows and hides"},
		"a number in an edition":        {func(f *forged) { f.entries(sub("edition.issue", `"number":"(\d+)"`, "9")) }, true, "the document in"},
		"a number in its words":         {func(f *forged) { f.entries(sub("edition.issue", `"words":"[^"]*?(\d+) `, "3")) }, true, "the document in"},
		"an edition of no version":      {func(f *forged) { f.entries(sub("edition.issue", `"number":(\d+)`, "8")) }, true, "no such version"},
		"a clearance into an embargo": {func(f *forged) {
			f.entries(sub("report.clear", `"state":("dissents")`, `"embargoes","until":"2030-01-01"`))
		}, true, "under an embargo"},
		"a password":                    {func(f *forged) { f.edit("tables/person.jsonl", `"auto","auto",""`, `"auto","auto","$argon2id"`) }, true, "more than a name"},
		"an administrator":              {func(f *forged) { f.edit("tables/person.jsonl", `,0,"invited"`, `,1,"invited"`) }, true, "more than a name"},
		"a row of another operation":    {func(f *forged) { f.edit("tables/message.jsonl", "[1,", "[2,") }, true, "another operation"},
		"a table taken out":             {func(f *forged) { table(f, "tally", "") }, true, "table tally is missing"},
		"a table that does not leave":   {func(f *forged) { table(f, "tally", "session") }, true, "does not belong"},
		"bytes of a photo":              {func(f *forged) { first(f, "files/", func(s string) string { return s + "x" }) }, true, "not what its name says"},
		"a photo taken out":             {func(f *forged) { drop(f, "files/") }, true, "missing"},
		"a file more":                   {func(f *forged) { more(f) }, true, "no attachment names it"},
		"a part with a way out":         {func(f *forged) { f.names[0], f.parts["../x"] = "../x", "" }, true, "a name that none has"},
		"another operation's manifest":  {func(f *forged) { f.edit("manifest.json", `"name": "Tide"`, `"name": "Ebb"`) }, true, "not the operation"},
		"made by another person":        {func(f *forged) { f.edit("manifest.json", w.Actor["wco"].Person, w.Actor["xa"].Person) }, true, "by this person"},
		"a field that nobody knows":     {func(f *forged) { f.edit("journal.jsonl", `{"seq":0`, `{"x":1,"seq":0`) }, false, "unknown field"},
		"a row that is no row":          {func(f *forged) { f.edit("tables/message.jsonl", "[1,", "[1, ") }, true, "not a row"},
		"the key of somebody who signs": {func(f *forged) { f.signer = stranger }, true, "not signed by a key that was given"},
	} {
		t.Run(what, func(t *testing.T) {
			from := name
			if strings.Contains(what, "edition") {
				from = before
			}
			f := open(t, from, w.signer)
			f.t = t
			c.do(f)
			all(f, c.sign)
			found := look(t, f.write(), w.signer.Verifier())
			if what == "nothing" && found != "" || what != "nothing" && (found == "" || !strings.Contains(found, c.says)) {
				t.Errorf("found %q, want %q", found, c.says)
			}
		})
	}
}

// look gives what is found in a file, as one text; what is no file at all is found, too.
func look(t testing.TB, name string, key string) string {
	t.Helper()
	o := archive.Options{Verifiers: []string{key}}
	c, err := archive.Check(bytes.NewReader(content(t, name)), size(t, name), o)
	if err == nil && c.Fine() { // what is quickly found need not be looked for slowly
		var p *archive.Proof
		if p, err = archive.CheckReport(t.Context(), name, o); err == nil {
			c = p.Checked
		}
	}
	if err != nil {
		if !errors.Is(err, archive.ErrMalformed) {
			t.Fatal(err)
		}
		return err.Error()
	}
	var all []string
	for _, f := range c.Findings {
		all = append(all, f.String())
	}
	return strings.Join(all, "\n")
}

// Every byte of the file counts: flipped, it is found, or the file is none.
func TestFlippedBytes(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t)).told()
	name, _ := w.export(t, w.Actor["wco"])
	good := content(t, name)
	random := source.Story(w.Source.Now(), 3).Bytes(4 * 400)
	for i := range 400 {
		at := (int(random[4*i])<<16 | int(random[4*i+1])<<8 | int(random[4*i+2])) % len(good)
		if i%4 == 0 { // the table at the end
			at = len(good) - 1 - at%min(6000, len(good))
		}
		bad := bytes.Clone(good)
		bad[at] ^= 1 << (random[4*i+3] % 8)
		c, err := archive.Check(bytes.NewReader(bad), int64(len(bad)), archive.Options{Verifiers: []string{w.signer.Verifier()}})
		if err == nil && c.Fine() {
			t.Errorf("byte %d of %d", at, len(good))
		}
	}
	for _, cut := range []int{0, 1, 22, len(good) / 2, len(good) - 1} {
		if _, err := archive.Check(bytes.NewReader(good[:cut]), int64(cut), archive.Options{}); err == nil {
			t.Errorf("the first %d bytes are taken", cut)
		}
	}
	longer := append(bytes.Clone(good), 0)
	if _, err := archive.Check(bytes.NewReader(longer), int64(len(longer)), archive.Options{}); !errors.Is(err, archive.ErrMalformed) {
		t.Errorf("a byte more: %v", err)
	}
}
