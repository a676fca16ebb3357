package inquiry_test

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// world of one right holder: everything that its expert can get from the store.
func (w *world) world(who string) []string {
	w.T.Helper()
	ctx, a := w.T.Context(), w.Actor[who]
	var out []string
	keep := func(v any, err error) {
		b, wrong := json.Marshal(v)
		w.Must(wrong)
		out = append(out, string(b))
		if err != nil {
			out = append(out, err.Error())
		}
	}
	for _, state := range []string{"", inquiry.Open, inquiry.Answered, inquiry.Withdrawn, inquiry.Late} {
		p, err := w.store.List(ctx, a, inquiry.Filter{State: state})
		keep(p, err)
		for _, i := range p.Items {
			v, err := w.store.Read(ctx, a, i.ID)
			keep(v, err)
			for n := range v.Files {
				o, err := w.store.Picture(ctx, a, i.ID, n+1, attachment.Small)
				w.Must(err)
				b, err := io.ReadAll(o)
				w.Must(errors.Join(err, o.Close()))
				keep(b, nil)
			}
		}
	}
	for _, c := range []operation.Code{code, operation.Library} {
		all, err := w.store.Times(ctx, a, c)
		keep(all, err)
	}
	_, err := w.notices.Follow(ctx)
	w.Must(err)
	unread, err := w.notices.List(ctx, a)
	if len(unread) == 0 {
		w.T.Errorf("%s is told of nothing", who)
	}
	keep(unread, err)
	return out
}

func TestRivalsOnOneCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.ask("holder")
		before := w.world("holder.expert")
		theirs := w.ask("rival")
		again := w.draft("rival")
		_, err := w.store.Ask(t.Context(), w.Actor["xa.officer"], code, w.made.Reference, again)
		w.Must(err)
		_, err = w.store.Answer(t.Context(), w.Actor["rival.expert"], code, theirs.ID, answer())
		w.Must(err)
		_, err = w.store.Reply(t.Context(), w.Actor["rival.expert"], code, theirs.ID, inquiry.ReplyDraft{Infringes: "no", Language: "en"})
		w.Must(err)
		w.Must(w.store.Withdraw(t.Context(), w.Actor["xa.officer"], code, again.ID, "Because."))
		if after := w.world("holder.expert"); !reflect.DeepEqual(before, after) {
			t.Errorf("the one learns of the other:\n%s\n%s", before, after)
		}
		if p, err := w.store.List(t.Context(), w.Actor["rival.expert"], inquiry.Filter{}); err != nil || len(p.Items) != 2 {
			t.Errorf("the rival has %d, %v", len(p.Items), err)
		}
	})
}

func TestRequest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		officer := w.Actor["xa.officer"]
		a, err := w.files.Receive(t.Context(), officer, operation.Library, attachment.Draft{ID: attachment.ID(id())}, strings.NewReader(string(drawn(5))))
		w.Must(err)
		r := inquiry.RequestDraft{ID: inquiry.ID(id()), Category: "CLO", Code: "590", Question: "A shirt with a bird.", Language: "en", Pictures: []attachment.ID{a.ID}, Due: "2017-02-20"}
		none := r
		none.ID, none.Category, none.Pictures = inquiry.ID(id()), "FOO", nil
		for _, d := range []inquiry.RequestDraft{r, r, none} {
			made, err := w.store.Request(t.Context(), officer, d)
			if err != nil || made.Holder != 0 {
				t.Fatal(made, err)
			}
		}
		sees := func(who string, id inquiry.ID) inquiry.View {
			v, err := w.store.Read(t.Context(), w.Actor[who], id)
			w.Must(err)
			return v
		}
		// Whether anybody handles such goods does not show.
		if v, n := sees("xa.officer", r.ID), sees("xa.officer", none.ID); len(v.Parts)+len(n.Parts) != 0 || v.State != n.State {
			t.Errorf("the asker sees %+v and %+v", v, n)
		}
		if v := sees("wco", r.ID); len(v.Parts) != 2 {
			t.Errorf("coordination sees %d parts", len(v.Parts))
		}
		times, err := w.store.Times(t.Context(), officer, operation.Library)
		if err != nil || len(times) != 0 {
			t.Errorf("the figures tell: %v, %v", times, err)
		}
		p, err := w.store.List(t.Context(), w.Actor["rival.expert"], inquiry.Filter{})
		if err != nil || len(p.Items) != 1 || p.Items[0].Request != 0 || len(p.Items[0].Files) != 1 {
			t.Fatalf("the right holder has %+v, %v", p.Items, err)
		}
		if none, err := w.store.List(t.Context(), w.Actor["agent.expert"], inquiry.Filter{}); err != nil || len(none.Items) != 0 {
			t.Errorf("whoever handles nothing has %+v, %v", none, err)
		}
		before := w.world("holder.expert")
		_, err = w.store.Answer(t.Context(), w.Actor["rival.expert"], operation.Library, p.Items[0].ID, answer())
		w.Must(err)
		if after := w.world("holder.expert"); !reflect.DeepEqual(before, after) {
			t.Error("the one learns that the other answered")
		}
		v := sees("xa.officer", r.ID)
		if len(v.Parts) != 1 || v.Parts[0].To.ID != w.Body["rival"].ID || v.Parts[0].Answer().Verdict != "fake" {
			t.Errorf("the answer: %+v", v.Parts)
		}
		w.Must(w.store.Withdraw(t.Context(), officer, operation.Library, r.ID, "Found."))
		for _, who := range []string{"rival.expert", "holder.expert"} {
			if p, err := w.store.List(t.Context(), w.Actor[who], inquiry.Filter{State: inquiry.Withdrawn}); err != nil || len(p.Items) != 1 {
				t.Errorf("%s has %+v, %v", who, p.Items, err)
			}
		}
	})
}

func TestRepresentative(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		i := w.ask("holder")
		may := func() bool {
			_, err := w.store.Read(t.Context(), w.Actor["agent.expert"], i.ID)
			if err != nil && !fault.Is(err, fault.NotFound) {
				t.Fatal(err)
			}
			p, wrong := w.store.List(t.Context(), w.Actor["agent.expert"], inquiry.Filter{})
			w.Must(wrong)
			if (err == nil) != (len(p.Items) == 1) {
				t.Errorf("the list says %d, the page %v", len(p.Items), err)
			}
			return err == nil
		}
		w.mandate("holder", "agent", holder.Mandate{Countries: []string{"XB"}})
		w.mandate("holder", "agent", holder.Mandate{Brands: []holder.BrandID{w.brand("holder", "Other", "CLO")}})
		w.mandate("rival", "agent", holder.Mandate{})
		if may() {
			t.Error("the mandate is for another country, another brand, another right holder")
		}
		w.mandate("holder", "agent", holder.Mandate{Countries: []string{"XA"}, Brands: []holder.BrandID{i.Brands[0]}})
		if !may() {
			t.Error("the mandate is not enough")
		}
		made, err := w.store.Answer(t.Context(), w.Actor["agent.expert"], code, i.ID, answer())
		if err != nil || made.Answers[0].Organisation != w.Body["agent"].Number || made.Holder != w.Body["holder"].Number {
			t.Errorf("answered %+v, %v", made, err)
		}
		v, err := w.store.Read(t.Context(), w.Actor["xa.officer"], i.ID)
		if err != nil || v.Answerers[w.Body["agent"].Number].ID != w.Body["agent"].ID || v.People[made.Answers[0].Author].Name != "" {
			t.Errorf("the asker sees %+v, %v", v.Answerers, err)
		}
		w.Leave("holder") // who is no member any more is asked nothing, nor is who acts for it
		if may() {
			t.Error("the representative reads what its right holder does not")
		}
	})
}
