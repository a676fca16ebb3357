package web_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/story"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// busy has people do in a practice whatever they do in an operation: cases, drafts and
// messages with words that no real record has, the day's silence, a watched value.
func (w *world) busy(code operation.Code, at workshop.ID) {
	w.t.Helper()
	ctx := w.t.Context()
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		w.Post("officer", "/t/"+string(at)+"/exercise/"+n, url.Values{})
	}
	w.Post("contact-point", "/t/"+string(at)+"/exercise/1", url.Values{})
	officer, director := w.sessionOf("officer").Actor, w.sessionOf("director").Actor
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	all, err := w.app.Seizures.List(ctx, officer, action, seizure.Filter{State: seizure.Released, Organisation: officer.Organisation})
	must(err)
	for i, c := range all.Items[:min(3, len(all.Items))] { // the doubles of real ones, with their numbers
		d := c.Draft
		d.ID, d.Reserved, d.Sheet, d.Warning, d.Remarks, d.Place = seizure.ID(nextID()), "", "", 0, "Factory of canaries", "Canary quay"
		d.Day = w.app.Clock.Now().Format("2006-01-02")
		d.StatusDay = ""
		if i == 0 {
			_, err = w.app.Seizures.Save(ctx, officer, code, d, 0)
		} else {
			_, err = w.app.Seizures.Report(ctx, officer, code, d)
		}
		must(err)
	}
	urgent := message.Draft{ID: message.ID(nextID()), Template: message.Warning, Urgent: true, Subject: "Canary lights", Body: "Raid at dawn", Language: "en", TLP: "AMBER", Source: "targeting",
		ReplyDue: w.app.Clock.Now().AddDate(0, 0, 2), To: audience.Address{Sides: []access.Side{access.Enforcement}}}
	_, err = w.app.Messages.Send(ctx, director, code, urgent)
	must(err)
	must(w.app.Notices.Subscribe(ctx, officer, action, notice.Subscription{Category: "ELE"}))
}

// A practice leaves no trace: before anything was done in it and after, every page that
// anybody reaches from home is the same, and so is what the other door says across
// operations; nobody is told of anything.
func TestPracticeLeavesNoTrace(t *testing.T) {
	written = 0
	w := newWorld(t)
	w.app.Clock.Set(story.Ends.AddDate(0, 0, 1))
	at := w.Practising(action)
	personas := []string{"director", "officer", "right-holder"}
	look := func() map[string]map[string]answer {
		out := map[string]map[string]answer{}
		for _, persona := range personas {
			c := w.as(persona)
			_, pages := crawl(c, 1)
			for _, path := range []string{"/find?q=canary", "/find?q=raid+dawn", "/notices/", "/api/v1/search?q=canary", "/p/usage", "/api/v1/notices", "/o/" + string(action) + "/analysis/", "/o/" + string(action) + "/warnings/"} {
				if _, has := pages[path]; !has {
					pages[path] = c.get(path)
				}
			}
			maps.DeleteFunc(pages, func(path string, _ answer) bool {
				return strings.Contains(path, operation.PracticePrefix) || strings.HasPrefix(path, "/t/")
			})
			out[persona] = pages
		}
		return out
	}
	code := w.Practice(action, at)
	w.follow(t)
	_ = look() // what is read is noted, and shown to others
	before := look()
	w.busy(code, at)
	must(t, w.app.Notices.Unsubscribe(t.Context(), w.sessionOf("officer").Actor, subscribed(t, w)))
	w.follow(t)
	after := look()
	for _, persona := range personas {
		if len(before[persona]) < 5 {
			t.Errorf("%s saw only %d pages", persona, len(before[persona]))
		}
		for _, path := range slices.Sorted(maps.Keys(before[persona])) {
			x, there := before[persona][path], true
			y, there := after[persona][path]
			p, q := plain(x), plain(y)
			if path == "/" || path == "/o/" { // practices stand there, apart
				p, q = untrained(p), untrained(q)
			}
			if strings.HasSuffix(path, ".xlsx") {
				p, q = parts(t, x.body), parts(t, y.body)
			}
			if path != "/me" && (!there || x.status != y.status || p != q) {
				t.Errorf("%s: %s differs: status %d and %d\n%s", persona, path, x.status, y.status, difference(p, q))
			}
		}
		if len(after[persona]) != len(before[persona]) {
			t.Errorf("%s: %d pages and %d", persona, len(before[persona]), len(after[persona]))
		}
	}
	inside := w.as("officer").get("/find?q=canary&in=" + string(code))
	if a := w.as("officer").get("/o/" + string(code) + "/c/?q=canary"); inside.status != http.StatusOK || !strings.Contains(a.body, "S-") {
		t.Errorf("inside, %d: what was written is not found", inside.status)
	}
}

// follow has people told of what the journals gained.
func (w *world) follow(t *testing.T) {
	t.Helper()
	for {
		n, err := w.app.Notices.Follow(t.Context())
		must(t, err)
		if n == 0 {
			return
		}
	}
}

// subscribed is the one thing that the officer wants to be told of.
func subscribed(t *testing.T, w *world) string {
	all, err := w.app.Notices.Subscriptions(t.Context(), w.sessionOf("officer").Actor)
	must(t, err)
	return all[len(all)-1].ID
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// untrained is a page without its part on practices.
func untrained(body string) string {
	i := strings.Index(body, `id="training"`)
	if i < 0 {
		return body
	}
	j := strings.Index(body[i:], "</section>")
	return body[:strings.LastIndex(body[:i], "<section")] + body[i+j+len("</section>"):]
}

// What is not for a practice does not exist in one.
func TestPracticeHoldsOnlyWhatItNeeds(t *testing.T) {
	w := newWorld(t)
	at := w.Practising(action)
	code := w.Practice(action, at)
	w.Post("officer", "/t/"+string(at)+"/exercise/1", url.Values{})
	base := "/o/" + string(code) + "/"
	for _, path := range []string{"report/", "report/freeze", "learnt/", "effect/", "courses/", "report/editions/"} {
		for _, persona := range []string{"director", "officer"} {
			if a := w.as(persona).get(base + path); a.status != http.StatusNotFound {
				t.Errorf("%s: %s answers %d", persona, path, a.status)
			}
		}
	}
	for _, lang := range []string{"en", "ar"} {
		for _, path := range []string{"", "c/", "c/new", "m/", "m/new", "warnings/", "coverage/", "analysis/", "?wall=1", "journal/", "people/"} {
			a := w.as("director").in(lang).get(base + path)
			if mark := map[string]string{"en": "PRACTICE: nothing here is real", "ar": "تمرين: لا شيء هنا حقيقي"}[lang]; a.status != http.StatusOK || !strings.Contains(a.body, mark) || !strings.Contains(a.body, `class="strip-mark"`) {
				t.Errorf("%s %s: %d without the mark", lang, path, a.status)
			}
		}
	}
	if err := w.app.Notices.Subscribe(t.Context(), w.sessionOf("officer").Actor, code, notice.Subscription{Category: "ELE"}); err == nil {
		t.Error("somebody is told of what happens in a practice")
	}
}

// An officer does three tasks on a phone, in Arabic: what is sent is looked at at once,
// on the page of the task and above every page; the trainer sees how far they are, and
// begins again for everybody.
func TestPracticeTasks(t *testing.T) {
	w := newWorld(t)
	at := w.Practising(action)
	code := w.Practice(action, at)
	tasks := "/t/" + string(at) + "/exercise/"
	officer := w.as("officer").in("ar")
	if a := officer.get(tasks + "1"); a.status != http.StatusOK || !strings.Contains(a.body, "ابدأ هذه المهمة") || strings.Contains(a.body, "strip-mark") {
		t.Fatalf("the first task, %d", a.status)
	}
	for _, n := range []string{"1", "2", "3"} {
		w.Post("officer", tasks+n, url.Values{})
	}
	who := w.sessionOf("officer")
	today := nilreport.Today(who.Organisation, w.app.Clock.Now())
	d := seizure.Draft{ID: seizure.ID(nextID()), Country: who.Organisation.Country, Day: today, Language: "en", Direction: goods.Coded{Code: "import"}, Conveyance: goods.Coded{Code: "mail"},
		Goods: []goods.Line{{Category: "PHA", Brand: "nordavil", HS: "300420", Quantities: []goods.Quantity{{Micro: 1200e6, Unit: "NMP"}}}}}
	_, err := w.app.Seizures.Report(t.Context(), who.Actor, code, d)
	must(t, err)
	a := officer.get(tasks + "1")
	for _, want := range []string{"البند صحيح والبند الفرعي ليس كذلك", "الكمية صحيحة ووحدتها ليست كذلك", "المتوقع شيء آخر", "أعد النظر: \u20665\u2069 من \u20668\u2069 صحيحة"} {
		if !strings.Contains(plainWords(a.body), plainWords(want)) {
			t.Errorf("the feedback lacks %q", want)
		}
	}
	a.leavesOut(t)
	d.ID, d.Conveyance.Code, d.Goods[0].HS, d.Goods[0].Quantities[0].Unit = seizure.ID(nextID()), "express", "300490", "H87"
	_, err = w.app.Seizures.Report(t.Context(), who.Actor, code, d)
	must(t, err)
	desk, err := w.app.Practices.Read(t.Context(), who.Actor, action, at)
	must(t, err)
	if !desk.Items[0].Done || desk.Items[1].Done || desk.Items[1].Message == 0 || desk.Items[2].Message == 0 {
		t.Fatalf("after the second case: %+v", desk.Items[:3])
	}
	must(t, w.app.Warnings.Acknowledge(t.Context(), who.Actor, code, desk.Items[1].Message))
	_, err = w.app.Messages.Send(t.Context(), who.Actor, code, message.Draft{ID: message.ID(nextID()), Template: message.Feedback, Answers: desk.Items[2].Message, Outcome: "not-arrived", Language: "en", TLP: "GREEN"})
	must(t, err)
	if a := officer.get("/o/" + string(code) + "/"); !strings.Contains(plainWords(a.body), "أُنجز 3 من 6") {
		t.Error("the strip does not tell that three tasks are done")
	}
	trainer := w.as("director")
	if a := trainer.get(tasks + "progress"); a.status != http.StatusOK || !strings.Contains(a.body, who.Person.Name) {
		t.Errorf("the trainer's view, %d", a.status)
	}
	if a := w.as("officer").get(tasks + "progress"); a.status != http.StatusNotFound {
		t.Errorf("an officer sees how far others are, %d", a.status)
	}
	if a := w.as("analyst").post(tasks+"1", url.Values{}); a.status != http.StatusNotFound {
		t.Errorf("who was not confirmed begins, %d", a.status)
	}
	w.Post("director", tasks+"reset", url.Values{"all": {"1"}})
	desk, err = w.app.Practices.Read(t.Context(), who.Actor, action, at)
	must(t, err)
	for _, it := range desk.Items {
		if it.Done || !it.Begun.IsZero() {
			t.Errorf("after the reset: %+v", it)
		}
	}
	w.replayed(at, code)
}

// replayed copies the operation into the practice and plays two days: nothing that the
// source says in words stands anywhere in the copies.
func (w *world) replayed(at workshop.ID, code operation.Code) {
	w.t.Helper()
	ctx, director := w.t.Context(), w.sessionOf("director").Actor
	w.narrow()
	w.app.Clock.Set(story.Ends.AddDate(0, 0, 1))
	tasks := "/t/" + string(at) + "/exercise/"
	w.Post("director", tasks+"1", url.Values{})
	w.Post("director", tasks+"replay", url.Values{"from": {string(action)}})
	w.Post("director", tasks+"replay/next", url.Values{"day": {"1"}})
	w.Post("director", tasks+"replay/next", url.Values{"day": {"2"}})
	w.Post("director", tasks+"replay/next", url.Values{"day": {"2"}})
	desk, err := w.app.Practices.Read(ctx, director, action, at)
	if err != nil || len(desk.Days) < 3 || desk.Days[1].Played.IsZero() || !desk.Days[2].Played.IsZero() {
		w.t.Fatalf("%d days, %v", len(desk.Days), err)
	}
	w.roundedAndBroad(desk.Days)
	copies, err := json.Marshal(desk.Days)
	if err != nil {
		w.t.Fatal(err)
	}
	page, err := w.app.Seizures.List(ctx, director, code, seizure.Filter{State: seizure.Released, Limit: seizure.PageLimit})
	if err != nil {
		w.t.Fatal(err)
	}
	if n := len(desk.Days[0].Cases) + len(desk.Days[1].Cases); n > 0 && len(page.Items) == 0 {
		w.t.Errorf("%d copies, and the practice lists none", n)
	}
	written, err := json.Marshal(page.Items)
	if err != nil {
		w.t.Fatal(err)
	}
	source, err := w.app.Seizures.List(ctx, director, action, seizure.Filter{State: seizure.Released, Limit: seizure.PageLimit})
	if err != nil {
		w.t.Fatal(err)
	}
	seen := 0
	for _, c := range source.Items {
		words := []string{c.Reference, string(c.ID), c.Place, c.Remarks, c.Hidden, c.Cover, c.Carrier}
		for _, l := range c.Goods {
			words = append(words, l.Brand, l.Holder, l.Description, l.Right, l.Batch, l.GTIN)
		}
		for _, m := range c.Marks {
			words = append(words, m.Value)
		}
		for _, word := range words {
			if len(word) < 4 {
				continue
			}
			if seen++; strings.Contains(string(copies), word) || strings.Contains(string(written), word) {
				w.t.Errorf("a copy says %q", word)
			}
		}
	}
	if seen < 50 {
		w.t.Errorf("only %d words to look for", seen)
	}
}

// leavesOut wants cells that are truly empty where nothing is to be said: a phone then
// leaves out their labels, too.
func (a answer) leavesOut(t *testing.T) {
	t.Helper()
	if !regexp.MustCompile(`<td role="cell"[^>]* data-label="[^"]+"></td>`).MatchString(a.body) {
		t.Error("on a phone a label stands beside nothing: no cell is empty where nothing is to be said")
	}
}

// roundedAndBroad wants copies to tell of what all of enforcement could read, and no
// exact amount.
func (w *world) roundedAndBroad(days []practice.Day) {
	w.t.Helper()
	for _, d := range days {
		if slices.ContainsFunc(d.Warnings, func(m practice.Copy) bool {
			return m.Profile.Provenance == "ZW" || slices.Contains([]string{"RED", "AMBER+STRICT"}, m.TLP)
		}) {
			w.t.Errorf("day %d has a warning that not all of enforcement could read", d.Number)
		}
		for _, c := range d.Cases {
			for _, l := range c.Goods {
				for _, q := range l.Quantities {
					if figures := strings.Trim(strconv.FormatInt(q.Micro, 10), "0"); len(figures) > 2 {
						w.t.Errorf("day %d tells the amount %d", d.Number, q.Micro)
					}
				}
			}
		}
	}
}

// narrow sends warnings that a few alone may read: two by their label, one to a single
// administration.
func (w *world) narrow() {
	w.t.Helper()
	director, own := w.sessionOf("director").Actor, w.sessionOf("officer").Actor.Organisation
	all, one := audience.Address{Sides: []access.Side{access.Enforcement}}, audience.Address{Organisations: []int64{own}}
	for _, m := range []struct {
		tlp string
		to  audience.Address
	}{{"RED", all}, {"AMBER+STRICT", all}, {"GREEN", one}} {
		if _, err := w.app.Messages.Send(w.t.Context(), director, action, message.Draft{ID: message.ID(nextID()), Template: message.Warning, Subject: "For few", Body: "Look.", Language: "en",
			TLP: m.tlp, Source: "targeting", ReplyDue: w.app.Clock.Now().AddDate(0, 0, 2), To: m.to, Profile: message.Profile{Category: "ELE", Conveyance: "sea", Provenance: "ZW"}}); err != nil {
			w.t.Fatal(err)
		}
	}
}

// A trainer of an administration is confirmed for a workshop of another host: nobody
// leads by that what is not theirs, and leads what is.
func TestPracticeLedByItsHost(t *testing.T) {
	w := newWorld(t)
	at := w.Practising(action)
	w.Practice(action, at)
	ctx, who := t.Context(), w.sessionOf("officer").Actor
	must(t, w.app.Operations.Assign(ctx, w.sessionOf("contact-point").Actor, action, person.ID(who.Person), []access.Role{access.Officer, access.Trainer}))
	c, tasks := w.as("officer"), "/t/"+string(at)+"/exercise/"
	w.Post("contact-point", tasks+"1", url.Values{})
	for _, path := range []string{"progress", "new"} {
		c.get(tasks+path).isStatus(t, path+" of another host", http.StatusNotFound)
	}
	for path, form := range map[string]url.Values{"new": {"name": {"Mine"}}, "seed": {}, "reset": {"all": {"1"}}, "replay": {"from": {string(action)}}, "replay/next": {"day": {"1"}}} {
		c.post(tasks+path, form).isStatus(t, "POST "+path+" of another host", http.StatusNotFound)
	}
	list := c.get(tasks) // which is open to whoever is confirmed
	for _, path := range []string{"progress", "new", "seed"} {
		if list.status != http.StatusOK || strings.Contains(list.body, tasks+path) {
			t.Errorf("the list, %d, offers %s", list.status, path)
		}
	}
	w.Post("officer", tasks+"1", url.Values{})
	w.Post("officer", tasks+"reset", url.Values{"task": {"1"}})
	day := w.app.Clock.Now().AddDate(0, 0, 7).Format("2006-01-02")
	own, err := w.app.Workshops.Plan(ctx, who, action, workshop.Draft{Kind: workshop.National, Title: "At home", Language: "en", Place: "Port house", Zone: "UTC", Starts: day, Ends: day})
	must(t, err)
	mine := "/t/" + string(own.ID) + "/exercise/"
	w.Post("officer", mine+"new", url.Values{"id": {nextID()}, "name": {"Mine"}, "language": {"en"}, "order.report": {"1"}, "own.1.title": {"One"}, "own.1.text": {"Report it."}, "own.1.1.path": {"conveyance"}, "own.1.1.value": {"sea"}})
	c.get(mine+"progress").isStatus(t, "progress of one's own", http.StatusOK)
	w.Post("officer", mine+"1", url.Values{})
	w.Post("officer", mine+"reset", url.Values{"all": {"1"}})
	w.as("contact-point").get(mine+"progress").isStatus(t, "progress of one's own people", http.StatusOK)
}

// plainWords is a text without marks of direction.
func plainWords(s string) string {
	return strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "").Replace(s)
}
