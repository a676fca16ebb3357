package pack

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

var (
	root    = access.Actor{Person: "a", Organisation: 1, Administrator: true}
	officer = access.Actor{Person: "b", Organisation: 2}
)

const english = "code,label\n64,Footwear etc.\n6403,Shoes with uppers of leather\n640391,Shoes covering the ankle\n640399,Shoes n.e.c.\n9503,\"Toys: tricycles, dolls\"\n"

func newStore(d *db.DB) *Store {
	src := source.Story(time.Date(2017, 2, 6, 8, 0, 0, 0, time.UTC), 1)
	return NewStore(d, journal.New(src), src)
}

func hs(t *testing.T, name, edition, lang, rows string) File {
	return read(t, form+"\n# kind: hs\n# source: s\n# licence: l\n"+rows, Pack{Name: name, Edition: edition, Language: lang})
}

func entries(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	if err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		n, err = journal.Size(tx, journal.Instance)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAddAndRemove(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := newStore(d), t.Context()
		f := hs(t, "hs-en", "2022", "en", english)
		for _, who := range []access.Actor{{}, officer, {Person: "c", Organisation: 3, ContactPoint: true}} {
			if _, err := s.Add(ctx, who, f); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v adds: %v", who, err)
			}
			if err := s.Remove(ctx, who, "hs-en", "2022"); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v removes: %v", who, err)
			}
		}
		if _, err := s.List(ctx, access.Actor{}); !fault.Is(err, fault.NotFound) {
			t.Error("nobody lists:", err)
		}
		made, err := s.Add(ctx, root, f)
		if err != nil || made.Number != 1 || made.Rows != 5 || made.Added.IsZero() {
			t.Fatal(made, err)
		}
		before := entries(t, d)
		for _, same := range []File{f, hs(t, "hs-en", "2022", "en", english+"\n\n")} {
			if again, err := s.Add(ctx, root, same); err != nil || again != made {
				t.Error("the same again:", again, err)
			}
		}
		if _, err := s.Add(ctx, root, hs(t, "hs-en", "2022", "en", "code,label\n64,Other\n")); !fault.Is(err, fault.Conflict) {
			t.Error("another list under the same name:", err)
		}
		forged := f
		forged.Entries = []Entry{{Code: "64", Label: "Other"}} // the digest is that of others
		if _, err := s.Add(ctx, root, forged); !fault.Is(err, fault.Conflict) {
			t.Error("rows that are not those of the digest:", err)
		}
		for _, bad := range []File{{}, {Pack: f.Pack}, {Pack: f.Pack, Entries: []Entry{{Code: "x"}}}, {Pack: f.Pack, Entries: []Entry{{Code: "64"}, {Code: "64"}}}} {
			if _, err := s.Add(ctx, root, bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if n := entries(t, d); n != before {
			t.Errorf("%d entries more", n-before)
		}
		if all, err := s.List(ctx, officer); err != nil || len(all) != 5 || all[0] != made {
			t.Error(all, err)
		}
		if err := s.Remove(ctx, root, "hs-en", "2022"); err != nil {
			t.Error(err)
		}
		if err := s.Remove(ctx, root, "hs-en", "2022"); !fault.Is(err, fault.NotFound) {
			t.Error("removed twice:", err)
		}
		if h, err := s.Lookup(ctx, officer, HS, "2022", "640399", "en"); !fault.Is(err, fault.NotFound) {
			t.Error("removed, and there:", h, err)
		}
		if n := entries(t, d); n != before+1 {
			t.Errorf("%d entries more", n-before)
		}
	})
}

func TestLookupAndFind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := newStore(d), t.Context()
		for _, f := range []File{hs(t, "hs-en", "2022", "en", english), hs(t, "hs-fr", "2022", "fr", "code,label\n640399,\"Chaussures, n.d.a.\"\n"),
			hs(t, "hs-en", "2017", "en", "code,label\n640399,Shoes of 2017\n"), read(t, places, Pack{Edition: "2024-2", Source: "s", Licence: "l"})} {
			if _, err := s.Add(ctx, root, f); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct{ kind, edition, code, lang, label, in string }{
			{HS, "2022", "6403.99", "fr", "Chaussures, n.d.a.", "fr"},
			{HS, "2022", "640399", "fr-CA", "Chaussures, n.d.a.", "fr"},
			{HS, "2022", "640391", "fr", "Shoes covering the ankle", "en"},
			{HS, "2022", "6403", "fr", "Chaussures à dessus en cuir", "fr"}, // built in
			{HS, "2022", "6403", "en", "Shoes with uppers of leather", "en"},
			{HS, "2017", "640399", "ar", "Shoes of 2017", "en"},
			{HS, "2012", "640399", "en", "", ""},
			{HS, "2012", "64", "ar", "أحذية", "ar"},
			{HS, "", "640399", "en", "Shoes of 2017", "en"}, // loaded last
			{HS, "2022", "64' or 1=1", "en", "", ""},
			{Locode, "", "nlrtm", "th", "Rotterdam", ""},
			{Locode, "", "KENBO", "th", "Nairobi", ""},
			{Unit, "", "KGM", "en", "", ""},
			{"zoo", "", "64", "en", "", ""},
		} {
			h, err := s.Lookup(ctx, officer, c.kind, c.edition, c.code, c.lang)
			if h.Label != c.label || h.Language != c.in || fault.Is(err, fault.NotFound) != (c.label == "") {
				t.Errorf("%+v: %+v, %v", c, h, err)
			}
		}
		for _, c := range []struct{ kind, edition, words, lang, want string }{
			{HS, "2022", "shoes", "en", "6402 6403 6404 640391 640399"},
			{HS, "2022", "SHOES ankle", "en", "640391"},
			{HS, "2022", "chaussures", "fr", "64 6402 6403 6404 640399"},
			{HS, "2022", "ankle", "fr", "640391"},
			{HS, "2022", "6403", "fr", "6403 640399 640391"},
			{HS, "2022", "6403.99", "fr", "640399"},
			{HS, "2022", "٦٤٠٣٩٩", "ar", "640399"},
			{HS, "2022", "vetements cuir", "fr", "4203"},
			{HS, "2022", "أحذية", "ar", "64 6402 6403 6404"},
			{HS, "2022", "%", "en", ""},
			{HS, "2022", "s_oes ankle", "en", "640391"}, // signs part words
			{HS, "2022", "' or 1=1 -- ankle", "en", ""},
			{Locode, "", "rotter", "en", "NLRTM"},
			{Locode, "", "malaga", "en", "ESAGP"},
			{Locode, "", "Málaga", "en", "ESAGP"},
			{Locode, "", "two", "en", "USXYZ"},
			{Locode, "", "us ny", "en", "USNYC"},
			{Locode, "", "上海", "zh", "CNSHA"},
		} {
			found, err := s.Look(ctx, officer, Query{Kind: c.kind, Edition: c.edition, Words: c.words, Lang: c.lang, Limit: 20})
			var got []string
			for _, h := range found.Hits {
				got = append(got, h.Code)
			}
			slices.Sort(got)
			want := strings.Fields(c.want)
			slices.Sort(want)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s %q: %v, %v", c.kind, c.words, got, err)
			}
		}
		below, err := s.Look(ctx, officer, Query{Kind: HS, Edition: "2022", Below: "6403", Lang: "fr", Limit: 20})
		if err != nil || len(below.Hits) != 2 || below.Hits[1].Label != "Chaussures, n.d.a." || below.Above["64"].Label != "Chaussures" || !below.Whole {
			t.Errorf("%+v, %v", below, err)
		}
		top, err := s.Look(ctx, officer, Query{Kind: HS, Edition: "2012", Lang: "ar"})
		if err != nil || len(top.Hits) != 96 || top.Whole || top.More {
			t.Errorf("%d chapters, %v", len(top.Hits), err)
		}
		few, err := s.Look(ctx, officer, Query{Kind: HS, Edition: "2022", Words: "shoes", Lang: "en", Limit: 2})
		if err != nil || len(few.Hits) != 2 || !few.More {
			t.Errorf("%+v, %v", few, err)
		}
	})
}

// A list as long as the longest in use is loaded, found in, and found whole.
func TestLongList(t *testing.T) {
	if testing.Short() {
		t.Skip("20,000 rows")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := newStore(d), t.Context()
		var b strings.Builder
		b.WriteString(form + "\n# kind: unit\n# name: long\n# edition: 1\n# language: en\n# source: s\n# licence: l\ncode,label\n")
		for i := range 20_003 {
			fmt.Fprintf(&b, "U%05d,unit number %d\n", i, i)
		}
		made, err := s.Add(ctx, root, read(t, b.String(), Pack{}))
		if err != nil || made.Rows != 20_003 {
			t.Fatal(made, err)
		}
		found, err := s.Look(ctx, officer, Query{Kind: Unit, Words: "number 20002", Lang: "en", Limit: 5})
		if err != nil || len(found.Hits) != 1 || found.Hits[0].Code != "U20002" {
			t.Error(found, err)
		}
		if a := audit(t, d); len(a.Findings) > 0 || a.Rows["code_item"] != 20_003 {
			t.Error(a.Findings, a.Rows)
		}
	})
}

// audit walks the instance's journal and compares.
func audit(t *testing.T, d *db.DB) *journal.Audit {
	t.Helper()
	a := &journal.Audit{Operation: journal.Instance, Code: journal.InstanceName}
	r := newReplay(a)
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		err := a.Walk(tx, func(act journal.Act) error {
			if !r.Take(a, act) {
				t.Errorf("%s was not taken", act.Verb)
			}
			return nil
		}, func(int64) {})
		if err != nil {
			return err
		}
		return r.Check(tx, a)
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Lists that came and went leave nothing that an audit finds.
func TestAudit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := newStore(d), t.Context()
		for i, name := range []string{"one", "two", "one"} {
			if _, err := s.Add(ctx, root, hs(t, name, "2022", "en", english)); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				if err := s.Remove(ctx, root, name, "2022"); err != nil {
					t.Fatal(err)
				}
			}
		}
		if a := audit(t, d); len(a.Findings) > 0 || a.Rows["code_pack"] != 2 || a.Rows["code_item"] != 10 {
			t.Error(a.Findings, a.Rows)
		}
	})
}
