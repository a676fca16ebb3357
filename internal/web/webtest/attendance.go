package webtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const (
	attended     = "01890a5d-ac96-774b-bccd-00000000a000"
	attendedPart = "01890a5d-ac96-774b-bccd-00000000a0%02x" // 1 to 3: sessions; 0x10 on: participants
)

// Attendance gives the address of a page about who was at a workshop that runs: {id} is
// the workshop's, {session} the one of which a code is open, {certificate} that of the
// officer, {revoked} one that was revoked, {code} the open code.
func (w *World) Attendance(path string) string {
	w.T.Helper()
	ctx, host := w.T.Context(), w.Session("coordinator").Actor
	code := operation.Code(strings.Split(Inside, "/")[2])
	if _, err := w.App.Workshops.Locate(ctx, host, attended); err != nil {
		w.attended(code)
	}
	s, err := w.App.Attendances.Sheet(ctx, host, code, attended)
	w.must(err)
	open, revoked, good := attendance.Code{}, "", ""
	for _, c := range s.Codes {
		open = c
	}
	for _, r := range s.Rows {
		for _, c := range r.Certificates {
			if !c.Good() {
				revoked = string(c.ID)
			} else if string(r.Participant.Person) == w.Session("officer").Actor.Person {
				good = string(c.ID)
			}
		}
	}
	return strings.NewReplacer("{id}", attended, "{session}", fmt.Sprintf(attendedPart, 2), "{certificate}", good, "{revoked}", revoked, "{code}", open.Text).Replace(path)
}

// attended holds a workshop of three sessions, of which the second runs.
func (w *World) attended(code operation.Code) {
	ctx, host, desk, officer := w.T.Context(), w.Session("coordinator").Actor, w.Session("contact-point"), w.Session("officer")
	now := w.App.Clock.Now()
	day := now.Format(time.DateOnly)
	_, err := w.App.Workshops.Plan(ctx, host, code, workshop.Draft{ID: attended, Kind: workshop.TrainTheTrainer, Title: "Train the trainer: from targeting to release", Language: "en",
		Place: "Customs Training Centre", Country: desk.Organisation.Country, Zone: "UTC", Starts: day, Ends: day, NominateBy: day,
		To: audience.Address{Sides: []access.Side{access.Enforcement, access.Coordination}}})
	w.must(err)
	at := now.Truncate(time.Hour)
	for i, title := range []string{"What the risk profiles say", "Genuine or fake: footwear", "Reporting with the phone"} {
		from := at.Add(time.Duration(i-1) * 20 * time.Minute)
		_, err := w.App.Workshops.AddSession(ctx, host, code, attended, workshop.SessionDraft{ID: workshop.ID(fmt.Sprintf(attendedPart, i+1)), Title: title,
			Starts: from.Format("2006-01-02T15:04"), Ends: from.Add(90 * time.Minute).Format("2006-01-02T15:04")})
		w.must(err)
	}
	w.must(w.App.Workshops.Call(ctx, host, code, attended))
	for i, name := range []string{officer.Person.Name, "Noor Al-Hashimi", "جميلة الشريف", "Désiré N’Guessan-Kouadio"} {
		d := nomination.Draft{ID: participant.ID(fmt.Sprintf(attendedPart, 0x10+i)), Name: name, Position: "Officer", Post: "Harbour", Language: "en"}
		if i == 0 {
			d.Person = person.ID(officer.Actor.Person)
		}
		_, err := w.App.Nominations.Nominate(ctx, desk.Actor, code, attended, d)
		w.must(err)
		_, err = w.App.Nominations.Confirm(ctx, host, code, attended, true, "", d.ID)
		w.must(err)
	}
	for s := range 2 {
		for i := range 3 - s {
			w.must(w.App.Attendances.Record(ctx, host, code, attended, workshop.ID(fmt.Sprintf(attendedPart, s+1)),
				[]attendance.Tick{{Participant: participant.ID(fmt.Sprintf(attendedPart, 0x10+i)), Present: true}}))
		}
	}
	_, err = w.App.Attendances.Certify(ctx, host, code, attended, 50)
	w.must(err)
	sheet, err := w.App.Attendances.Sheet(ctx, host, code, attended)
	w.must(err)
	for _, r := range sheet.Rows {
		if c, good := r.Certificate(); good && r.Participant.Person == "" {
			w.must(w.App.Attendances.Revoke(ctx, host, code, attended, c.ID, "The name was spelt wrongly."))
		}
	}
	_, err = w.App.Attendances.Open(ctx, host, code, attended, workshop.ID(fmt.Sprintf(attendedPart, 2)))
	w.must(err)
}
