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
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/operation/operationtest"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/verify"
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

func TestAcknowledgeRemindWithdraw(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		a := w.issue("holder", w.draft("all"))
		calm := w.draft("XA")
		calm.Level = "important"
		b := w.issue("wco", calm)
		count := func(who string) int64 {
			n, _, err := w.store.Count(ctx, w.Actor[who])
			w.Must(err)
			return n
		}
		if count("xa.officer") != 2 || count("xb") != 1 || count("holder") != 0 || count("wco") != 1 || count("stranger") != 0 {
			t.Errorf("waiting: %d %d %d %d %d", count("xa.officer"), count("xb"), count("holder"), count("wco"), count("stranger"))
		}
		w.Must(w.store.Acknowledge(ctx, w.Actor["xa.officer"], w.name(a)))
		size := w.size()
		w.Must(w.store.Acknowledge(ctx, w.Actor["xa"], w.name(a))) // the organisation has
		if w.size() != size || count("xa") != 1 {
			t.Errorf("acknowledged twice: %d entries more, %d wait", w.size()-size, count("xa"))
		}
		for _, who := range []string{"holder", "rival", "observer", "stranger"} {
			w.Missing(who, func(actor access.Actor) error { return w.store.Acknowledge(ctx, actor, w.name(a)) })
			w.Missing(who, func(actor access.Actor) error { return w.store.Remind(ctx, actor, w.name(a)) })
		}
		w.Missing("xb", func(actor access.Actor) error { return w.store.Acknowledge(ctx, actor, w.name(b)) })
		one, err := w.store.Read(ctx, w.Actor["wco"], w.name(a))
		if w.Must(err); one.Account == nil || one.Account.Told != 2 || len(one.Account.Done) != 1 || len(one.Account.Missing) != 1 ||
			one.Account.Missing[0].Number != w.Body["xb"].Number || one.Account.Done[0].By != "Person xa.officer" || !one.Account.Reminded.IsZero() {
			t.Errorf("%+v", one.Account)
		}
		for who, by := range map[string]string{"xa": "Person xa.officer", "xb": ""} {
			if one, err := w.store.Read(ctx, w.Actor[who], w.name(a)); err != nil || one.Account != nil || one.AckBy != by || one.By != "" || one.Acknowledged.IsZero() != (by == "") {
				t.Errorf("%s: %v %+v", who, err, one)
			}
		}
		page, err := w.store.List(ctx, w.Actor["xa"], alert.Filter{})
		if w.Must(err); len(page.Current) != 2 || page.Current[0].ID != b.ID {
			t.Errorf("what waits does not stand first: %+v", page.Current)
		}
		if feed, err := w.store.Feed(ctx, w.Actor["xa"], alert.Filter{Open: true, Limit: 1}); err != nil || len(feed.Items) != 1 || feed.Items[0].ID != b.ID || feed.Next != 0 {
			t.Errorf("open: %v %+v", err, feed)
		}

		w.reminders(a)
		w.Missing("rival", func(actor access.Actor) error { return w.store.Withdraw(ctx, actor, w.name(a), "No.") })
		if err := w.store.Withdraw(ctx, w.Actor["holder"], w.name(a), " "); at(err, "reason") == "" {
			t.Errorf("without a reason: %v", err)
		}
		w.Must(w.store.Withdraw(ctx, w.Actor["holder"], w.name(a), "They are ours."))
		size = w.size()
		w.Must(w.store.Withdraw(ctx, w.Actor["wco"], w.name(a), "Again."))
		if w.size() != size || count("xb") != 1 {
			t.Error("withdrawn twice, or it still waits")
		}
		if page, err = w.store.List(ctx, w.Actor["xb"], alert.Filter{}); err != nil || len(page.Current) != 1 || len(page.Earlier) != 1 || page.Earlier[0].Withdrawn.Reason != "They are ours." {
			t.Errorf("%v %+v", err, page)
		}
		if err := w.store.Remind(ctx, w.Actor["wco"], w.name(a)); !fault.Is(err, fault.Conflict) {
			t.Errorf("reminded of what is withdrawn: %v", err)
		}
		w.Source.Set(time.Date(2017, 2, 21, 1, 0, 0, 0, time.UTC))
		if count("xa") != 0 {
			t.Error("what is over waits")
		}
		w.audit()
	})
}

// reminders: coordination reminds at most once an hour, time once.
func (w *world) reminders(a alert.Alert) {
	w.T.Helper()
	ctx := w.T.Context()
	c := w.issue("holder", w.draft("XB"))
	w.Must(w.store.Remind(ctx, w.Actor["wco"], w.name(a)))
	size := w.size()
	w.Must(w.store.Remind(ctx, w.Actor["wco"], w.name(a)))
	if w.size() != size {
		w.T.Error("reminded twice within the hour")
	}
	if n, err := w.store.RemindDue(ctx); err != nil || n != 0 {
		w.T.Errorf("time reminds at once: %d, %v", n, err)
	}
	w.Source.Set(w.Source.Now().Add(alert.RemindAfter))
	for _, want := range []int{1, 0} {
		if n, err := w.store.RemindDue(ctx); err != nil || n != want {
			w.T.Errorf("time reminds of %d, want %d: %v", n, want, err)
		}
	}
	one, err := w.store.Read(ctx, w.Actor["wco"], w.name(c))
	if w.Must(err); one.Account.Reminded.IsZero() {
		w.T.Error("it was another alert")
	}
}

func (w *world) size() (n int64) {
	w.T.Helper()
	w.Must(w.DB.Read(w.T.Context(), func(tx *db.Tx) error {
		o, err := operation.ByCode(tx, operation.Library)
		if err == nil {
			n, err = journal.Size(tx, o.Number)
		}
		return err
	}))
	return n
}

// audit holds the tables of this package against the journal; rows of holder are
// the test's own.
func (w *world) audit() {
	w.T.Helper()
	r, err := verify.Database(w.T.Context(), w.DB, verify.Options{})
	w.Must(err)
	for _, f := range r.Findings {
		if f.Table != "vetting" && f.Table != "brand" && f.Table != "mandate" {
			w.T.Errorf("%+v", f)
		}
	}
}
