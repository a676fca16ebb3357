package barcode

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// field is a square of pixels and how light changes in it: the sums of the
// products of its slopes (the structure tensor), and the direction in which all
// slopes point if quarter turns are alike.
type field struct {
	xx, yy, xy float64
	four       vector
}

func (f field) energy() float64 { return f.xx + f.yy }

// coherence is 1 where all edges are parallel, 0 where none prevails.
func (f field) coherence() float64 {
	if f.energy() <= 0 {
		return 0
	}
	return math.Hypot(f.xx-f.yy, 2*f.xy) / f.energy()
}

// angle is the direction across the edges, modulo half a turn.
func (f field) angle() float64 { return math.Atan2(2*f.xy, f.xx-f.yy) / 2 }

func (f *field) add(g field) {
	f.xx, f.yy, f.xy, f.four = f.xx+g.xx, f.yy+g.yy, f.xy+g.xy, f.four.plus(g.four, 1)
}

// plan is a picture as fields.
type plan struct {
	size, w, h int
	at         []field
	bright     float64 // the energy that only one field in 400 exceeds: codes may be small
}

// planOf makes fields of 8 pixels, or 4 where the picture is small.
func planOf(m *image.Gray) plan {
	size := 8
	if longer(m) < 900 {
		size = 4
	}
	p := plan{size: size, w: m.Rect.Dx() / size, h: m.Rect.Dy() / size}
	p.at = make([]field, p.w*p.h)
	for y := 1; y+1 < min(p.h*size, m.Rect.Dy()); y++ {
		up, mid, down := m.Pix[(y-1)*m.Stride:], m.Pix[y*m.Stride:], m.Pix[(y+1)*m.Stride:]
		row := p.at[y/size*p.w:]
		for x := 1; x+1 < min(p.w*size, m.Rect.Dx()); x++ {
			a, b, c := int(up[x-1]), int(up[x+1]), int(down[x-1])
			d := int(down[x+1])
			gx := float64(b + d + 2*int(mid[x+1]) - a - c - 2*int(mid[x-1]))
			gy := float64(c + d + 2*int(down[x]) - a - b - 2*int(up[x]))
			f, xx, yy := &row[x/size], gx*gx, gy*gy
			f.xx, f.yy, f.xy = f.xx+xx, f.yy+yy, f.xy+gx*gy
			if e := xx + yy; e > 0 { // cos and sin of four times the angle, weighed
				cos, sin := (xx-yy)/e, 2*gx*gy/e
				f.four = f.four.plus(vector{cos*cos - sin*sin, 2 * cos * sin}, e)
			}
		}
	}
	p.measure()
	return p
}

func (p *plan) measure() {
	all := make([]float64, len(p.at))
	for i, f := range p.at {
		all[i] = f.energy()
	}
	slices.Sort(all)
	if len(all) > 0 {
		p.bright = all[len(all)-1-min(len(all)-1, max(len(all)/400, 8))]
	}
}

// coarser joins each four fields to one: bars that are wide stand in one, and
// small codes no longer apart from the words below them.
func (p plan) coarser() plan {
	c := plan{size: 2 * p.size, w: p.w / 2, h: p.h / 2}
	c.at = make([]field, c.w*c.h)
	for i := range c.at {
		for k := range 4 {
			c.at[i].add(p.at[(2*(i/c.w)+k/2)*p.w+2*(i%c.w)+k%2])
		}
	}
	c.measure()
	return c
}

// around is the sum of a field and its eight neighbours.
func (p plan) around(x, y int) (sum field) {
	for j := max(y-1, 0); j <= min(y+1, p.h-1); j++ {
		for i := max(x-1, 0); i <= min(x+1, p.w-1); i++ {
			sum.add(p.at[j*p.w+i])
		}
	}
	return sum
}

// region is a part of a picture where a code may be, in pixels of full size.
type region struct {
	middle       vector
	angle        float64 // across the bars; of a square code, of one of its sides
	length, wide float64 // along the angle, and across it
	energy       float64
}

// like tells whether two regions are one, seen twice.
func (r region) like(s region) bool {
	apart := r.middle.plus(s.middle, -1)
	return math.Hypot(apart.x, apart.y) < r.length/8 && math.Abs(r.length-s.length) < r.length/8
}

// square is 1 for a square, less for what is longer.
func (r region) square() float64 { return min(r.length, r.wide) / max(r.length, r.wide) }

// groups joins fields that touch and fit together.
func (p plan) groups(in func(i int) bool, fit func(i, j int) bool) [][]int {
	seen := make([]bool, len(p.at))
	var all [][]int
	for i := range p.at {
		if seen[i] || !in(i) {
			continue
		}
		seen[i] = true
		group := []int{i}
		for at := 0; at < len(group); at++ {
			x, y := group[at]%p.w, group[at]/p.w
			for v := max(y-1, 0); v <= min(y+1, p.h-1); v++ {
				for u := max(x-1, 0); u <= min(x+1, p.w-1); u++ {
					if j := v*p.w + u; !seen[j] && in(j) && fit(group[at], j) {
						seen[j] = true
						group = append(group, j)
					}
				}
			}
		}
		if len(group) >= 3 {
			all = append(all, group)
		}
	}
	return all
}

// bars are the regions of parallel edges, the strongest first.
func (p plan) bars(scale float64) []region {
	smooth := make([]field, len(p.at))
	for i := range p.at {
		smooth[i] = p.around(i%p.w, i/p.w)
	}
	groups := p.groups(func(i int) bool {
		return p.at[i].energy() > p.bright/80 && smooth[i].coherence() > 0.5
	}, func(i, j int) bool {
		return math.Abs(math.Remainder(smooth[i].angle()-smooth[j].angle(), math.Pi)) < 0.25
	})
	return p.regions(groups, scale, field.angle)
}

// patches are the regions with edges of all directions: what may be a square
// code, the strongest first.
func patches(fine, coarse plan, scale float64) (all []region) {
	for _, p := range []plan{fine, coarse} {
		for _, share := range []float64{0.06, 0.25} {
			groups := p.groups(func(i int) bool { return p.at[i].energy() > p.bright*share }, func(_, _ int) bool { return true })
			for _, r := range p.regions(groups, scale, func(f field) float64 { return math.Atan2(f.four.y, f.four.x) / 4 }) {
				if r.square() > 0.4 && !slices.ContainsFunc(all, r.like) {
					all = append(all, r)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b region) int { return cmp.Compare(b.energy*b.square(), a.energy*a.square()) })
	return all
}

func (p plan) regions(groups [][]int, scale float64, angle func(field) float64) []region {
	all := make([]region, 0, len(groups))
	for _, group := range groups {
		var sum field
		for _, i := range group {
			sum.add(p.at[i])
		}
		along := turned(angle(sum))
		low, high := vector{math.Inf(1), math.Inf(1)}, vector{math.Inf(-1), math.Inf(-1)}
		for _, i := range group {
			c := vector{float64(i%p.w) + 0.5, float64(i/p.w) + 0.5}
			u, v := c.dot(along), c.dot(along.across())
			low, high = vector{min(low.x, u), min(low.y, v)}, vector{max(high.x, u), max(high.y, v)}
		}
		pixels := float64(p.size) * scale
		middle := along.times((low.x+high.x)/2).plus(along.across(), (low.y+high.y)/2)
		all = append(all, region{
			middle: middle.times(pixels), angle: angle(sum), energy: sum.energy(),
			length: (high.x - low.x + 1) * pixels, wide: (high.y - low.y + 1) * pixels,
		})
	}
	slices.SortStableFunc(all, func(a, b region) int { return cmp.Compare(b.energy, a.energy) })
	return all
}
