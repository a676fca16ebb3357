package house_test

import (
	"fmt"
	"maps"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/connection"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/watchlist"
)

// Reviewed, too: what connects cases, and watch lists.
func init() {
	two := func(h *hall) (string, string) { return h.double[0].Reference, h.double[1].Reference }
	entry := func(h *hall) []any { return []any{the, watchlist.Name{ID: h.watching()}} }
	maps.Copy(trials, map[string]trial{
		"connection.Chart": {args: func(h *hall) []any { return []any{the, h.double[0].Reference, 2} }, need: access.ConnectionRead, by: "officer"},
		"connection.Feed":  {args: func(h *hall) []any { return []any{the, seizure.Name{ID: h.double[0].ID}, 1} }, need: access.ConnectionRead, by: "officer"},
		"connection.Judge": {args: func(h *hall) []any {
			one, other := two(h)
			return []any{the, connection.JudgementDraft{One: one, Other: other, State: connection.Confirmed, Reason: "One driver."}}
		}, need: access.ConnectionJudge, by: "coordinator"},
		"connection.Retract": {args: func(h *hall) []any {
			one, other := two(h)
			return []any{the, one, other}
		}, need: access.ConnectionJudge, by: "coordinator"},
		"watchlist.Set":        {args: func(h *hall) []any { return []any{the, h.value()} }, need: access.WatchSet, by: "contact-point"},
		"watchlist.Drop":       {args: entry, need: access.WatchDrop, by: "contact-point"},
		"watchlist.Read":       {args: entry, need: access.WatchRead, by: "contact-point"},
		"watchlist.List":       {args: inside(), need: access.WatchRead, by: "officer"},
		"watchlist.Conditions": {args: inside(), need: access.WatchRead, by: "officer"},
		"watchlist.Sightings":  {args: func(h *hall) []any { return []any{the, h.double[0].Reference} }, need: access.WatchRead, by: "officer"},
		"watchlist.Say": {args: func(h *hall) []any {
			return []any{the, watchlist.SightingDraft{Case: h.double[0].Reference, State: watchlist.SeenHere}}
		}, need: access.SightingSay, by: "officer"},
	})
}

func (h *hall) value() watchlist.Draft {
	id := fresh()
	return watchlist.Draft{ID: watchlist.ID(id), Kind: "seal", Value: fmt.Sprint("SEAL ", id), Until: h.app.Clock.Now().AddDate(0, 1, 0).Format("2006-01-02"), To: watchlist.Controls}
}

// watching puts a value on the contact point's list.
func (h *hall) watching() watchlist.ID {
	d := h.value()
	_, _, err := h.app.Watchlists.Set(h.t.Context(), h.who("contact-point"), the, d)
	h.must(err)
	return d.ID
}
