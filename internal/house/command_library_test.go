package house_test

import (
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/contact"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/protection"
)

// Reviewed, too: the commands of the library.
func init() {
	own := func(args ...any) func(*hall) []any {
		return func(h *hall) []any { return append([]any{h.body("right-holder").ID}, args...) }
	}
	maps.Copy(trials, map[string]trial{
		"holder.List":  {args: none, need: access.HolderRead, by: "right-holder"},
		"holder.Read":  {args: own(), need: access.HolderRead, by: "director"},
		"holder.Apply": {args: func(h *hall) []any { return []any{h.application()} }, need: access.HolderApply, by: "right-holder"},
		"holder.Vet": {args: func(h *hall) []any {
			return own(h.shown.vetting, h.app.Clock.Now().AddDate(1, 0, 0).Format("2006-01-02"))(h)
		}, need: access.HolderVet, by: "director"},
		"holder.Revoke":        {args: func(h *hall) []any { return own(h.shown.vetting, "because")(h) }, need: access.HolderRevoke, by: "director", late: 1},
		"holder.Grant":         {args: func(h *hall) []any { return []any{h.granting()} }, need: access.MandateGrant, by: "right-holder"},
		"holder.Check":         {args: func(h *hall) []any { return own(h.shown.mandate)(h) }, need: access.MandateCheck, by: "director"},
		"holder.RevokeMandate": {args: func(h *hall) []any { return own(h.shown.mandate, "because")(h) }, need: access.MandateRevoke, by: "right-holder", late: 1},
		"holder.RegisterBrand": {args: func(*hall) []any {
			return []any{organisation.ID(""), holder.BrandDraft{ID: holder.BrandID(fresh()), Name: "Soie", Categories: []string{"COS"}}}
		}, need: access.BrandRegister, by: "right-holder"},
		"holder.AmendBrand": {args: func(h *hall) []any {
			return own(h.shown.brand, int64(1), holder.BrandDraft{Name: "Orvanelle Soie", Categories: []string{"COS"}})(h)
		}, need: access.BrandAmend, by: "right-holder"},
		"contact.List":     {args: func(*hall) []any { return []any{contact.Filter{}} }, need: access.ContactRead, by: "officer"},
		"contact.Read":     {args: func(h *hall) []any { return own(h.shown.contact)(h) }, need: access.ContactRead, by: "officer"},
		"contact.Set":      {args: own(int64(0), desk()), need: access.ContactSet, by: "right-holder"},
		"contact.Test":     {args: func(h *hall) []any { return own(h.shown.contact, true, "")(h) }, need: access.ContactTest, by: "officer"},
		"contact.ForSheet": {args: func(h *hall) []any { return []any{h.body("right-holder").Number, h.shown.brand, "en"} }, need: access.ContactRead, by: "officer"},
		"contact.Drop":     {args: func(h *hall) []any { return own(h.shown.contact)(h) }, need: access.ContactDrop, by: "right-holder", late: 1},

		"product.Find": {args: func(*hall) []any { return []any{product.Query{}} }, need: access.ProductRead, by: "officer"},
		"product.Read": {args: sheet(int64(0)), need: access.ProductRead, by: "officer"},
		"product.Mark": {args: func(h *hall) []any {
			return []any{h.name(), product.Marking{ID: fresh(), Version: h.shown.sheet.Version, Kind: "helped"}}
		}, need: access.ProductMark, by: "officer"},
		"product.Save": {args: func(h *hall) []any {
			return []any{product.Saving{ID: product.ID(fresh()), Brand: h.shown.brand, Content: h.shown.sheet.Content}}
		}, need: access.ProductSave, by: "right-holder"},
		"product.SetPart":  {args: sheet(product.Parting{Kind: product.Covert, Version: 1, Language: "en"}), need: access.ProductPart, by: "right-holder"},
		"product.Publish":  {args: sheet(product.Publishing{Edit: 1, To: product.To{All: true}}), need: access.ProductPublish, by: "right-holder"},
		"product.Confirm":  {args: func(h *hall) []any { return sheet(h.shown.sheet.Version, h.day(200))(h) }, need: access.ProductConfirm, by: "right-holder"},
		"product.Withdraw": {args: sheet("because"), need: access.ProductWithdraw, by: "right-holder", late: 2},

		"protection.ForBrand":     {args: func(h *hall) []any { return []any{h.body("right-holder").Number, h.shown.brand} }, need: access.ProtectionRead, by: "officer"},
		"protection.ReadMeasures": {args: none, need: access.ProtectionRead, by: "officer"},
		"protection.Applications": {args: func(*hall) []any { return []any{protection.Filter{}} }, need: access.ProtectionRead, by: "right-holder"},
		"protection.Read":         {args: application(), need: access.ProtectionRead, by: "right-holder"},
		"protection.Filing":       {args: none, need: access.ApplicationFile, by: "right-holder"},
		"protection.File":         {args: func(h *hall) []any { return []any{h.filing()} }, need: access.ApplicationFile, by: "right-holder"},
		"protection.Amend":        {args: func(h *hall) []any { return application(h.filing(), int64(1))(h) }, need: access.ApplicationAmend, by: "right-holder", late: 1},
		"protection.SetMeasure": {args: func(h *hall) []any {
			return []any{protection.MeasureDraft{ID: protection.MeasureID(fresh()), Source: "The act", Date: h.day(0)}}
		}, need: access.MeasureSet, by: "contact-point"},
		"protection.ForGoods": {args: func(*hall) []any { return []any{"XA", []protection.Goods{{Brand: "Orvanelle"}}} }, by: "officer",
			anyone: "beside a case: whoever does not read the library is told of nothing"},

		"alert.List":        {args: func(*hall) []any { return []any{alert.Filter{}} }, need: access.AlertRead, by: "officer"},
		"alert.Feed":        {args: func(*hall) []any { return []any{alert.Filter{}} }, need: access.AlertRead, by: "officer"},
		"alert.Count":       {args: none, by: "officer", anyone: "beside a page of anything: whoever does not read alerts has none"},
		"alert.Read":        {args: raised(), need: access.AlertRead, by: "officer"},
		"alert.Issuing":     {args: none, need: access.AlertIssue, by: "right-holder"},
		"alert.Issue":       {args: func(h *hall) []any { return []any{h.raising()} }, need: access.AlertIssue, by: "coordinator"},
		"alert.Acknowledge": {args: raised(), need: access.AlertAcknowledge, by: "officer"},
		"alert.Remind":      {args: raised(), need: access.AlertRemind, by: "coordinator"},
		"alert.Withdraw":    {args: raised("because"), need: access.AlertWithdraw, by: "coordinator", late: 1},
	})
}

func sheet(args ...any) func(*hall) []any {
	return func(h *hall) []any { return append([]any{h.name()}, args...) }
}

func application(args ...any) func(*hall) []any {
	return func(h *hall) []any {
		return append([]any{protection.Name{ID: h.shown.application, From: h.body("right-holder").ID}}, args...)
	}
}

func raised(args ...any) func(*hall) []any {
	return func(h *hall) []any { return append([]any{alert.Name{ID: h.shown.alert}}, args...) }
}
