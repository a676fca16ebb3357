package web_test

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

var hashes = regexp.MustCompile(`[0-9a-f]{64}|[A-Za-z0-9+/]{43}=`)

// twin is one of two worlds that differ only in what a viewer may not see.
type twin struct {
	*world
	n    int    // 0 or 1
	own  string // reference of a case of the officer that is like a hidden one, in one of the worlds
	like seizure.Draft
}

// alike finds a case of the officer's that everybody who controls goods reads,
// for the hidden one to be like.
func (w *twin) alike() {
	officer := w.sessionOf("officer").Actor
	p, err := w.app.Seizures.List(w.t.Context(), officer, action, seizure.Filter{State: seizure.Released, Organisation: officer.Organisation})
	w.must(err)
	i := slices.IndexFunc(p.Items, func(c seizure.Case) bool { return c.Place != "" && c.Goods[0].Brand != "" })
	w.own, w.like = p.Items[i].Reference, p.Items[i].Draft
}

// narrow are lists that a reader may ask for, and the case that is like a hidden one.
func (w *twin) narrow() (out []string) {
	for _, q := range []string{"?mine=1", "?waits=1", "?photos=1", "?q=Quay", "?q=Quay&category=WIL", "?country=XA&category=FOO", "?brand=aa", "?state=reported",
		"?direction=import&conveyance=sea", "?class=draft", "?from=2017-02-08&to=2017-02-08", "keep", w.own} {
		out = append(out, cases+q)
	}
	return append(out, "/o/"+string(action)+"/duplicates/", "/o/"+string(action)+"/analysis/links?depth=3&from="+w.own, "/o/"+string(action)+"/watch/")
}

func newTwin(t *testing.T, n int) twin {
	w := newWorld(t)
	w.app.Clock.Set(story.Ends.AddDate(0, 0, 1))
	return twin{world: w, n: n}
}

var written int

func nextID() string {
	written++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", written)
}

func (w twin) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// pick gives this twin's one of two values.
func pick[T any](w twin, a, b T) T { return []T{a, b}[w.n] }

func (w twin) letter(subject string) message.Draft {
	return message.Draft{ID: message.ID(nextID()), Template: message.General, Subject: subject, Body: subject + strings.Repeat(" more", w.n*40),
		Language: "en", TLP: pick(w, "RED", "AMBER")}
}

func (w twin) find() seizure.Draft {
	d := seizure.Draft{ID: seizure.ID(nextID()), Country: "XA", Day: pick(w, "2017-02-08", "2017-02-20"), Language: "en", Status: "seized",
		Place: pick(w, "Quay", "Airfield of the north"), Conveyance: goods.Coded{Code: pick(w, "sea", "air")},
		Goods: []goods.Line{{Category: pick(w, "FOO", "PHA"), Brand: pick(w, "Aa", "Bb"),
			Quantities: []goods.Quantity{{Micro: pick[int64](w, 1e6, 987654e6), Unit: pick(w, "H87", "KGM")}}}}}
	if w.n == 1 {
		d.Goods = append(d.Goods, goods.Line{Category: "WIL", Quantities: []goods.Quantity{{Micro: 5e6, Unit: "H87"}}})
	}
	return d
}

// ofOneAdministration writes what only one administration and coordination, or
// two administrations, see: a held case, drafts, a message apart. The journal has
// as many entries in both worlds, for its length is no secret.
func (w *twin) ofOneAdministration(from, to session.Session) {
	ctx := w.t.Context()
	w.alike()
	_, err := w.app.Seizures.Save(ctx, from.Actor, action, w.find(), 0)
	w.must(err)
	if w.n == 0 {
		_, err = w.app.Seizures.Save(ctx, from.Actor, action, w.find(), 0)
		w.must(err)
	}
	apart := w.letter(pick(*w, "Raid at dawn", "Nothing at all"))
	apart.To = audience.Address{Organisations: []int64{to.Actor.Organisation}, Apart: true}
	_, err = w.app.Messages.Send(ctx, from.Actor, action, apart)
	w.must(err)
	if w.n == 1 {
		apart.ID = message.ID(nextID())
		_, err = w.app.Messages.Send(ctx, from.Actor, action, apart)
		w.must(err)
	}
	hidden := w.find()
	if w.n == 0 { // the double of an open one
		id := hidden.ID
		hidden = w.like
		hidden.ID = id
	}
	held, err := w.app.Seizures.Report(ctx, from.Actor, action, hidden)
	w.must(err)
	if held.State != seizure.Reported {
		w.t.Fatalf("the report is %s at once: choose an administration that holds back", held.State)
	}
}

// ofAWarning writes a warning to one administration, which acknowledges and
// answers it; then it is taken back, and its erasure is asked for.
func (w twin) ofAWarning(from, to session.Session) {
	ctx, now := w.t.Context(), w.app.Clock.Now()
	d := w.letter(pick(w, "A vessel", "A parcel from the north"))
	d.Template, d.Urgent, d.Source = message.Warning, true, pick(w, "targeting", "right-holder")
	d.ReplyDue, d.Expires = now.Add(pick(w, 24*time.Hour, 30*time.Hour)), now.Add(pick(w, 48*time.Hour, 72*time.Hour))
	d.Profile = message.Profile{Category: pick(w, "PHA", "FOO"), Conveyance: pick(w, "sea", "mail"), Destination: pick(w, "XA", "XB")}
	d.Marks = []consignment.Mark{{Kind: "container", Value: pick(w, "CSQU3054383", "MSKU6011672")}}
	d.To = audience.Address{Organisations: []int64{to.Actor.Organisation}, Apart: true}
	sent, err := w.app.Messages.Send(ctx, from.Actor, action, d)
	w.must(err)
	w.must(w.app.Warnings.Acknowledge(ctx, to.Actor, action, sent.Seq))
	answer := w.letter(pick(w, "Found", "Nothing"))
	answer.Template, answer.Answers, answer.Outcome, answer.TLP = message.Feedback, sent.Seq, pick(w, "hit", "clean"), sent.TLP
	_, err = w.app.Messages.Send(ctx, to.Actor, action, answer)
	w.must(err)
	again := w.letter("Once more")
	again.To = d.To
	recalled, err := w.app.Messages.Send(ctx, from.Actor, action, again)
	w.must(err)
	w.must(w.app.Withdrawals.Recall(ctx, from.Actor, action, recalled.Seq, pick(w, "Wrong address", "Wrong in everything it says")))
	w.must(w.app.Withdrawals.Ask(ctx, w.contactOf(from), action, withdrawal.Asking{Kind: "message", Record: recalled.Seq,
		Code: pick(w, "personal-data", "wrong-record"), Reason: pick(w, "A name", "Somebody else's record")}))
}

// contactOf is the contact point of somebody's organisation.
func (w twin) contactOf(of session.Session) access.Actor {
	w.t.Helper()
	_, members, err := w.app.Operations.People(w.t.Context(), w.sessionOf("coordinator").Actor, action)
	w.must(err)
	for _, m := range members {
		for _, p := range m.People {
			if m.Organisation.Number == of.Actor.Organisation && slices.Contains(p.Roles, access.ContactPoint) {
				return access.Actor{Person: string(p.Person.ID), Organisation: m.Organisation.Number, ContactPoint: true}
			}
		}
	}
	w.t.Fatal("nobody is the contact point")
	return access.Actor{}
}

// ofARightHolder writes from one right holder to coordination.
func (w twin) ofARightHolder() {
	d := w.letter(pick(w, "Our factory", "Our other factory in the hills"))
	d.To = audience.Address{Sides: []access.Side{access.Coordination}}
	_, err := w.app.Messages.Send(w.t.Context(), w.sessionOf("right-holder").Actor, action, d)
	w.must(err)
}

// ofAnotherOperation writes in the stranger's operation.
func (w twin) ofAnotherOperation() {
	who := w.sessionOf(session.Stranger).Actor
	all, err := w.app.Operations.List(w.t.Context(), who, operation.KindOperation)
	w.must(err)
	d := w.letter(pick(w, "Harbour", "Lights"))
	d.To = audience.Address{Sides: []access.Side{access.Coordination}}
	for range 1 + w.n {
		d.ID = message.ID(nextID())
		_, err = w.app.Messages.Send(w.t.Context(), who, all[0].Operation.Code, d)
		w.must(err)
	}
}

// holdsBack finds an officer of an administration whose contact point checks first.
func holdsBack(all []session.Session) session.Session {
	i := slices.IndexFunc(all, func(s session.Session) bool { return s.Organisation.ReleaseBy == "contact-point" })
	return all[i]
}

// Two worlds, equal but for what a viewer may not see, are the same world to the
// viewer: every page that links lead to, its status, headers, size and bytes.
func TestSecretSwap(t *testing.T) {
	written = 0
	viewers := []string{"observer", "rival-right-holder", "right-holder", "officer", "contact-point", session.Stranger}
	pages := [2]map[string]map[string]answer{}
	order := map[string][]string{}
	for n := range 2 {
		w := newTwin(t, n)
		officers := w.officers()
		from := holdsBack(officers)
		to := officers[0]
		if to.Actor.Organisation == from.Actor.Organisation {
			to = officers[1]
		}
		pages[n] = map[string]map[string]answer{}
		w.ofOneAdministration(from, to)
		w.ofAWarning(from, to)
		before := func(persona string) {
			c := w.as(persona)
			order[persona], pages[n][persona] = crawl(c, 60)
			for _, path := range w.narrow() {
				if _, there := pages[n][persona][path]; !there {
					order[persona], pages[n][persona][path] = append(order[persona], path), c.get(path)
				}
			}
		}
		before("right-holder")
		before(session.Stranger)
		w.ofARightHolder()
		w.ofAnotherOperation()
		for _, persona := range []string{"observer", "rival-right-holder", "officer", "contact-point"} {
			before(persona)
		}
	}
	for _, persona := range viewers {
		a, b := pages[0][persona], pages[1][persona]
		if missing := slices.Collect(maps.Keys(a)); len(a) != len(b) || slices.ContainsFunc(missing, func(p string) bool { _, ok := b[p]; return !ok }) {
			t.Errorf("%s: %d and %d pages", persona, len(a), len(b))
		}
		if len(a) < 5 {
			t.Errorf("%s saw only %v", persona, order[persona])
		}
		for _, path := range order[persona] {
			if path == "/me" { // the sessions of the moment, on the machine's clock
				continue
			}
			x, y := a[path], b[path]
			p, q := plain(x), plain(y)
			if strings.HasSuffix(path, ".xlsx") { // its parts stand in no order
				p, q = parts(t, x.body), parts(t, y.body)
			}
			if strings.Contains(path, "/journal/") { // salted hashes of the whole tree differ, and say nothing
				p, q = hashes.ReplaceAllString(p, "hash"), hashes.ReplaceAllString(q, "hash")
			}
			if x.status != y.status || p != q {
				t.Errorf("%s: %s differs: status %d and %d\n%s", persona, path, x.status, y.status, difference(p, q))
			}
			if !maps.EqualFunc(headers(x), headers(y), slices.Equal) {
				t.Errorf("%s: %s: headers %v and %v", persona, path, headers(x), headers(y))
			}
		}
	}
}

// parts are what a workbook holds, by name.
func parts(t *testing.T, workbook string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f.Name+"\n"+string(content))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// The test can fail: who may see what differs sees two worlds.
func TestSecretSwapSeesWhatIsOpen(t *testing.T) {
	var lists, hints, warnings [2]string
	for n := range 2 {
		w := newTwin(t, n)
		officers := w.officers()
		from := holdsBack(officers)
		to := officers[0]
		if to.Actor.Organisation == from.Actor.Organisation {
			to = officers[1]
		}
		w.ofOneAdministration(from, to)
		w.ofAWarning(from, to)
		lists[n] = plain(w.as("coordinator").get(cases + "?state=reported"))
		hints[n] = plain(w.as("coordinator").get(cases + w.own))
		reader := w.as("")
		reader.token = w.SignedIn(to.Person.Login)
		warnings[n] = plain(reader.get("/o/" + string(action) + "/warnings/"))
	}
	if lists[0] == lists[1] {
		t.Error("coordination reads a held case, and both worlds look alike")
	}
	if hints[0] == hints[1] {
		t.Error("coordination is told of no double")
	}
	if warnings[0] == warnings[1] {
		t.Error("an officer reads the warning, and both worlds look alike")
	}
}

// difference shows where two texts part.
func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-80):min(len(s), i+120)] }
	return fmt.Sprintf("...%s...\n...%s...", cut(a), cut(b))
}
