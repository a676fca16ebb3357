package connection

import (
	"cmp"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/links"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// walk goes from a case to those connected with it, as one reader may.
type walk struct {
	view
	tx       *db.Tx
	st       operation.Standing
	readable db.List
	good     map[string]bool
	warnings map[int64]string // subjects of those that the reader may read; empty: it may not
}

func (w *walk) op() int64 { return w.st.Operation.Number }

// from fills a chart step by step. A step goes on from what it shows that is likely or
// strong, and never through what somebody hid.
func (w *walk) from(out *Chart) error {
	seen := map[int64]bool{out.Case.Seq: true}
	layer := []seizure.Case{out.Case}
	for depth := 1; depth <= out.Depth && len(layer) > 0; depth++ {
		found, hidden, err := w.step(out, layer, seen, depth)
		if err != nil {
			return err
		}
		step := Step{Found: len(found), Shown: min(len(found), MaxShown)}
		if found, err = w.read(found[:step.Shown]); err != nil {
			return err
		}
		if depth == 1 {
			if out.Hidden, err = w.read(hidden[:min(len(hidden), MaxShown)]); err != nil {
				return err
			}
		}
		out.Steps = append(out.Steps, step)
		out.Links = append(out.Links, found...)
		layer = nil
		for _, l := range found {
			seen[l.Case.Seq] = true
			if l.Strength >= Likely {
				layer = append(layer, l.Case)
			}
		}
	}
	return nil
}

// step finds what hangs on the cases of a layer and was not seen before: each case
// once, where the most speaks for it.
func (w *walk) step(out *Chart, layer []seizure.Case, seen map[int64]bool, depth int) (found, hidden []Link, err error) {
	var seqs db.List
	for _, c := range layer {
		seqs = append(seqs, c.Seq)
	}
	slices.Sort(seqs)
	judged, err := judgements(w.tx, w.op(), w.readable, seqs)
	if err != nil {
		return nil, nil, err
	}
	holds, err := said(w.tx, w.st, judged)
	if err != nil {
		return nil, nil, err
	}
	best := map[int64]Link{}
	for _, c := range layer {
		around, common, err := w.around(c, holds)
		if err != nil {
			return nil, nil, err
		}
		if depth == 1 {
			out.LeftOut = common
		}
		for other, reasons := range around {
			l := link(c.Seq, other, depth, reasons, holds)
			old, there := best[other]
			switch {
			case l.Said != nil && l.Said.State == Hidden:
				hidden = append(hidden, l)
			case !seen[other] && (!there || stronger(l, old) < 0):
				best[other] = l
			}
		}
	}
	for _, l := range best {
		found = append(found, l)
	}
	slices.SortFunc(found, stronger)
	slices.SortFunc(hidden, stronger)
	return found, hidden, nil
}

func link(from, other int64, depth int, reasons []Reason, holds map[consignment.Pair]Said) Link {
	l := Link{Via: from, other: other, Depth: depth}
	l.Points, l.Reasons = settle(reasons)
	l.Strength = strengthOf(l.Points)
	if s, there := holds[consignment.PairOf(from, other)]; there {
		l.Said = &s
		if s.State == Confirmed {
			l.Strength = Strong
		}
	}
	return l
}

// stronger orders links: what people confirmed, then by points, then the newest case.
func stronger(a, b Link) int {
	confirmed := func(l Link) int {
		if l.Said != nil && l.Said.State == Confirmed {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(confirmed(b), confirmed(a)), cmp.Compare(b.Points, a.Points), cmp.Compare(b.other, a.other), cmp.Compare(a.Via, b.Via))
}

// read reads the cases of links; what may not be read any more is left out.
func (w *walk) read(all []Link) (out []Link, err error) {
	var seqs db.List
	for _, l := range all {
		seqs = append(seqs, l.other)
	}
	slices.Sort(seqs)
	cases, err := seizure.Some(w.tx, w.op(), w.readable, slices.Compact(seqs))
	for _, l := range all {
		at, there := slices.BinarySearchFunc(cases, l.other, func(c seizure.Case, seq int64) int { return cmp.Compare(c.Seq, seq) })
		if there && cases[at].Trace().Out() {
			l.Case = cases[at]
			out = append(out, l)
		}
	}
	return out, err
}

// around gives what a case shares with each other case, and what was left out.
func (w *walk) around(c seizure.Case, holds map[consignment.Pair]Said) (map[int64][]Reason, []LeftOut, error) {
	found := map[int64][]Reason{}
	var common []LeftOut
	day := dayNumber(c.Day)
	for _, f := range facts(c.Trace()) {
		f, ok, err := w.told(f)
		if err != nil {
			return nil, nil, err
		}
		places, n := w.carriers(f, MaxShared)
		switch {
		case !ok || n < 2:
			continue
		case w.isGood(f) || n > MaxShared:
			common = append(common, LeftOut{Fact: f, Cases: n, Good: w.isGood(f)})
			continue
		}
		for _, at := range places {
			if r := w.rows[at]; r.seq != c.Seq {
				found[r.seq] = append(found[r.seq], Reason{Fact: f, Cases: n, Points: weigh(f.Kind, n, apart(day, r.day))})
			}
		}
	}
	more, err := w.alike(c.Seq, found)
	if err != nil {
		return nil, nil, err
	}
	common = append(common, more...)
	slices.SortFunc(common, func(a, b LeftOut) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.key, b.key))
	})
	for pair, s := range holds {
		other := pair.One + pair.Other - c.Seq
		if (pair.One == c.Seq || pair.Other == c.Seq) && (s.State == Confirmed || s.State == Hidden) && w.shows(other) && found[other] == nil {
			found[other] = []Reason{}
		}
	}
	return found, common, nil
}

// shows tells whether the reader may read a case that is out.
func (w *walk) shows(seq int64) bool {
	at, there := w.find(seq)
	return there && w.rows[at].out && w.open[w.rows[at].audience]
}

func (w *walk) isGood(f Fact) bool {
	return w.good[f.key] || slices.ContainsFunc(f.plain, func(k string) bool { return w.good[k] })
}

// told is a fact as the reader may know it: a warning only by one that it may read.
func (w *walk) told(f Fact) (Fact, bool, error) {
	if f.Kind != Warning {
		return f, true, nil
	}
	seq := numberOf(f.Value)
	subject, known := w.warnings[seq]
	if !known && w.st.May(access.MessageRead) {
		all, err := message.Some(w.tx, w.op(), w.readable, db.List{seq})
		if err != nil {
			return f, false, err
		}
		if len(all) == 1 && all[0].Taken.State == "" {
			subject = all[0].Subject
		}
	}
	w.warnings[seq] = subject
	f.Value = subject
	return f, subject != "", nil
}

// alike adds the cases with the same files and with pictures that look alike.
func (w *walk) alike(seq int64, found map[int64][]Reason) ([]LeftOut, error) {
	if at, there := w.find(seq); !there || !w.rows[at].photos {
		return nil, nil
	}
	files, pictures, err := links.Alike(w.tx, w.op(), w.readable, seq)
	if err != nil {
		return nil, err
	}
	of := map[int64]Reason{}
	for _, r := range files {
		of[r] = Reason{Fact: Fact{Kind: File, key: keyed(File)}}
	}
	for r, differ := range pictures {
		of[r] = Reason{Fact: Fact{Kind: Picture, key: keyed(Picture)}, Differ: differ}
	}
	n := map[string]int64{File: 1, Picture: 1}
	for r, reason := range of {
		if !w.shows(r) {
			delete(of, r)
			continue
		}
		n[reason.Kind]++
	}
	var common []LeftOut
	for _, kind := range []string{File, Picture} {
		if n[kind] > MaxShared {
			common = append(common, LeftOut{Fact: Fact{Kind: kind, key: keyed(kind)}, Cases: n[kind]})
		}
	}
	for r, reason := range of {
		if reason.Cases = n[reason.Kind]; reason.Cases > MaxShared {
			continue
		}
		reason.Points = weigh(reason.Kind, reason.Cases, 0)
		if reason.Differ > closely {
			reason.Points = reason.Points * 2 / 3
		}
		found[r] = append(found[r], reason)
	}
	return common, nil
}

// closely is in how many bits of 64 pictures differ that look very much alike.
const closely = 4
