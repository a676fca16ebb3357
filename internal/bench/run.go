package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Run makes or opens the world and measures it. The two servers stay up during
// all rounds; a world that is opened again is first read once.
func Run(ctx context.Context, o Options) (*Report, error) {
	began := time.Now()
	r := &run{Options: o, plan: planOf(o.Size), source: source.Real(), report: &Report{Tidewaiter: o.Version, Go: runtime.Version(), Engine: o.Engine(), At: began.UTC(),
		Machine: Machine{runtime.GOOS, runtime.GOARCH, runtime.NumCPU()}}}
	var err error
	if r.world, err = world.Open(ctx, o.Data, o.Database, o.Size, func(done, total int) { o.tell("world", done, total) }); err != nil {
		return nil, err
	}
	r.report.World = WorldSaid{o.Size, o.Size.Lines(), r.world.Made, r.world.Took.Seconds()}
	if o.Profile != "" {
		if err := os.MkdirAll(o.Profile, 0o700); err != nil {
			return nil, err
		}
	}
	if err := r.servers(ctx); err != nil {
		return nil, err
	}
	err = r.rounds(ctx)
	for _, c := range r.children {
		err = errors.Join(err, c.stop())
	}
	if err == nil {
		err = r.alone(ctx)
	}
	if err != nil {
		return nil, err
	}
	r.report.Took = time.Since(began).Seconds()
	r.report.finish(r.plan)
	return r.report, nil
}

// run is one run.
type run struct {
	Options
	plan     plan
	source   *source.Source
	report   *Report
	world    *world.World
	ours     *child
	bare     *child
	children []*child
	round    int
}

// asked tells whether a workload was asked for.
func (r *run) asked(workload string) bool {
	return len(r.Only) == 0 || slices.Contains(r.Only, workload)
}

func (r *run) servers(ctx context.Context) (err error) {
	for _, role := range []string{bared, ours} {
		args := []string{"bench", "--role", role, "--data", r.Data, "--size", r.Size.Name, "--messages", strconv.Itoa(r.Size.Searched)}
		if r.Profile != "" {
			args = append(args, "--cpuprofile", r.Profile)
		}
		c, err := start(ctx, r.Self, r.Database, args...)
		if err != nil {
			for _, up := range r.children {
				_ = up.stop()
			}
			return err
		}
		r.children = append(r.children, c)
		if role == bared {
			r.bare = c
		} else {
			r.ours = c
		}
	}
	return nil
}

// turn is a workload's part of a round.
type turn struct {
	workload string
	do       func(ctx context.Context) error
}

func (r *run) turns() []turn {
	return []turn{{"W1", r.posts}, {"W2", r.live}, {"W3", r.pages}, {"W4", r.results}, {"W5", r.search}, {"W9", r.uploads}}
}

// rounds lets all subjects take turns. What other processes took of the machine
// is noted of each round.
func (r *run) rounds(ctx context.Context) error {
	for r.round = range r.Rounds {
		began, before, known := time.Now(), r.ownCPU(), true
		all, ok := cpuOfAll()
		for i, t := range r.turns() {
			if !r.asked(t.workload) {
				continue
			}
			r.tell(fmt.Sprintf("round %d", r.round+1), i, len(r.turns()))
			if err := t.do(ctx); err != nil {
				return fmt.Errorf("bench: %s: %w", t.workload, err)
			}
		}
		took := time.Since(began).Seconds()
		later, ok2 := cpuOfAll()
		others := -1.0
		if known = ok && ok2; known {
			others = max(0, (later-all-(r.ownCPU()-before))/took)
		}
		r.report.Rounds = append(r.report.Rounds, Round{took, loadAverages(), others})
	}
	return nil
}

// ownCPU is what this run's processes have used. PostgreSQL's are not among them.
func (r *run) ownCPU() float64 {
	sum, _ := cpuOf(os.Getpid())
	for _, c := range r.children {
		used, _ := cpuOf(c.cmd.Process.Pid)
		sum += used
	}
	return sum
}

// alone is what is measured while no other server of this run is up.
func (r *run) alone(ctx context.Context) error {
	for _, t := range []turn{{"W7", r.starts}, {"W8", r.weights}} {
		if r.asked(t.workload) {
			r.tell(t.workload, 0, 1)
			if err := t.do(ctx); err != nil {
				return fmt.Errorf("bench: %s: %w", t.workload, err)
			}
		}
	}
	return nil
}

// profiled runs a stretch on ours, with a CPU profile of the server when one was
// asked for and this is the last round.
func (r *run) profiled(name string, do func() error) error {
	if r.Profile == "" || r.round != r.Rounds-1 {
		return do()
	}
	if said, err := r.ours.order("profile " + name); err != nil || said != "ok" {
		return fmt.Errorf("profile: %s: %w", said, err)
	}
	err := do()
	_, err2 := r.ours.order("end")
	r.report.Profiles = append(r.report.Profiles, filepath.Join(r.Profile, name+".pprof"))
	return errors.Join(err, err2)
}
