// Package alertitem is an alert as other systems read it.
package alertitem

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Alert says what to look for now.
type Alert struct {
	ID           alert.ID        `json:"id"`
	Organisation organisation.ID `json:"organisation"` // in whose name it is
	Level        string          `json:"level"`
	Kind         string          `json:"kind"`
	Title        string          `json:"title"`
	Look         string          `json:"look"` // what to look for
	Do           string          `json:"do,omitempty"`
	Language     string          `json:"language"` // BCP 47, of the texts
	Brand        string          `json:"brand,omitempty"`
	Category     string          `json:"category,omitempty"`
	HS           string          `json:"hs,omitempty"`
	From         []string        `json:"from,omitempty"` // countries of the routes
	Via          []string        `json:"via,omitempty"`
	Into         []string        `json:"into,omitempty"`
	Marks        []Mark          `json:"marks,omitempty"`    // numbers by which the goods travel
	Products     []string        `json:"products,omitempty"` // ids of sheets
	Pictures     int             `json:"pictures"`           // how many stand on its page
	Issued       time.Time       `json:"issued_at"`          // UTC
	Until        string          `json:"valid_until"`        // last day
	InForce      bool            `json:"in_force"`
	Acknowledged time.Time       `json:"acknowledged_at,omitzero"` // by the reader's organisation, UTC
	Withdrawn    time.Time       `json:"withdrawn_at,omitzero"`    // UTC
	Why          string          `json:"why,omitempty"`            // it was withdrawn
}

// Mark is a number by which goods travel.
type Mark struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Check string `json:"check,omitempty"` // what its check digit says: ok, failed, none
}

// Of is an alert as its reader may know it.
func Of(i alert.Item) Alert {
	out := Alert{ID: i.ID, Organisation: i.Of.ID, Level: i.Level, Kind: i.Kind, Title: i.Title, Look: i.Look, Do: i.Do, Language: i.Language,
		Brand: i.BrandName, Category: i.Category, HS: i.HS, From: i.From, Via: i.Via, Into: i.Into, Products: i.Sheets, Pictures: len(i.Pictures),
		Issued: i.At, Until: i.Until, InForce: i.InForce, Acknowledged: i.Acknowledged, Withdrawn: i.Withdrawn.At, Why: i.Withdrawn.Reason}
	for _, m := range i.Marks {
		out.Marks = append(out.Marks, Mark{m.Kind, m.Value, m.Check})
	}
	return out
}
