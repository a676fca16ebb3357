package holder_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

var unexported = cmpopts.IgnoreUnexported(attachment.Attachment{}, holder.List{}, holder.Holder{})

// Two worlds differ in what the reader may not see, and are the same to the reader.
func TestWhatIsHiddenChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := t.Context()
		w.vetted("orva", "2026-12-31")
		w.register("orva", "orva", "Orva")
		w.mandated("orva", "agent", nil)
		seen := func(who string) [2]any {
			l, err := w.store.List(ctx, w.actor[who])
			w.must(err)
			h, err := w.store.Read(ctx, w.actor[who], "")
			w.must(err)
			l.Standing, h.Standing = operation.Standing{}, operation.Standing{}
			return [2]any{l, h}
		}
		orva, agent := seen("orva"), seen("agent")
		v := w.vetted("rival", "2026-11-30")
		w.register("rival", "rival", "Rivale")
		w.mandated("rival", "both", nil)
		w.mandated("orva", "both", nil) // that another represents it, too, a representative does not learn
		w.must(w.store.Revoke(ctx, w.actor["wco"], w.body["rival"].ID, v.ID, "Because."))
		if diff := cmp.Diff(agent, seen("agent"), unexported); diff != "" {
			t.Errorf("the representative (-before +after):\n%s", diff)
		}
		after := seen("orva")
		l := after[0].(holder.List)
		if diff := cmp.Diff(orva[0], l, unexported); diff != "" {
			t.Errorf("the right holder (-before +after):\n%s", diff)
		}
		if h := after[1].(holder.Holder); len(h.Given) != 2 || len(h.Brands) != 1 {
			t.Errorf("%+v", h)
		}
		for _, other := range []organisation.ID{w.body["rival"].ID, w.body["both"].ID, w.body["xa"].ID, organisation.ID(id())} {
			_, err := w.store.Read(ctx, w.actor["orva"], other)
			w.refused("another's", err, fault.NotFound)
		}
		for _, who := range []string{"xa", "xa.officer", "outsider"} {
			_, err := w.store.List(ctx, w.actor[who])
			w.refused(who+" lists", err, fault.NotFound)
			_, err = w.store.Read(ctx, w.actor[who], w.body["orva"].ID)
			w.refused(who+" reads", err, fault.NotFound)
		}
		all, err := w.store.List(ctx, w.actor["wco"])
		w.must(err)
		if !all.All || len(all.Cards) != 4 {
			t.Errorf("coordination lists %+v", all.Cards)
		}
		got, err := w.store.Read(ctx, w.actor["agent"], w.body["orva"].ID)
		w.must(err)
		if len(got.Vettings) != 0 || len(got.Given) != 1 || !got.Card.Vetted || got.MayApply || got.MayGrant || !got.MayRegister {
			t.Errorf("a representative reads %+v", got)
		}
	})
}

func TestWhoReadsTheFiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		v := w.apply("orva")
		m := w.mandated("orva", "agent", nil)
		w.mandated("orva", "both", nil)
		for who, want := range map[string][2]bool{"wco": {true, true}, "orva.expert": {true, true}, "agent": {false, true}, "rival": {}, "xa": {}, "both": {}} {
			for i, ref := range []attachment.Ref{v.Attachments[0], m.Attachments[0]} {
				o, err := w.files.Open(t.Context(), w.actor[who], operation.Library, attachment.Name{Seq: ref.Seq}, attachment.Whole)
				if err == nil {
					o.Close()
				}
				if (err == nil) != want[i] || err != nil && !fault.Is(err, fault.NotFound) {
					t.Errorf("%s opens file %d: %v", who, i, err)
				}
			}
		}
	})
}

func TestReadableIsWhatOnesHoldersRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := w.mandated("orva", "agent", nil)
		var own, rivals int64
		w.must(d.Write(t.Context(), string(operation.Library), func(tx *db.Tx) error {
			st, err := operation.Enter(tx, w.source.Now(), w.actor["wco"], operation.Library, access.HolderRead)
			if err != nil {
				return err
			}
			if own, err = audience.Intern(tx, st.Operation.Number, holder.Own(w.body["orva"].Number)); err != nil {
				return err
			}
			rivals, err = audience.Intern(tx, st.Operation.Number, holder.Own(w.body["rival"].Number))
			tx.Journalled()
			return err
		}))
		reads := func(who string) (out [2]bool) {
			w.in(who, func(tx *db.Tx, st operation.Standing) {
				all, err := holder.Readable(tx, st)
				w.must(err)
				out = [2]bool{slices.Contains(all, own), slices.Contains(all, rivals)}
			})
			return out
		}
		for who, want := range map[string][2]bool{"orva": {true, false}, "rival": {false, true}, "agent": {true, false}, "both": {}, "xa": {}} {
			if got := reads(who); got != want {
				t.Errorf("%s reads %v", who, got)
			}
		}
		w.must(w.store.RevokeMandate(t.Context(), w.actor["wco"], w.body["orva"].ID, m.ID, "Forged."))
		if got := reads("agent"); got[0] {
			t.Error("a representative reads on after its mandate has ended")
		}
	})
}

func TestBrandsAreChecked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for what, change := range map[string]func(*holder.BrandDraft){
			"id":                  func(b *holder.BrandDraft) { b.ID = "no" },
			"name":                func(b *holder.BrandDraft) { b.Name = "\u202eevil" },
			"categories":          func(b *holder.BrandDraft) { b.Categories = nil },
			"rights.1.kind":       func(b *holder.BrandDraft) { b.Rights[0].Kind = "wish" },
			"rights.1.number":     func(b *holder.BrandDraft) { b.Rights[0].Number = " " },
			"rights.1.classes":    func(b *holder.BrandDraft) { b.Rights[0].Classes = []int{46} },
			"rights.1.countries":  func(b *holder.BrandDraft) { b.Rights[0].Countries = []string{"UK"} },
			"rights.1.until":      func(b *holder.BrandDraft) { b.Rights[0].Since = "2031-01-01" },
			"rights.1.since":      func(b *holder.BrandDraft) { b.Rights[0].Since = "31.12.2025" },
			"also":                func(b *holder.BrandDraft) { b.Also = make([]string, 21) },
			"rights":              func(b *holder.BrandDraft) { b.Rights = make([]holder.Right, 201) },
			"rights.1.countries ": func(b *holder.BrandDraft) { b.Rights[0].Countries = nil },
		} {
			b := w.brand("Orva")
			change(&b)
			_, err := w.store.RegisterBrand(t.Context(), w.actor["orva"], "", b)
			w.refused(what, err, fault.Invalid)
			f, ok := errors.AsType[*fault.Fault](err)
			if !ok || !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Path == strings.TrimSpace(what) }) {
				t.Errorf("%s: %v", what, err)
			}
		}
		b := w.register("orva", "orva", "Orva")
		if diff := cmp.Diff([]int{18, 25}, b.Rights[0].Classes); diff != "" {
			t.Error(diff)
		}
		for _, c := range []struct {
			country, day string
			want         int
		}{{"FR", "2030-01-31", 1}, {"FR", "2030-02-01", 0}, {"IT", "2026-03-02", 0}} {
			if got := b.Protecting(c.country, c.day); len(got) != c.want {
				t.Errorf("%s on %s: %v", c.country, c.day, got)
			}
		}
	})
}
