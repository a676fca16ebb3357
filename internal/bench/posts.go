package bench

import (
	"context"
	"net/http"

	lim "github.com/tidewaiter/tidewaiter/internal/bench/limit"
)

// posts is W1: durable messages, beside the flushes that the disk takes.
func (r *run) posts(ctx context.Context) error {
	if err := r.diskLimits(ctx); err != nil {
		return err
	}
	for _, n := range r.plan.writers {
		ids := make(chan string, 256) // made beside the clients, not in their time
		ctx, stop := context.WithCancel(ctx)
		go func() {
			for {
				select {
				case ids <- r.source.ID():
				case <-ctx.Done():
					return
				}
			}
		}()
		for _, s := range r.subjects() {
			if err := r.post(ctx, s, n, ids); err != nil {
				stop()
				return err
			}
		}
		stop()
	}
	return nil
}

func (r *run) post(ctx context.Context, s subject, n int, ids <-chan string) error {
	var got stretch
	do := func() (err error) {
		got, err = load(ctx, s.child.address, n, r.plan.warm, r.plan.each, http.StatusCreated, func(i, k int) request {
			return s.post(i, <-ids, i*1000+k)
		})
		return err
	}
	err := error(nil)
	if s.name == ours {
		err = r.profiled("W1-"+writers(n), do)
	} else {
		err = do()
	}
	if err != nil {
		return err
	}
	r.report.add(Key{"W1", postsRate, s.name, writers(n)}, "units/s", got.rate)
	r.report.add(Key{"W1", postsP50, s.name, writers(n)}, "ms", percentile(got.took, 50))
	r.report.add(Key{"W1", postsP99, s.name, writers(n)}, "ms", percentile(got.took, 99))
	return nil
}

func (r *run) diskLimits(ctx context.Context) error {
	for _, n := range []int{1, r.plan.together} {
		rate, err := lim.Flush(r.Data, n, r.plan.lim)
		if err != nil {
			return err
		}
		r.report.add(Key{"W1", flushes, limit, writers(n)}, "flushes/s", rate)
	}
	for _, n := range r.plan.commits {
		rate, err := lim.Rows(ctx, r.Data, r.Database, n, r.plan.lim)
		if err != nil {
			return err
		}
		r.report.add(Key{"W1", commitRows, limit, commits(n)}, "rows/s", rate)
	}
	rate, err := lim.Echo(ctx, 16, r.plan.lim)
	r.report.add(Key{"W1", echoes, limit, clients(16)}, "requests/s", rate)
	return err
}
