package house_test

import (
	"fmt"
	"maps"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/nomination"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const (
	attended     = workshop.ID("01890a5d-ac96-774b-bccd-00000000b000")
	attendedPart = "01890a5d-ac96-774b-bccd-00000000b0%02x" // 1: the session; 2, 3: participants
)

// Reviewed, too: attendance and certificates.
func init() {
	actorless["attendance.Check"] = "who holds a paper need not be known here: number and name are the right, and the answer says what the paper says, and whether it is good"
	maps.Copy(trials, map[string]trial{
		"attendance.Sheet": {args: ofAttendance(), need: access.WorkshopRead, by: "officer"},
		"attendance.Record": {args: ofAttendance(part(1), []attendance.Tick{{Participant: participant.ID(part(2)), Present: true}}),
			need: access.AttendanceRecord, by: "coordinator"},
		"attendance.Open":    {args: ofAttendance(part(1)), need: access.AttendanceOpen, by: "coordinator"},
		"attendance.Close":   {args: ofAttendance(part(1)), need: access.AttendanceOpen, by: "coordinator"},
		"attendance.Join":    {args: ofAttendance("ACDEFG", attendance.ByCode), need: access.AttendanceJoin, by: "officer"},
		"attendance.Certify": {args: ofAttendance(int64(50)), need: access.AttendanceCertify, by: "coordinator"},
		"attendance.Anew":    {args: ofAttendance(participant.ID(part(3))), need: access.AttendanceCertify, by: "coordinator", late: 1},
		"attendance.Print":   {args: atCertificate(), need: access.WorkshopRead, by: "officer"},
		"attendance.Revoke":  {args: atCertificate("because"), need: access.AttendanceRevoke, by: "coordinator", late: 2},
		"attendance.Mine":    {args: func(*hall) []any { return nil }, by: "officer", anyone: "one's own certificates: a stranger has none"},
	})
}

func part(n int) workshop.ID { return workshop.ID(fmt.Sprintf(attendedPart, n)) }

func ofAttendance(more ...any) func(h *hall) []any {
	return func(h *hall) []any {
		h.attend()
		return append([]any{the, attended}, more...)
	}
}

func atCertificate(more ...any) func(h *hall) []any {
	return func(h *hall) []any {
		s := h.attend()
		return append([]any{the, attended, s.Rows[0].Certificates[0].ID}, more...)
	}
}

// attend holds a workshop at which the officer and somebody without an account were; the
// certificate of the second was revoked. It is given as the officer sees it.
func (h *hall) attend() attendance.Sheet {
	ctx, host, desk := h.t.Context(), h.who("coordinator"), h.who("contact-point")
	if _, err := h.app.Workshops.Locate(ctx, host, attended); err != nil {
		now := h.app.Clock.Now()
		day, hour := now.Format(time.DateOnly), now.Truncate(time.Hour)
		_, err := h.app.Workshops.Plan(ctx, host, the, workshop.Draft{ID: attended, Kind: workshop.TrainTheTrainer, Title: "Training", Language: "en", Place: "Harbour", Zone: "UTC",
			Starts: day, Ends: hour.Add(time.Hour).Format(time.DateOnly), NominateBy: day, To: audience.Address{Sides: []access.Side{access.Enforcement, access.Coordination, access.ObserverSide, access.RightHolderSide}}})
		h.must(err)
		_, err = h.app.Workshops.AddSession(ctx, host, the, attended, workshop.SessionDraft{ID: part(1), Title: "One", Starts: hour.Format("2006-01-02T15:04"), Ends: hour.Add(time.Hour).Format("2006-01-02T15:04")})
		h.must(err)
		h.must(h.app.Workshops.Call(ctx, host, the, attended))
		for i, who := range []person.ID{h.id("officer"), ""} {
			_, err = h.app.Nominations.Nominate(ctx, desk, the, attended, nomination.Draft{ID: participant.ID(part(2 + i)), Name: "Somebody", Person: who, Language: "en"})
			h.must(err)
			_, err = h.app.Nominations.Confirm(ctx, host, the, attended, true, "", participant.ID(part(2+i)))
			h.must(err)
			h.must(h.app.Attendances.Record(ctx, host, the, attended, part(1), []attendance.Tick{{Participant: participant.ID(part(2 + i)), Present: true}}))
		}
		_, err = h.app.Attendances.Certify(ctx, host, the, attended, 50)
		h.must(err)
		all, err := h.app.Attendances.Sheet(ctx, host, the, attended)
		h.must(err)
		for _, r := range all.Rows {
			if r.Participant.ID == participant.ID(part(3)) {
				h.must(h.app.Attendances.Revoke(ctx, host, the, attended, r.Certificates[0].ID, "because"))
			}
		}
	}
	s, err := h.app.Attendances.Sheet(ctx, h.who("officer"), the, attended)
	h.must(err)
	return s
}
