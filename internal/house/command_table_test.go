package house_test

import (
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/quarantine"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/roster"
	"github.com/tidewaiter/tidewaiter/internal/search"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
	"github.com/tidewaiter/tidewaiter/internal/task"
	"github.com/tidewaiter/tidewaiter/internal/template"
	"github.com/tidewaiter/tidewaiter/internal/warning"
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
	shelf  bool              // it takes in the library what it could take anywhere
}

// Reviewed: methods that act for nobody.
var actorless = map[string]string{
	"attachment.Erase":   "a part of package withdrawal's erasure, in its transaction: withdrawal.Accept asks who may",
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
	"notice.Follow":      "housekeeping: decides for each reader what matters, and shows nothing",
	"notice.Mail":        "a job: mails that there is something new, and nothing of it",
	"notice.SendCode":    "a job: sends a code to an address that its owner gave",
	"notice.Cleanup":     "housekeeping: takes away what is old",
	"intake.Do":          "a job: reports the rows of a sheet as its owner, under the rights that the owner has then",
	"intake.Sweep":       "housekeeping: throws away sheets after a day",
	"attachment.Show":    "a part of other packages' queries that decide who sees a picture, as inquiry.Picture does",
	"detention.Tell":     "a part of inquiry.Ask, in its transaction, which asks whether the actor may disclose",
	"attachment.Sweep":   "housekeeping under the name attachments: throws away what nobody finished or took",
	"search.Index":       "housekeeping: makes the index of words again from the records",
	"search.Again":       "housekeeping: the index of words is derived from the records",
	"warning.RemindDue":  "housekeeping under the name warning-clock: reminds of warnings and escalates them by time",
	"product.RemindDue":  "housekeeping under the name product-clock: reminds holders of their own sheets by time, and reads nothing to anybody",
	"alert.RemindDue":    "housekeeping under the name alert-clock: reminds of urgent alerts by time, and reads nothing to anybody",
	"detention.WarnDue":  "housekeeping under the name legal-clock: warns of legal deadlines by time, and does nothing else",
	"inquiry.RemindDue":  "housekeeping under the name inquiry-clock: reminds right holders, and who asked them, by time",
	"seizure.ReleaseDue": "housekeeping under the name release-clock: lets out what its administration let out by time",
}

// sayKeys is a printer that says keys.
var sayKeys outcome.Say = func(key string, _ ...fault.Args) string { return key }

// sheetMapping reads any sheet that has the three columns.
const sheetMapping = "[sheet]\nencoding = \"utf-8\"\ndelimiter = \",\"\ndecimal = \".\"\ndates = [\"yyyy-mm-dd\"]\n" +
	"[fields.day]\ncolumn = \"Date\"\n[fields.country]\ncolumn = \"Country\"\n[fields.category]\ncolumn = \"Goods\"\n"

var black = attachment.BlackOut{{Left: 0, Top: 0, Width: 5000, Height: 5000}}

func (h *hall) pictureName() attachment.Name { return attachment.Name{Seq: h.picture.Seq} }

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

// onReference are the arguments of a command about a case that is called by its number.
func onReference(reason string) func(*hall) []any {
	return func(h *hall) []any {
		c := h.cases[seizure.Released]
		return []any{the, c.Reference, c.Version, reason}
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

	"search.Find": {args: func(*hall) []any { return []any{search.Query{Words: "container"}} }, by: "officer", anyone: "finds what one's own operations hold"},

	"pack.Add":    {args: func(h *hall) []any { return []any{h.list()} }, by: "administrator"},
	"pack.Remove": {args: func(*hall) []any { return []any{"places", "1"} }, by: "administrator", late: 1},
	"pack.List":   {args: none, by: "officer", anyone: "whoever is signed in may look codes up"},
	"pack.Lookup": {args: func(*hall) []any { return []any{pack.HS, "2022", "64", "en"} }, by: "officer", anyone: "whoever is signed in may look codes up"},
	"pack.Look":   {args: func(*hall) []any { return []any{pack.Query{Kind: pack.HS, Words: "shoes"}} }, by: "officer", anyone: "whoever is signed in may look codes up"},

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

	"warning.Account":     {args: func(h *hall) []any { return []any{the, h.warning} }, need: access.MessageRead, by: "officer"},
	"warning.Attention":   {args: inside(), need: access.MessageRead, by: "officer"},
	"warning.List":        {args: inside(warning.Filter{}), need: access.MessageRead, by: "officer"},
	"warning.Acknowledge": {args: func(h *hall) []any { return []any{the, h.warning} }, need: access.WarningAcknowledge, by: "officer"},
	"warning.Assign": {args: func(h *hall) []any { return []any{the, h.warning, "Post one", person.ID("")} },
		need: access.WarningAssign, by: "officer"},
	"warning.Remind": {args: func(h *hall) []any { return []any{the, h.warning} }, need: access.WarningRemind, by: "coordinator"},
	"warning.SendOn": {args: func(h *hall) []any { return []any{the, h.warning, h.bodies[0].ID} }, need: access.WarningForward, by: "coordinator"},

	"quarantine.Keep":  {args: inside(quarantine.Message, fresh(), "{}"), need: access.QuarantineKeep, by: "officer"},
	"quarantine.List":  {args: inside(), need: access.QuarantineRead, by: "contact-point"},
	"quarantine.Close": {args: func(h *hall) []any { return []any{the, h.kept} }, need: access.QuarantineClose, by: "contact-point"},

	"nilreport.Send":     {args: inside(nilreport.Draft{Day: "2017-02-20"}), need: access.NilReportSend, by: "officer"},
	"nilreport.Withdraw": {args: inside("2017-02-20", int64(1)), need: access.NilReportWithdraw, by: "officer", late: 1},
	"nilreport.Own":      {args: inside("2017-02-20"), need: access.NilReportSend, by: "officer"},
	"coverage.Read":      {args: inside("", ""), need: access.CoverageRead, by: "officer"},

	"task.List": {args: inside(task.Ours), need: access.TaskRead, by: "officer"},
	"task.Read": {args: func(h *hall) []any { return []any{the, h.task.Seq} }, need: access.TaskRead, by: "officer"},
	"task.Give": {args: func(h *hall) []any { return []any{the, h.errand()} }, need: access.TaskGive, by: "coordinator"},
	"task.Assign": {args: func(h *hall) []any { return []any{the, h.task.Seq, h.task.Version, string(h.id("officer"))} },
		need: access.TaskAssign, by: "contact-point"},
	"task.Finish": {args: func(h *hall) []any { return []any{the, h.task.Seq, h.task.Version, ""} }, need: access.TaskFinish, by: "officer", late: 2},
	"task.Drop":   {args: func(h *hall) []any { return []any{the, h.task.Seq, h.task.Version, "because"} }, need: access.TaskDrop, by: "coordinator", late: 1},

	"roster.Read":          {args: inside(), need: access.RosterRead, by: "officer"},
	"roster.Plan":          {args: func(h *hall) []any { return []any{the, h.turn()} }, need: access.RosterPlan, by: "contact-point"},
	"roster.HandOver":      {args: func(h *hall) []any { return []any{the, h.shift.Seq, h.shift.Version, "All quiet.", "en"} }, need: access.RosterHandOver, by: "officer"},
	"roster.Confirm":       {args: func(h *hall) []any { return []any{the, h.shift.Seq, h.shift.Version} }, need: access.RosterConfirm, by: "contact-point", late: 1},
	"roster.Withdraw":      {args: func(h *hall) []any { return []any{the, h.shift.Seq, h.shift.Version} }, need: access.RosterWithdraw, by: "contact-point", late: 2},
	"notice.List":          {args: none, by: "officer", anyone: "one's own notices, of what one may read"},
	"notice.Count":         {args: none, by: "officer", anyone: "one's own notices"},
	"notice.See":           {args: func(*hall) []any { return []any{time.Now()} }, by: "officer", anyone: "one's own notices"},
	"notice.Opened":        {args: func(h *hall) []any { return []any{the, h.message} }, need: access.OperationRead, by: "officer"},
	"notice.Settings":      {args: none, by: "officer", anyone: "one's own setting"},
	"notice.Choose":        {args: func(*hall) []any { return []any{notice.Choice{Mode: notice.Digest, Hour: 7}} }, by: "officer", anyone: "one's own setting"},
	"notice.Ask":           {args: func(*hall) []any { return []any{"someone@example.org"} }, by: "officer", anyone: "one's own address"},
	"notice.Prove":         {args: func(*hall) []any { return []any{"12345678"} }, by: "officer", anyone: "one's own address"},
	"notice.Subscribe":     {args: inside(notice.Subscription{Category: "FOO"}), need: access.MessageRead, by: "officer"},
	"notice.Subscriptions": {args: none, by: "officer", anyone: "one's own subscriptions"},
	"notice.Unsubscribe":   {args: func(*hall) []any { return []any{fresh()} }, by: "officer", anyone: "one's own subscriptions"},

	"document.List":      {args: inside(document.Filter{}), need: access.DocumentRead, by: "right-holder"},
	"document.Read":      {args: func(h *hall) []any { return []any{the, h.document} }, need: access.DocumentRead, by: "officer"},
	"document.ReadNamed": {args: func(h *hall) []any { return []any{the, document.Name{ID: h.plan.ID}} }, need: access.DocumentRead, by: "officer"},
	"document.Publish":   {args: func(h *hall) []any { return []any{the, h.plan} }, need: access.DocumentPublish, by: "contact-point"},
	"document.Revise":    {args: func(h *hall) []any { return []any{the, h.document, document.Revision{}} }, need: access.DocumentRevise, by: "contact-point"},
	"document.ReviseNamed": {args: func(h *hall) []any { return []any{the, document.Name{ID: h.plan.ID}, document.Revision{}} },
		need: access.DocumentRevise, by: "contact-point"},
	"document.Withdraw": {args: func(h *hall) []any { return []any{the, h.document, "because"} }, need: access.DocumentWithdraw, by: "contact-point", late: 5},
	"document.WithdrawNamed": {args: func(h *hall) []any { return []any{the, document.Name{ID: h.plan.ID}, "because"} },
		need: access.DocumentWithdraw, by: "contact-point", late: 6},

	"template.List":          {args: inside(), need: access.MessageRead, by: "right-holder"},
	"template.Read":          {args: inside(template.Warning, int64(0)), need: access.MessageRead, by: "officer"},
	"template.Amend":         {args: func(*hall) []any { return []any{the, asking()} }, need: access.TemplateAmend, by: "director"},
	"message.Why":            {args: func(h *hall) []any { return []any{the, h.message} }, need: access.OperationPeople, by: "officer"},
	"message.WhyNamed":       {args: func(h *hall) []any { return []any{the, message.Name{ID: h.sent}} }, need: access.OperationPeople, by: "officer"},
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

	"results.Read":      {args: inside(), need: access.ResultsRead, by: "observer"},
	"results.Situation": {args: inside("2017-02-20"), need: access.CoverageRead, by: "officer"},
	"results.Overview":  {args: inside(), need: access.OperationRead, by: "right-holder"},
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

// list is a list of codes that could be loaded.
func (h *hall) list() pack.File {
	f, err := pack.Read(strings.NewReader("# tidewaiter code list 1\n# kind: locode\n# name: places\n# edition: 1\n# source: s\n# licence: l\ncode,label\nNLRTM,Rotterdam\n"), pack.Pack{})
	h.must(err)
	return f
}

func linking(h *hall) []any { return []any{the, h.message, h.cases[seizure.Released].Seq} }

// counting is a version of the law and the calendar after the one that was seen.
func counting(seen int64) detention.Adopting {
	return detention.Adopting{Seen: seen, Profile: "trips", Note: "Because.", Calendar: legal.Entered{Zone: "UTC", Weekend: []string{"6", "0"}}}
}

// disclosing tells somebody who takes no part.
func (h *hall) disclosing() detention.Disclosing {
	return detention.Disclosing{ID: fresh(), Clock: h.clock, Fields: []string{"nature"}, Request: "By letter.", Purpose: "determine", Officer: h.id("officer"),
		Addressee: "Firm"}
}

// tick starts the legal clock of a case, tells somebody of it, and enters by what it counts.
func (h *hall) tick() {
	ctx, who := h.t.Context(), h.who("officer")
	c, err := h.app.Detentions.Start(ctx, who, the, h.double[1].Reference, detention.Starting{Kind: "ex-officio", Day: h.double[1].Day})
	h.must(err)
	h.clock = c.Seq
	told, err := h.app.Detentions.Disclose(ctx, who, the, h.double[1].Reference, h.disclosing())
	h.must(err)
	h.told = told.Seq
	_, err = h.app.Detentions.Adopt(ctx, h.who("contact-point"), the, counting(0))
	h.must(err)
}

// questioning asks the right holder whether goods are genuine.
func (h *hall) questioning() inquiry.Draft {
	return inquiry.Draft{ID: inquiry.ID(fresh()), Holder: h.body("right-holder").ID, Line: 1, Fields: []string{"nature"}, Question: "Yours?", Language: "en",
		Due: h.app.Clock.Now().Add(72 * time.Hour).Format(time.DateOnly)}
}

// inquire asks with a picture.
func (h *hall) inquire() {
	q := h.questioning()
	q.Pictures = []attachment.ID{h.shot("officer")}
	made, err := h.app.Inquiries.Ask(h.t.Context(), h.who("officer"), the, h.double[0].Reference, q)
	h.must(err)
	h.asked = made.ID
}

func asking() template.Definition {
	return template.Definition{Name: "parcels", Base: template.Request, Title: template.Text{"en": "Parcels"}}
}

func letter() message.Draft {
	return message.Draft{ID: message.ID(fresh()), Template: message.General, Subject: "Briefing", Body: "At eight.", Language: "en",
		TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Coordination}}}
}

func find() seizure.Draft {
	return seizure.Draft{ID: seizure.ID(fresh()), Country: "XA", Day: "2017-02-10", Language: "en",
		Goods: []goods.Line{{Category: "FOO", Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}}
}

// warn warns the officer's own administration.
func (h *hall) warn() int64 {
	d := letter()
	d.Template, d.ReplyDue = message.Warning, h.app.Clock.Now().Add(time.Hour)
	d.To = audience.Address{Organisations: []int64{h.body("officer").Number}}
	m, err := h.app.Messages.Send(h.t.Context(), h.who("coordinator"), the, d)
	h.must(err)
	return m.Seq
}

// send writes to coordination and the officer's own administration.
func (h *hall) send() int64 {
	m, err := h.app.Messages.Send(h.t.Context(), h.who("officer"), the, letter())
	h.must(err)
	h.sent = m.ID
	return m.Seq
}

// errand is a task for the officer's administration.
func (h *hall) errand() task.Draft {
	return task.Draft{ID: task.ID(fresh()), Organisation: h.body("officer").Number, Title: "Check the hub", Language: "en",
		Due: h.app.Clock.Now().AddDate(0, 0, 3).Format(time.DateOnly)}
}

// turn is a shift of the officer, each after the one before.
func (h *hall) turn() roster.Draft {
	h.turns++
	begins := h.app.Clock.Now().Add(time.Duration(h.turns) * 8 * time.Hour)
	return roster.Draft{ID: roster.ID(fresh()), Person: string(h.id("officer")), Begins: begins, Ends: begins.Add(8 * time.Hour), Phone: "+000 1"}
}

// keptFilter is a filter that the officer keeps.
func keptFilter(h *hall) []any {
	ctx, officer := h.t.Context(), h.who("officer")
	h.must(h.app.CaseLists.Keep(ctx, officer, the, "To drop", url.Values{"mine": {"1"}}, false))
	p, err := h.app.CaseLists.List(ctx, officer, the, caselist.Filter{})
	h.must(err)
	return []any{the, p.Saved[len(p.Saved)-1].ID}
}
