package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	lim "github.com/tidewaiter/tidewaiter/internal/bench/limit"
	"github.com/tidewaiter/tidewaiter/internal/bench/world"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// results is W4: the figures of a dashboard, also right after a write.
func (r *run) results(ctx context.Context) error {
	took, _ := lim.NewColumns(r.plan.columns, 10_000).GroupBy(7)
	r.report.add(Key{"W4", columnScan, limit, ""}, "ms", milliseconds(took))
	for _, s := range r.subjects() {
		got, err := r.ask(ctx, s, "W4", 1, func(_, k int) request { return s.results(k) })
		if err != nil {
			return err
		}
		r.report.add(Key{"W4", resultsP50, s.name, ""}, "ms", percentile(got.took, 50))
		r.report.add(Key{"W4", resultsP99, s.name, ""}, "ms", percentile(got.took, 99))
	}
	if err := r.adHoc(ctx); err != nil {
		return err
	}
	return r.after(ctx, subject{ours, r.ours, r.world})
}

// adHoc asks questions of every line of goods that no total is kept for: few groups,
// and ten thousand, each of which is in the answer. The limit adds up as many items
// in as many groups, and tells nobody.
func (r *run) adHoc(ctx context.Context) error {
	took, _ := lim.NewColumns(r.Size.Lines(), 10_000).GroupBy(7)
	r.report.add(Key{"W4", lineScan, limit, ""}, "ms", milliseconds(took))
	for _, q := range []struct{ at, query string }{{fewGroups, "group=country&split=conveyance"}, {manyGroups, "group=route&split=brand"}} {
		got, err := r.ask(ctx, subject{ours, r.ours, r.world}, "W4", 1, func(_, k int) request {
			s := subject{ours, r.ours, r.world}
			return newRequest("GET", s.base(string(world.Cases))+"/analysis?"+q.query, s.token(k), nil)
		})
		if err != nil {
			return err
		}
		r.report.add(Key{"W4", adHocP50, ours, q.at}, "ms", percentile(got.took, 50))
		r.report.add(Key{"W4", adHocP99, ours, q.at}, "ms", percentile(got.took, 99))
	}
	return nil
}

// after reports cases one by one and asks for the figures at once: they must hold
// the case.
func (r *run) after(ctx context.Context, s subject) error {
	c, err := dial(ctx, s.child.address)
	if err != nil {
		return err
	}
	defer c.close()
	cases := func(person int) (int64, error) {
		body, err := c.do(s.results(person), http.StatusOK)
		if err != nil {
			return 0, err
		}
		var f struct {
			Cases int64 `json:"cases"`
		}
		return f.Cases, json.Unmarshal(body, &f)
	}
	had, err := cases(1)
	if err != nil {
		return err
	}
	var all []time.Duration
	for i := range r.plan.looks {
		if _, err := c.do(s.report(1+i, r.source.ID(), i), http.StatusCreated); err != nil {
			return err
		}
		began := time.Now()
		has, err := cases(1 + i)
		if err != nil {
			return err
		}
		all = append(all, time.Since(began))
		if had++; has != had {
			return fmt.Errorf("%d cases right after the report of one, want %d", has, had)
		}
	}
	r.report.add(Key{"W4", resultsNew, ours, ""}, "ms", percentile(all, 50))
	return nil
}

// report sends a case like the k-th of the world under another id.
func (s subject) report(person int, id string, k int) request {
	d := s.world.Size.Draft(k % s.world.Size.Cases)
	var goods []map[string]any
	for _, l := range d.Goods {
		var quantities []map[string]string
		for _, q := range l.Quantities {
			quantities = append(quantities, map[string]string{"amount": i18n.Decimal(q.Micro), "unit": q.Unit})
		}
		goods = append(goods, map[string]any{"category": l.Category, "description": l.Description, "hs": l.HS, "brand": l.Brand, "quantities": quantities})
	}
	body, _ := json.Marshal(map[string]any{"country": d.Country, "place": d.Place, "day": d.Day, "time": d.Time, "direction": d.Direction,
		"conveyance": d.Conveyance, "origin": d.Origin, "destination": d.Destination, "status": d.Status, "remarks": d.Remarks,
		"language": d.Language, "goods": goods})
	return newRequest("PUT", s.base(string(world.Cases))+"/cases/"+id, s.token(person), body)
}
