// Package alertitem is an alert as other systems read it.
package alertitem

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Alert says what to look for now.
type Alert struct {
	ID           alert.ID           `json:"id"`
	Organisation organisation.ID    `json:"organisation"` // in whose name it is
	Level        string             `json:"level"`
	Kind         string             `json:"kind"`
	Title        string             `json:"title"`
	Look         string             `json:"look"` // what to look for
	Do           string             `json:"do,omitempty"`
	Language     string             `json:"language"` // BCP 47, of the texts
	Brand        string             `json:"brand,omitempty"`
	Category     string             `json:"category,omitempty"`
	HS           string             `json:"hs,omitempty"`
	From         []string           `json:"from,omitempty"` // countries of the routes
	Via          []string           `json:"via,omitempty"`
	Into         []string           `json:"into,omitempty"`
	Marks        []consignment.Mark `json:"marks,omitempty"`    // numbers by which the goods travel
	Products     []string           `json:"products,omitempty"` // ids of sheets
	Pictures     int                `json:"pictures"`           // how many stand on its page
	Issued       time.Time          `json:"issued_at"`          // UTC
	Until        string             `json:"valid_until"`        // last day
	InForce      bool               `json:"in_force"`
	Acknowledged time.Time          `json:"acknowledged_at,omitzero"` // by the reader's organisation, UTC
	Withdrawn    time.Time          `json:"withdrawn_at,omitzero"`    // UTC
	Why          string             `json:"why,omitempty"`            // it was withdrawn
}

// Of is an alert as its reader may know it.
func Of(i alert.Item) Alert {
	return Alert{ID: i.ID, Organisation: i.Of.ID, Level: i.Level, Kind: i.Kind, Title: i.Title, Look: i.Look, Do: i.Do, Language: i.Language,
		Brand: i.BrandName, Category: i.Category, HS: i.HS, From: i.From, Via: i.Via, Into: i.Into, Marks: i.Marks, Products: i.Sheets, Pictures: len(i.Pictures),
		Issued: i.At, Until: i.Until, InForce: i.InForce, Acknowledged: i.Acknowledged, Withdrawn: i.Withdrawn.At, Why: i.Withdrawn.Reason}
}
