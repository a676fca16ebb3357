package house_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/server"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/task"
)

// hall is the story, served to people who try the doors of every command.
type hall struct {
	sheet       intake.ID // that the officer handed in
	t           *testing.T
	app         *server.App
	sessions    map[string]session.Session
	bodies      []organisation.Organisation
	cases       map[string]seizure.Case // by state: of the administration of officer and contact point
	double      [2]seizure.Case         // two that coordination reads
	kept        int64
	upload      attachment.ID
	picture     attachment.Attachment
	photo       int64 // of the released case
	message     int64
	warning     int64
	sent        message.ID
	task        task.Task
	shift       roster.Shift
	turns       int
	document    int64          // of the contact point
	plan        document.Draft // as it was published
	clock, told int64          // of double[1]
	asked       inquiry.ID     // of the right holder, about double[0]
	shown       shown          // in the library
	stock       stock
}

func newHall(t *testing.T) *hall {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	servertest.Copy(t, dir)
	a, err := server.Open(t.Context(), server.Config{Data: dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &hall{t: t, app: a, sessions: map[string]session.Session{}, cases: map[string]seizure.Case{}}
	h.furnish()
	return h
}

func (h *hall) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// furnish finds the things that the commands are tried on.
func (h *hall) furnish() {
	ctx := h.t.Context()
	all, err := h.app.Sessions.Personas(ctx)
	h.must(err)
	for _, p := range all {
		h.enter(string(p.Person.Persona))
	}
	h.enter(session.Stranger)
	h.bodies, err = h.app.Organisations.List(ctx, h.who("administrator"))
	h.must(err)
	page, err := h.app.Seizures.List(ctx, h.who("officer"), the, seizure.Filter{State: seizure.Released, Class: seizure.Counted,
		Organisation: h.who("officer").Organisation})
	h.must(err)
	h.cases[seizure.Released], h.double = page.Items[0], [2]seizure.Case{page.Items[1], page.Items[2]}
	h.message, h.warning = h.send(), h.warn()
	h.must(h.app.Quarantine.Keep(ctx, h.who("officer"), the, quarantine.Case, fresh(), "{}"))
	_, kept, err := h.app.Quarantine.List(ctx, h.who("contact-point"), the)
	h.must(err)
	h.kept = kept[0].Seq
	h.task, err = h.app.Tasks.Give(ctx, h.who("coordinator"), the, h.errand())
	h.must(err)
	now := h.turn()
	now.Begins, now.Ends = now.Begins.Add(-9*time.Hour), now.Ends.Add(-8*time.Hour)
	h.shift, err = h.app.Rosters.Plan(ctx, h.who("contact-point"), the, now)
	h.must(err)
	h.hang()
	photos, err := h.app.Seizures.Attach(ctx, h.who("contact-point"), the, h.cases[seizure.Released].Seq, []seizure.PhotoDraft{{ID: h.shot("contact-point")}})
	h.must(err)
	h.photo = photos[0].Attachment
	h.shelve()
	h.tick()
	h.inquire()
	h.openLibrary()
	h.stockUp()
}

// hang makes an upload under way and a picture, both of the officer's.
func (h *hall) hang() {
	sheet, err := h.app.Intake.Hand(h.t.Context(), h.who("officer"), the, "a.csv", strings.NewReader("Date,Country,Goods\n2017-02-07,XA,FTW\n"))
	h.must(err)
	h.sheet = sheet.ID
	h.upload = attachment.ID(fresh())
	_, err = h.app.Attachments.Begin(h.t.Context(), h.who("officer"), the, attachment.Draft{ID: h.upload, Name: "b.pdf", Size: 100})
	h.must(err)
	var b bytes.Buffer
	h.must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))))
	h.picture, err = h.app.Attachments.Receive(h.t.Context(), h.who("officer"), the, attachment.Draft{ID: attachment.ID(fresh()), Name: "c.png"}, &b)
	h.must(err)
}

// shot uploads a picture.
func (h *hall) shot(persona string) attachment.ID {
	var b bytes.Buffer
	h.must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 30))))
	id := attachment.ID(fresh())
	_, err := h.app.Attachments.Receive(h.t.Context(), h.who(persona), the, attachment.Draft{ID: id, Name: "d.png"}, &b)
	h.must(err)
	return id
}

// shelve has the contact point publish a document to coordination.
func (h *hall) shelve() {
	who := h.who("contact-point")
	file, err := h.app.Attachments.Receive(h.t.Context(), who, the, attachment.Draft{ID: attachment.ID(fresh()), Name: "d.pdf"}, strings.NewReader("%PDF-1.4\n"))
	h.must(err)
	h.plan = document.Draft{ID: document.ID(fresh()), Kind: "other", Title: "Berths", Language: "en", TLP: "GREEN",
		To: audience.Address{Sides: []access.Side{access.Coordination}}, File: file.ID}
	made, _, err := h.app.Documents.Publish(h.t.Context(), who, the, h.plan)
	h.must(err)
	h.document = made.Seq
}

func (h *hall) enter(persona string) {
	h.t.Helper()
	token, err := h.app.Sessions.Token(h.t.Context(), persona)
	h.must(err)
	h.sessions[persona], err = h.app.Sessions.Resolve(h.t.Context(), token)
	h.must(err)
}

func (h *hall) who(persona string) access.Actor { return h.sessions[persona].Actor }

func (h *hall) id(persona string) person.ID { return h.sessions[persona].Person.ID }

func (h *hall) body(persona string) organisation.Organisation {
	return h.sessions[persona].Organisation
}

// commands are the methods of a store that act for somebody: an actor or a
// session right after the context.
func commands(store any) (acting, others []string) {
	actor, of := reflect.TypeFor[access.Actor](), reflect.TypeFor[session.Session]()
	t := reflect.TypeOf(store)
	word := strings.TrimPrefix(strings.TrimSuffix(t.String(), ".Store"), "*")
	for m := range t.NumMethod() {
		method := t.Method(m)
		name := word + "." + method.Name
		if method.Type.NumIn() > 2 && method.Type.In(1) == reflect.TypeFor[context.Context]() &&
			(method.Type.In(2) == actor || method.Type.In(2) == of) {
			acting = append(acting, name)
		} else {
			others = append(others, name)
		}
	}
	return acting, others
}

func (h *hall) stores() []any {
	return []any{h.app.Organisations, h.app.People, h.app.Sessions, h.app.Operations, h.app.Messages, h.app.Seizures, h.app.Results,
		h.app.Quarantine, h.app.Warnings, h.app.Templates, h.app.Watches, h.app.Links, h.app.Attachments, h.app.Evidence,
		h.app.NilReports, h.app.Reviews, h.app.Coverage, h.app.Tasks, h.app.Rosters, h.app.Searches, h.app.Notices, h.app.Withdrawals, h.app.Documents, h.app.Packs, h.app.CaseLists, h.app.Detentions, h.app.Intake, h.app.Exports, h.app.Inquiries,
		h.app.Holders, h.app.Contacts, h.app.Products, h.app.Inspections, h.app.Usages, h.app.MassUploads, h.app.Protections, h.app.Alerts, h.app.Situations,
		h.app.Analyses, h.app.Publications, h.app.Editions, h.app.Archives, h.app.Connections, h.app.Watchlists,
		h.app.Workshops, h.app.Nominations, h.app.Attendances, h.app.Courses, h.app.Effects, h.app.Lessons, h.app.Evaluations, h.app.Learnt, h.app.Practices}
}

// try calls a command as somebody and gives its error.
func (h *hall) try(name string, as session.Session, args []any) error {
	h.t.Helper()
	word, method, _ := strings.Cut(name, ".")
	for _, s := range h.stores() {
		if reflect.TypeOf(s).String() != "*"+word+".Store" {
			continue
		}
		m := reflect.ValueOf(s).MethodByName(method)
		in := []reflect.Value{reflect.ValueOf(h.t.Context()), reflect.ValueOf(as.Actor)}
		if m.Type().In(1) == reflect.TypeFor[session.Session]() {
			in[1] = reflect.ValueOf(as)
		}
		for _, a := range args {
			in = append(in, reflect.ValueOf(a))
		}
		out := m.Call(in)
		err, _ := out[len(out)-1].Interface().(error)
		return err
	}
	h.t.Fatalf("no store has %s", name)
	return nil
}

// Every command refuses nobody, a stranger, and a member who may not; for each
// of them the thing does not exist. Somebody who may is not answered like that,
// so the arguments are real ones.
func TestCommandsRefuse(t *testing.T) {
	h := newHall(t)
	seen := map[string]bool{}
	for _, s := range h.stores() {
		acting, others := commands(s)
		for _, name := range others {
			seen[name] = true
			if actorless[name] == "" {
				t.Errorf("%s acts for nobody. Give it (ctx, who access.Actor, …), or add it to actorless in command_table_test.go with the reason", name)
			}
		}
		for _, name := range acting {
			seen[name] = true
			c, ok := trials[name]
			if !ok {
				t.Errorf("%s is tried by nobody. Add it to trials in command_table_test.go: arguments that work for somebody, and the permission it takes", name)
				continue
			}
			h.refuses(name, c)
		}
	}
	for name := range trials {
		if !seen[name] {
			t.Errorf("%s is in trials and is no command. Take the line out", name)
		}
	}
	for name := range actorless {
		if !seen[name] {
			t.Errorf("%s is in actorless and is no method. Take the line out", name)
		}
	}
	for _, name := range inOrder() {
		if c := trials[name]; seen[name] && c.by != "" {
			if err := h.try(name, h.sessions[c.by], c.args(h)); fault.Is(err, fault.NotFound) {
				t.Errorf("%s as %s: %v. The trial is no trial: give arguments that work for somebody", name, c.by, err)
			}
		}
	}
}

func (h *hall) refuses(name string, c trial) {
	h.t.Helper()
	closed := func(what string, as session.Session) {
		h.t.Helper()
		if err := h.try(name, as, c.args(h)); !fault.Is(err, fault.NotFound) {
			h.t.Errorf("%s as %s: %v, want fault.NotFound. Decide inside the command, before anything else is said", name, what, err)
		}
	}
	closed("nobody", session.Session{})
	closed("the system", session.Session{Actor: access.Actor{System: "release-clock", Organisation: h.body("officer").Number, ContactPoint: true, Administrator: true}})
	if c.anyone == "" {
		closed("stranger", h.sessions[session.Stranger])
	}
	if c.need == "" {
		return
	}
	lack, code := 0, where(c.need)
	if c.shelf {
		code = operation.Library
	}
	for persona, s := range h.sessions {
		st, err := h.app.Operations.Read(h.t.Context(), s.Actor, code)
		if err == nil && st.May(c.need) {
			continue
		}
		lack++
		closed(persona+", who lacks "+string(c.need), s)
	}
	if lack == 0 {
		h.t.Errorf("%s: everybody may %s; nobody was tried", name, c.need)
	}
}

// A member removed a second ago: no command on the operation knows it any more.
func TestCommandsRefuseWhoHasLeft(t *testing.T) {
	h := newHall(t)
	args := map[string][]any{}
	for name, c := range trials {
		if c.need != "" {
			args[name] = c.args(h)
		}
	}
	for _, code := range []operation.Code{the, operation.Library} {
		h.must(h.app.Operations.End(t.Context(), h.who("director"), code, h.body("officer").ID))
	}
	for name, args := range args {
		for _, persona := range []string{"officer", "contact-point"} {
			if err := h.try(name, h.sessions[persona], args); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s as %s, whose membership has ended: %v, want fault.NotFound. Go through operation.Enter", name, persona, err)
			}
		}
	}
	if len(args) < 20 {
		t.Errorf("only %d commands on an operation", len(args))
	}
}

// inOrder puts first what changes least.
func inOrder() []string {
	var names []string
	for name := range trials {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := trials[a].late - trials[b].late; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names
}

var made int

// fresh is an id that nothing has.
func fresh() string {
	made++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", made)
}

const the = operation.Code("action-ipr-ap-2")
