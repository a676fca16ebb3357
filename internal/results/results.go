package results

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Totals are sums by unit, in millionths. In JSON they are decimal strings.
type Totals map[string]int64

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Totals) UnmarshalJSON(text []byte) error {
	var in map[string]string
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	*t = make(Totals, len(in))
	for unit, decimal := range in {
		whole, part, _ := strings.Cut(decimal, ".")
		micro, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64) // a sum may be larger than any quantity
		if err != nil || i18n.Decimal(micro) != decimal {
			return fmt.Errorf("results: %q is no total in %s", decimal, unit)
		}
		(*t)[unit] = micro
	}
	return nil
}

// MarshalJSON writes {"H87":"1453429","KGM":"0.5"}.
func (t Totals) MarshalJSON() ([]byte, error) {
	out := make(map[string]string, len(t))
	for unit, micro := range t {
		out[unit] = i18n.Decimal(micro)
	}
	return json.Marshal(out)
}

// Group is one value of a dimension with its figures.
type Group struct {
	Value  string
	Cases  int64
	Totals Totals
}

// Figures are the results as one reader sees them.
type Figures struct {
	Operation  operation.Code   `json:"operation"`
	AsOf       int64            `json:"as_of"` // journal index
	Cases      int64            `json:"cases"`
	NotCounted map[string]int64 `json:"not_counted"`
	Totals     Totals           `json:"totals"`
	Categories []Group          `json:"-"`
	Countries  []Group          `json:"-"`
	Conveyance []Group          `json:"-"`
	Days       []Group          `json:"-"`
	Official   *Official        `json:"official,omitempty"` // nil where it equals the reader's own
}

// Official is the coordination's figure.
type Official struct {
	Cases      int64            `json:"cases"`
	NotCounted map[string]int64 `json:"not_counted"`
	Totals     Totals           `json:"totals"`
}

// MarshalJSON writes the groups as by_category, by_country, by_conveyance and
// by_day, each with the name of its dimension.
func (f Figures) MarshalJSON() ([]byte, error) {
	type plain Figures
	return json.Marshal(struct {
		plain
		ByCategory   []map[string]any `json:"by_category"`
		ByCountry    []map[string]any `json:"by_country"`
		ByConveyance []map[string]any `json:"by_conveyance"`
		ByDay        []map[string]any `json:"by_day"`
	}{plain(f), named("category", f.Categories), named("country", f.Countries), named("conveyance", f.Conveyance), named("day", f.Days)})
}

func named(dimension string, groups []Group) []map[string]any {
	out := make([]map[string]any, 0, len(groups))
	for _, g := range groups {
		out = append(out, map[string]any{dimension: g.Value, "cases": g.Cases, "totals": g.Totals})
	}
	return out
}

// Store answers questions about results.
type Store struct {
	db     *db.DB
	source *source.Source
	kept   *seizure.Kept
}

// NewStore makes a store.
func NewStore(d *db.DB, s *source.Source) *Store { return &Store{d, s, new(seizure.Kept)} }

// Read gives the figures of an operation as the actor may see them.
func (s *Store) Read(ctx context.Context, who access.Actor, code operation.Code) (operation.Standing, Figures, error) {
	var st operation.Standing
	var f Figures
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.ResultsRead); err != nil {
			return err
		}
		f, err = of(tx, s.kept, st)
		return err
	})
	if err != nil {
		return st, f, fmt.Errorf("%s: %w", access.ResultsRead, err)
	}
	return st, f, nil
}

// of gives the figures inside a larger query.
func of(tx *db.Tx, kept *seizure.Kept, st operation.Standing) (Figures, error) {
	op := st.Operation.Number
	list, err := st.Readable(tx)
	if err != nil {
		return Figures{}, err
	}
	sum, size, err := seizure.KeptTallies(tx, kept, op)
	if err != nil {
		return Figures{}, err
	}
	f := figuresOf(sum(list))
	f.Operation = st.Operation.Code
	f.AsOf = size - 1 // the index of the newest entry
	official, err := officialOf(tx, sum, op, st.Now)
	if err != nil {
		return f, err
	}
	if official.Cases != f.Cases || !sameTotals(official.Totals, f.Totals) || !maps.Equal(official.NotCounted, f.NotCounted) {
		f.Official = &official
	}
	return f, nil
}

// officialOf is what the directing body reads.
func officialOf(tx *db.Tx, sum func(db.List) []seizure.Tally, op int64, at time.Time) (Official, error) {
	directing, err := operation.Directing(tx, op)
	if errors.Is(err, db.ErrNone) {
		return Official{NotCounted: map[string]int64{}, Totals: Totals{}}, nil
	}
	if err != nil {
		return Official{}, err
	}
	list, err := audience.Readable(tx, op, directing, at)
	f := figuresOf(sum(list))
	return Official{Cases: f.Cases, NotCounted: f.NotCounted, Totals: f.Totals}, err
}

// figuresOf arranges tallies: only counted cases make totals and groups.
func figuresOf(all []seizure.Tally) Figures {
	f := Figures{NotCounted: map[string]int64{}, Totals: Totals{}}
	groups := map[string]map[string]*Group{}
	for _, t := range all {
		if t.Class != seizure.Counted {
			if t.Dimension == seizure.ByTotal && t.Unit == "" {
				f.NotCounted[t.Class] += t.Amount
			}
			continue
		}
		if t.Dimension == seizure.ByTotal {
			addTo(&f.Cases, f.Totals, t)
			continue
		}
		if groups[t.Dimension] == nil {
			groups[t.Dimension] = map[string]*Group{}
		}
		g := groups[t.Dimension][t.Value]
		if g == nil {
			g = &Group{Value: t.Value, Totals: Totals{}}
			groups[t.Dimension][t.Value] = g
		}
		addTo(&g.Cases, g.Totals, t)
	}
	f.Categories = ranked(groups[seizure.ByCategory])
	f.Countries = ranked(groups[seizure.ByCountry])
	f.Conveyance = ranked(groups[seizure.ByConveyance])
	f.Days = ranked(groups[seizure.ByDay])
	slices.SortFunc(f.Days, func(a, b Group) int { return cmp.Compare(a.Value, b.Value) })
	return f
}

func addTo(cases *int64, totals Totals, t seizure.Tally) {
	if t.Unit == "" {
		*cases += t.Amount
	} else {
		totals[t.Unit] += t.Amount
	}
}

// ranked sorts groups by their cases, most first.
func ranked(groups map[string]*Group) []Group {
	out := make([]Group, 0, len(groups))
	for _, g := range groups {
		if g.Cases != 0 {
			out = append(out, *g)
		}
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Value, b.Value)) })
	return out
}

func sameTotals(a, b Totals) bool {
	for _, m := range []Totals{a, b} {
		for unit := range m {
			if a[unit] != b[unit] {
				return false
			}
		}
	}
	return true
}
