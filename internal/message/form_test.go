package message_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/template"
)

func (w *world) templates() *template.Store {
	return template.NewStore(w.DB, journal.New(w.Source), w.Source)
}

func (w *world) amend(d template.Definition) template.Definition {
	w.T.Helper()
	w.Tick()
	d, err := w.templates().Amend(w.T.Context(), w.Actor["wco"], code, d)
	w.Must(err)
	return d
}

func (w *world) form(name string) template.Definition {
	w.T.Helper()
	d, err := w.templates().Read(w.T.Context(), w.Actor["wco"], code, name, template.Newest)
	w.Must(err)
	return d
}

func paths(err error) []string {
	var out []string
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		for _, field := range f.Fields {
			out = append(out, field.Path+": "+field.Key)
		}
	}
	slices.Sort(out)
	return out
}

func TestBasesAreTemplates(t *testing.T) {
	if !slices.Equal(message.Templates(), template.Bases()) {
		t.Errorf("%v and %v", message.Templates(), template.Bases())
	}
}

// A warning is checked by the version that it names: the newest wants what was
// added, an older one is still sent, and each is read by the form it was written in.
func TestVersions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		form := w.form("warning")
		form.Fields = append(form.Fields, template.Field{Key: "brand", Required: true}, template.Field{Key: "direction"})
		form = w.amend(form)
		if form.Version != 1 {
			t.Fatalf("version %d", form.Version)
		}
		draft := w.Warning("enforcement")
		draft.Version = form.Version
		if got := paths(send(w, "wco", draft)); !slices.Equal(got, []string{"fields.brand: fault.required"}) {
			t.Errorf("without the brand: %v", got)
		}
		draft.Fields = message.Fields{"brand": " Tide ", "direction": "up", "seal": "x"}
		if got := paths(send(w, "wco", draft)); !slices.Equal(got, []string{"fields.direction: fault.unknown-code", "fields.seal: message.field-unknown"}) {
			t.Errorf("bad fields: %v", got)
		}
		draft.Fields = message.Fields{"brand": " Tide ", "direction": "import"}
		sent := w.Send("wco", draft)
		if again := w.Send("wco", draft); again.Seq != sent.Seq {
			t.Error("the same draft again is another message")
		}
		form.Fields = slices.DeleteFunc(form.Fields, func(f template.Field) bool { return f.Key == "direction" })
		form.Fields = append(form.Fields, template.Field{Key: "seal", Required: true})
		w.amend(form)
		old := draft // begun before the seal was asked for
		old.ID = id()
		w.Send("wco", old)
		item := w.read("xa", sent).Message
		if !maps.Equal(item.Fields, message.Fields{"brand": "Tide", "direction": "import"}) || item.Form.Version != 1 || item.Template != message.Warning {
			t.Errorf("read: %v in %v", item.Fields, item.Form)
		}
		if _, ok := item.Form.Field("direction"); !ok {
			t.Error("the form of the message has lost a field")
		}
		for _, version := range []int64{3, -1, 99} {
			old.ID, old.Version = id(), version
			if got := paths(send(w, "wco", old)); !slices.Contains(got, "template_version: template.unknown") {
				t.Errorf("version %d: %v", version, got)
			}
		}
		plain := w.Warning("enforcement") // as built in
		w.Send("wco", plain)
	})
}

func send(w *world, who string, d message.Draft) error {
	_, err := w.Messages.Send(w.T.Context(), w.Actor[who], code, d)
	return err
}

// A template of one's own is what its base is: a warning waits for answers, takes
// an authority, and counts as one.
func TestOwnTemplateIsItsBase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		form := w.amend(template.Definition{Name: "parcels", Base: "warning", Title: template.Text{"en": "Parcels"},
			Fields: []template.Field{{Key: "reply_due"}, {Key: "category", Required: true}, {Key: "post_office", Kind: template.Line, Required: true,
				Label: template.Text{"en": "Post office"}}}})
		draft := w.Warning("enforcement")
		draft.Template, draft.Version = "parcels", form.Version
		draft.Profile = message.Profile{Provenance: "XQ"}
		if got := paths(send(w, "wco", draft)); !slices.Equal(got, []string{"category: fault.required", "fields.post_office: fault.required", "provenance: template.not-asked"}) {
			t.Errorf("%v", got)
		}
		draft.Profile, draft.Fields = message.Profile{Category: "FOO"}, message.Fields{"post_office": "Central"}
		if err := send(w, "holder", draft); !slices.Equal(paths(err), []string{"template: message.template-of-authorities"}) {
			t.Errorf("a right holder warns: %v", err)
		}
		sent := w.Send("wco", draft)
		if sent.Template != message.Warning || sent.Asked == 0 {
			t.Errorf("%+v", sent)
		}
		if got := w.list("xa", message.Filter{Template: message.Warning, Open: true}); len(got) != 1 || !got[0].Waits || got[0].Form.Name != "parcels" {
			t.Errorf("the list: %+v", got)
		}
		draft.ID, draft.Version = id(), 0
		if got := paths(send(w, "wco", draft)); !slices.Contains(got, "template: fault.unknown-code") {
			t.Errorf("without its version: %v", got)
		}
		form.Retired = true
		w.amend(form)
		draft.ID, draft.Version = id(), form.Version
		w.Send("wco", draft) // begun before
	})
}

// Whom a preview promises is who reads once it is sent, and who is then told why.
func TestPreviewIsWhoReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, country := range map[string]string{"th": "TH", "vn": "VN", "fr": "FR", "br": "BR"} {
			w.Register(name, "customs", country)
			w.Join(code, name, access.Enforcement)
			w.Give(name, name+".officer", access.Officer)
		}
		names := slices.Sorted(maps.Keys(w.Side))
		rapid.Check(t, func(t *rapid.T) {
			who := rapid.SampledFrom([]string{"wco", "xa.officer", "th.officer", "fr.officer"}).Draw(t, "writer")
			draft := w.General()
			draft.To.Sides = rapid.SliceOfDistinct(rapid.SampledFrom(access.Sides()), func(s access.Side) access.Side { return s }).Draw(t, "sides")
			for _, n := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 3, func(s string) string { return s }).Draw(t, "organisations") {
				draft.To.Organisations = append(draft.To.Organisations, w.Body[n].Number)
			}
			draft.To.Regions = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"AP", "EUR", "AMS", "WCA"}), func(s string) string { return s }).Draw(t, "regions")
			draft.To.Apart = rapid.Bool().Draw(t, "apart")
			preview, err := w.Messages.Preview(w.T.Context(), w.Actor[who], code, draft)
			w.Tick()
			sent, refused := w.Messages.Send(w.T.Context(), w.Actor[who], code, draft)
			if (err == nil) != (refused == nil) || err != nil && !slices.Equal(paths(err), paths(refused)) {
				t.Fatalf("preview %v, sending %v", err, refused)
			}
			if err != nil {
				return
			}
			var promised, told []string
			for _, o := range preview.Reach.Organisations {
				promised = append(promised, o.Name)
			}
			why, err := w.Messages.Why(w.T.Context(), w.Actor[who], code, sent.Seq)
			if err != nil {
				t.Fatal(err)
			}
			people := map[string]bool{}
			for _, r := range why.Readers {
				told = append(told, r.Organisation.Name)
				for _, p := range r.People {
					people[string(p.Person.ID)] = true
				}
			}
			slices.Sort(promised)
			slices.Sort(told)
			var reads []string
			for _, n := range names {
				if _, err := w.Messages.Read(w.T.Context(), reader(w, n), code, sent.Seq); err == nil {
					reads = append(reads, w.Body[n].Name)
				}
			}
			slices.Sort(reads)
			if !slices.Equal(promised, told) || !slices.Equal(promised, reads) || len(people) != preview.Reach.People {
				t.Fatalf("promised %v (%d), told %v (%d), reads %v", promised, preview.Reach.People, told, len(people), reads)
			}
		})
	})
}

// reader is somebody of a member who may read messages.
func reader(w *world, name string) access.Actor {
	for _, job := range []string{".officer", ".coordinator", ""} {
		if a, ok := w.Actor[name+job]; ok {
			if _, err := w.Messages.List(w.T.Context(), a, code, message.Filter{}); err == nil {
				return a
			}
		}
	}
	id := w.Person(name, name+".reads", "")
	role := map[access.Side]access.Role{access.ObserverSide: access.Observer, access.RightHolderSide: access.RightHolder}[w.Side[name]]
	w.Must(w.Operations.Assign(w.T.Context(), w.Actor[name], code, id, []access.Role{role}))
	w.Actor[name+".officer"] = w.Actor[name+".reads"]
	return w.Actor[name+".officer"]
}

// Why each reader reads, in the writer's own terms; right holders, observers and
// who cannot read the message are told nothing.
func TestWhy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Register("th", "customs", "TH")
		w.Join(code, "th", access.Enforcement)
		draft := w.General("xb", "observer")
		draft.To.Regions = []string{"AP"}
		sent := w.Send("xa", draft)
		answer := w.Send("xb", w.Answer(sent, "Seen."))
		sided := w.Send("xa", w.General("enforcement", "right-holder"))
		w.Tick()
		w.Register("late", "customs", "FR")
		w.Join(code, "late", access.Enforcement)
		for _, try := range []struct {
			m    message.Message
			want map[string]string
		}{
			{sent, map[string]string{"xa": "originator", "xb": "named", "observer": "side", "th": "region", "wco": "along"}},
			{answer, map[string]string{"xa": "answered", "xb": "originator", "observer": "answered", "th": "answered", "wco": "answered"}},
			{sided, map[string]string{"xa": "originator", "xb": "side", "xc": "side", "th": "side", "late": "side joined", "holder": "side", "rival": "side", "wco": "along"}},
		} {
			why, err := w.Messages.Why(t.Context(), w.Actor["xa"], code, try.m.Seq)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, r := range why.Readers {
				for name, b := range w.Body {
					if b.Number == r.Organisation.Number {
						got[name] = r.Why
						if !r.Joined.IsZero() {
							got[name] += " joined"
						}
					}
				}
				if r.Why == operation.WhyRegion && r.Region != "AP" {
					t.Errorf("region %q", r.Region)
				}
			}
			if !maps.Equal(got, try.want) {
				t.Errorf("%v, want %v", got, try.want)
			}
		}
		for _, who := range []string{"observer", "holder", "outsider", "stranger", "xc"} {
			if _, err := w.Messages.Why(t.Context(), w.Actor[who], code, sent.Seq); !missing(err) {
				t.Errorf("%s is told: %v", who, err)
			}
		}
		draft = w.General()
		draft.To.Regions = []string{"AP", "WCA"}
		if got := paths(send(w, "xa", draft)); !slices.Equal(got, []string{"to: message.region-empty"}) {
			t.Errorf("a region without members: %v", got)
		}
		draft.To.Regions = []string{"AP"}
		if got := paths(send(w, "holder", draft)); !slices.Equal(got, []string{"to: message.to-unknown"}) {
			t.Errorf("a right holder chooses a region: %v", got)
		}
	})
}
