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
		Seizures: a.Seizures, Results: a.Results, Watches: a.Watches, Quarantine: a.Quarantine, Withdrawals: a.Withdrawals, Seats: a.seats, Cursors: a.cursors, Source: a.Clock, Names: a.Names, Demo: a.Demo != nil, Proxied: a.Config.Proxied,
		Version: a.Config.Version, Log: a.Config.Log, Limits: a.Limits, Gate: a.Gate, Ready: a.DB.Ping, Described: api.Described,
	})
}

// api is the door for other systems.
func (a *App) api() http.Handler {
	d := &api.Door{
		Sessions: a.Sessions, Operations: a.Operations, Messages: a.Messages, Seizures: a.Seizures, Results: a.Results,
		Watches: a.Watches, Quarantine: a.Quarantine, Withdrawals: a.Withdrawals, Signer: a.Signer, Cursors: a.cursors, Seats: a.seats,
		Limits: a.Limits, Gate: a.Gate, Proxied: a.Config.Proxied, Version: a.Config.Version, Log: a.Config.Log,
	}
	return d.Handler()
}
