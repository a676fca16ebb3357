package notice_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/message/messagetest"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

const code = messagetest.Code

// world has four members.
type world struct {
	*messagetest.World
	notices *notice.Store
	jobs    *job.Queue
	post    *box
	cases   *seizure.Store
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{World: messagetest.New(t, d, time.Date(2017, 2, 10, 8, 0, 0, 0, time.UTC))}
	w.notices, w.post, w.cases = notice.NewStore(d, w.Source), &box{source: w.Source}, seizure.NewStore(d, w.Journal, w.Source)
	w.notices.Post, w.notices.Secret = w.post, []byte("secret")
	w.jobs = w.node(w.notices)
	w.Four()
	return w
}

func (w *world) report(who string, d seizure.Draft) seizure.Case {
	w.T.Helper()
	d.ID, d.Country, d.Day = seizure.ID(messagetest.ID()), "XA", "2017-02-09"
	if d.Goods == nil {
		d.Goods = []goods.Line{{Category: "FOO"}}
	}
	c, err := w.cases.Report(context.Background(), w.Actor[who], code, d)
	w.Must(err)
	return c
}

// send sends a draft of which only what matters is given.
func (w *world) send(who string, d message.Draft) message.Message {
	w.T.Helper()
	d.ID, d.Language, d.TLP = message.ID(messagetest.ID()), "en", "GREEN"
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
		d.ReplyDue = w.Source.Now().Add(24 * time.Hour)
	}
	m, err := w.Messages.Send(context.Background(), w.Actor[who], code, d)
	w.Must(err)
	return m
}

func (w *world) follow() {
	w.T.Helper()
	_, err := w.notices.Follow(context.Background())
	w.Must(err)
}

// run does the jobs that are due.
func (w *world) run() {
	w.T.Helper()
	_, err := w.jobs.RunDue(context.Background())
	w.Must(err)
}

// node is another process on the same database.
func (w *world) node(n *notice.Store) *job.Queue {
	q := job.New(w.DB, w.Source, slog.New(slog.DiscardHandler))
	q.Handle(notice.MailJob, n.Mail)
	q.Handle(notice.ProveJob, n.SendCode)
	return q
}

// reasons are the notices of somebody, newest first, as "reason seq".
func (w *world) reasons(who string) (out []string) {
	w.T.Helper()
	all, err := w.notices.List(context.Background(), w.Actor[who])
	w.Must(err)
	for _, n := range all {
		out = append(out, fmt.Sprint(n.Reason, " ", n.Seq))
	}
	return out
}

// reached gives somebody an address that counts.
func (w *world) reached(who string, c notice.Choice) {
	w.T.Helper()
	w.Must(w.notices.Choose(context.Background(), w.Actor[who], c))
	w.Must(w.notices.Ask(context.Background(), w.Actor[who], who+"@customs.example"))
	w.run()
	l := w.post.last()
	if l.Kind != mail.Prove || l.To != who+"@customs.example" {
		w.T.Fatalf("no code came: %+v", l)
	}
	w.Must(w.notices.Prove(context.Background(), w.Actor[who], l.Code))
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
