package caselist_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/register"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// reader is for whom a filter is asked.
type reader struct {
	organisation int64
	person       string
}

// values are those of a case under a coded filter, found the slow way.
func values(c seizure.Case, name string) []string {
	switch name {
	case caselist.Category:
		return categories(c)
	case caselist.Violation:
		return violations(c)
	}
	one := map[string]string{caselist.State: c.State, caselist.Class: c.Class, caselist.Status: c.Status, caselist.Conveyance: c.Conveyance.Code,
		caselist.Direction: c.Direction.Code, caselist.Detection: c.Detection.Code, caselist.Country: c.Country, caselist.Origin: c.Origin.Code,
		caselist.Destination: c.Destination.Code, caselist.Organisation: strconv.FormatInt(c.Organisation, 10)}[name]
	if one == "" {
		return nil
	}
	return []string{one}
}

// holds tells whether a case passes a filter but for one of its parts.
func holds(c seizure.Case, f caselist.Filter, r reader, but string) bool {
	for name, value := range f.Codes {
		if name != but && !slices.Contains(values(c, name), value) {
			return false
		}
	}
	brand := slices.ContainsFunc(c.Goods, func(l goods.Line) bool { return i18n.Fold(l.Brand) == i18n.Fold(f.Brand) })
	switch {
	case f.Brand != "" && but != caselist.Brand && !brand, f.Post != "" && but != caselist.Post && seizure.PostKey(c.Post()) != seizure.PostKey(f.Post):
	case f.From != "" && but != caselist.From && c.Day < f.From, f.To != "" && but != caselist.To && (c.Day == "" || c.Day > f.To):
	case f.Photos && but != caselist.Photos:
	case f.Waits && but != caselist.Waits && !waits(c, r):
	case f.Mine && but != caselist.Mine && c.Author != r.person:
	default:
		return true
	}
	return false
}

func waits(c seizure.Case, r reader) bool {
	return c.State == seizure.Reported && c.Organisation == r.organisation
}

// naive is what List must say of all that somebody may read.
func naive(all []seizure.Case, f caselist.Filter, r reader) (matching []int64, n register.Counts) {
	matching = []int64{}
	n = register.Counts{Choices: map[string]map[string]int64{}, On: map[string]int64{caselist.Photos: 0, caselist.Waits: 0, caselist.Mine: 0},
		Without: map[string]int64{}}
	for _, name := range caselist.Coded() {
		n.Choices[name] = map[string]int64{}
	}
	for _, name := range chosen(f) { // told even where there is no case at all
		n.Without[name] = 0
	}
	for _, c := range all {
		for _, name := range caselist.Coded() {
			if holds(c, f, r, name) {
				for _, v := range values(c, name) {
					n.Choices[name][v]++
				}
			}
		}
		for _, name := range chosen(f) {
			n.Without[name] += map[bool]int64{true: 1}[holds(c, f, r, name)]
		}
		if !holds(c, f, r, "") {
			continue
		}
		matching = append(matching, c.Seq)
		n.Matching++
		n.On[caselist.Waits] += map[bool]int64{true: 1}[waits(c, r)]
		n.On[caselist.Mine] += map[bool]int64{true: 1}[c.Author == r.person]
	}
	return matching, n
}

func chosen(f caselist.Filter) []string {
	out := slices.Collect(maps.Keys(f.Codes))
	for name, on := range map[string]bool{caselist.Brand: f.Brand != "", caselist.Post: f.Post != "", caselist.From: f.From != "", caselist.To: f.To != "", caselist.Photos: f.Photos, caselist.Waits: f.Waits, caselist.Mine: f.Mine} {
		if on {
			out = append(out, name)
		}
	}
	return out
}

// lives reports and changes cases at random.
func (w *world) lives(t *rapid.T, made *[]seizure.Case) {
	of := func(l codelist.List, n int) string {
		return rapid.SampledFrom(append([]string{""}, l.Codes()[:n]...)).Draw(t, "code")
	}
	who := rapid.SampledFrom([]string{"xa.officer", "xb.officer", "xa", "xb"}).Draw(t, "who")
	d := draft(rapid.SampledFrom([]string{"XA", "XB", "XC"}).Draw(t, "country"), rapid.SampledFrom([]string{"2017-02-07", "2017-02-08"}).Draw(t, "day"))
	for range rapid.IntRange(1, 2).Draw(t, "lines") {
		l := goods.Line{Category: rapid.SampledFrom([]string{"FOO", "PHA"}).Draw(t, "category"), Verdict: "fake",
			Brand: rapid.SampledFrom([]string{"", "Aa", "aA", "Bb"}).Draw(t, "brand")}
		if v := of(codelist.Violation, 3); v != "" {
			l.Violations = []string{v}
		}
		d.Goods = append(d.Goods, l)
	}
	d.Location, d.Place = rapid.SampledFrom([]string{"", "", "XAPOR"}).Draw(t, "location"), rapid.SampledFrom([]string{"", "-", "Pier  9", "pier 9", "XAPOR"}).Draw(t, "place")
	d.Conveyance.Code, d.Direction.Code, d.Detection.Code = of(codelist.Conveyance, 2), of(codelist.Direction, 2), of(codelist.Detection, 2)
	d.Origin.Code, d.Destination.Code = of(codelist.Country, 2), of(codelist.Country, 2)
	switch act := rapid.IntRange(0, 5).Draw(t, "act"); {
	case act == 0:
		c, err := w.cases.Save(w.T.Context(), w.Actor[who], code, d, 0)
		w.Must(err)
		*made = append(*made, c)
	case act < 4 || len(*made) == 0:
		*made = append(*made, w.report(who, d))
	default:
		at := rapid.IntRange(0, len(*made)-1).Draw(t, "at")
		c := (*made)[at]
		lead := w.Actor["xa"]
		if c.Organisation != lead.Organisation {
			lead = w.Actor["xb"]
		}
		d.ID = c.ID
		var err error
		ctx := w.T.Context()
		switch rapid.IntRange(0, 3).Draw(t, "change") {
		case 0:
			c, err = w.cases.Amend(ctx, lead, code, c.Seq, c.Version, d, "Wrong")
		case 1:
			c, err = w.cases.Release(ctx, lead, code, c.Seq, c.Version)
		case 2:
			c, err = w.cases.Recall(ctx, lead, code, c.Seq, c.Version, "Wrong")
		case 3:
			c, err = w.cases.Withdraw(ctx, lead, code, c.Seq, c.Version, "Wrong")
		}
		if err == nil {
			(*made)[at] = c
		} else if !fault.Is(err, fault.Conflict) {
			t.Fatal(err)
		}
	}
}

func anyFilter(t *rapid.T, w *world) caselist.Filter {
	f := caselist.Filter{Codes: map[string]string{}, Limit: rapid.SampledFrom([]int{3, 200}).Draw(t, "limit")}
	some := map[string][]string{caselist.State: caselist.States(), caselist.Class: {"counted", "draft", "withdrawn"}, caselist.Status: {"seized", "released"},
		caselist.Conveyance: codelist.Conveyance.Codes()[:3], caselist.Direction: codelist.Direction.Codes()[:2], caselist.Detection: codelist.Detection.Codes()[:2],
		caselist.Country: {"XA", "XB", "ZZ"}, caselist.Origin: codelist.Country.Codes()[:2], caselist.Destination: codelist.Country.Codes()[:2],
		caselist.Organisation: {strconv.FormatInt(w.number("xa"), 10), strconv.FormatInt(w.number("xb"), 10)},
		caselist.Category:     {"FOO", "PHA", "WIL"}, caselist.Violation: codelist.Violation.Codes()[:3]}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(caselist.Coded()), 0, 2, rapid.ID).Draw(t, "names") {
		f.Codes[name] = rapid.SampledFrom(some[name]).Draw(t, name)
	}
	f.Brand, f.Post = rapid.SampledFrom([]string{"", "", "AA", "zz"}).Draw(t, "brand"), rapid.SampledFrom([]string{"", "", "", "-", "PIER 9", "XAPOR", "zz"}).Draw(t, "post")
	f.From = rapid.SampledFrom([]string{"", "", "2017-02-08"}).Draw(t, "from")
	f.To = rapid.SampledFrom([]string{"", "", "2017-02-07"}).Draw(t, "to")
	f.Photos = rapid.IntRange(0, 9).Draw(t, "photos") == 0
	f.Waits, f.Mine = rapid.IntRange(0, 5).Draw(t, "waits") == 0, rapid.IntRange(0, 5).Draw(t, "mine") == 0
	return f
}

// Whatever happened, a list and each of its counts are what one finds by going
// through everything that the reader may read.
func TestCountsAreWhatOneWouldCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var made []seizure.Case
		compared := 0
		rapid.Check(t, func(t *rapid.T) {
			for range rapid.IntRange(0, 3).Draw(t, "acts") {
				w.lives(t, &made)
			}
			if rapid.IntRange(0, 9).Draw(t, "restart") == 0 {
				w.lists = caselist.NewStore(d, w.Source, register.New())
			}
			who := rapid.SampledFrom([]string{"xa.officer", "xb.officer", "xb", "wco.coordinator"}).Draw(t, "reader")
			f := anyFilter(t, w)
			want, counts := naive(w.everything(w.Actor[who]), f, reader{w.number(who), w.Actor[who].Person})
			p := w.list(who, f)
			if got := seqs(p.Items); !slices.Equal(got, want[:min(len(want), f.Limit)]) || (p.Next != 0) != (len(want) > f.Limit) {
				t.Fatalf("%s, %+v: %v, next %d; want %v", who, f, got, p.Next, want)
			}
			if got := fmt.Sprint(p.Counts); got != fmt.Sprint(counts) {
				t.Fatalf("%s, %+v:\n%v, want\n%v", who, f, got, counts)
			}
			compared += len(want)
		})
		if compared < 20 {
			t.Errorf("only %d cases were compared", compared)
		}
	})
}

// Pages follow each other without gap or overlap, and words narrow like any
// other filter.
func TestPagesAndWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var want []int64
		for i := range 7 {
			c := draft("XA", "2017-02-08", goods.Line{Category: "FOO", Description: []string{"Tins of tunny", "Sacks"}[i%2]})
			want = append(want, w.report("xa.officer", c).Seq)
		}
		slices.Reverse(want)
		var got []int64
		for f := (caselist.Filter{Limit: 2}); ; {
			p := w.list("xb.officer", f)
			got = append(got, seqs(p.Items)...)
			if f.Before = p.Next; p.Next == 0 {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages give %v, want %v", got, want)
		}
		p := w.list("xb.officer", caselist.Filter{Words: "tunny", Limit: 2, Codes: map[string]string{caselist.Category: "PHA"}})
		if p.Counts.Matching != 0 || p.Counts.Without[caselist.Category] != 4 || p.Counts.Without[caselist.Words] != 0 || p.Counts.Choices[caselist.Category]["FOO"] != 4 {
			t.Errorf("words and a category that do not meet: %+v", p.Counts)
		}
		p = w.list("xb.officer", caselist.Filter{Words: "tunny", Limit: 3})
		if !slices.Equal(seqs(p.Items), []int64{want[0], want[2], want[4]}) || p.Next == 0 || p.Counts.Matching != 4 {
			t.Errorf("words: %v, next %d, %+v", seqs(p.Items), p.Next, p.Counts)
		}
		feed, err := w.lists.Feed(t.Context(), w.Actor["xb.officer"], code, caselist.Filter{Words: "tunny", Limit: 3})
		if err != nil || !slices.Equal(seqs(feed.Items), seqs(p.Items)) || feed.Next != p.Next || feed.Counts.Matching != 0 {
			t.Errorf("the feed: %v, %v", feed, err)
		}
	})
}

// Who is no member, or reads no cases, learns nothing, and keeps nothing.
func TestOutside(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.report("xa.officer", draft("XA", "2017-02-08", goods.Line{Category: "FOO"}))
		w.Leave("gone")
		ctx := t.Context()
		for what, do := range map[string]func(access.Actor) error{
			"list": func(a access.Actor) error { _, err := w.lists.List(ctx, a, code, caselist.Filter{}); return err },
			"feed": func(a access.Actor) error { _, err := w.lists.Feed(ctx, a, code, caselist.Filter{}); return err },
			"keep": func(a access.Actor) error {
				return w.lists.Keep(ctx, a, code, "Name", url.Values{"country": {"XA"}}, true)
			},
			"drop":    func(a access.Actor) error { return w.lists.Drop(ctx, a, code, "x") },
			"arrange": func(a access.Actor) error { return w.lists.Arrange(ctx, a, code, []string{"day"}) },
		} {
			for _, who := range []string{"stranger", "gone", "gone.officer"} {
				if err := do(w.Actor[who]); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s %s: %v", who, what, err)
				}
			}
			for _, who := range []string{"observer", "holder", "wco.auditor"} {
				if err := do(w.Actor[who]); err == nil {
					t.Errorf("%s may %s", who, what)
				}
			}
		}
	})
}

// A kept filter is its maker's, shared ones are the organisation's; only its
// maker changes or deletes it, and codes that no list has any more stay.
func TestKeptFilters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		keep := func(who, name string, q url.Values, shared bool) error {
			return w.lists.Keep(ctx, w.Actor[who], code, name, q, shared)
		}
		w.Must(keep("xa.officer", "Lorries", url.Values{"conveyance": {"road"}, "before": {"7"}, "other": {"x"}}, false))
		w.Must(keep("xa.officer", "Ours", url.Values{"category": {"OLD-CODE"}}, true))
		w.Must(keep("xa.officer", "Ours", url.Values{"category": {"GONE-CODE"}}, true))
		w.Must(keep("xb.officer", "Theirs", url.Values{"country": {"XB"}}, true))
		names := func(who string) (out []string) {
			for _, s := range w.list(who, caselist.Filter{}).Saved {
				out = append(out, fmt.Sprint(s.Name, " ", s.Query.Encode(), " ", s.Own, " ", s.Shared))
			}
			return out
		}
		for who, want := range map[string][]string{"xa.officer": {"Lorries conveyance=road true false", "Ours category=GONE-CODE true true"},
			"xa": {"Ours category=GONE-CODE false true"}, "xb": {"Theirs country=XB false true"}, "wco.coordinator": nil} {
			if got := names(who); !slices.Equal(got, want) {
				t.Errorf("%s sees %q, want %q", who, got, want)
			}
		}
		ours := w.list("xa", caselist.Filter{}).Saved[0]
		for _, who := range []string{"xa", "xb.officer"} {
			if err := w.lists.Drop(ctx, w.Actor[who], code, ours.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s deletes what is another's: %v", who, err)
			}
		}
		w.Must(w.lists.Drop(ctx, w.Actor["xa.officer"], code, ours.ID))
		if got := names("xa"); got != nil {
			t.Errorf("after deletion: %q", got)
		}
		for name, q := range map[string]url.Values{"": {"country": {"XA"}}, "Nothing": {"country": {""}}, "A\u202ename": {"country": {"XA"}}} {
			if err := keep("xa", name, q, false); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q %v: %v", name, q, err)
			}
		}
		for i := range caselist.MaxSaved {
			w.Must(keep("xb", strconv.Itoa(i), url.Values{"country": {"XA"}}, false))
		}
		if err := keep("xb", "One more", url.Values{"country": {"XA"}}, false); !fault.Is(err, fault.Invalid) {
			t.Errorf("one too many: %v", err)
		}
		w.Must(keep("xb", "0", url.Values{"country": {"XB"}}, false))
	})
}

func TestColumns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		arrange := func(columns ...string) { w.Must(w.lists.Arrange(t.Context(), w.Actor["xa"], code, columns)) }
		arrange("counts", "day", "no-column")
		if got := w.list("xa", caselist.Filter{}).Columns; !slices.Equal(got, []string{"day", "counts"}) {
			t.Errorf("%v", got)
		}
		if got := w.list("xa.officer", caselist.Filter{}).Columns; got != nil {
			t.Errorf("another's: %v", got)
		}
		arrange()
		if got := w.list("xa", caselist.Filter{}).Columns; got != nil {
			t.Errorf("none chosen: %v", got)
		}
	})
}

// What Parse lets through it lets through again, and nothing that cannot be a
// value ever reaches a question.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "class=counted&before=7", "country=XA&category=FOO&q=tunny+%22a+b%22", "brand=%20Aa%E2%80%AE", "post=+-+", "from=2017-02-31&to=2017-02-08",
		"organisation=-1", "organisation=007", "photos=1&waits=0&mine=yes", "q=%ff", "state=draft&state=released", "country=../x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := url.ParseQuery(s)
		if err != nil {
			return
		}
		filter, clean := caselist.Parse(q)
		again, twice := caselist.Parse(clean)
		again.Before = filter.Before
		if fmt.Sprint(again) != fmt.Sprint(filter) || clean.Encode() != twice.Encode() {
			t.Errorf("%q: %+v %q, then %+v %q", s, filter, clean.Encode(), again, twice.Encode())
		}
		if filter.Narrows() != (len(clean) > 0) {
			t.Errorf("%q narrows: %v, and %q stands in the address", s, filter.Narrows(), clean.Encode())
		}
		for name := range clean {
			if !slices.Contains(caselist.Names(), name) {
				t.Errorf("%q: %s is no filter", s, name)
			}
		}
	})
}
