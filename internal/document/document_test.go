package document_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/search"
)

func TestPublishedIsReadByItsReadersOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		everybody := []string{"wco", "xa", "xa.officer", "xb.officer", "observer.officer", "holder.officer", "rival.officer", "outsider"}
		for _, c := range []struct {
			by    string
			to    []string
			reads []string
		}{
			{"wco", []string{"enforcement"}, []string{"wco", "xa", "xa.officer", "xb.officer"}},
			{"wco.coordinator", []string{"xa", "apart"}, []string{"wco", "xa", "xa.officer"}},
			{"wco", []string{"enforcement", "holder"}, []string{"wco", "xa", "xa.officer", "xb.officer", "holder.officer"}},
			{"wco", []string{"observer"}, []string{"wco", "observer.officer"}},
			{"xa", []string{"xa", "apart"}, []string{"xa", "xa.officer"}},
			{"xa", []string{"enforcement"}, []string{"wco", "xa", "xa.officer", "xb.officer"}},
		} {
			made := w.publish(c.by, c.to...)
			for _, who := range everybody {
				got, err := w.read(who, made)
				given := w.opens(who, document.Version{Seq: made.Newest})
				if slices.Contains(c.reads, who) {
					w.must(err)
					w.must(given)
					if len(got.Versions) != 1 || !got.Versions[0].Given() || got.Title != "Plan" || got.From.Number != made.Organisation {
						t.Errorf("%s to %v: %s reads %+v", c.by, c.to, who, got)
					}
					if got.Known == (who == "holder.officer" || who == "observer.officer") || !got.Known && len(got.Reach.Organisations) > 0 {
						t.Errorf("%s knows the members: %v %v", who, got.Known, got.Reach)
					}
					continue
				}
				if !fault.Is(err, fault.NotFound) || !fault.Is(given, fault.NotFound) {
					t.Errorf("%s to %v: %s is answered %v, %v", c.by, c.to, who, err, given)
				}
			}
		}
	})
}

func TestWhoMayPublish(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, who := range []string{"xa.officer", "observer.officer", "holder.officer"} {
			if _, _, err := w.store.Publish(t.Context(), w.actor[who], code, w.draft(who, "coordination")); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s publishes: %v", who, err)
			}
		}
		made := w.publish("xa", "enforcement")
		for _, who := range []string{"xb", "wco"} { // a reader, but of another organisation
			if _, err := w.revise(who, made, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s revises: %v", who, err)
			}
		}
		for _, who := range []string{"xa.officer", "xb", "holder.officer", "outsider"} {
			if err := w.store.Withdraw(t.Context(), w.actor[who], code, made.Seq, "No."); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s withdraws: %v", who, err)
			}
		}
		w.must(w.store.Withdraw(t.Context(), w.actor["wco.coordinator"], code, made.Seq, "Wrong."))
		draft := w.draft("xa", "outsider")
		if _, _, err := w.store.Publish(t.Context(), w.actor["xa"], code, draft); !fault.Is(err, fault.Invalid) {
			t.Errorf("to a stranger: %v", err)
		}
		draft.To, draft.File = w.to("enforcement"), w.upload("xb", "theirs")
		if _, _, err := w.store.Publish(t.Context(), w.actor["xa"], code, draft); !fault.Is(err, fault.Invalid) {
			t.Errorf("with the file of another: %v", err)
		}
	})
}

func TestTheSameAgainIsTheSame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		draft := w.draft("wco", "xb", "enforcement", "xa")
		first, fresh, err := w.store.Publish(t.Context(), w.actor["wco"], code, draft)
		w.must(err)
		w.tick()
		again, afresh, err := w.store.Publish(t.Context(), w.actor["wco"], code, draft)
		w.must(err)
		if diff := cmp.Diff(first, again); diff != "" || !fresh || afresh {
			t.Errorf("fresh %v, then %v (-first +again):\n%s", fresh, afresh, diff)
		}
		other := draft
		other.Title = "Another"
		if _, _, err := w.store.Publish(t.Context(), w.actor["wco"], code, other); !fault.Is(err, fault.Conflict) {
			t.Errorf("other content under the id: %v", err)
		}
		revision := document.Revision{ID: document.ID(id()), Of: 1, Note: "Dates.", File: w.upload("wco", "two")}
		v, _, err := w.store.Revise(t.Context(), w.actor["wco"], code, first.Seq, revision)
		w.must(err)
		same, afresh, err := w.store.Revise(t.Context(), w.actor["wco"], code, first.Seq, revision)
		w.must(err)
		if v.Seq != same.Seq || v.Number != 2 || afresh {
			t.Errorf("revised %+v, then %+v", v, same)
		}
		revision.Note = "Others."
		if _, _, err := w.store.Revise(t.Context(), w.actor["wco"], code, first.Seq, revision); !fault.Is(err, fault.Conflict) {
			t.Errorf("another note under the id: %v", err)
		}
		again, _, err = w.store.Publish(t.Context(), w.actor["wco"], code, draft)
		if w.must(err); again.Seq != first.Seq {
			t.Errorf("published again after a revision: %+v", again)
		}
	})
}

func TestTwoWhoReviseAtOnceLoseNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		made := w.publish("wco", "enforcement")
		revisions := []document.Revision{}
		for i := range 6 {
			who := []string{"wco", "wco.coordinator"}[i%2]
			revisions = append(revisions, document.Revision{ID: document.ID(id()), Of: 1, Note: fmt.Sprint("Change ", i), File: w.upload(who, fmt.Sprint(i))})
		}
		errs := make([]error, len(revisions))
		var all sync.WaitGroup
		for i, r := range revisions {
			all.Go(func() {
				_, _, errs[i] = w.store.Revise(t.Context(), w.actor[[]string{"wco", "wco.coordinator"}[i%2]], code, made.Seq, r)
			})
		}
		all.Wait()
		stored := 0
		for i, err := range errs {
			switch {
			case err == nil:
				stored++
			case !fault.Is(err, fault.Conflict):
				t.Error(err)
			default: // what was refused can be published as the next
				opened, err := w.read("wco", made)
				w.must(err)
				revisions[i].Of = opened.Version
				_, _, err = w.store.Revise(t.Context(), w.actor[[]string{"wco", "wco.coordinator"}[i%2]], code, made.Seq, revisions[i])
				w.must(err)
			}
		}
		opened, err := w.read("xa.officer", made)
		w.must(err)
		var notes []string
		for i, v := range opened.Versions {
			if v.Number != int64(len(opened.Versions)-i) || !v.Given() {
				t.Errorf("version %d of %d: %+v", i, len(opened.Versions), v)
			}
			w.must(w.opens("xa.officer", v))
			notes = append(notes, v.Note)
		}
		for _, r := range revisions {
			if !slices.Contains(notes, r.Note) {
				t.Errorf("%q is lost", r.Note)
			}
		}
		if stored != 1 || opened.Version != 7 || opened.Current.Number != 7 {
			t.Errorf("%d at once, then version %d", stored, opened.Version)
		}
	})
}

func TestWithdrawnIsGivenToNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		made := w.publish("wco", "enforcement", "holder")
		if err := w.store.Withdraw(t.Context(), w.actor["wco"], code, made.Seq, "  "); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		w.must(w.opens("xa.officer", document.Version{Seq: made.Seq}))
		w.must(w.store.Withdraw(t.Context(), w.actor["wco"], code, made.Seq, "Wrong dates."))
		w.must(w.store.Withdraw(t.Context(), w.actor["wco.coordinator"], code, made.Seq, "Another reason."))
		for who, given := range map[string]bool{"wco": true, "xa.officer": false, "holder.officer": false} {
			got, err := w.read(who, made)
			w.must(err)
			if got.InUse() || got.Withdrawn.Reason != "Wrong dates." || got.Title != "Plan" || got.Versions[0].Given() != given || got.MayRevise || got.MayWithdraw {
				t.Errorf("%s reads %+v", who, got)
			}
			if err := w.opens(who, got.Versions[0]); (err == nil) != given {
				t.Errorf("%s opens the file: %v", who, err)
			}
		}
		if _, err := w.revise("wco", made, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("revised after it was withdrawn: %v", err)
		}
	})
}

// Two worlds differ in what the viewer may not see, and are the same to the viewer.
func TestWhatIsHiddenChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.publish("wco", "enforcement", "holder")
		seen := func(who string) string {
			var all [][]byte
			for _, kind := range []string{"", "operational-plan", "training"} {
				p, err := w.store.List(t.Context(), w.actor[who], code, document.Filter{Kind: kind, Limit: 1})
				w.must(err)
				p.Standing = document.Page{}.Standing // its clock goes on
				text, err := json.Marshal(p)
				w.must(err)
				all = append(all, text)
			}
			return fmt.Sprintf("%s", all)
		}
		before := map[string]string{}
		for _, who := range []string{"xb.officer", "holder.officer", "rival.officer", "observer.officer"} {
			before[who] = seen(who)
		}
		hidden := w.publish("xa", "xa", "apart")
		if _, err := w.revise("xa", hidden, 1); err != nil {
			t.Fatal(err)
		}
		w.must(w.store.Withdraw(t.Context(), w.actor["wco"], code, w.publish("wco", "xa").Seq, "Wrong."))
		for who, was := range before {
			if now := seen(who); now != was {
				t.Errorf("%s sees\n%s\nand before\n%s", who, now, was)
			}
			for _, n := range []document.Name{{ID: hidden.ID}, {ID: hidden.ID, From: w.body["xa"].ID}} {
				if _, err := w.store.ReadNamed(t.Context(), w.actor[who], code, n); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s finds %+v: %v", who, n, err)
				}
			}
		}
		if seen("xa.officer") == before["xb.officer"] {
			t.Error("nothing was hidden")
		}
		// The same id, taken by another organisation, betrays nothing.
		mine := w.draft("wco", "holder")
		mine.ID = hidden.ID
		_, fresh, err := w.store.Publish(t.Context(), w.actor["wco"], code, mine)
		if w.must(err); !fresh {
			t.Error("an id of another organisation was taken")
		}
	})
}

func TestListsNewestFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		first, second, third := w.publish("wco", "enforcement"), w.publish("xa", "enforcement"), w.publish("wco", "enforcement")
		_, err := w.revise("wco", first, 1)
		w.must(err)
		var got []int64
		f := document.Filter{Limit: 2}
		for {
			p, err := w.store.List(t.Context(), w.actor["xb.officer"], code, f)
			w.must(err)
			for _, i := range p.Items {
				got = append(got, i.Seq)
			}
			if p.Of["operational-plan"] != 3 {
				t.Errorf("counted %v", p.Of)
			}
			if f.Before = p.Next; p.Next == 0 {
				break
			}
		}
		if want := []int64{first.Seq, third.Seq, second.Seq}; !slices.Equal(got, want) {
			t.Errorf("listed %v, want %v", got, want)
		}
		if _, err := w.store.List(t.Context(), w.actor["xb.officer"], code, document.Filter{Kind: "novel"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("an unknown kind: %v", err)
		}
	})
}

func TestWhoReadIsNoted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		made := w.publish("wco", "enforcement")
		_, err := w.read("xb.officer", made)
		w.must(err)
		w.must(w.store.Readings.Flush(t.Context()))
		w.must(d.Read(t.Context(), func(tx *db.Tx) error {
			op, err := w.read("wco", made)
			w.must(err)
			all, err := reading.Holders(tx, op.Standing.Operation.Number, reading.Document, db.List{made.Seq})
			if len(all) != 1 || all[0].Organisation != w.body["xb"].Number {
				t.Errorf("noted %+v", all)
			}
			return err
		}))
	})
}

// FuzzDraft: whatever is typed is refused in words, or stored as it was cleaned.
func FuzzDraft(f *testing.F) {
	d := dbtest.SQLite(f)
	w := newWorld(f, d)
	f.Add("operational-plan", "Plan", "en", "AMBER", "note", "enforcement", "id", int64(1))
	f.Add("", "\x00", "xx-", "RED", "\xff", "", id(), int64(-1))
	f.Fuzz(func(t *testing.T, kind, title, language, tlp, note, to, file string, of int64) {
		draft := document.Draft{ID: document.ID(id()), Kind: kind, Title: title, Language: language, TLP: tlp, Note: note, To: w.to("enforcement"), File: attachment.ID(file)}
		_, _, err := w.store.Publish(t.Context(), w.actor["wco"], code, draft)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a file that nobody has is taken: %v", err)
		}
		_, _, err = w.store.Revise(t.Context(), w.actor["wco"], code, of, document.Revision{ID: document.ID(id()), Of: of, Note: note, File: attachment.ID(file)})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a document that is not there is revised: %v", err)
		}
	})
}

// Words of titles and notes are found by readers only, and those of what was
// withdrawn by nobody; a new version is a notice for every reader but its writer.
func TestFoundAndTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		find, tell := search.NewStore(d, w.source), notice.NewStore(d, w.source)
		found := func(who, words string) int {
			t.Helper()
			f, err := find.Find(t.Context(), w.actor[who], search.Query{Words: words})
			w.must(err)
			return len(f.Hits)
		}
		told := func(who string) int64 {
			t.Helper()
			_, err := tell.Follow(t.Context())
			w.must(err)
			n, err := tell.Count(t.Context(), w.actor[who])
			w.must(err)
			return n
		}
		made := w.publish("wco", "enforcement", "holder")
		for who, n := range map[string]int{"xa.officer": 1, "holder.officer": 1, "wco": 1, "rival.officer": 0, "observer.officer": 0} {
			if got := found(who, "plan"); got != n {
				t.Errorf("%s finds %d", who, got)
			}
			if got, want := told(who), int64(n); who != "wco" && got != want || who == "wco" && got != 0 {
				t.Errorf("%s is told of %d", who, got)
			}
		}
		_, err := w.revise("wco", made, 1)
		w.must(err)
		if found("xa.officer", "dates") != 1 || found("xa.officer", "what we do") != 1 || found("rival.officer", "dates") != 0 {
			t.Error("the words of a new version are not found, or by others")
		}
		if told("xa.officer") != 2 || told("rival.officer") != 0 {
			t.Error("a new version is not told, or to others")
		}
		w.must(w.store.Withdraw(t.Context(), w.actor["wco"], code, made.Seq, "Wrong dates."))
		if found("xa.officer", "plan") != 0 || found("wco", "dates") != 0 || told("xa.officer") != 0 {
			t.Error("what was withdrawn is found, or told of")
		}
	})
}
