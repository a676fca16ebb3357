package analysis_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/analysis"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// The slow, obvious reference: it knows nothing of how the package counts.

// saysOf lists what a case says of a dimension; ofLine, where it is asked of one line.
func saysOf(c seizure.Case, l *goods.Line, dimension string) []string {
	at, _ := time.Parse("2006-01-02", c.Day)
	switch dimension {
	case "country":
		return []string{c.Country}
	case "origin":
		return []string{c.Origin.Code}
	case "destination":
		return []string{c.Destination.Code}
	case "route":
		if c.Origin.Code+c.Destination.Code == "" {
			return []string{""}
		}
		return []string{c.Origin.Code + ">" + c.Destination.Code}
	case "conveyance":
		return []string{c.Conveyance.Code}
	case "direction":
		return []string{c.Direction.Code}
	case "detection":
		return []string{c.Detection.Code}
	case "status":
		return []string{c.Status}
	case "class":
		return []string{c.Class}
	case "reporter":
		return []string{fmt.Sprint(c.Organisation)}
	case "day":
		return []string{c.Day}
	case "month":
		return []string{strings.Join(strings.Split(c.Day, "-")[:min(2, strings.Count(c.Day, "-"))], "-")}
	case "week":
		for c.Day != "" && at.Weekday() != time.Monday {
			at = at.Add(-24 * time.Hour)
		}
		if c.Day == "" {
			return []string{""}
		}
		return []string{at.Format("2006-01-02")}
	}
	switch {
	case l == nil || dimension == "all" || dimension == "":
		return []string{""}
	case dimension == "category":
		return []string{l.Category}
	case dimension == "brand":
		return []string{strings.ToLower(l.Brand)}
	case len(l.Violations) > 0:
		return l.Violations
	}
	return []string{""}
}

func passes(c seizure.Case, where map[string]string) bool {
	if where["class"] == "" && c.Class != "counted" {
		return false
	}
	for name, want := range where {
		ok := false
		switch name {
		case "class":
			ok = want == "all" || c.Class == want
		case "state":
			ok = c.State == want
		case "from":
			ok = c.Day >= want
		case "to":
			ok = c.Day != "" && c.Day <= want
		case "organisation":
			ok = fmt.Sprint(c.Organisation) == want
		case "category", "brand", "violation":
			for i := range c.Goods {
				ok = ok || linePasses(&c.Goods[i], name, want)
			}
		default:
			ok = saysOf(c, nil, name)[0] == want
		}
		if !ok {
			return false
		}
	}
	return true
}

func linePasses(l *goods.Line, name, want string) bool {
	switch name {
	case "category":
		return l.Category == want
	case "brand":
		return strings.EqualFold(l.Brand, want)
	case "violation":
		return slices.Contains(l.Violations, want)
	}
	return true
}

// naive says what must be answered, a line of text for each group.
func naive(all []seizure.Case, q analysis.Question) []string {
	cases, sums := map[string]map[int64]bool{}, map[string]map[string]int64{}
	see := func(group string, c seizure.Case) {
		if cases[group] == nil {
			cases[group], sums[group] = map[int64]bool{}, map[string]int64{}
		}
		cases[group][c.Seq] = true
	}
	see("whole", seizure.Case{})
	for _, c := range all {
		if !passes(c, q.Where) {
			continue
		}
		see("whole", c)
		stood := false
		for i := range c.Goods {
			l := &c.Goods[i]
			if !linePasses(l, "category", q.Where["category"]) && q.Where["category"] != "" || !linePasses(l, "brand", q.Where["brand"]) && q.Where["brand"] != "" ||
				!linePasses(l, "violation", q.Where["violation"]) && q.Where["violation"] != "" {
				continue
			}
			stood = true
			var groups []string
			for _, a := range saysOf(c, l, q.Group) {
				for _, b := range saysOf(c, l, q.Split) {
					groups = append(groups, a+" / "+b)
				}
			}
			for _, g := range append(groups, "whole") {
				see(g, c)
				for _, m := range l.Quantities {
					sums[g][m.Unit] += m.Micro
				}
			}
		}
		if !stood {
			see(saysOf(c, nil, q.Group)[0]+" / "+saysOf(c, nil, q.Split)[0], c)
		}
	}
	delete(cases["whole"], 0)
	var out []string
	for g := range cases {
		out = append(out, fmt.Sprint(g, ": ", len(cases[g]), " ", sums[g]))
	}
	slices.Sort(out)
	return out
}

// said writes an answer in the same way.
func said(a analysis.Answer) []string {
	out := []string{fmt.Sprint("whole: ", a.Cases, " ", map[string]int64(a.Totals))}
	for _, g := range a.Groups {
		if a.Question.Group == "brand" {
			g.Value = strings.ToLower(g.Value)
		}
		if a.Question.Split == "brand" {
			g.Split = strings.ToLower(g.Split)
		}
		out = append(out, fmt.Sprint(g.Value, " / ", g.Split, ": ", g.Cases, " ", map[string]int64(g.Totals)))
	}
	slices.Sort(out)
	return out
}

func anyCode(t *rapid.T, l codelist.List, n int) string {
	return rapid.SampledFrom(append([]string{""}, l.Codes()[:n]...)).Draw(t, "code")
}

func anyDraft(t *rapid.T) seizure.Draft {
	d := draft(rapid.SampledFrom([]string{"XA", "XB"}).Draw(t, "country"), rapid.SampledFrom([]string{"2017-01-31", "2017-02-05", "2017-02-06", "2017-02-08"}).Draw(t, "day"))
	units := codelist.Unit.Codes()
	for range rapid.IntRange(1, 3).Draw(t, "lines") {
		l := line(rapid.SampledFrom([]string{"FOO", "PHA", "TOY"}).Draw(t, "category"), rapid.SampledFrom([]string{"", "Aa", "aA", "Bb"}).Draw(t, "brand"),
			rapid.SliceOfNDistinct(rapid.SampledFrom(codelist.Violation.Codes()[:3]), 0, 2, rapid.ID).Draw(t, "violations"))
		for i := range rapid.IntRange(0, 2).Draw(t, "quantities") {
			l.Quantities = append(l.Quantities, goods.Quantity{Micro: rapid.Int64Range(1, 9_000_000).Draw(t, "micro"), Unit: units[i]})
		}
		l.Verdict = rapid.SampledFrom([]string{"suspected", "genuine"}).Draw(t, "verdict")
		d.Goods = append(d.Goods, l)
	}
	d.Status = rapid.SampledFrom([]string{"seized", "released"}).Draw(t, "status")
	d.Conveyance.Code, d.Direction.Code, d.Detection.Code = anyCode(t, codelist.Conveyance, 2), anyCode(t, codelist.Direction, 2), anyCode(t, codelist.Detection, 2)
	d.Origin.Code, d.Destination.Code = anyCode(t, codelist.Country, 2), anyCode(t, codelist.Country, 2)
	return d
}

// lives has something happen.
func (w *world) lives(t *rapid.T, made *[]seizure.Case, member *bool) {
	ctx, d := w.T.Context(), anyDraft(t)
	w.Source.Set(w.Source.Now().Add(time.Second))
	who := rapid.SampledFrom([]string{"xa.officer", "xb.officer", "gone", "xb"}).Draw(t, "who")
	if !*member && who == "gone" {
		who = "xa.officer"
	}
	keep := func(c seizure.Case, err error) {
		if err == nil {
			*made = append(*made, c)
		} else if !fault.Is(err, fault.Conflict) {
			t.Fatal(err)
		}
	}
	act := rapid.IntRange(0, 9).Draw(t, "act")
	switch {
	case act == 0:
		d.Day, d.Goods = rapid.SampledFrom([]string{"", d.Day}).Draw(t, "undated"), d.Goods[:rapid.IntRange(0, 1).Draw(t, "kept")]
		keep(w.cases.Save(ctx, w.Actor[who], code, d, 0))
	case act == 1:
		all, err := w.cases.ReportBatch(ctx, w.Actor[who], code, []seizure.Draft{d, anyDraft(t)})
		w.Must(err)
		*made = append(*made, all...)
	case act == 2:
		if *member = !*member; *member {
			w.Must(w.Operations.Invite(ctx, w.Actor["wco"], code, w.Body["gone"].ID, access.Enforcement))
			w.Must(w.Operations.Accept(ctx, w.Actor["gone"], code, 1))
		} else {
			w.Leave("gone")
		}
	case act < 6 || len(*made) == 0:
		keep(w.cases.Report(ctx, w.Actor[who], code, d))
	default:
		w.changes(t, *made, d)
	}
}

// changes has somebody change one of the cases that were made.
func (w *world) changes(t *rapid.T, made []seizure.Case, d seizure.Draft) {
	ctx, at := w.T.Context(), rapid.IntRange(0, len(made)-1).Draw(t, "at")
	c := made[at]
	lead := w.Actor["xa"]
	for _, name := range []string{"xb", "gone"} {
		if c.Organisation == w.Actor[name].Organisation {
			lead = w.Actor[name]
		}
	}
	d.ID = c.ID
	var err error
	switch rapid.IntRange(0, 4).Draw(t, "change") {
	case 0:
		c, err = w.cases.Amend(ctx, lead, code, c.Seq, c.Version, d, "Wrong")
	case 1:
		c, err = w.cases.Release(ctx, lead, code, c.Seq, c.Version)
	case 2:
		c, err = w.cases.Recall(ctx, lead, code, c.Seq, c.Version, "Wrong")
	case 3:
		c, err = w.cases.Withdraw(ctx, lead, code, c.Seq, c.Version, "Wrong")
	case 4:
		of := rapid.SampledFrom(made).Draw(t, "of")
		c, err = w.cases.Relate(ctx, w.Actor["wco.coordinator"], code, c.Seq, c.Version, of.Seq, "The same goods")
	}
	switch {
	case err == nil:
		made[at] = c
	case !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Invalid):
		t.Fatal(err)
	}
}

func anyQuestion(t *rapid.T, w *world) analysis.Question {
	q := analysis.Question{Group: rapid.SampledFrom(analysis.Dimensions()).Draw(t, "group"), Where: map[string]string{}}
	if split := rapid.SampledFrom(append(analysis.Dimensions(), "", "")).Draw(t, "split"); split != q.Group {
		q.Split = split
	}
	some := map[string][]string{"state": {"draft", "reported", "released", "withdrawn"}, "class": {"all", "counted", "draft", "withdrawn", "duplicate", "genuine"},
		"status": {"seized", "released"}, "conveyance": codelist.Conveyance.Codes()[:2], "direction": codelist.Direction.Codes()[:2],
		"detection": codelist.Detection.Codes()[:2], "country": {"XA", "XB", "ZZ"}, "origin": codelist.Country.Codes()[:2],
		"destination": codelist.Country.Codes()[:2], "organisation": {fmt.Sprint(w.Actor["xa"].Organisation), fmt.Sprint(w.Actor["xb"].Organisation), "99999"},
		"category": {"FOO", "PHA", "WIL"}, "violation": codelist.Violation.Codes()[:3], "brand": {"AA", "bb", "zz"},
		"from": {"2017-02-06"}, "to": {"2017-02-05", "2017-02-07"}}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(analysis.Filters()), 0, 3, rapid.ID).Draw(t, "names") {
		q.Where[name] = rapid.SampledFrom(some[name]).Draw(t, name)
	}
	if rapid.IntRange(0, 2).Draw(t, "whole") == 0 {
		q.Where["class"] = "all"
	}
	return q
}

// Whatever happened, an answer is what one finds by going through everything that the
// reader may read, and the same that Tally finds.
func TestAnswersAreWhatOneWouldCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var made []seizure.Case
		member, compared := true, 0
		rapid.Check(t, func(t *rapid.T) {
			for range rapid.IntRange(0, 4).Draw(t, "acts") {
				w.lives(t, &made, &member)
			}
			if rapid.IntRange(0, 9).Draw(t, "restart") == 0 {
				w.restart()
			}
			who := rapid.SampledFrom([]string{"xa.officer", "xb.officer", "xb", "wco.coordinator", "gone"}).Draw(t, "reader")
			q := anyQuestion(t, w)
			if who == "gone" && !member {
				if _, err := w.asked.Ask(w.T.Context(), w.Actor[who], code, q); !fault.Is(err, fault.NotFound) {
					t.Fatalf("who has left asks: %v", err)
				}
				return
			}
			all, v := w.everything(w.Actor[who]), w.ask(who, q)
			if got, want := said(v.Answer), naive(all, q); !slices.Equal(got, want) {
				t.Fatalf("%s asks %+v and is told\n%s\nwant\n%s", who, q, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			tallied := analysis.Tally(v.Standing.Operation, q, all)
			tallied.AsOf = v.Standing.AsOf
			if got, want := fmt.Sprintf("%+v", v.Answer), fmt.Sprintf("%+v", tallied); got != want {
				t.Fatalf("%s asks %+v and is told\n%s\nTally says\n%s", who, q, got, want)
			}
			if n := v.Counts.Matching; n != v.Answer.Cases {
				t.Fatalf("%d cases beside the filters, %d in the answer", n, v.Answer.Cases)
			}
			compared += int(v.Answer.Cases)
		})
		if compared < 50 {
			t.Errorf("only %d cases were compared", compared)
		}
	})
}
