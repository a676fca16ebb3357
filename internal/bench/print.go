package bench

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// Print writes the report as tables for people.
func (r *Report) Print(out io.Writer) error {
	fmt.Fprintf(out, "tidewaiter %s, %s, %s on %s/%s with %d CPUs\n", r.Tidewaiter, r.Go, r.Engine, r.Machine.OS, r.Machine.Arch, r.Machine.CPUs)
	fmt.Fprintf(out, "World %q: %d cases with %d lines, %d organisations of %d people, %d messages to search", r.World.Name, r.World.Cases,
		r.World.Lines, r.World.Organisations, r.World.PersonsOf, r.World.Searched)
	if r.World.Made {
		fmt.Fprintf(out, ", made in %.0f s", r.World.Took)
	}
	fmt.Fprintf(out, "\n")
	for i, n := range r.Rounds {
		fmt.Fprintf(out, "Round %d: %.0f s, load %s, other processes took %s CPUs\n", i+1, n.Took, n.Load, said(n.Others, n.Others >= 0))
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\nRatios, each within its round\n\tof ours\tat\tto\tmedian\tleast\tmost\tgoal\t\n")
	for _, q := range r.Ratios {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.2f\t%.2f\t%.2f\t%s\t\n", q.Workload, q.Name, q.At, q.To, q.Median, q.Least, q.Most, q.said())
	}
	fmt.Fprintf(t, "\nFigures of this machine at this hour\n\twhat\tof\tat\tmedian\tleast\tmost\tgoal\t\n")
	for _, f := range r.Figures {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s %s\t%s\t%s\t%s\t\n", f.Workload, f.Name, f.Of, f.At, number(f.Median), f.Unit, number(f.Least), number(f.Most), f.said())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, n := range r.NotRun {
		fmt.Fprintf(out, "Not measured: %s %s: %s\n", n.Workload, n.What, n.Why)
	}
	if len(r.Profiles) > 0 {
		fmt.Fprintf(out, "Profiles: %s\n", strings.Join(r.Profiles, " "))
	}
	return nil
}

// said is a goal and whether it is met.
func (g *Goal) said() string {
	if g == nil {
		return ""
	}
	sign, met := ">=", "met"
	if g.AtMost {
		sign = "<="
	}
	if !g.Met {
		met = "MISSED"
	}
	return fmt.Sprintf("%s %s %s", sign, number(g.Bound), met)
}

func said(v float64, known bool) string {
	if !known {
		return "an unknown number of"
	}
	return fmt.Sprintf("%.1f", v)
}

// number shows three figures or more.
func number(v float64) string {
	switch a := math.Abs(v); {
	case a >= 100 || v == math.Trunc(v):
		return fmt.Sprintf("%.0f", v)
	case a >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}
