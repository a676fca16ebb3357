package message_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
)

func TestSendKeepsWhatWasWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		draft := w.Warning("xb", "enforcement", "apart")
		draft.Subject, draft.Body, draft.Language = "  Cafe\u0301 ", "one\r\ntwo \u202e\n\n", "pt-br"
		expires := w.Source.Now().Add(36 * time.Hour)
		draft.Urgent, draft.Source, draft.Expires = true, "targeting", expires.Add(time.Nanosecond)
		draft.Arrival = message.Arrival{At: w.Source.Now().Add(9 * time.Hour), Place: " Port of Qasr ", Zone: "Asia/Bangkok"}
		sent := w.Send("xa.officer", draft)
		got := w.read("xb", sent)
		if diff := cmp.Diff(sent, got.Message.Message); diff != "" {
			t.Errorf("read differs from sent (-sent +read):\n%s", diff)
		}
		if sent.Subject != "Caf\u00e9" || sent.Body != "one\ntwo" || sent.Language != "pt-BR" {
			t.Errorf("text not cleaned: %q %q %q", sent.Subject, sent.Body, sent.Language)
		}
		want := message.Message{Seq: sent.Seq, ID: draft.ID, Organisation: w.Body["xa"].Number, Author: w.Actor["xa.officer"].Person,
			Audience: sent.Audience, To: w.To("xb", "enforcement", "apart"), Asked: sent.Asked, Template: message.Warning, Thread: sent.Seq,
			Subject: sent.Subject, Body: sent.Body, Language: "pt-BR", TLP: "AMBER", Profile: draft.Profile, ReplyDue: draft.ReplyDue,
			Expires: expires, Source: "targeting", Urgent: true,
			Arrival: message.Arrival{At: draft.Arrival.At, Place: "Port of Qasr", Zone: "Asia/Bangkok"}, Written: w.Source.Now()}
		if diff := cmp.Diff(want, sent); diff != "" {
			t.Errorf("(-want +sent):\n%s", diff)
		}
		if got.Message.From.Name != "Body xa" || got.Message.AuthorName != "Person xa.officer" {
			t.Errorf("from %q, %q", got.Message.From.Name, got.Message.AuthorName)
		}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			e, err := journal.One(tx, got.Standing.Operation.Number, sent.Seq)
			if e.Verb != "message.send" || e.Subject != "message/"+string(draft.ID) || e.Audience != sent.Audience ||
				e.Actor != sent.Author || e.Organisation != sent.Organisation || !e.At.Equal(sent.Written) {
				t.Errorf("journal: %+v", e)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestSendAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		draft := w.Warning("xb", "xc")
		sent := w.Send("xa", draft)
		answer := w.Answer(sent, "Seen.")
		answered := w.Send("xb", answer)

		w.Source.Set(draft.ReplyDue.Add(time.Hour)) // a repeat may come when the warning's time has passed
		slices.Reverse(draft.To.Organisations)
		draft.Body += "\n"
		for who, c := range map[string]struct {
			draft message.Draft
			want  message.Message
		}{"xa": {draft, sent}, "xb": {answer, answered}} {
			again, err := w.Messages.Send(ctx, w.Actor[who], code, c.draft)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, again); diff != "" {
				t.Errorf("another answer (-first +again):\n%s", diff)
			}
		}
		for what, change := range map[string]func(*message.Draft){
			"body":    func(d *message.Draft) { d.Body = "Other." },
			"to":      func(d *message.Draft) { d.To = w.To("xb") },
			"apart":   func(d *message.Draft) { d.To.Apart = true },
			"tlp":     func(d *message.Draft) { d.TLP = "RED" },
			"profile": func(d *message.Draft) { d.Profile.Category = "FOO" },
			"due":     func(d *message.Draft) { d.ReplyDue = w.Source.Now().Add(time.Hour) },
			"template": func(d *message.Draft) {
				d.Template, d.ReplyDue, d.Profile = message.General, time.Time{}, message.Profile{}
			},
		} {
			other := draft
			change(&other)
			if other.Template == message.Warning && what != "due" {
				other.ReplyDue = w.Source.Now().Add(time.Hour) // else it would be refused for that
			}
			if _, err := w.Messages.Send(ctx, w.Actor["xa"], code, other); !fault.Is(err, fault.Conflict) {
				t.Errorf("another %s under the same id: %v", what, err)
			}
		}
		// Two people of one organisation are two authors.
		if _, err := w.Messages.Send(ctx, w.Actor["xa.officer"], code, message.Draft(draft)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the same by a colleague, overdue: %v", err)
		}
		if n := len(w.list("wco", message.Filter{})); n != 2 {
			t.Errorf("%d messages, want 2", n)
		}
	})
}

func TestSendAtTheSameTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, two := w.General("enforcement"), w.General("enforcement")
		two.ID, two.Body = one.ID, "Something else."
		const each = 12
		sent, errs := make([]message.Message, 2*each), make([]error, 2*each)
		var wait sync.WaitGroup
		for i := range sent {
			draft := one
			if i%2 == 1 {
				draft = two
			}
			wait.Go(func() { sent[i], errs[i] = w.Messages.Send(t.Context(), w.Actor["xa"], code, draft) })
		}
		wait.Wait()
		all := w.list("xb", message.Filter{})
		if len(all) != 1 {
			t.Fatalf("%d messages, want 1", len(all))
		}
		won := 0
		if all[0].Body == two.Body {
			won = 1
		}
		for i := range sent {
			switch {
			case i%2 == won && (errs[i] != nil || cmp.Diff(sent[i], all[0].Message) != ""):
				t.Errorf("%d: %v, %+v", i, errs[i], sent[i])
			case i%2 != won && !fault.Is(errs[i], fault.Conflict):
				t.Errorf("%d: %v, want a conflict", i, errs[i])
			}
		}
	})
}

func TestWhomAnAnswerReaches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		group := w.Send("xa", w.Warning("enforcement", "observer"))
		chosen := w.Send("xa", w.Warning("xb", "xc"))
		quiet := w.Send("xa", w.Warning("xb", "xc", "apart"))
		inner := w.Send("xb", func() message.Draft { d := w.Answer(chosen, "Between us."); d.To = w.To("xa", "apart"); return d }())
		const wider = "to: message.to-wider"
		for name, c := range map[string]struct {
			who      string
			parent   message.Message
			feedback bool
			to       []string
			want     []string // readers; nil: refused as wider
		}{
			"as the group":                    {"xb", group, false, nil, []string{"observer", "wco", "xa", "xb", "xc"}},
			"as those chosen":                 {"xb", chosen, false, nil, []string{"wco", "xa", "xb", "xc"}},
			"without coordination":            {"xb", quiet, false, nil, []string{"xa", "xb", "xc"}},
			"as the inner talk":               {"xa", inner, false, nil, []string{"xa", "xb"}},
			"narrowed, whom it answers reads": {"xb", group, false, []string{"xc", "apart"}, []string{"xa", "xb", "xc"}},
			"narrowed, coordination reads":    {"xb", group, false, []string{"xc"}, []string{"wco", "xa", "xb", "xc"}},
			"narrowed, quiet stays quiet":     {"xb", quiet, false, []string{"xa"}, []string{"xa", "xb"}},
			"one of a side":                   {"xb", group, false, []string{"observer"}, []string{"observer", "wco", "xa", "xb"}},
			"a side more":                     {"xb", chosen, false, []string{"enforcement"}, nil},
			"an organisation more":            {"xb", chosen, false, []string{"observer"}, nil},
			"an organisation unknown":         {"xb", chosen, false, []string{"outsider"}, nil},
			"coordination more":               {"xb", quiet, false, []string{"coordination"}, nil},
			"an organisation of coordination": {"xb", quiet, true, []string{"wco"}, nil},
			"feedback to the ledger":          {"xb", quiet, true, []string{"coordination"}, []string{"wco", "xa", "xb"}},
			"feedback to all and the ledger":  {"xb", quiet, true, []string{"xc", "coordination"}, []string{"wco", "xa", "xb", "xc"}},
			"feedback as the warning":         {"xb", quiet, true, nil, []string{"xa", "xb", "xc"}},
		} {
			t.Run(name, func(t *testing.T) {
				draft := w.Answer(c.parent, "Well.")
				if c.feedback {
					draft = w.Feedback(c.parent, "clean")
				}
				draft.To = w.To(c.to...)
				w.Tick()
				sent, err := w.Messages.Send(t.Context(), w.Actor[c.who], code, draft)
				if c.want == nil {
					if f := unwrapped(err); problems(f) != wider {
						t.Fatalf("got %v, want %s", err, wider)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if got := w.readers(sent); !slices.Equal(got, c.want) {
					t.Errorf("read by %v, want %v", got, c.want)
				}
				if sent.Thread != c.parent.Thread {
					t.Errorf("thread %d, want %d", sent.Thread, c.parent.Thread)
				}
			})
		}
	})
}

// unwrapped gives the fault inside an error.
func unwrapped(err error) error {
	for {
		inner, ok := err.(interface{ Unwrap() error })
		if _, isFault := err.(*fault.Fault); isFault || !ok || inner.Unwrap() == nil {
			return err
		}
		err = inner.Unwrap()
	}
}

// readers names, sorted, who can truly read a message: asked of the command.
func (w *world) readers(m message.Message) []string {
	w.T.Helper()
	var out []string
	for name := range w.Side {
		_, err := w.Messages.Read(w.T.Context(), w.Actor[name], code, m.Seq)
		if err == nil {
			out = append(out, name)
		} else if !missing(err) {
			w.T.Fatal(err)
		}
	}
	slices.Sort(out)
	return out
}

func TestSendRefusesPlaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		general := w.Send("xa", w.General("enforcement"))
		w.Leave("xc")
		for name, c := range map[string]struct {
			draft message.Draft
			want  string
		}{
			"to who is no member":          {w.General("outsider"), "to: message.to-unknown"},
			"to who was a member":          {w.General("xc"), "to: message.to-unknown"},
			"to who does not exist":        {func() message.Draft { d := w.General(); d.To.Organisations = []int64{9999}; return d }(), "to: message.to-unknown"},
			"a warning nobody can answer":  {w.Warning("right-holder", "observer"), "to: message.to-nobody-answers"},
			"a warning to oneself":         {w.Warning("xa"), "to: message.to-nobody-answers"},
			"a warning to a right holder":  {w.Warning("holder"), "to: message.to-nobody-answers"},
			"feedback on what is no alarm": {w.Feedback(general, "hit"), "answers: message.feedback-of-warning"},
		} {
			if _, err := w.Messages.Send(t.Context(), w.Actor["xa"], code, c.draft); problems(unwrapped(err)) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	})
}

// TestPreviewIsTrue: for random addresses, what is shown before sending is who
// can then read, and how many people.
func TestPreviewIsTrue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		people := map[string]int{"wco": 4, "xa": 2, "xb": 2, "xc": 2, "observer": 1, "holder": 1, "rival": 1}
		parents := []message.Message{w.Send("xa", w.Warning("enforcement")), w.Send("xb", w.Warning("xa", "xc", "apart")),
			w.Send("wco", w.Warning("xa", "observer", "right-holder"))}
		draws := newDraws(7)
		sent := 0
		for range 120 {
			draft := w.General(draws.some("coordination", "enforcement", "observer", "right-holder", "xa", "xb", "xc", "wco", "holder", "rival",
				"observer", "apart")...)
			switch draws.IntN(3) {
			case 0:
				draft = w.Answer(parents[draws.IntN(len(parents))], "Yes.")
				draft.To = w.To(draws.some("enforcement", "xa", "xc", "observer", "apart")...)
			case 1:
				draft = w.Feedback(parents[draws.IntN(len(parents))], "clean")
				draft.To = w.To(draws.some("coordination", "enforcement", "xb", "apart")...)
			}
			preview, err := w.Messages.Preview(t.Context(), w.Actor["xa"], code, draft)
			reach := preview.Reach
			w.Tick()
			m, refused := w.Messages.Send(t.Context(), w.Actor["xa"], code, draft)
			if (err == nil) != (refused == nil) {
				t.Fatalf("preview says %v, sending %v: %+v", err, refused, draft)
			}
			if err != nil {
				continue
			}
			sent++
			var promised []string
			count := 0
			for name, body := range w.Body {
				if slices.ContainsFunc(reach.Organisations, func(o organisationT) bool { return o.Number == body.Number }) {
					promised = append(promised, name)
					count += people[name]
				}
			}
			slices.Sort(promised)
			if got := w.readers(m); !slices.Equal(got, promised) {
				t.Fatalf("promised %v, read by %v: %+v", promised, got, draft.To)
			}
			after := w.read("xa", m).Reach
			if reach.People != count || after.People != count || len(after.Organisations) != len(promised) {
				t.Fatalf("people: promised %d, shown %d, are %d", reach.People, after.People, count)
			}
		}
		if sent < 40 {
			t.Fatalf("only %d of 120 drafts could be sent: the draws are wrong", sent)
		}
	})
}

// TestNewMembersReadWhatTheirSideMay: joining shows it, leaving hides it, one's
// own included, and a new side is a new view.
func TestNewMembersReadWhatTheirSideMay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		side := w.Send("wco", w.General("enforcement"))
		named := w.Send("xa", w.General("xc"))
		own := w.Send("xc", w.General("xa"))
		answer := w.Send("xc", w.Answer(side, "Understood."))
		w.Leave("xc")
		if _, err := w.Messages.List(t.Context(), w.Actor["xc"], code, message.Filter{}); !missing(err) {
			t.Fatalf("at the very moment of leaving: %v", err)
		}
		if got := w.readers(named); !slices.Equal(got, []string{"wco", "xa"}) {
			t.Errorf("read by %v", got)
		}
		w.Tick()
		w.Join(code, "xc", "observer")
		if got := seqs(w.list("xc", message.Filter{})); !slices.Equal(got, []int64{answer.Seq, own.Seq, named.Seq}) {
			t.Errorf("as an observer it reads %v, want what names it and its own, not %d", got, side.Seq)
		}
		w.Join(code, "outsider", "enforcement")
		if got := seqs(w.list("outsider", message.Filter{})); !slices.Equal(got, []int64{answer.Seq, side.Seq}) {
			t.Errorf("the newcomer reads %v, want %d and its answer", got, side.Seq)
		}
	})
}

func seqs(items []message.Item) (out []int64) {
	for _, i := range items {
		out = append(out, i.Seq)
	}
	return out
}

// TestRightHoldersLearnNoNames: a right holder writes to sides, to coordination
// and to whom it answers; naming, previewing and reading tell it no more.
func TestRightHoldersLearnNoNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		question := w.Send("xb", w.General("holder", "xa"))
		alarm := w.Send("xa", w.Warning("xb", "holder"))
		for name, c := range map[string]struct {
			draft message.Draft
			want  string // problems, or nothing
		}{
			"to enforcement":           {w.General("enforcement"), ""},
			"to a coordinating body":   {w.General("wco"), ""},
			"to a member":              {w.General("xa"), "to: message.to-unknown"},
			"to a rival":               {w.General("rival"), "to: message.to-unknown"},
			"to nobody that exists":    {w.General("outsider"), "to: message.to-unknown"},
			"an answer":                {w.Answer(question, "Always engraved."), ""},
			"an answer to the asker":   {func() message.Draft { d := w.Answer(question, "For you."); d.To = w.To("xb", "wco"); return d }(), ""},
			"naming another reader":    {func() message.Draft { d := w.Answer(question, "x"); d.To = w.To("xa"); return d }(), "to: message.to-wider"},
			"naming who does not read": {func() message.Draft { d := w.Answer(question, "x"); d.To = w.To("xc"); return d }(), "to: message.to-wider"},
			"a warning":                {w.Warning("enforcement"), "template: message.template-of-authorities"},
			"a feedback":               {w.Feedback(alarm, "clean"), "template: message.template-of-authorities"},
		} {
			preview, early := w.Messages.Preview(t.Context(), w.Actor["holder"], code, c.draft)
			_, err := w.Messages.Send(t.Context(), w.Actor["holder"], code, c.draft)
			for _, e := range []error{early, err} {
				if problems(unwrapped(e)) != c.want {
					t.Errorf("%s: %v, want %q", name, e, c.want)
				}
			}
			if preview.Known || preview.Reach.People != 0 || preview.Reach.Organisations != nil {
				t.Errorf("%s: preview tells %+v", name, preview)
			}
		}
		if to := w.read("holder", question).Message.To.Organisations; !slices.Equal(to, []int64{w.Body["holder"].Number}) {
			t.Errorf("the question names %v to a right holder", to)
		}
		if th := w.read("xa", alarm); len(th.Asked) != 1 || th.Asked[0].Organisation.Name != "Body xb" {
			t.Errorf("asked: %+v, want xb alone", th.Asked)
		}
	})
}
