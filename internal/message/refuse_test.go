package message_test

import (
	"errors"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/message"
)

// missing tells whether an error is, to whoever sees it, the one answer for what
// does not exist.
func missing(err error) bool {
	f, ok := errors.AsType[*fault.Fault](err)
	return ok && f.Error() == fault.Missing().Error() && f.Kind == fault.NotFound && len(f.Args) == 0
}

func TestEveryCommandRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Actor["nobody"] = access.Actor{}
		w.Actor["administrator"] = w.Root
		w.Actor["system"] = access.Actor{System: "clock"}
		w.Actor["other hat"] = access.Actor{Person: w.Actor["xa.officer"].Person, Organisation: w.Actor["xb"].Organisation}
		everybody := w.Send("wco", w.Warning("enforcement", "observer", "right-holder"))
		hidden := w.Send("xa", w.General("xb"))
		w.Person("xa", "xa.idle", "") // of a member, without a role here
		w.Leave("xc")
		w.Tick()

		type command = func(who string) error
		ctx := t.Context()
		send := func(draft message.Draft) command {
			return func(who string) error {
				_, err := w.Messages.Send(ctx, w.Actor[who], code, draft)
				return err
			}
		}
		preview := func(draft message.Draft) command {
			return func(who string) error {
				_, err := w.Messages.Preview(ctx, w.Actor[who], code, draft)
				return err
			}
		}
		read := func(seq int64) command {
			return func(who string) error { _, err := w.Messages.Read(ctx, w.Actor[who], code, seq); return err }
		}
		broken := w.General()
		broken.Body = "\x00"
		out := []string{"nobody", "administrator", "system", "other hat", "outsider", "stranger", "xc", "xc.officer", "wco.auditor", "xa.idle"}
		for name, c := range map[string]struct {
			run     command
			refused []string
			allowed string
		}{
			"send":              {send(w.General("enforcement")), out, "wco.analyst"},
			"send nonsense":     {send(broken), out, ""},
			"answer":            {send(w.Answer(everybody, "Yes.")), out, "xa.officer"},
			"feedback":          {send(w.Feedback(everybody, "hit")), out, "xa"},
			"answer unseen":     {send(w.Answer(hidden, "Yes.")), append([]string{"holder"}, out...), "xb"},
			"answer nothing":    {send(w.Answer(message.Message{Seq: 4711}, "Yes.")), append([]string{"xa", "wco", "xb.officer"}, out...), ""},
			"answer no message": {send(w.Answer(message.Message{Seq: 1}, "Yes.")), append([]string{"xa", "wco"}, out...), ""},
			"preview":           {preview(w.General("enforcement")), out, "wco.trainer"},
			"preview answer":    {preview(w.Answer(hidden, "")), append([]string{"holder"}, out...), "wco.coordinator"},
			"list": {func(who string) error {
				_, err := w.Messages.List(ctx, w.Actor[who], code, message.Filter{})
				return err
			}, out, "holder"},
			"list of nonsense": {func(who string) error {
				_, err := w.Messages.List(ctx, w.Actor[who], code, message.Filter{Template: "x"})
				return err
			}, out, ""},
			"waiting":         {func(who string) error { _, err := w.Messages.Waiting(ctx, w.Actor[who], code); return err }, out, "observer"},
			"read":            {read(everybody.Seq), out, "holder"},
			"read unseen":     {read(hidden.Seq), append([]string{"observer", "holder", "rival"}, out...), "xb.officer"},
			"read unknown":    {read(4711), append([]string{"observer", "holder", "wco", "xa"}, out...), ""},
			"read a decision": {read(0), []string{"wco", "xa"}, ""},
			"read below zero": {read(-1), []string{"wco", "xa"}, ""},
			"another operation": {func(who string) error {
				_, err := w.Messages.List(ctx, w.Actor[who], "none", message.Filter{})
				return err
			}, []string{"xa"}, ""},
		} {
			for _, who := range c.refused {
				if err := c.run(who); !missing(err) {
					t.Errorf("%s by %s: %v, want not found", name, who, err)
				}
			}
			if c.allowed != "" {
				if err := c.run(c.allowed); err != nil {
					t.Errorf("%s by %s: %v, want it done", name, c.allowed, err)
				}
			}
		}
	})
}

// TestOtherOperations: numbers and ids of another operation mean nothing here.
func TestOtherOperations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		first := w.Send("wco", w.General("enforcement"))
		w.Open("second")
		w.Join("second", "xa", access.Enforcement)
		if _, err := w.Messages.Read(t.Context(), w.Actor["xa"], "second", first.Seq); !missing(err) {
			t.Errorf("read in another operation: %v", err)
		}
		if _, err := w.Messages.Send(t.Context(), w.Actor["xa"], "second", w.Answer(first, "x")); !missing(err) {
			t.Errorf("answered in another operation: %v", err)
		}
		again := w.General("enforcement")
		again.ID, again.Body = first.ID, "Another operation, another message."
		if _, err := w.Messages.Send(t.Context(), w.Actor["wco"], "second", again); err != nil {
			t.Errorf("the id of another operation stands in the way: %v", err)
		}
		other := w.General("xb")
		other.ID = first.ID
		if _, err := w.Messages.Send(t.Context(), w.Actor["xb"], code, other); err != nil {
			t.Errorf("the id of another originator stands in the way: %v", err)
		}
	})
}
