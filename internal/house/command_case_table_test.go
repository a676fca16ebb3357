package house_test

import (
	"io"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/caselist"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/evidence"
	"github.com/tidewaiter/tidewaiter/internal/export"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
)

// Reviewed, too: the commands about cases and what hangs on them.
func init() {
	maps.Copy(trials, map[string]trial{
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
		"seizure.Release": {args: onCase(seizure.Released), need: access.SeizureRelease, by: "contact-point"},
		"seizure.Attach": {args: func(h *hall) []any {
			return []any{the, h.cases[seizure.Released].Seq, []seizure.PhotoDraft{{ID: h.shot("officer")}}}
		}, need: access.SeizureAttach, by: "officer", late: 5},
		"seizure.Detach": {args: func(h *hall) []any {
			return []any{the, h.cases[seizure.Released].Seq, h.photo, "because"}
		}, need: access.SeizureDetach, by: "officer", late: 6},
		"seizure.Recall":      {args: onCase(seizure.Released, "because"), need: access.SeizureRecall, by: "contact-point", late: 2},
		"seizure.ReportBatch": {args: func(*hall) []any { return []any{the, []seizure.Draft{find()}} }, need: access.SeizureReport, by: "officer"},

		"seizure.Reserve": {args: inside(3), need: access.NumberReserve, by: "officer"},
		"seizure.Numbers": {args: inside(), need: access.NumberReserve, by: "officer"},
		"review.Check":    {args: onReference("fine"), need: access.ReviewCheck, by: "contact-point"},
		"review.Return":   {args: onReference("The unit is wrong."), need: access.ReviewReturn, by: "coordinator"},
		"review.Read":     {args: func(h *hall) []any { return []any{the, h.cases[seizure.Released].Reference} }, need: access.SeizureRead, by: "officer"},
		"review.Waiting":  {args: inside(), need: access.SeizureAmend, by: "officer"},

		"seizure.Withdraw": {args: onCase(seizure.Released, "because"), need: access.SeizureWithdraw, by: "officer", late: 3},
		"seizure.Relate": {args: func(h *hall) []any {
			return []any{the, h.double[0].Seq, h.double[0].Version, h.double[1].Seq, "because"}
		},
			need: access.SeizureRelate, by: "coordinator", late: 1},

		"attachment.Begin": {args: inside(attachment.Draft{ID: attachment.ID(fresh()), Name: "a.pdf", Size: 9}), need: access.AttachmentUpload, by: "officer"},
		"attachment.Append": {args: func(h *hall) []any {
			return []any{the, h.upload, attachment.Piece{Body: strings.NewReader("%PDF")}}
		}, need: access.AttachmentUpload, by: "officer"},
		"attachment.Progress": {args: func(h *hall) []any { return []any{the, h.upload} }, need: access.AttachmentUpload, by: "officer"},
		"attachment.Receive": {args: func(*hall) []any {
			return []any{the, attachment.Draft{ID: attachment.ID(fresh())}, strings.NewReader("%PDF-1.7")}
		}, need: access.AttachmentUpload, by: "officer"},
		"attachment.These": {args: inside([]attachment.ID{}), need: access.AttachmentUpload, by: "officer"},
		"attachment.Copy": {args: func(h *hall) []any {
			return []any{the, attachment.Name{Seq: h.photo}, attachment.ID(fresh()), attachment.BlackOut(nil)}
		},
			need: access.AttachmentUpload, by: "officer"},
		"attachment.Blacken": {args: func(h *hall) []any { return []any{the, h.picture.ID, black} }, need: access.AttachmentBlacken, by: "officer"},
		"attachment.Discard": {args: func(h *hall) []any { return []any{the, h.picture.ID} }, need: access.AttachmentDiscard, by: "officer", late: 1},
		"evidence.Prepare":   {args: func(h *hall) []any { return []any{the, h.cases[seizure.Released].Reference} }, need: access.EvidenceBundle, by: "officer"},
		"evidence.Make": {args: func(h *hall) []any {
			return []any{the, h.cases[seizure.Released].Reference, evidence.Request{Purpose: "court"}}
		}, need: access.EvidenceBundle, by: "officer"},
		"evidence.Custody":  {args: func(h *hall) []any { return []any{the, h.cases[seizure.Released].Reference} }, need: access.CustodyRead, by: "officer"},
		"attachment.Rule":   {args: inside(), need: access.AttachmentUpload, by: "officer"},
		"attachment.Retain": {args: inside(true), need: access.AttachmentRetain, by: "director"},
		"attachment.Look":   {args: func(h *hall) []any { return []any{the, h.pictureName()} }, need: access.AttachmentRead, by: "officer"},
		"attachment.Open":   {args: func(h *hall) []any { return []any{the, h.pictureName(), attachment.Small} }, need: access.AttachmentRead, by: "officer"},

		"caselist.List":    {args: inside(caselist.Filter{}), need: access.SeizureRead, by: "officer"},
		"caselist.Feed":    {args: inside(caselist.Filter{}), need: access.SeizureRead, by: "officer"},
		"caselist.Keep":    {args: inside("Mine", url.Values{"mine": {"1"}}, false), need: access.CaseListKeep, by: "officer"},
		"caselist.Drop":    {args: keptFilter, need: access.CaseListKeep, by: "officer"},
		"caselist.Arrange": {args: inside([]string{"day"}), need: access.CaseListKeep, by: "officer"},
		"links.Hints":      {args: func(h *hall) []any { return []any{the, seizure.Draft{}, h.cases[seizure.Released].Seq} }, need: access.SeizureRead, by: "officer"},
		"links.Duplicates": {args: inside(int64(0)), need: access.DuplicateRead, by: "coordinator"},
		"links.Pair": {args: func(h *hall) []any {
			return []any{the, h.cases[seizure.Released].Reference, h.double[0].Reference}
		}, need: access.DuplicateRead, by: "coordinator"},
		"links.Dismiss": {args: func(h *hall) []any {
			return []any{the, h.cases[seizure.Released].Seq, h.double[0].Seq, "other"}
		}, need: access.DuplicateDismiss, by: "coordinator", late: 1},
		"links.Of":           {args: func(h *hall) []any { return []any{the, h.cases[seizure.Released].Seq} }, need: access.OperationRead, by: "officer"},
		"links.Same":         {args: inside([]consignment.Mark{{Kind: consignment.Other, Value: "4711"}}), need: access.OperationRead, by: "right-holder"},
		"links.Link":         {args: linking, need: access.ConsignmentLink, by: "officer"},
		"links.Unlink":       {args: linking, need: access.ConsignmentUnlink, by: "officer", late: 1},
		"detention.Read":     {args: func(h *hall) []any { return []any{the, h.double[1].Reference} }, need: access.DetentionRead, by: "officer"},
		"detention.Running":  {args: inside(), need: access.DetentionRead, by: "officer"},
		"detention.Settings": {args: inside(), need: access.DetentionRead, by: "officer"},
		"detention.Start": {args: func(h *hall) []any {
			return []any{the, h.cases[seizure.Released].Reference, detention.Starting{Kind: "ex-officio", Day: h.cases[seizure.Released].Day}}
		}, need: access.DetentionStart, by: "officer"},
		"detention.Note": {args: func(h *hall) []any {
			return []any{the, h.double[1].Reference, detention.Happening{Clock: h.clock, Kind: "notified-holder", Day: h.double[1].Day}}
		}, need: access.DetentionNote, by: "officer"},
		"detention.Disclose": {args: func(h *hall) []any { return []any{the, h.double[1].Reference, h.disclosing()} },
			need: access.DetentionDisclose, by: "officer"},
		"detention.Receive": {args: func(h *hall) []any {
			return []any{the, h.double[1].Reference, h.told, h.app.Clock.Now().Format(time.DateOnly), ""}
		}, need: access.DetentionReceive, by: "officer"},
		"detention.Check": {args: inside(int64(1)), need: access.DetentionCheck, by: "officer"},
		"detention.Adopt": {args: inside(counting(1)), need: access.DetentionAdopt, by: "contact-point", late: 1},

		"inquiry.Ask":   {args: func(h *hall) []any { return []any{the, h.double[0].Reference, h.questioning()} }, need: access.InquiryAsk, by: "officer"},
		"inquiry.Offer": {args: func(h *hall) []any { return []any{the, h.double[0].Reference} }, need: access.InquiryAsk, by: "officer"},
		"inquiry.Request": {args: func(h *hall) []any {
			return []any{inquiry.RequestDraft{ID: inquiry.ID(fresh()), Category: "FOO", Question: "A bar.", Language: "en", Due: h.double[0].Day}}
		}, need: access.InquiryAsk, by: "officer", shelf: true},
		"inquiry.Library": {args: none, need: access.InquiryAsk, by: "officer", shelf: true},
		"inquiry.Preview": {args: func(h *hall) []any { return []any{the, h.double[0].Reference, h.questioning()} }, need: access.InquiryAsk, by: "officer"},
		"inquiry.OfCase":  {args: func(h *hall) []any { return []any{the, h.double[0].Reference} }, need: access.InquiryRead, by: "coordinator"},
		"inquiry.Read":    {args: func(h *hall) []any { return []any{h.asked} }, need: access.InquiryRead, by: "right-holder"},
		"inquiry.Picture": {args: func(h *hall) []any { return []any{h.asked, 1, attachment.Small} }, need: access.InquiryRead, by: "right-holder"},
		"inquiry.List":    {args: func(*hall) []any { return []any{inquiry.Filter{}} }, by: "officer", anyone: "the stranger lists what stands in its own operation"},
		"inquiry.Times":   {args: inside(), need: access.InquiryRead, by: "coordinator"},
		"inquiry.Answer": {args: func(h *hall) []any {
			return []any{the, h.asked, inquiry.AnswerDraft{Verdict: "fake", Reasons: "The seam.", Language: "en"}}
		}, need: access.InquiryAnswer, by: "right-holder"},
		"inquiry.Reply": {args: func(h *hall) []any { return []any{the, h.asked, inquiry.ReplyDraft{Infringes: "yes", Language: "en"}} },
			need: access.InquiryReply, by: "right-holder"},
		"inquiry.Withdraw": {args: func(h *hall) []any { return []any{the, h.asked, "Because."} }, need: access.InquiryWithdraw, by: "officer", late: 1},

		"intake.List":        {args: inside(), need: access.SeizureReport, by: "officer"},
		"intake.Hand":        {args: func(*hall) []any { return []any{the, "a.csv", strings.NewReader("a,b\n")} }, need: access.SeizureReport, by: "officer"},
		"intake.Read":        {args: func(h *hall) []any { return []any{the, h.sheet} }, need: access.SeizureReport, by: "officer"},
		"intake.Look":        {args: func(h *hall) []any { return []any{the, h.sheet} }, need: access.SeizureReport, by: "officer"},
		"intake.Choose":      {args: func(h *hall) []any { return []any{the, h.sheet, guess.Choices{}, ""} }, need: access.SeizureReport, by: "officer"},
		"intake.Start":       {args: func(h *hall) []any { return []any{the, h.sheet} }, need: access.SeizureReport, by: "officer", late: 1},
		"intake.Copy":        {args: func(h *hall) []any { return []any{the, h.sheet, io.Discard, sayKeys, sayKeys} }, need: access.SeizureReport, by: "", late: 2},
		"intake.Discard":     {args: func(h *hall) []any { return []any{the, h.sheet} }, need: access.SeizureReport, by: "officer", late: 3},
		"intake.Mappings":    {args: inside(), need: access.SeizureReport, by: "officer"},
		"intake.SaveMapping": {args: inside(intake.Mapping{Name: "Monday", Text: sheetMapping}), need: access.MappingSave, by: "officer"},
		"intake.DropMapping": {args: inside("Monday", int64(1)), need: access.MappingDrop, by: "officer", late: 1},
		"export.Cases": {args: func(*hall) []any {
			return []any{the, export.Request{Format: "csv", Printer: i18n.NewPrinter("en")}, io.Discard, func() {}}
		}, need: access.SeizureRead, by: "officer"},

		"seizure.Why": {args: func(h *hall) []any { return []any{the, h.cases[seizure.Released].Reference} }, need: access.OperationPeople, by: "officer"},
	})
}
