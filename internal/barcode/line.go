package barcode

import (
	"context"
	"image"
	"math"
	"slices"
)

// line is how light a picture is along a way through it.
type line []float64

// lineThrough follows a way from start on, in steps, and takes the mean of so
// many neighbours beside it, which are a step of beside apart: bars are long, and
// what is not of them goes.
func lineThrough(m *image.Gray, start, step vector, steps int, beside vector, neighbours int) line {
	out := make(line, steps)
	for n := range neighbours {
		p := start.plus(beside, float64(n)-float64(neighbours-1)/2)
		for i := range out {
			out[i] += at(m, p)
			p = p.plus(step, 1)
		}
	}
	for i := range out {
		out[i] /= float64(neighbours)
	}
	return out
}

// sharp brings narrow bars out that have run together.
func (l line) sharp(reach int) line {
	out := make(line, len(l))
	sum, n := 0.0, 0
	for i := range l {
		if i == 0 {
			for j := 0; j <= min(reach, len(l)-1); j++ {
				sum, n = sum+l[j], n+1
			}
		} else {
			if j := i + reach; j < len(l) {
				sum, n = sum+l[j], n+1
			}
			if j := i - reach - 1; j >= 0 {
				sum, n = sum-l[j], n-1
			}
		}
		out[i] = 2.5*l[i] - 1.5*sum/float64(n)
	}
	return out
}

// dark tells where a line is black: below the middle between the darkest and the
// lightest nearby. Where these are close together there are no bars, and noise
// shall not become some. bias moves the middle, against ink or light that ran.
func (l line) dark(pieces int, bias float64) []bool {
	size := max(len(l)/pieces, 4)
	low, high := make(line, 0, pieces+1), make(line, 0, pieces+1)
	for piece := range slices.Chunk(l, size) {
		low, high = append(low, slices.Min(piece)), append(high, slices.Max(piece))
	}
	darkest, lightest := slices.Min(low), slices.Max(high)
	whole := lightest - darkest
	out := make([]bool, len(l))
	for i, v := range l {
		k := i / size
		from, to := max(k-1, 0), min(k+2, len(low))
		lo, hi := slices.Min(low[from:to]), slices.Max(high[from:to])
		middle := (lo + hi) / 2
		if hi-lo < whole/4 {
			middle = min(middle, darkest+whole*0.4)
		}
		out[i] = v < middle+bias*(hi-lo)
	}
	return out
}

// pass is one way to look at a region of bars.
type pass struct {
	neighbours int     // beside each other that are averaged, in pixels
	margin     float64 // before and behind, in parts of the length
	pieces     int     // for dark
	bias       float64
	sharp      bool
	turn       float64 // from the angle of the region, in radians
}

func passes() []pass {
	return []pass{
		{neighbours: 5, margin: 0.15, pieces: 12},
		{neighbours: 3, margin: 0.06, pieces: 24, sharp: true},
		{neighbours: 9, margin: 0.2, pieces: 8, bias: 0.08},
		{neighbours: 1, margin: 0.15, pieces: 12, bias: -0.08},
		{neighbours: 7, margin: 0.1, pieces: 16, sharp: true, bias: 0.08},
		{neighbours: 3, margin: 0.3, pieces: 30, turn: 0.05},
		{neighbours: 3, margin: 0.15, pieces: 16, sharp: true, bias: -0.1, turn: -0.05},
	}
}

// offsets are where lines lie across a region, in parts of half its width.
func offsets() []float64 {
	return []float64{0, 0.25, -0.25, 0.5, -0.5, 0.12, -0.12, 0.37, -0.37, 0.65, -0.65}
}

// maxSteps bounds a line, in samples: two to a pixel, three to a narrow bar.
const maxSteps = 4000

// scan reads a region of bars along several lines. A code counts once two lines
// say the same.
func scan(ctx context.Context, all []*image.Gray, r region) (Code, bool) {
	level, scale := 0, 1.0
	for r.length/scale > 1800 && level+1 < len(all) {
		level, scale = level+1, scale*2
	}
	m, votes := all[level], ballot{}
	for _, p := range passes() {
		length := r.length / scale * (1 + 2*p.margin)
		steps := min(int(2*length), maxSteps)
		if steps < 60 {
			return Code{}, false
		}
		along := turned(r.angle + p.turn)
		step := along.times(length / float64(steps))
		for _, offset := range offsets() {
			if ctx.Err() != nil {
				return Code{}, false
			}
			middle := r.middle.times(1/scale).plus(along.across(), offset*r.wide/scale/2)
			l := lineThrough(m, middle.plus(along, -length/2), step, steps, along.across(), p.neighbours)
			if p.sharp {
				l = l.sharp(max(steps/100, 3))
			}
			if c, done := votes.cast(bars(l.dark(p.pieces, p.bias))); done {
				return c, true
			}
		}
	}
	return Code{}, false
}

// sweep looks for bars all over a picture, in twelve directions: where nothing
// stands out as a region.
func sweep(ctx context.Context, m *image.Gray) (Code, bool) {
	const directions, lines = 12, 48
	votes, w, h := ballot{}, float64(m.Rect.Dx()), float64(m.Rect.Dy())
	for d := range directions {
		along := turned(float64(d*5%directions) * math.Pi / directions)
		// The picture's extent along the direction, and across it.
		length, across := w*math.Abs(along.x)+h*math.Abs(along.y), w*math.Abs(along.y)+h*math.Abs(along.x)
		steps := min(int(1.5*length), maxSteps)
		for n := range lines {
			if ctx.Err() != nil {
				return Code{}, false
			}
			offset := (float64(n)+0.5)/lines - 0.5
			start := vector{w / 2, h / 2}.plus(along.across(), offset*across).plus(along, -length/2)
			l := lineThrough(m, start, along.times(length/float64(steps)), steps, along.across(), 3)
			if c, done := votes.cast(bars(l.dark(40, 0))); done {
				return c, true
			}
		}
	}
	return Code{}, false
}

// ballot counts on how many lines a code was read.
type ballot map[Code]int

// cast counts what a line says. Codes whose own check is weak need a third line.
func (b ballot) cast(said []Code) (Code, bool) {
	for _, c := range said {
		b[c]++
		need := 2
		if c.Format == EAN8 || c.Format == UPCE || c.Format == ITF14 {
			need = 3
		}
		if b[c] >= need {
			return c, true
		}
	}
	return Code{}, false
}
