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
		w.actor["nobody"] = access.Actor{}
		w.actor["administrator"] = w.root
		w.actor["system"] = access.Actor{System: "clock"}
		w.actor["other hat"] = access.Actor{Person: w.actor["xa.officer"].Person, Organisation: w.actor["xb"].Organisation}
		everybody := w.send("wco", w.warning("enforcement", "observer", "right-holder"))
		hidden := w.send("xa", w.general("xb"))
		w.person("xa", "idle", "") // of a member, without a role here
		w.leave("xc")
		w.tick()

		type command = func(who string) error
		ctx := t.Context()
		send := func(draft message.Draft) command {
			return func(who string) error {
				_, err := w.messages.Send(ctx, w.actor[who], code, draft)
				return err
			}
		}
		preview := func(draft message.Draft) command {
			return func(who string) error {
				_, err := w.messages.Preview(ctx, w.actor[who], code, draft)
				return err
			}
		}
		read := func(seq int64) command {
			return func(who string) error { _, err := w.messages.Read(ctx, w.actor[who], code, seq); return err }
		}
		broken := w.general()
		broken.Body = "\x00"
		out := []string{"nobody", "administrator", "system", "other hat", "outsider", "stranger", "xc", "xc.officer", "wco.auditor", "xa.idle"}
		for name, c := range map[string]struct {
			run     command
			refused []string
			allowed string
		}{
			"send":              {send(w.general("enforcement")), out, "wco.analyst"},
			"send nonsense":     {send(broken), out, ""},
			"answer":            {send(w.answer(everybody, "Yes.")), out, "xa.officer"},
			"feedback":          {send(w.feedback(everybody, "hit")), out, "xa"},
			"answer unseen":     {send(w.answer(hidden, "Yes.")), append([]string{"holder"}, out...), "xb"},
			"answer nothing":    {send(w.answer(message.Message{Seq: 4711}, "Yes.")), append([]string{"xa", "wco", "xb.officer"}, out...), ""},
			"answer no message": {send(w.answer(message.Message{Seq: 1}, "Yes.")), append([]string{"xa", "wco"}, out...), ""},
			"preview":           {preview(w.general("enforcement")), out, "wco.trainer"},
			"preview answer":    {preview(w.answer(hidden, "")), append([]string{"holder"}, out...), "wco.coordinator"},
			"list": {func(who string) error {
				_, err := w.messages.List(ctx, w.actor[who], code, message.Filter{})
				return err
			}, out, "holder"},
			"list of nonsense": {func(who string) error {
				_, err := w.messages.List(ctx, w.actor[who], code, message.Filter{Template: "x"})
				return err
			}, out, ""},
			"waiting":         {func(who string) error { _, err := w.messages.Waiting(ctx, w.actor[who], code); return err }, out, "observer"},
			"read":            {read(everybody.Seq), out, "holder"},
			"read unseen":     {read(hidden.Seq), append([]string{"observer", "holder", "rival"}, out...), "xb.officer"},
			"read unknown":    {read(4711), append([]string{"observer", "holder", "wco", "xa"}, out...), ""},
			"read a decision": {read(0), []string{"wco", "xa"}, ""},
			"read below zero": {read(-1), []string{"wco", "xa"}, ""},
			"another operation": {func(who string) error {
				_, err := w.messages.List(ctx, w.actor[who], "none", message.Filter{})
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
		first := w.send("wco", w.general("enforcement"))
		w.open("second")
		w.join("second", "xa", access.Enforcement)
		if _, err := w.messages.Read(t.Context(), w.actor["xa"], "second", first.Seq); !missing(err) {
			t.Errorf("read in another operation: %v", err)
		}
		if _, err := w.messages.Send(t.Context(), w.actor["xa"], "second", w.answer(first, "x")); !missing(err) {
			t.Errorf("answered in another operation: %v", err)
		}
		again := w.general("enforcement")
		again.ID, again.Body = first.ID, "Another operation, another message."
		if _, err := w.messages.Send(t.Context(), w.actor["wco"], "second", again); err != nil {
			t.Errorf("the id of another operation stands in the way: %v", err)
		}
		other := w.general("xb")
		other.ID = first.ID
		if _, err := w.messages.Send(t.Context(), w.actor["xb"], code, other); err != nil {
			t.Errorf("the id of another originator stands in the way: %v", err)
		}
	})
}
