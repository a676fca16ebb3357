package notice_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = operation.Code("tide")

// world is an operation "tide": wco directs, xa and xb control goods, holder
// holds rights. Actors are called "xa" (a contact point) or "xa.officer".
type world struct {
	t          testing.TB
	db         *db.DB
	source     *source.Source
	notices    *notice.Store
	jobs       *job.Queue
	post       *box
	messages   *message.Store
	cases      *seizure.Store
	operations *operation.Store
	people     *person.Store
	bodies     *organisation.Store
	root       access.Actor
	body       map[string]organisation.Organisation
	actor      map[string]access.Actor
	number     int64
}

var sides = map[string]access.Side{"xa": access.Enforcement, "xb": access.Enforcement, "holder": access.RightHolderSide, "wco": access.Coordination}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	src := source.Story(time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC), 1)
	j := journal.New(src)
	w := &world{t: t, db: d, source: src, notices: notice.NewStore(d, src), post: &box{source: src}, messages: message.NewStore(d, j, src),
		cases: seizure.NewStore(d, j, src), operations: operation.NewStore(d, j, src), people: person.NewStore(d, j, src),
		bodies: organisation.NewStore(d, j, src), root: access.Actor{Person: src.ID(), Organisation: 1, Administrator: true},
		body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	w.notices.Post, w.notices.Secret = w.post, []byte("secret")
	w.jobs = w.node(w.notices)
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"holder", "right-holder", ""}} {
		o, err := w.bodies.Register(t.Context(), w.root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0],
			TimeZone: "UTC", Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		w.must(err)
		w.body[b[0]] = o
		w.person(b[0], b[0], person.ContactPoint)
	}
	o, err := w.operations.Open(t.Context(), w.root, operation.Draft{ID: operation.ID(src.ID()), Code: code, Kind: operation.KindOperation,
		Name: "Tide", Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: w.body["wco"].ID, Director: person.ID(w.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-02-06", Ends: "2017-02-24"}}})
	w.must(err)
	w.number = o.Number
	for _, name := range []string{"xa", "xb", "holder"} {
		w.must(w.operations.Invite(t.Context(), w.actor["wco"], code, w.body[name].ID, sides[name]))
		w.must(w.operations.Accept(t.Context(), w.actor[name], code, 1))
	}
	w.give("xa", "xa.officer", access.Officer)
	w.give("xb", "xb.officer", access.Officer)
	w.give("wco", "wco.analyst", access.Analyst, access.Trainer)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) person(body, name, contact string) {
	w.t.Helper()
	p, err := w.people.Register(w.t.Context(), w.root, person.Draft{Login: name, Name: "Person " + name, Language: "en",
		Organisation: w.body[body].Number, Position: "post", ContactPoint: contact, Active: true})
	w.must(err)
	w.actor[name] = access.Actor{Person: string(p.ID), Organisation: w.body[body].Number, ContactPoint: contact != ""}
}

func (w *world) give(body, name string, roles ...access.Role) {
	w.t.Helper()
	if _, known := w.actor[name]; !known {
		w.person(body, name, "")
	}
	w.must(w.operations.Assign(w.t.Context(), w.actor[body], code, person.ID(w.actor[name].Person), roles))
}

var ids atomic.Int64

func nextID() string { return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", ids.Add(1)) }

func (w *world) to(bodies ...string) audience.Address {
	a := audience.Address{Apart: true}
	for _, b := range bodies {
		a.Organisations = append(a.Organisations, w.body[b].Number)
	}
	return a
}

func everybody() audience.Address {
	return audience.Address{Sides: []access.Side{access.Coordination, access.Enforcement, access.RightHolderSide}}
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.t.Helper()
	d.ID, d.Country, d.Day = seizure.ID(nextID()), "XA", "2017-02-09"
	if d.Goods == nil {
		d.Goods = []goods.Line{{Category: "FOO"}}
	}
	c, err := w.cases.Report(context.Background(), w.actor[who], code, d)
	w.must(err)
	return c
}

// send sends a draft of which only what matters is given.
func (w *world) send(who string, d message.Draft) message.Message {
	w.t.Helper()
	d.ID, d.Language, d.TLP = message.ID(nextID()), "en", "GREEN"
	if d.Template == "" {
		d.Template = message.General
	}
	if d.Subject == "" && d.Answers == 0 {
		d.Subject = "A word"
	}
	if d.Body == "" {
		d.Body = "For you."
	}
	if d.Template == message.Warning {
		d.ReplyDue = w.source.Now().Add(24 * time.Hour)
	}
	m, err := w.messages.Send(context.Background(), w.actor[who], code, d)
	w.must(err)
	return m
}

func (w *world) pass(d time.Duration) { w.source.Set(w.source.Now().Add(d)) }

func (w *world) follow() {
	w.t.Helper()
	_, err := w.notices.Follow(context.Background())
	w.must(err)
}

// run does the jobs that are due.
func (w *world) run() {
	w.t.Helper()
	_, err := w.jobs.RunDue(context.Background())
	w.must(err)
}

// node is another process on the same database.
func (w *world) node(n *notice.Store) *job.Queue {
	q := job.New(w.db, w.source, slog.New(slog.DiscardHandler))
	q.Handle(notice.MailJob, n.Mail)
	q.Handle(notice.ProveJob, n.SendCode)
	return q
}

// reasons are the notices of somebody, newest first, as "reason seq".
func (w *world) reasons(who string) (out []string) {
	w.t.Helper()
	all, err := w.notices.List(context.Background(), w.actor[who])
	w.must(err)
	for _, n := range all {
		out = append(out, fmt.Sprint(n.Reason, " ", n.Seq))
	}
	return out
}

// reached gives somebody an address that counts.
func (w *world) reached(who string, c notice.Choice) {
	w.t.Helper()
	w.must(w.notices.Choose(context.Background(), w.actor[who], c))
	w.must(w.notices.Ask(context.Background(), w.actor[who], who+"@customs.example"))
	w.run()
	l := w.post.last()
	if l.Kind != mail.Prove || l.To != who+"@customs.example" {
		w.t.Fatalf("no code came: %+v", l)
	}
	w.must(w.notices.Prove(context.Background(), w.actor[who], l.Code))
	w.run()
	w.post.empty()
}

// letter is one that came, and when.
type letter struct {
	mail.Letter
	at time.Time
}

// box takes letters, or does what it is told.
type box struct {
	source *source.Source
	do     func(l mail.Letter) error
	came   []letter
}

func (b *box) Send(_ context.Context, l mail.Letter) error {
	if b.do != nil {
		if err := b.do(l); err != nil {
			return err
		}
	}
	b.came = append(b.came, letter{l, b.source.Now()})
	return nil
}

func (b *box) last() mail.Letter {
	if len(b.came) == 0 {
		return mail.Letter{}
	}
	return b.came[len(b.came)-1].Letter
}

func (b *box) empty() { b.came = nil }

// to counts the letters of a kind to somebody.
func (b *box) to(who, kind string) (n int) {
	for _, l := range b.came {
		if l.To == who+"@customs.example" && l.Kind == kind {
			n++
		}
	}
	return n
}
