package alert_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// world is the library with the vetted right holders "holder" (brands mark and
// seal) and "rival" (brand buoy); "agent" acts for holder's mark. holder takes part
// in the operation, rival does not.
type world struct {
	*operationtest.World
	store *alert.Store
	brand map[string]holder.Brand
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{World: operationtest.New(t, d), brand: map[string]holder.Brand{}}
	w.Library()
	w.store = alert.NewStore(d, w.Journal, w.Source)
	for i, name := range []string{"holder", "rival"} {
		w.put(`insert into vetting (operation, seq, organisation, id, state, until, body) values ($1, $2, $3, $4, $5, $6, $7)`,
			int64(9000+i), w.Body[name].Number, id(), holder.Checked, "2018-01-01",
			holder.Vetting{Organisation: w.Body[name].Number, State: holder.Checked, Until: "2018-01-01"})
	}
	for i, b := range [][2]string{{"holder", "mark"}, {"holder", "seal"}, {"rival", "buoy"}} {
		made := holder.Brand{Seq: int64(9100 + i), ID: holder.BrandID(id()), Organisation: w.Body[b[0]].Number, Name: "TIDE" + strings.ToUpper(b[1])}
		w.brand[b[1]] = made
		w.put(`insert into brand (operation, seq, organisation, id, name, body) values ($1, $2, $3, $4, $5, $6)`, made.Seq, made.Organisation, string(made.ID), made.Name, made)
	}
	w.put(`insert into mandate (operation, seq, holder, id, representative, state, body) values ($1, $2, $3, $4, $5, $6, $7)`,
		int64(9200), w.Body["holder"].Number, id(), w.Body["agent"].Number, holder.Checked,
		holder.Mandate{Holder: w.Body["holder"].Number, Representative: w.Body["agent"].Number, State: holder.Checked, Since: "2017-01-01", Until: "2017-12-31",
			Brands: []holder.BrandID{w.brand["mark"].ID}})
	return w
}

// put writes a row of package holder past its commands.
func (w *world) put(text string, args ...any) {
	w.T.Helper()
	body, err := json.Marshal(args[len(args)-1])
	w.Must(err)
	w.Must(w.DB.Keep(w.T.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, operation.Library)
		if err == nil {
			_, err = tx.Exec(db.Statement(text), append(append([]any{o.Number}, args[:len(args)-1]...), string(body))...)
		}
		return err
	}))
}

var ids int

// id makes ids that no other test of the process has.
func id() string {
	ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids)
}

func (w *world) draft(to ...string) alert.Draft {
	d := alert.Draft{ID: alert.ID(id()), Kind: "shipment", Level: alert.Urgent, Title: "Shoes in CSQU3054383", Look: "Grey boxes.", Do: "Hold them.", Language: "en",
		Category: "FTW", HS: "6404", From: []string{"XC"}, Until: "2017-02-20"}
	for _, t := range to {
		switch {
		case t == "all":
			d.All = true
		case len(t) == 2:
			d.Countries = append(d.Countries, t)
		default:
			d.Operations = append(d.Operations, operation.Code(t))
		}
	}
	return d
}

func (w *world) issue(by string, d alert.Draft) alert.Alert {
	w.T.Helper()
	w.Source.Set(w.Source.Now().Add(time.Second))
	made, fresh, err := w.store.Issue(w.T.Context(), w.Actor[by], d)
	w.Must(err)
	if !fresh {
		w.T.Fatal("not new")
	}
	return made
}

func (w *world) name(a alert.Alert) alert.Name {
	for _, o := range w.Body {
		if o.Number == a.Organisation {
			return alert.Name{ID: a.ID, From: o.ID}
		}
	}
	return alert.Name{ID: a.ID}
}

var everybody = []string{"wco", "xa", "xa.officer", "xb", "holder", "rival", "agent", "observer", "stranger", "gone"}

// reads tells who of everybody reads an alert, in each of the ways there are.
func (w *world) reads(a alert.Alert) string {
	w.T.Helper()
	ctx := w.T.Context()
	var out []string
	same := func(i alert.Item) bool { return i.ID == a.ID && i.Organisation == a.Organisation }
	for _, name := range everybody {
		_, err := w.store.Read(ctx, w.Actor[name], w.name(a))
		page, _ := w.store.List(ctx, w.Actor[name], alert.Filter{})
		feed, _ := w.store.Feed(ctx, w.Actor[name], alert.Filter{})
		listed, fed := slices.ContainsFunc(slices.Concat(page.Current, page.Earlier), same), slices.ContainsFunc(feed.Items, same)
		if listed != (err == nil) || fed != listed {
			w.T.Errorf("%s: opened %v, listed %v, fed %v", name, err, listed, fed)
		}
		if err == nil {
			out = append(out, name)
		}
	}
	return strings.Join(out, " ")
}

// at gives the problem at a field; empty: there is none.
func at(err error, path string) string {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		for _, field := range f.Fields {
			if field.Path == path {
				return field.Key
			}
		}
	}
	return ""
}

func TestWhoReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, c := range []struct{ by, brand, to, want string }{
			{"holder", "", "all", "wco xa xa.officer xb holder"},
			{"holder", "", "XA", "wco xa xa.officer holder"},
			{"holder", "", "XZ", "wco holder"}, // an administration that is not here
			{"holder", "", "XQ", "wco holder"}, // no administration at all
			{"holder", "", "tide", "wco xa xa.officer xb holder"},
			{"agent", "mark", "XB", "wco xb holder agent"},
			{"holder", "seal", "XB", "wco xb holder"},
			{"rival", "buoy", "XA", "wco xa xa.officer rival"},
			{"wco", "", "XB", "wco xb"},
			{"wco", "mark", "all", "wco xa xa.officer xb"},
		} {
			d := w.draft(c.to)
			if c.brand != "" {
				d.Brand = w.brand[c.brand].ID
				d.Holder = w.Body[map[string]string{"mark": "holder", "seal": "holder", "buoy": "rival"}[c.brand]].ID
			}
			if got := w.reads(w.issue(c.by, d)); got != c.want {
				t.Errorf("%s about %q to %s: %s, want %s", c.by, c.brand, c.to, got, c.want)
			}
		}
		named := w.issue("holder", w.draft("tide"))
		w.Leave("xb")
		if got := w.reads(named); got != "wco xa xa.officer holder" {
			t.Errorf("after xb left the operation: %s", got)
		}
		later := w.issue("holder", w.draft("XZ"))
		w.JoinLibrary("stranger", access.Enforcement)
		if got := w.reads(later); got != "wco holder stranger" {
			t.Errorf("after the administration joined: %s", got)
		}
	})
}

// TestRivalsLearnNothing: not of each other's alerts, not who received one's own,
// not which countries or operations there are.
func TestRivalsLearnNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		own := w.issue("rival", w.draft("XA"))
		look := func() string {
			page, err := w.store.List(ctx, w.Actor["rival"], alert.Filter{})
			w.Must(err)
			one, err := w.store.Read(ctx, w.Actor["rival"], alert.Name{ID: own.ID})
			w.Must(err)
			n, _, err := w.store.Count(ctx, w.Actor["rival"])
			w.Must(err)
			choices, err := w.store.Issuing(ctx, w.Actor["rival"])
			w.Must(err)
			page.Standing.AsOf, one.Standing.AsOf, choices.Standing.AsOf = 0, 0, 0
			text, err := json.Marshal([]any{page, one, n, choices})
			w.Must(err)
			return string(text)
		}
		then := w.Source.Now()
		before := look()
		theirs := w.draft("all")
		theirs.ID = own.ID // an id is its originator's own
		made := w.issue("holder", theirs)
		w.issue("holder", w.draft("XA", "XB"))
		w.Must(w.store.Acknowledge(ctx, w.Actor["xa.officer"], w.name(own)))
		w.Must(w.store.Acknowledge(ctx, w.Actor["xa"], w.name(made)))
		w.Must(w.store.Remind(ctx, w.Actor["wco"], w.name(made)))
		w.Source.Set(then)
		if after := look(); after != before {
			t.Error(cmp.Diff(before, after))
		}
		one, err := w.store.Read(ctx, w.Actor["rival"], alert.Name{ID: own.ID})
		if w.Must(err); one.Account != nil || one.MayRemind || one.MayAcknowledge || len(one.Warn) > 0 || !one.MayWithdraw {
			t.Errorf("%+v", one)
		}
		refused := func(d alert.Draft) string {
			_, _, err := w.store.Issue(ctx, w.Actor["rival"], d)
			return at(err, "to") + at(err, "brand")
		}
		brand, operation := w.draft("all"), w.draft("tide")
		brand.Brand = w.brand["mark"].ID
		nobrand := w.draft("all")
		nobrand.Brand = holder.BrandID(id())
		if a, b := refused(brand), refused(nobrand); a == "" || a != b {
			t.Errorf("a rival's brand %q, none %q", a, b)
		}
		if a, b := refused(operation), refused(w.draft("nowhere")); a == "" || a != b {
			t.Errorf("an operation that it is not in %q, none %q", a, b)
		}
		brand.Holder, nobrand.Holder = w.Body["holder"].ID, organisation.ID(id())
		if a, b := refused(brand), refused(nobrand); a == "" || a != b {
			t.Errorf("in a rival's name %q, in nobody's %q", a, b)
		}
	})
}

func TestIssueRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		for path, change := range map[string]func(*alert.Draft){
			"kind":        func(d *alert.Draft) { d.Kind = "x" },
			"level":       func(d *alert.Draft) { d.Level = "" },
			"title":       func(d *alert.Draft) { d.Title = " " },
			"look":        func(d *alert.Draft) { d.Look = strings.Repeat("x", alert.MaxLook+1) },
			"language":    func(d *alert.Draft) { d.Language = "xx" },
			"category":    func(d *alert.Draft) { d.Category = "SHOES" },
			"hs":          func(d *alert.Draft) { d.HS = "1" },
			"via":         func(d *alert.Draft) { d.Via = []string{"QQ1"} },
			"marks":       func(d *alert.Draft) { d.Marks = []consignment.Mark{{Value: "1"}} },
			"sheets":      func(d *alert.Draft) { d.Sheets = []string{"no id"} },
			"until":       func(d *alert.Draft) { d.Until = "2017-02-08" },
			"to":          func(d *alert.Draft) { d.All = false },
			"id":          func(d *alert.Draft) { d.ID = "7" },
			"attachments": func(d *alert.Draft) { d.Pictures = append(d.Pictures, "01890a5d-ac96-774b-bcce-000000000000") },
		} {
			d := w.draft("all")
			change(&d)
			if _, _, err := w.store.Issue(ctx, w.Actor["holder"], d); at(err, path) == "" {
				t.Errorf("%s: %v", path, err)
			}
		}
		own := w.draft("all")
		if _, _, err := w.store.Issue(ctx, w.Actor["agent"], own); at(err, "holder") == "" {
			t.Errorf("not vetted: %v", err)
		}
		for _, who := range []string{"xa", "xa.officer", "observer", "stranger", "gone"} {
			w.Missing(who, func(a access.Actor) error { _, _, err := w.store.Issue(ctx, a, own); return err })
		}
		made := w.issue("holder", own)
		again, fresh, err := w.store.Issue(ctx, w.Actor["holder"], own)
		if w.Must(err); fresh || again.Seq != made.Seq || len(made.Marks) != 1 || made.Marks[0].Kind != consignment.Container {
			t.Errorf("the same again: %v %+v", fresh, again)
		}
		own.Do = "Let them go."
		if _, _, err := w.store.Issue(ctx, w.Actor["holder"], own); !fault.Is(err, fault.Conflict) {
			t.Errorf("its id with other content: %v", err)
		}
	})
}
