package bench

import (
	"context"
	"net/http"
)

// pages is W3: a filtered page of fifty cases.
func (r *run) pages(ctx context.Context) error {
	for _, n := range r.plan.clients {
		for _, s := range r.subjects() {
			got, err := r.ask(ctx, s, "W3-"+clients(n), n, func(i, k int) request { return s.page(i, i*7+k) })
			if err != nil {
				return err
			}
			r.report.add(Key{"W3", pageP50, s.name, clients(n)}, "ms", percentile(got.took, 50))
			r.report.add(Key{"W3", pageP99, s.name, clients(n)}, "ms", percentile(got.took, 99))
			r.report.add(Key{"W3", pageRate, s.name, clients(n)}, "pages/s", got.rate)
		}
	}
	s := subject{ours, r.ours, r.world}
	got, err := r.ask(ctx, s, "W3-messages", 1, func(_, k int) request { return s.letters(k) })
	r.report.add(Key{"W3", letterP50, ours, clients(1)}, "ms", percentile(got.took, 50))
	return err
}

// ask loads a subject with questions; ours under a profile's name.
func (r *run) ask(ctx context.Context, s subject, name string, n int, next func(i, k int) request) (got stretch, err error) {
	do := func() error {
		got, err = load(ctx, s.child.address, n, r.plan.warm, r.plan.each/2, http.StatusOK, next)
		return err
	}
	if s.name == ours {
		err = r.profiled(name, do)
	} else {
		err = do()
	}
	return got, err
}
