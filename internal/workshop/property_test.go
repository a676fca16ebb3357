package workshop_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/nomination/nominationtest"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// The slow, obvious reference: what was done, without audiences, rows or versions.

type talk struct {
	id, title, speaker string
	on                 bool
}

type guest struct {
	id          participant.ID
	name, state string
	from        string
}

type told struct {
	id       workshop.ID
	host     string
	national bool
	state    string
	talks    []talk
	guests   []guest
	places   map[string]int64 // by body; nil: nobody is counted
}

var (
	customs = []string{"xa", "xb", "xc"}
	rivals  = []string{"holder", "rival"}
	readers = []string{"wco", "xa", "xb.officer", "xc", "holder", "rival", "observer"}
)

func body(actor string) string { b, _, _ := strings.Cut(actor, "."); return b }

func (x *told) reads(by string) bool { return !x.national || body(by) == "wco" || body(by) == x.host }

func (x *told) hears(by string, t talk) bool {
	apart := slices.Contains(rivals, t.speaker)
	return x.reads(by) && (!apart || body(by) == "wco" || slices.Contains(customs, body(by)) || body(by) == t.speaker)
}

func (x *told) knows(by string, g guest) bool {
	return x.reads(by) && (body(by) == "wco" || body(by) == x.host || body(by) == g.from)
}

func (x *told) count(from string, states ...string) (n int64) {
	for _, g := range x.guests {
		if g.from == from && slices.Contains(states, g.state) {
			n++
		}
	}
	return n
}

// shown is everything that a reader sees of a workshop, as one text.
func (x *told) shown(by string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s; ", x.state, x.host)
	on := 0
	for _, t := range x.talks {
		if x.hears(by, t) {
			fmt.Fprintf(&b, "%s by %s %v; ", t.title, t.speaker, t.on)
			if t.on {
				on++
			}
		}
	}
	for _, g := range x.guests {
		if x.knows(by, g) {
			fmt.Fprintf(&b, "%s of %s %s; ", g.name, g.from, g.state)
		}
	}
	places, confirmed := x.places[body(by)], x.count(body(by), participant.Confirmed)
	left := max(0, places-confirmed-x.count(body(by), participant.Nominated))
	fmt.Fprintf(&b, "%d sessions, %d of %d confirmed, %d left, %d free, counted %v", on, confirmed, places, left, max(0, places-confirmed), x.places != nil)
	return b.String()
}

func called(w *nominationtest.World) map[int64]string {
	out := map[int64]string{0: ""}
	for n, o := range w.Body {
		out[o.Number] = n
	}
	return out
}

// seen is the same of what the store gives.
func seen(w *nominationtest.World, o workshop.Opened) string {
	var b strings.Builder
	of := called(w)
	fmt.Fprintf(&b, "%s of %s; ", o.State, of[o.Organisation])
	for _, t := range o.Talks {
		fmt.Fprintf(&b, "%s by %s %v; ", t.Title, of[t.Speakers[0].Organisation], t.On())
	}
	for _, g := range o.Guests {
		fmt.Fprintf(&b, "%s of %s %s; ", g.Name, of[g.Organisation], g.State)
	}
	fmt.Fprintf(&b, "%d sessions, %d of %d confirmed, %d left, %d free, counted %v", o.Sessions, o.Own.Confirmed, o.Own.Places, o.Own.Left, o.Own.Free, o.Own.Counted)
	return b.String()
}

// Random histories: every reader reads what the reference says, rivals read nothing of
// each other, and nobody is confirmed without a place.
func TestHistories(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := nominationtest.New(t, d)
		first := true
		rapid.Check(t, func(r *rapid.T) {
			if steps := rapid.IntRange(8, 16).Draw(r, "steps"); first || d.Engine() == "sqlite" {
				first = false
				x := &told{id: workshop.ID(nominationtest.ID()), host: "wco", state: workshop.Planned}
				h := history{w: w, x: x, r: r}
				h.begin()
				for range steps {
					h.step()
				}
				h.look()
			}
		})
		w.Fine()
		journals(w)
	})
}

type history struct {
	w *nominationtest.World
	x *told
	r *rapid.T
}

func (h *history) draw(of ...string) string { return rapid.SampledFrom(of).Draw(h.r, "which") }

func (h *history) ok(err error, want bool, what string) bool {
	if (err == nil) != want || err != nil && fault.KindOf(err) == fault.Internal {
		h.r.Fatalf("%s: %v, want it done: %v; %+v", what, err, want, h.x)
	}
	return err == nil
}

func (h *history) trainer() string {
	if h.x.host == "wco" {
		return "wco.trainer"
	}
	return h.draw("wco", "xa.trainer")
}

func (h *history) begin() {
	d := h.w.Draft()
	d.ID = h.x.id
	by := "wco.trainer"
	if rapid.IntRange(0, 4).Draw(h.r, "national") == 0 {
		by, d.Kind = "xa.trainer", workshop.National
		h.x.host, h.x.national = "xa", true
	}
	h.w.Tick()
	_, err := h.w.Workshops.Plan(h.r.Context(), h.w.Actor[by], nominationtest.Code, d)
	h.ok(err, true, "plan")
}

func (h *history) step() {
	w, x, ctx := h.w, h.x, h.r.Context()
	w.Tick()
	on := x.state != workshop.Cancelled
	switch h.draw("call", "session", "session", "speaker", "drop", "places", "nominate", "nominate", "nominate", "confirm", "confirm", "confirm", "withdraw", "cancel") {
	case "call":
		if h.ok(w.Workshops.Call(ctx, w.Actor[h.trainer()], nominationtest.Code, x.id), on, "call") {
			x.state = workshop.Called
		}
	case "cancel":
		if rapid.IntRange(0, 5).Draw(h.r, "really") == 0 {
			h.ok(w.Workshops.Cancel(ctx, w.Actor[h.trainer()], nominationtest.Code, x.id, "Storm."), true, "cancel")
			x.state = workshop.Cancelled
		}
	case "session":
		from := h.draw("wco", "xa", "holder", "rival")
		d := w.Session("About "+from, fmt.Sprintf("2017-03-25T%02d:00", 8+len(x.talks)%12), "2017-03-25T23:00", from)
		d.Starts = fmt.Sprintf("2017-03-25T%02d:%02d", len(x.talks)/60, len(x.talks)%60)
		_, err := w.Workshops.AddSession(ctx, w.Actor[h.trainer()], nominationtest.Code, x.id, d)
		if h.ok(err, on && (x.reads(from)), "session") {
			x.talks = append(x.talks, talk{string(d.ID), d.Title, from, true})
		}
	case "speaker", "drop":
		h.amend()
	case "places":
		h.places()
	case "nominate":
		h.nominate()
	case "confirm":
		h.confirm()
	case "withdraw":
		h.withdraw()
	}
}

func (h *history) amend() {
	w, x, ctx := h.w, h.x, h.r.Context()
	if len(x.talks) == 0 {
		return
	}
	i := rapid.IntRange(0, len(x.talks)-1).Draw(h.r, "session")
	t := &x.talks[i]
	if rapid.Bool().Draw(h.r, "drop") {
		if h.ok(w.Workshops.DropSession(ctx, w.Actor[h.trainer()], nominationtest.Code, x.id, workshop.ID(t.id)), x.state != workshop.Cancelled, "drop") {
			t.on = false
		}
		return
	}
	from := h.draw("wco", "xa", "holder", "rival")
	d := w.Session("Now about "+from, fmt.Sprintf("2017-03-25T%02d:%02d", i/60, i%60), "2017-03-25T23:00", from)
	o := w.Read("wco", x.id)
	k := slices.IndexFunc(o.Talks, func(s workshop.Talk) bool { return string(s.ID) == t.id })
	_, err := w.Workshops.AmendSession(ctx, w.Actor[h.trainer()], nominationtest.Code, x.id, workshop.ID(t.id), d, o.Talks[k].Version)
	if h.ok(err, x.state != workshop.Cancelled && t.on && x.reads(from), "amend") {
		t.title, t.speaker = d.Title, from
	}
}

func (h *history) places() {
	w, x := h.w, h.x
	all, fits := map[string]int64{}, true
	for range rapid.IntRange(1, 3).Draw(h.r, "bodies") {
		b := h.draw("xa", "xb", "xc", "holder", "rival", "observer", "wco")
		all[b] = int64(rapid.IntRange(0, 3).Draw(h.r, "places"))
		fits = fits && x.reads(b)
	}
	after := map[string]int64{}
	for b, n := range x.places {
		after[b] = n
	}
	for b, n := range all {
		after[b] = n
	}
	for _, g := range x.guests {
		fits = fits && x.count(g.from, participant.Confirmed) <= after[g.from]
	}
	var out []nomination.Seats
	for b, n := range all {
		out = append(out, nomination.Seats{Organisation: w.Body[b].ID, Number: n})
	}
	if x.places != nil && fmt.Sprint(x.places) == fmt.Sprint(after) {
		fits = true // nothing changes
	}
	if h.ok(w.Nominations.SetPlaces(h.r.Context(), w.Actor[h.trainer()], nominationtest.Code, x.id, out), x.state != workshop.Cancelled && fits, "places") {
		x.places = after
	}
}

func (h *history) nominate() {
	w, x := h.w, h.x
	by := h.draw("xa", "xb", "xc", "holder", "rival", "observer", "wco", "xb.officer")
	d := w.Nominee("")
	d.Name = "Guest " + string(d.ID)[24:]
	from := body(by)
	may := by == from && x.reads(by) && x.state == workshop.Called &&
		(x.places == nil || x.count(from, participant.Nominated, participant.Confirmed) < x.places[from])
	_, err := w.Nominations.Nominate(h.r.Context(), w.Actor[by], nominationtest.Code, x.id, d)
	if h.ok(err, may, "nominate by "+by) {
		x.guests = append(x.guests, guest{d.ID, d.Name, participant.Nominated, from})
	}
}

func (h *history) confirm() {
	w, x := h.w, h.x
	if len(x.guests) == 0 {
		return
	}
	g := &x.guests[rapid.IntRange(0, len(x.guests)-1).Draw(h.r, "guest")]
	yes := rapid.IntRange(0, 3).Draw(h.r, "yes") > 0
	p, err := w.Nominations.Confirm(h.r.Context(), w.Actor[h.trainer()], nominationtest.Code, x.id, yes, "No room.", g.id)
	if !h.ok(err, x.state != workshop.Cancelled && g.state != participant.Withdrawn, "confirm") {
		return
	}
	full := x.places != nil && x.count(g.from, participant.Confirmed) >= x.places[g.from]
	switch {
	case !yes:
		g.state = participant.Declined
	case full && g.state != participant.Confirmed:
		g.state = participant.Waiting
	default:
		g.state = participant.Confirmed
	}
	if p[0].State != g.state {
		h.r.Fatalf("confirmed: %s, want %s", p[0].State, g.state)
	}
	if x.places != nil && x.count(g.from, participant.Confirmed) > x.places[g.from] {
		h.r.Fatalf("more confirmed than places: %+v", x)
	}
}

func (h *history) withdraw() {
	w, x := h.w, h.x
	if len(x.guests) == 0 {
		return
	}
	g := &x.guests[rapid.IntRange(0, len(x.guests)-1).Draw(h.r, "guest")]
	by := h.draw(g.from, "xa", "holder")
	if h.ok(w.Nominations.Withdraw(h.r.Context(), w.Actor[by], nominationtest.Code, x.id, g.id, ""), by == g.from && (x.state != workshop.Cancelled || g.state == participant.Withdrawn), "withdraw") {
		g.state = participant.Withdrawn
	}
}

// look compares what every reader sees with what the reference says.
func (h *history) look() {
	w, x, ctx := h.w, h.x, h.r.Context()
	for _, by := range readers {
		o, err := w.Workshops.Read(ctx, w.Actor[by], nominationtest.Code, x.id)
		if !h.ok(err, x.reads(by), "read by "+by) {
			continue
		}
		if got, want := seen(w, o), x.shown(by); got != want {
			h.r.Fatalf("%s sees\n%s, want\n%s", by, got, want)
		}
		l, err := w.Workshops.List(ctx, w.Actor[by], nominationtest.Code)
		h.ok(err, true, "list")
		i := slices.IndexFunc(l.Items, func(i workshop.Item) bool { return i.ID == x.id })
		if i < 0 || l.Items[i].Sessions != o.Sessions || l.Items[i].Own != o.Own {
			h.r.Fatalf("%s lists %+v, reads %+v", by, l.Items, o.Item)
		}
		for _, s := range o.Seats {
			if by != "wco" && body(by) != x.host && s.Of.ID != w.Body[body(by)].ID {
				h.r.Fatalf("%s sees places of %s", by, s.Of.Name)
			}
		}
	}
}

// journals: what an entry is about is for its readers, and right holders have no journal.
func journals(w *nominationtest.World) {
	for _, by := range rivals {
		w.Missing(by, func(a access.Actor) error {
			_, err := w.Operations.Journal(w.T.Context(), a, nominationtest.Code, journal.Filter{})
			return err
		})
	}
	of := called(w)
	for _, by := range customs {
		page, err := w.Operations.Journal(w.T.Context(), w.Actor[by], nominationtest.Code, journal.Filter{Limit: 200})
		w.Must(err)
		for _, l := range page.Lines {
			if !strings.HasPrefix(l.Subject, "workshop-p") {
				continue
			}
			e, err := w.Operations.JournalEntry(w.T.Context(), w.Actor[by], nominationtest.Code, l.Seq)
			w.Must(err)
			for _, other := range append(slices.Clone(rivals), customs...) {
				if other != by && by != "xa" && strings.Contains(string(e.After), fmt.Sprintf(`"Organisation":%d,`, w.Body[other].Number)) {
					w.T.Errorf("%s reads of %s: %s (%v)", by, other, e.After, of)
				}
			}
		}
	}
}
