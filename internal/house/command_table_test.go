package house_test

import (
	"io"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/watch"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// trial is how a command is tried.
type trial struct {
	args   func(h *hall) []any
	need   access.Permission // that it takes inside the operation; empty: it belongs to the instance
	by     string            // a persona for whom it is not refused
	anyone string            // why a stranger is not refused; empty: a stranger is
	late   int               // tried after what has less
}

// Reviewed: methods that act for nobody.
var actorless = map[string]string{
	"person.Bootstrap":   "makes the first administrator of an empty instance, from the command line of its host",
	"person.Offered":     "the one-time token is the right",
	"person.Redeem":      "the one-time token is the right",
	"person.Cleanup":     "housekeeping: takes away what has ended",
	"person.Hasher":      "gives the one pace of hashing to package session; reads nothing",
	"session.SignIn":     "name and password are the right",
	"session.SignInAs":   "only where a demonstration is served; refused elsewhere",
	"session.Token":      "only where a demonstration is served; refused elsewhere",
	"session.Resolve":    "the token is the right",
	"session.Still":      "the token is the right",
	"session.SignOut":    "the token is the right",
	"session.Personas":   "only where a demonstration is served; empty elsewhere",
	"session.Cleanup":    "housekeeping: takes away what has ended",
	"seizure.ReleaseDue": "housekeeping under the name release-clock: lets out what its administration let out by time",
}

func none(*hall) []any { return nil }

func inside(args ...any) func(*hall) []any {
	return func(*hall) []any { return append([]any{the}, args...) }
}

func person1(h *hall) []any { return []any{h.id("officer")} }

// onCase are the arguments of a change to a case: seq, version, then more.
func onCase(state string, more ...any) func(*hall) []any {
	return func(h *hall) []any {
		c := h.cases[state]
		return append([]any{the, c.Seq, c.Version}, more...)
	}
}

// Reviewed: every command that acts for somebody.
var trials = map[string]trial{
	"organisation.Register": {args: func(*hall) []any { return []any{body(organisation.Organisation{})} }, by: "administrator"},
	"organisation.Amend":    {args: func(h *hall) []any { return []any{body(h.body("officer"))} }, by: "administrator"},
	"organisation.List":     {args: none, by: "administrator", anyone: "the stranger is a contact point, and lists its own body only"},

	"person.Register": {args: func(h *hall) []any {
		return []any{person.Draft{ID: person.ID(fresh()), Login: "new." + fresh(), Name: "New", Language: "en", Organisation: h.body("officer").Number, Position: "post"}}
	}, by: "contact-point"},
	"person.AddHat": {args: func(h *hall) []any { return []any{h.id("officer"), h.body("observer").Number, "post", ""} }, by: "administrator"},
	"person.EndHat": {args: func(h *hall) []any { return []any{h.id("officer"), h.body("officer").Number} }, by: "contact-point", late: 9},
	"person.Amend": {args: func(h *hall) []any {
		return []any{person.Change{Person: h.id("officer"), Name: "Other", Version: h.sessions["officer"].Person.Version}}
	}, by: "administrator"},
	"person.Invite":         {args: person1, by: "administrator"},
	"person.Suspend":        {args: person1, by: "administrator", late: 8},
	"person.Resume":         {args: person1, by: "administrator"},
	"person.Show":           {args: person1, by: "contact-point"},
	"person.List":           {args: none, by: "contact-point", anyone: "the stranger is a contact point, and lists its own people only"},
	"person.Settle":         {args: func(*hall) []any { return []any{person.Preferences{Language: "fr", Theme: "dark", Density: "auto"}} }, by: "officer", anyone: "one's own preferences"},
	"person.ChangePassword": {args: func(*hall) []any { return []any{"", "a long enough password"} }, by: "officer", anyone: "one's own password"},

	"session.List":   {args: none, by: "officer", anyone: "one's own sessions"},
	"session.Issue":  {args: func(*hall) []any { return []any{"a case system", ""} }, by: "officer", anyone: "one's own token"},
	"session.End":    {args: func(h *hall) []any { return []any{h.sessions["officer"].ID} }, by: "officer", late: 9},
	"session.EndAll": {args: person1, by: "contact-point", late: 7},
	"session.Switch": {args: func(h *hall) []any { return []any{h.body("officer").Number} }, by: "officer"},

	"operation.Open":    {args: func(h *hall) []any { return []any{opening(h)} }, by: "administrator", anyone: "the stranger is a contact point, and is refused at the field of the body"},
	"operation.List":    {args: func(*hall) []any { return []any{operation.KindOperation} }, by: "officer", anyone: "one's own operations"},
	"operation.Accept":  {args: inside(int64(1)), by: "contact-point"},
	"operation.Invited": {args: inside()}, // no persona waits for an invitation; package operation's tests read one
	"operation.Read":    {args: inside(), need: access.OperationRead, by: "officer"},
	"operation.Invite": {args: func(h *hall) []any { return []any{the, h.body(session.Stranger).ID, access.Enforcement} },
		need: access.OperationInvite, by: "director"},
	"operation.End":          {args: func(h *hall) []any { return []any{the, h.body("officer").ID} }, need: access.OperationRead, by: "director", late: 10},
	"operation.Assign":       {args: func(h *hall) []any { return []any{the, h.id("officer"), []access.Role{access.Officer}} }, need: access.OperationAssign, by: "contact-point"},
	"operation.Own":          {args: inside(), need: access.OperationAssign, by: "contact-point"},
	"operation.People":       {args: inside(), need: access.OperationPeople, by: "officer"},
	"operation.Journal":      {args: inside(journal.Filter{}), need: access.JournalRead, by: "coordinator"},
	"operation.JournalEntry": {args: inside(int64(1)), need: access.JournalRead, by: "coordinator"},
	"operation.Receipt":      {args: func(h *hall) []any { return []any{the, h.message} }, need: access.OperationRead, by: "officer"},
	"operation.Export":       {args: inside(io.Discard), need: access.JournalRead, by: "coordinator"},
	"operation.Checkpoint":   {args: inside(), need: access.JournalRead, by: "coordinator"},

	"message.List":    {args: inside(message.Filter{}), need: access.MessageRead, by: "officer"},
	"message.Waiting": {args: inside(), need: access.MessageAnswer, by: "officer"},
	"message.Read":    {args: func(h *hall) []any { return []any{the, h.message} }, need: access.MessageRead, by: "officer"},
	"message.Send":    {args: inside(letter()), need: access.MessageSend, by: "officer"},
	"message.Preview": {args: inside(letter()), need: access.MessageSend, by: "officer"},

	"message.Feed":    {args: inside(message.Filter{}), need: access.MessageRead, by: "officer"},
	"message.Find":    {args: func(h *hall) []any { return []any{the, message.Name{ID: h.sent}} }, need: access.MessageRead, by: "officer"},
	"message.Deliver": {args: inside(message.Outgoing{Draft: letter()}), need: access.MessageSend, by: "officer"},

	"seizure.Feed": {args: inside(seizure.Filter{}, ""), need: access.SeizureRead, by: "officer"},
	"seizure.Find": {args: func(h *hall) []any { return []any{the, seizure.Name{ID: h.cases[seizure.Released].ID}} },
		need: access.SeizureRead, by: "officer"},
	"seizure.List":        {args: inside(seizure.Filter{}), need: access.SeizureRead, by: "officer"},
	"seizure.Mine":        {args: inside(seizure.Reported), need: access.SeizureRead, by: "officer"},
	"seizure.Waiting":     {args: inside(), need: access.SeizureRead, by: "officer"},
	"seizure.Read":        {args: func(h *hall) []any { return []any{the, h.cases[seizure.Released].Reference} }, need: access.SeizureRead, by: "officer"},
	"seizure.Prepare":     {args: inside(), need: access.SeizureReport, by: "officer"},
	"seizure.Preview":     {args: inside(find()), need: access.SeizureReport, by: "officer"},
	"seizure.Save":        {args: inside(find(), int64(0)), need: access.SeizureSave, by: "officer"},
	"seizure.SaveOnce":    {args: inside(find(), int64(0)), need: access.SeizureSave, by: "officer"},
	"seizure.Report":      {args: inside(find()), need: access.SeizureReport, by: "officer"},
	"seizure.ReportOnce":  {args: inside(find()), need: access.SeizureReport, by: "officer"},
	"seizure.ReportSaved": {args: inside(find(), int64(0)), need: access.SeizureReport, by: "officer"},
	"seizure.Amend": {args: func(h *hall) []any { return onCase(seizure.Released, h.cases[seizure.Released].Draft, "because")(h) },
		need: access.SeizureAmend, by: "officer"},
	"seizure.Release":  {args: onCase(seizure.Released), need: access.SeizureRelease, by: "contact-point"},
	"seizure.Recall":   {args: onCase(seizure.Released, "because"), need: access.SeizureRecall, by: "contact-point", late: 2},
	"seizure.Withdraw": {args: onCase(seizure.Released, "because"), need: access.SeizureWithdraw, by: "officer", late: 3},
	"seizure.Relate": {args: func(h *hall) []any {
		return []any{the, h.double[0].Seq, h.double[0].Version, h.double[1].Seq, "because"}
	},
		need: access.SeizureRelate, by: "coordinator", late: 1},

	"quarantine.Keep":  {args: inside(quarantine.Message, fresh(), "{}"), need: access.QuarantineKeep, by: "officer"},
	"quarantine.List":  {args: inside(), need: access.QuarantineRead, by: "contact-point"},
	"quarantine.Close": {args: func(h *hall) []any { return []any{the, h.kept} }, need: access.QuarantineClose, by: "contact-point"},

	"withdrawal.Recall":      {args: func(h *hall) []any { return []any{the, h.message, "because"} }, need: access.MessageRecall, by: "contact-point", late: 5},
	"withdrawal.RecallNamed": {args: func(h *hall) []any { return []any{the, message.Name{ID: h.sent}, "because"} }, need: access.MessageRecall, by: "officer", late: 6},
	"withdrawal.List":        {args: inside(), need: access.WithdrawalRead, by: "officer"},
	"withdrawal.Confirm":     {args: inside(int64(1), ""), need: access.WithdrawalConfirm}, // of what was never read; package withdrawal's tests confirm one
	"withdrawal.Receipts": {args: func(h *hall) []any { return []any{the, reading.Message, h.message} },
		need: access.WithdrawalRead, by: "officer"},
	"withdrawal.Ask": {args: func(h *hall) []any {
		return []any{the, withdrawal.Asking{Kind: reading.Message, Record: h.message, Code: "other", Reason: "because"}}
	}, need: access.RedactionAsk, by: "contact-point"},
	"withdrawal.Askable": {args: func(h *hall) []any { return []any{the, reading.Message, h.message} }, need: access.RedactionAsk, by: "contact-point"},
	"withdrawal.Accept":  {args: inside(int64(1)), need: access.MessageRedact},   // no request waits; package withdrawal's tests accept one
	"withdrawal.Refuse":  {args: inside(int64(1)), need: access.RedactionRefuse}, // the same
	"withdrawal.Desk":    {args: inside(), need: access.RedactionRead, by: "coordinator"},
	"withdrawal.Hold": {args: func(h *hall) []any { return []any{the, "", int64(0), "because", h.app.Clock.Now().Add(time.Hour)} },
		need: access.HoldSet, by: "director", late: 6},
	"withdrawal.Lift": {args: inside(int64(1)), need: access.HoldLift}, // no hold stands; package withdrawal's tests lift one

	"watch.Open": {args: inside(watch.Newest), need: access.OperationRead, by: "right-holder"},

	"results.Read":     {args: inside(), need: access.ResultsRead, by: "observer"},
	"results.Overview": {args: inside(), need: access.OperationRead, by: "right-holder"},
}

func body(o organisation.Organisation) organisation.Draft {
	d := organisation.Draft{ID: o.ID, Kind: "customs", Country: "QZ", Name: "Customs of Q", TimeZone: "UTC", Language: "en",
		ReleaseBy: organisation.ReleaseByOfficer, Version: o.Version}
	if d.ID == "" {
		d.ID = organisation.ID(fresh())
	}
	return d
}

func opening(h *hall) operation.Draft {
	return operation.Draft{ID: operation.ID(fresh()), Code: operation.Code("o-" + fresh()), Kind: operation.KindOperation, Name: "Ebb",
		Language: "en", Handling: "Keep it here.", TimeZone: "UTC", Organisation: h.body("director").ID, Director: h.id("director"),
		Phases: []operation.Phase{{Kind: "operational", Starts: "2017-03-06", Ends: "2017-03-24"}}}
}

func letter() message.Draft {
	return message.Draft{ID: message.ID(fresh()), Template: message.General, Subject: "Briefing", Body: "At eight.", Language: "en",
		TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Coordination}}}
}

func find() seizure.Draft {
	return seizure.Draft{ID: seizure.ID(fresh()), Country: "XA", Day: "2017-02-10", Language: "en",
		Goods: []seizure.Line{{Category: "FOO", Quantities: []seizure.Quantity{{Micro: 1e6, Unit: "H87"}}}}}
}

// send writes to coordination and the officer's own administration.
func (h *hall) send() int64 {
	m, err := h.app.Messages.Send(h.t.Context(), h.who("officer"), the, letter())
	h.must(err)
	h.sent = m.ID
	return m.Seq
}
