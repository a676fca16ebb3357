package server

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/api"
	"github.com/tidewaiter/tidewaiter/internal/web"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
)

// Handler is both doors: pages for browsers, and JSON for other systems.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(api.Prefix, a.api())
	mux.Handle("/", a.Site())
	return mux
}

// Site is the door for browsers.
func (a *App) Site() http.Handler {
	return web.Handler(&frame.Site{
		Sessions: a.Sessions, People: a.People, Organisations: a.Organisations, Operations: a.Operations, Messages: a.Messages,
		Warnings: a.Warnings, Detentions: a.Detentions, Inquiries: a.Inquiries, Inspections: a.Inspections, Usages: a.Usages, MassUploads: a.MassUploads,
		Publications: a.Publications,
		Seizures:     a.Seizures, CaseLists: a.CaseLists, Results: a.Results, Searches: a.Searches, Watches: a.Watches, Quarantine: a.Quarantine, Attachments: a.Attachments, Notices: a.Notices, Withdrawals: a.Withdrawals, Seats: a.seats, Cursors: a.cursors, Source: a.Clock, Names: a.Names, Demo: a.Demo != nil, Proxied: a.Config.Proxied,
		NilReports: a.NilReports, Coverage: a.Coverage, Tasks: a.Tasks, Rosters: a.Rosters,
		Templates: a.Templates,
		Documents: a.Documents, Products: a.Products, Barcodes: a.Barcodes, Exports: a.Exports, Intake: a.Intake,
		Version: a.Config.Version, Log: a.Config.Log, Limits: a.Limits, Gate: a.Gate, Ready: a.DB.Ping, Described: api.Described().Page,
		Links: a.Links, Evidence: a.Evidence,
		Packs: a.Packs, Reviews: a.Reviews, Situations: a.Situations, Analyses: a.Analyses, Editions: a.Editions,
		Holders: a.Holders, Protections: a.Protections, Alerts: a.Alerts, Contacts: a.Contacts,
		Connections: a.Connections, Watchlists: a.Watchlists,
		Courses: a.Courses, Effects: a.Effects,
		Workshops: a.Workshops, Nominations: a.Nominations, Attendances: a.Attendances,
		Evaluations: a.Evaluations, Learnt: a.Learnt,
		Lessons:   a.Lessons,
		Practices: a.Practices,
	})
}

// api is the door for other systems.
func (a *App) api() http.Handler {
	d := &api.Door{
		Sessions: a.Sessions, Operations: a.Operations, Messages: a.Messages, Seizures: a.Seizures, CaseLists: a.CaseLists, Results: a.Results,
		Searches: a.Searches, Warnings: a.Warnings, Detentions: a.Detentions, Inquiries: a.Inquiries, Watches: a.Watches, Quarantine: a.Quarantine, Attachments: a.Attachments,
		Withdrawals: a.Withdrawals, Templates: a.Templates, Documents: a.Documents, Products: a.Products, Barcodes: a.Barcodes, Alerts: a.Alerts, Links: a.Links, Analyses: a.Analyses, NilReports: a.NilReports, Coverage: a.Coverage,
		Connections: a.Connections, Watchlists: a.Watchlists,
		Effects: a.Effects, Workshops: a.Workshops, Attendances: a.Attendances,
		Signer: a.Signer, Cursors: a.cursors, Seats: a.seats, Limits: a.Limits, Gate: a.Gate, Proxied: a.Config.Proxied,
		Version: a.Config.Version, Log: a.Config.Log,
	}
	return d.Handler()
}
