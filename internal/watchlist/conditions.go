package watchlist

import (
	"context"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// ConditionsForm names the form of the file; docs/reference/conditions.md describes it.
const ConditionsForm = "tidewaiter-conditions/1"

// Conditions are the values in force that a reader may read, for a targeting system.
type Conditions struct {
	Form       string         `json:"form"` // ConditionsForm
	Operation  operation.Code `json:"operation"`
	Practice   bool           `json:"-"`  // nothing of it is real; whoever writes JSON says it
	At         time.Time      `json:"at"` // UTC
	Conditions []Condition    `json:"conditions"`
}

// Condition is one value: what to look for, or what is known to be good.
type Condition struct {
	Kind         string          `json:"kind"`  // of connection.Kinds
	Value        string          `json:"value"` // as it was typed
	Note         string          `json:"note,omitempty"`
	Until        string          `json:"until"`        // last day
	List         string          `json:"list"`         // watch, or good: lets it pass
	Organisation organisation.ID `json:"organisation"` // whose list it is
	ID           ID              `json:"id"`
}

// Rows are the file as rows of text, headings first; what a spreadsheet program would
// compute is defused.
func (c Conditions) Rows() [][]string {
	out := [][]string{{"kind", "value", "note", "until", "list", "organisation", "id"}}
	for _, x := range c.Conditions {
		out = append(out, []string{x.Kind, sheet.Defuse(x.Value), sheet.Defuse(x.Note), x.Until, x.List, string(x.Organisation), string(x.ID)})
	}
	if c.Practice { // the heading says it, too, where nothing is listed
		for i := range out {
			out[i] = append(out[i], "practice")
		}
	}
	return out
}

// Conditions gives the entries in force that the actor may read, for another system.
func (s *Store) Conditions(ctx context.Context, who access.Actor, code operation.Code) (out Conditions, err error) {
	err = s.read(ctx, who, code, func(tx *db.Tx, st operation.Standing, readable db.List) error {
		out = Conditions{Form: ConditionsForm, Operation: st.Operation.Code, At: st.Now.UTC(), Conditions: []Condition{}, Practice: st.Operation.Kind == operation.KindPractice}
		all, err := db.All(tx, selectOpen, db.Decoded[Entry], st.Operation.Number, readable, int64(maxGiven))
		if err != nil {
			return err
		}
		by, err := organisation.These(tx, whose(all))
		for _, e := range all {
			if !e.InForce(st.Today()) {
				continue
			}
			list := "watch"
			if e.Good {
				list = "good"
			}
			out.Conditions = append(out.Conditions, Condition{Kind: e.Kind, Value: e.Value, Note: e.Note, Until: e.Until, List: list, Organisation: by[e.Organisation].ID, ID: e.ID})
		}
		return err
	})
	return out, err
}
