package server_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/search"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/verify"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

const tide = operation.Code("tide")

// quay is an instance in which wco directs, and xa, xb and xc control goods.
type quay struct {
	*testing.T
	app   *server.App
	dir   string
	body  map[string]organisation.Organisation
	actor map[string]access.Actor
}

func (q *quay) must(err error) {
	q.Helper()
	if err != nil {
		q.Fatal(err)
	}
}

func newQuay(t *testing.T, url string) *quay {
	q := &quay{T: t, dir: t.TempDir(), body: map[string]organisation.Organisation{}, actor: map[string]access.Actor{}}
	c := config(q.dir)
	if !strings.HasPrefix(url, "sqlite:") {
		c.Database = url
	}
	app, err := server.Open(t.Context(), c)
	q.must(err)
	t.Cleanup(func() { q.must(app.Close()) })
	q.app = app
	root, ctx := access.Actor{Person: app.Clock.ID(), Organisation: 1, Administrator: true}, t.Context()
	for _, b := range [][3]string{{"wco", "secretariat", ""}, {"xa", "customs", "XA"}, {"xb", "customs", "XB"}, {"xc", "customs", "XC"}} {
		o, err := app.Organisations.Register(ctx, root, organisation.Draft{Kind: b[1], Country: b[2], Name: "Body " + b[0], TimeZone: "UTC",
			Language: "en", ReleaseBy: organisation.ReleaseByOfficer})
		q.must(err)
		p, err := app.People.Register(ctx, root, person.Draft{Login: b[0], Name: "Person " + b[0], Language: "en", Organisation: o.Number,
			Position: "post", ContactPoint: person.ContactPoint, Active: true})
		q.must(err)
		q.body[b[0]], q.actor[b[0]] = o, access.Actor{Person: string(p.ID), Organisation: o.Number, ContactPoint: true}
	}
	now := app.Clock.Now()
	_, err = app.Operations.Open(ctx, root, operation.Draft{Code: tide, Kind: operation.KindOperation, Name: "Tide", Language: "en",
		Handling: "Keep it here.", TimeZone: "UTC", Organisation: q.body["wco"].ID, Director: person.ID(q.actor["wco"].Person),
		Phases: []operation.Phase{{Kind: "operational", Starts: now.AddDate(0, 0, -2).Format(time.DateOnly), Ends: now.AddDate(0, 0, 9).Format(time.DateOnly)}}})
	q.must(err)
	for _, name := range []string{"xa", "xb", "xc"} {
		q.must(app.Operations.Invite(ctx, q.actor["wco"], tide, q.body[name].ID, access.Enforcement))
		q.must(app.Operations.Accept(ctx, q.actor[name], tide, 1))
	}
	return q
}

// warn has xa warn xb of a container, with a picture.
func (q *quay) warn() message.Message {
	q.Helper()
	var b bytes.Buffer
	q.must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 300))))
	a, err := q.app.Attachments.Receive(q.Context(), q.actor["xa"], tide, attachment.Draft{ID: attachment.ID(q.app.Clock.ID()), Name: "canary.png"}, &b)
	q.must(err)
	m, err := q.app.Messages.Send(q.Context(), q.actor["xa"], tide, message.Draft{ID: message.ID(q.app.Clock.ID()), Template: message.Warning,
		Subject: "Perfume", Body: "Look into CSQU3054383.", Language: "en", TLP: "AMBER", Attachments: []attachment.ID{a.ID},
		To: audience.Address{Organisations: []int64{q.body["xb"].Number}}, ReplyDue: q.app.Clock.Now().Add(time.Hour)})
	q.must(err)
	m.Attachments = []attachment.Ref{{Seq: a.Seq, ID: a.ID}}
	return m
}

// has tells what a reader has of a message: words finds it, same its container's
// number, file its picture, small the picture's thumbnail, mark the number on its
// own page.
func (q *quay) has(who string, m message.Message) string {
	q.Helper()
	var out []string
	ctx, actor := q.Context(), q.actor[who]
	found, err := q.app.Searches.Find(ctx, actor, search.Query{Words: "perfume"})
	q.must(err)
	if slices.ContainsFunc(found.Hits, func(h search.Hit) bool { return h.Seq == m.Seq }) {
		out = append(out, "words")
	}
	same, err := q.app.Links.Same(ctx, actor, tide, []consignment.Mark{{Kind: consignment.Container, Value: "CSQU3054383"}})
	q.must(err)
	for _, n := range same.Named {
		if n.Seq() == m.Seq {
			out = append(out, "same")
		}
	}
	for v, name := range map[attachment.Variant]string{attachment.Whole: "file", attachment.Small: "small"} {
		o, err := q.app.Attachments.Open(ctx, actor, tide, attachment.Name{Seq: m.Attachments[0].Seq}, v)
		switch {
		case err == nil:
			out = append(out, name)
			q.must(o.Close())
		case !fault.Is(err, fault.NotFound):
			q.Errorf("%s opens: %v", who, err)
		}
	}
	t, err := q.app.Messages.Read(ctx, actor, tide, m.Seq)
	if err != nil && !fault.Is(err, fault.NotFound) {
		q.Fatal(err)
	}
	if len(t.Message.Marks) > 0 {
		out = append(out, "mark")
	}
	if len(t.Message.Files) > 0 {
		out = append(out, "hangs")
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (q *quay) want(step string, m message.Message, want map[string]string) {
	q.Helper()
	for who, w := range want {
		if got := q.has(who, m); got != w {
			q.Errorf("%s: %s has %q, want %q", step, who, got, w)
		}
	}
	q.must(q.app.Readings.Flush(q.Context()))
	r, err := verify.Database(q.Context(), q.app.DB, verify.Options{Vault: q.app.Vault})
	q.must(err)
	if !r.Fine() {
		q.Errorf("%s: %v", step, r.Findings)
	}
}

// files counts those of blobs.
func (q *quay) files() (n int) {
	q.Helper()
	q.must(filepath.WalkDir(filepath.Join(q.dir, "blobs"), func(_ string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			n++
		}
		return err
	}))
	return n
}

const all = "file hangs mark same small words"

// What hangs on a warning goes with it to whom it is sent on; who reads a
// recalled message has none of it but its originator, who is not led to it
// either; of an erased one nothing is left, and all of that verifies.
func TestWhatHangsOnAMessage(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		q, ctx := newQuay(t, url), t.Context()
		none := q.files()
		m := q.warn()
		q.want("sent", m, map[string]string{"xa": all, "xb": all, "wco": all, "xc": ""})

		_, err := q.app.Messages.Send(ctx, q.actor["xb"], tide, message.Draft{ID: message.ID(q.app.Clock.ID()), Template: message.Feedback,
			Answers: m.Seq, Outcome: "moved-on", Profile: message.Profile{Destination: "XC"}, Language: "en", TLP: "AMBER"})
		q.must(err)
		q.must(q.app.Warnings.SendOn(ctx, q.actor["xa"], tide, m.Seq, q.body["xc"].ID))
		q.want("sent on", m, map[string]string{"xa": all, "xb": all, "wco": all, "xc": all})

		q.must(q.app.Withdrawals.Recall(ctx, q.actor["xa"], tide, m.Seq, "Wrong container."))
		q.want("recalled", m, map[string]string{"xa": "file hangs mark small", "xb": "", "wco": "", "xc": ""})
		q.must(q.app.Searches.Again(ctx))
		for more := true; more; {
			more, err = q.app.Searches.Index(ctx)
			q.must(err)
		}
		if err := q.app.Warnings.Acknowledge(ctx, q.actor["xc"], tide, m.Seq); !fault.Is(err, fault.NotFound) {
			t.Errorf("acknowledges what was recalled: %v", err)
		}
		q.want("indexed again", m, map[string]string{"xa": "file hangs mark small", "xc": ""})

		q.must(q.app.Withdrawals.Ask(ctx, q.actor["xa"], tide, withdrawal.Asking{Kind: reading.Message, Record: m.Seq, Code: "personal-data", Reason: "A name."}))
		desk, err := q.app.Withdrawals.Desk(ctx, q.actor["wco"], tide)
		q.must(err)
		q.must(q.app.Withdrawals.Accept(ctx, q.actor["wco"], tide, desk.Requests[0].Seq))
		q.want("erased", m, map[string]string{"xa": "", "xb": "", "wco": "", "xc": ""})
		if n := q.files(); n != none {
			t.Errorf("%d files of the picture are left", n-none)
		}
	})
}
