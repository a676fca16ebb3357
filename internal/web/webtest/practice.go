package webtest

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/practice"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// PracticeWorkshop is the id of the workshop that Workshop plans.
const PracticeWorkshop workshop.ID = "01890a5d-ac96-774b-bcce-0000000d0001"

// Exercise gives the address of a page of exercises, with a case that the officer has
// reported for the first task.
func (w *World) Exercise(path string) string {
	w.T.Helper()
	ctx, who := w.T.Context(), w.Session("officer")
	d, err := w.App.Practices.Read(ctx, who.Actor, Operation, PracticeWorkshop)
	if err != nil {
		w.Practising(Operation)
	}
	if err != nil || d.Practice.ID == "" {
		code := w.Practice(Operation, PracticeWorkshop)
		for _, n := range []string{"1", "3"} {
			w.Post("officer", "/t/"+string(PracticeWorkshop)+"/exercise/"+n, url.Values{})
			w.Post("contact-point", "/t/"+string(PracticeWorkshop)+"/exercise/"+n, url.Values{})
		}
		_, err := w.App.Seizures.Report(ctx, who.Actor, code, seizure.Draft{ID: "01890a5d-ac96-774b-bcce-0000000d0101", Country: who.Organisation.Country, Language: "en",
			Day: nilreport.Today(who.Organisation, w.App.Clock.Now()), Direction: goods.Coded{Code: "import"}, Conveyance: goods.Coded{Code: "mail"},
			Goods: []goods.Line{{Category: "PHA", Brand: "Nordavil", HS: "300420", Quantities: []goods.Quantity{{Micro: 1200e6, Unit: "NMP"}}}}})
		w.must(err)
	}
	return "/t/" + string(PracticeWorkshop) + "/exercise/" + path
}

// Exercising gives the address of a page of the practice itself.
func (w *World) Exercising(path string) string {
	w.Exercise("")
	d, err := w.App.Practices.Read(w.T.Context(), w.Session("officer").Actor, Operation, PracticeWorkshop)
	w.must(err)
	return "/o/" + string(d.Practice.Code) + "/" + path
}

// Practising plans a workshop of an operation for those who control goods, with the
// officer and the contact point as its confirmed participants.
func (w *World) Practising(code operation.Code) workshop.ID {
	w.T.Helper()
	ctx, day := w.T.Context(), func(n int) string { return w.App.Clock.Now().AddDate(0, 0, n).Format("2006-01-02") }
	director, contact := w.Session("director").Actor, w.Session("contact-point").Actor
	at, err := w.App.Workshops.Plan(ctx, director, code, workshop.Draft{ID: PracticeWorkshop, Kind: workshop.TrainTheTrainer, Title: "Train the Trainer", Language: "en",
		Place: "Training centre", Zone: "Asia/Bangkok", Starts: day(7), Ends: day(9), To: audience.Address{Sides: []access.Side{access.Enforcement}}})
	w.must(err)
	if err := w.App.Workshops.Call(ctx, director, code, at.ID); err != nil {
		w.T.Fatal(err)
	}
	for i, persona := range []string{"officer", "contact-point"} {
		id := participant.ID("01890a5d-ac96-774b-bcce-0000000d001" + strconv.Itoa(i))
		if _, err := w.App.Nominations.Nominate(ctx, contact, code, at.ID, nomination.Draft{ID: id, Person: person.ID(w.Session(persona).Person.ID)}); err != nil {
			w.T.Fatal(err)
		}
		if _, err := w.App.Nominations.Confirm(ctx, director, code, at.ID, true, "", id); err != nil {
			w.T.Fatal(err)
		}
	}
	return at.ID
}

// Practice opens a practice with all ready-made tasks through its page, and gives its
// code.
func (w *World) Practice(code operation.Code, at workshop.ID) operation.Code {
	w.T.Helper()
	f := url.Values{"id": {"01890a5d-ac96-774b-bcce-00000000abcd"}, "name": {"Dry run"}, "language": {"en"}}
	for i, t := range practice.ReadyTasks() {
		f.Set("order."+t.Ready, strconv.Itoa(i+1))
	}
	w.Post("director", "/t/"+string(at)+"/exercise/new", f)
	d, err := w.App.Practices.Read(w.T.Context(), w.Session("director").Actor, code, at)
	if err != nil {
		w.T.Fatal(err)
	}
	return d.Practice.Code
}

// Post posts a form as a persona, and wants to be led on.
func (w *World) Post(persona, path string, form url.Values) {
	w.T.Helper()
	req, err := http.NewRequest(http.MethodPost, w.Server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.T.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+w.Token(persona))
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(req)
	if err != nil {
		w.T.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		said, _ := io.ReadAll(resp.Body)
		_, said, _ = bytes.Cut(said, []byte(`class="error-summary`))
		w.T.Fatalf("%s: POST %s answers %d\n%.600s", persona, path, resp.StatusCode, said)
	}
}
