package connection_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

const box, lorry = "CSQU3054383", "TXB-4417"

// Every kind of fact connects, with the weight that the explanation states; reasons of
// one family count a quarter behind the first.
func TestEveryKindConnects(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	messages := message.NewStore(d, w.Journal, w.Source)
	warning, err := messages.Send(t.Context(), w.Actor["wco.coordinator"], code, message.Draft{ID: message.ID(id()), Template: message.Warning, Subject: "Look", Body: "Look.",
		Language: "en", TLP: "AMBER", ReplyDue: w.Source.Now().Add(48 * time.Hour), To: audience.Address{Organisations: []int64{w.Body["xa"].Number}}})
	w.Must(err)
	full := func(change func(*seizure.Draft)) seizure.Draft {
		d := draft("2017-02-06", "")
		change(&d)
		return d
	}
	for name, c := range map[string]struct {
		change [2]func(*seizure.Draft)
		want   string // kind, points, strength; empty: not connected
	}{
		"container":            {both(func(d *seizure.Draft) { d.Marks = parsed(box) }), "container 100 strong"},
		"waybill":              {both(func(d *seizure.Draft) { d.Marks = parsed("air-waybill: 020-1234 5675") }), "air-waybill 100 strong"},
		"consignor":            {both(func(d *seizure.Draft) { d.Marks = parsed("consignor: XX 99-881") }), "consignor 72 strong"},
		"typed another way":    {pair(func(d *seizure.Draft) { d.Marks = parsed("vehicle: txb 4418") }, func(d *seizure.Draft) { d.Marks = parsed("TXB-4418") }), "vehicle 72 strong"},
		"vessel":               {both(func(d *seizure.Draft) { d.Marks = parsed("vessel: IMO 9074729") }), "vessel 20 possible"},
		"long after":           {pair(func(d *seizure.Draft) { d.Marks = parsed("CSQU3054384") }, func(d *seizure.Draft) { d.Marks, d.Day = parsed("CSQU3054384"), "2017-01-01" }), "container 40 likely"},
		"lot of a brand":       {both(func(d *seizure.Draft) { d.Goods[0].Brand, d.Goods[0].Batch = "Tide A", "L-77" }), "lot 72, brand 5 strong"},
		"lots of two brands":   {pair(func(d *seizure.Draft) { d.Goods[0].Brand, d.Goods[0].Batch = "Tide B", "L-78" }, func(d *seizure.Draft) { d.Goods[0].Brand, d.Goods[0].Batch = "Tide C", "L-78" }), ""},
		"GTIN":                 {pair(func(d *seizure.Draft) { d.Goods[0].GTIN = "5901234123457" }, func(d *seizure.Draft) { d.Goods[0].GTIN = "05901234123457" }), "gtin 40 likely"},
		"brand":                {pair(func(d *seizure.Draft) { d.Goods[0].Brand = "TIDE  D" }, func(d *seizure.Draft) { d.Goods[0].Brand = "Tide d" }), "brand 20 possible"},
		"brand of other goods": {pair(func(d *seizure.Draft) { d.Goods[0].Brand = "Tide E" }, func(d *seizure.Draft) { d.Goods[0].Brand, d.Goods[0].Category = "Tide E", "PHA" }), ""},
		"route":                {both(func(d *seizure.Draft) { d.Origin.Code, d.Destination.Code, d.Conveyance.Code = "CN", "TH", "sea" }), "route 20 possible"},
		"half a route":         {both(func(d *seizure.Draft) { d.Origin.Code, d.Conveyance.Code = "CN", "rail" }), ""},
		"carrier at a place":   {both(func(d *seizure.Draft) { d.Carrier, d.Place = "TW 881", "Port A" }), "carrier 40 likely"},
		"carrier elsewhere":    {pair(func(d *seizure.Draft) { d.Carrier, d.Place = "TW 882", "Port A" }, func(d *seizure.Draft) { d.Carrier, d.Place = "TW 882", "Port B" }), ""},
		"concealment":          {both(func(d *seizure.Draft) { d.Concealment.Code = "cover-load" }), "concealment 20 possible"},
		"none":                 {both(func(d *seizure.Draft) { d.Concealment.Code = "none" }), ""},
		"two families": {both(func(d *seizure.Draft) {
			d.Goods[0].Brand, d.Origin.Code, d.Destination.Code, d.Conveyance.Code = "Tide F", "VN", "TH", "air"
		}), "brand 20, route 20 likely"},
		"warning": {both(func(d *seizure.Draft) { d.Warning = warning.Seq }), "warning 40 likely"},
	} {
		t.Run(name, func(t *testing.T) {
			one := w.report("xa.officer", full(c.change[0]))
			other := w.report("xa.officer", full(c.change[1]))
			got := ""
			if links := w.chart("xa.officer", one, 1).Links; len(links) == 1 && links[0].Case.Seq == other.Seq {
				var parts []string
				for _, r := range links[0].Reasons {
					parts = append(parts, fmt.Sprint(r.Kind, " ", r.Points))
				}
				got = strings.Join(parts, ", ") + " " + links[0].Strength.String()
			} else if len(links) > 0 {
				got = fmt.Sprint(said(connection.Chart{Links: links}))
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if back := w.chart("xa.officer", other, 1).Links; (len(back) == 1) != (c.want != "") {
				t.Errorf("the other way %d links", len(back))
			}
			for _, x := range []seizure.Case{one, other} { // out of the way of the next
				_, err := w.cases.Withdraw(t.Context(), w.Actor["xa.officer"], code, x.Seq, x.Version, "a trial")
				w.Must(err)
			}
		})
	}
	// xb does not read the warning, so it connects nothing for its people.
	one := w.report("xa.officer", full(func(d *seizure.Draft) { d.Warning = warning.Seq }))
	w.report("xa.officer", full(func(d *seizure.Draft) { d.Warning = warning.Seq }))
	if got := said(w.chart("xb.officer", one, 1)); !cmp.Equal(got, []string{"[{0 0}]"}) {
		t.Errorf("who does not read the warning: %v", got)
	}
	w.fine()
}

func both(f func(*seizure.Draft)) [2]func(*seizure.Draft) { return pair(f, f) }
func pair(a, b func(*seizure.Draft)) [2]func(*seizure.Draft) {
	return [2]func(*seizure.Draft){a, b}
}

// Pictures that look alike connect; a withdrawn photo does not.
func TestPictures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, other, far := w.report("xa.officer", draft("2017-02-06", "")), w.report("xa.officer", draft("2017-02-06", "")), w.report("xa.officer", draft("2017-02-06", ""))
		w.chart("xa.officer", one, 1) // the index stands before the photos come
		w.photograph("xa.officer", one, 0)
		w.photograph("xa.officer", other, 0)
		w.photograph("xa.officer", far, 97)
		links := w.chart("xa.officer", one, 1).Links
		if len(links) != 1 || links[0].Case.Seq != other.Seq || links[0].Reasons[0].Kind != connection.File || links[0].Strength != connection.Strong {
			t.Fatalf("%v", said(w.chart("xa.officer", one, 1)))
		}
	})
}

// A value that very many cases share is left out, with their number; so is one that is
// known to be good, for those who read that it is.
func TestNoise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var one seizure.Case
		for n := range connection.MaxShared + 1 {
			if one = w.report("xa.officer", draft("2017-02-06", "Tide")); n == connection.MaxShared-1 {
				if c := w.chart("xa.officer", one, 1); len(c.LeftOut) != 0 || c.Steps[0] != (connection.Step{Found: connection.MaxShared - 1, Shown: connection.MaxShared - 1}) || c.Links[0].Points != 10 {
					t.Fatalf("at the limit: %v", said(c))
				}
			}
		}
		if c := w.chart("xa.officer", one, 1); len(c.Links) != 0 || len(c.LeftOut) != 1 || c.LeftOut[0].Cases != connection.MaxShared+1 || c.LeftOut[0].Value != "Tide" {
			t.Errorf("over it: %v", said(c))
		}
		two, _ := w.report("xa.officer", draft("2017-02-06", "", lorry)), w.report("xa.officer", draft("2017-02-06", "", lorry))
		_, _, err := w.lists.Set(t.Context(), w.Actor["xa"], code, watchlist.Draft{Kind: "vehicle", Value: "txb4417", Until: "2017-03-01", Good: true, To: watchlist.Own})
		w.Must(err)
		if c := w.chart("xa.officer", two, 1); len(c.Links) != 0 || len(c.LeftOut) != 1 || !c.LeftOut[0].Good {
			t.Errorf("known to be good: %v", said(c))
		}
		if c := w.chart("xb.officer", two, 1); len(c.Links) != 1 {
			t.Errorf("xb was not told that it is good: %v", said(c))
		}
	})
}

// The chart goes on by steps from what is likely, and shows each case once.
func TestSteps(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t))
	a := w.report("xa.officer", draft("2017-02-06", "", box))
	b := w.report("xa.officer", draft("2017-02-06", "", box, lorry))
	c := w.report("xa.officer", draft("2017-02-06", "Rare", lorry))
	d := w.report("xa.officer", draft("2017-02-06", "Rare", "SEAL-1"))
	w.report("xa.officer", draft("2017-02-06", "", "SEAL-1")) // behind a link that is only possible
	got := w.chart("xa.officer", a, 3)
	var steps []string
	for _, l := range got.Links {
		steps = append(steps, fmt.Sprint(l.Depth, " ", l.Case.Seq == b.Seq, l.Case.Seq == c.Seq, l.Case.Seq == d.Seq))
	}
	if want := []string{"1 true false false", "2 false true false", "3 false false true"}; !cmp.Equal(steps, want) {
		t.Errorf("%v", said(got))
	}
	if got := w.chart("xa.officer", a, 99); got.Depth != connection.MaxDepth {
		t.Errorf("depth %d", got.Depth)
	}
	if got := w.chart("xa.officer", b, 1); len(got.Links) != 2 {
		t.Errorf("one step: %v", said(got))
	}
	if got := w.chart("xa.officer", c, 2); len(got.Links) != 3 { // d hangs on c by a brand only
		t.Errorf("not through what is only possible: %v", said(got))
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		kind, value string
		ok          bool
	}{{"container", "CSQU 305438-3", true}, {"seal", "1", false}, {"gtin", "59", false}, {"gtin", "59O1234123457", false}, {"gtin", "5901234123457", true},
		{"route", "cn > th", true}, {"route", "CN", false}, {"route", "CN>", false}, {"brand", " ", false}, {"brand", "T", true}, {"lot", "A1", false}, {"lot", "A-12", true}, {"picture", "x", false}, {"", "x", false}} {
		if f, ok := connection.Value(c.kind, c.value); ok != c.ok {
			t.Errorf("%s %q: %v %v", c.kind, c.value, f, ok)
		}
	}
}
