package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/bench"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

// whole lists what a run must have measured, in its smallest size.
var whole = strings.Fields(`
W1|flushes|limit|1_writers W1|rows_in_durable_commits|limit|1_a_commit W1|rows_in_durable_commits|limit|64_a_commit W1|echo_of_300_bytes|limit|16_clients
W1|durable_messages|ours|1_writers W1|durable_messages|bare|1_writers W1|durable_messages|ours|4_writers W1|durable_messages|bare|4_writers
W1|answer,_p50|ours|4_writers W1|answer,_p99|bare|4_writers
W2|400_bytes_to_the_last_socket,_p50|limit|5_readers W2|post_to_last_reader,_p50|ours|5_readers W2|post_to_last_reader,_p50|bare|5_readers
W2|server_memory_a_reader|ours|5_readers W2|writer's_answer_with_readers,_p50|ours|5_readers W2|writer's_answer_without_readers,_p50|ours|5_readers
W3|page_of_50_cases,_p50|ours|1_clients W3|page_of_50_cases,_p50|bare|1_clients W3|page_of_50_cases,_p50|ours|4_clients W3|page_of_50_messages,_p50|ours|1_clients
W4|sum_over_columns_in_memory,_p50|limit| W4|results,_p50|ours| W4|results,_p50|bare| W4|results_after_a_write,_p50|ours|
W7|start_to_healthy|ours|empty W7|start_to_healthy|ours|demo,_told_before W7|memory_when_idle|ours|empty W7|size_of_the_stripped_binary|ours|
W8|first_view|ours|sign-in W8|repeat_view|ours|cases W8|HTML|ours|overview`)

// TestBench runs every workload on both engines, on a very small world, and looks
// whether the document is whole. It asserts no time: see docs/reference/bench.md.
func TestBench(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		args := []string{"bench", "--size", "tiny", "--rounds", "2", "--json", "--data", t.TempDir(), "--cpuprofile", t.TempDir()}
		if strings.HasPrefix(url, "postgres") {
			args = append(args, "--engine", "postgres", "--database", url)
		}
		cmd := exec.Command("tidewaiter", args...)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var r bench.Report
		if err := json.Unmarshal(out, &r); err != nil {
			t.Fatal(err)
		}
		judgeReport(t, r)
	})
}

func judgeReport(t *testing.T, r bench.Report) {
	t.Helper()
	if len(r.Rounds) != 2 || r.World.Cases == 0 || !r.World.Made || r.Machine.CPUs == 0 || r.Took <= 0 || len(r.Profiles) == 0 {
		t.Errorf("%d rounds, world %+v, machine %+v, profiles %v", len(r.Rounds), r.World, r.Machine, r.Profiles)
	}
	has := map[string]bool{}
	for _, f := range r.Figures {
		name := fmt.Sprintf("%s|%s|%s|%s", f.Workload, f.Name, f.Of, f.At)
		has[strings.ReplaceAll(name, " ", "_")] = true
		if len(f.Samples) == 0 || f.Least > f.Median || f.Median > f.Most || f.Unit == "" {
			t.Errorf("%s: %+v", name, *f)
		}
	}
	for _, name := range whole {
		if !has[name] {
			t.Errorf("not measured: %s", name)
		}
	}
	if len(r.Ratios) < 10 {
		t.Errorf("only %d ratios", len(r.Ratios))
	}
	for _, q := range r.Ratios {
		if q.Median <= 0 || len(q.Samples) == 0 {
			t.Errorf("ratio %+v", *q)
		}
	}
	var printed strings.Builder
	if err := r.Print(&printed); err != nil || !strings.Contains(printed.String(), "durable messages") {
		t.Errorf("%v, printed %q", err, printed.String())
	}
}
