package barcode

import (
	"context"
	"image"
	"math"

	"github.com/makiuchi-d/gozxing"
)

// maxSide is the longer side of a picture that is searched as a whole, and
// cutSide that of a region which is cut out.
const (
	maxSide = 1600
	cutSide = 480
)

// otsu is the threshold that parts a picture's shades best into two.
func otsu(m *image.Gray) int {
	var count [256]int
	sum, all := 0, m.Rect.Dx()*m.Rect.Dy()
	for y := range m.Rect.Dy() {
		for _, v := range m.Pix[y*m.Stride : y*m.Stride+m.Rect.Dx()] {
			count[v]++
			sum += int(v)
		}
	}
	best, threshold, below, darkness := -1.0, 128, 0, 0
	for v := range 256 {
		below, darkness = below+count[v], darkness+v*count[v]
		if below == 0 || below == all {
			continue
		}
		apart := float64(darkness)/float64(below) - float64(sum-darkness)/float64(all-below)
		if between := apart * apart * float64(below) * float64(all-below); between > best {
			best, threshold = between, v+1
		}
	}
	return threshold
}

// local makes a picture black where it is darker than its surroundings of so many
// pixels: light that comes from one side does not matter.
func local(m *image.Gray, reach int) *gozxing.BitMatrix {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	sums := make([]int, (w+1)*(h+1))
	for y := range h {
		row := 0
		for x := range w {
			row += int(m.Pix[y*m.Stride+x])
			sums[(y+1)*(w+1)+x+1] = sums[y*(w+1)+x+1] + row
		}
	}
	return below(m, func(x, y int) int {
		l, t, r, b := max(x-reach, 0), max(y-reach, 0), min(x+reach+1, w), min(y+reach+1, h)
		sum := sums[b*(w+1)+r] - sums[t*(w+1)+r] - sums[b*(w+1)+l] + sums[t*(w+1)+l]
		return sum/((r-l)*(b-t)) - 7
	})
}

func global(m *image.Gray) *gozxing.BitMatrix {
	threshold := otsu(m)
	return below(m, func(int, int) int { return threshold })
}

// whole looks for QR codes in a whole picture: their corners show at any turn.
// Each that is read is painted over, and the next one looked for.
func whole(ctx context.Context, m *image.Gray, thorough bool, take func(Code) bool) {
	ways := []func(*image.Gray) *gozxing.BitMatrix{hybrid, global, localSmooth}
	if !thorough {
		ways = ways[:1]
	}
	for _, black := range ways {
		for range maxCodes {
			if ctx.Err() != nil {
				return
			}
			c, where, ok := square(QR, black(m))
			if !ok {
				break
			}
			if !take(c) {
				return
			}
			m = paintedOver(m, where)
		}
	}
}

// paintedOver is a copy of a picture in which a code is gone.
func paintedOver(m *image.Gray, where []vector) *image.Gray {
	out := image.NewGray(m.Rect)
	for y := range m.Rect.Dy() {
		copy(out.Pix[y*out.Stride:], m.Pix[y*m.Stride:y*m.Stride+m.Rect.Dx()])
	}
	if len(where) < 3 {
		return out
	}
	// Three corners: their circle holds the code.
	a, b, c := where[0], where[1], where[2]
	middle := vector{(a.x + c.x) / 2, (a.y + c.y) / 2}
	reach := int(math.Hypot(a.x-c.x, a.y-c.y)/2*1.1) + int(math.Hypot(a.x-b.x, a.y-b.y)/8)
	for y := max(int(middle.y)-reach, 0); y < min(int(middle.y)+reach, m.Rect.Dy()); y++ {
		for x := max(int(middle.x)-reach, 0); x < min(int(middle.x)+reach, m.Rect.Dx()); x++ {
			out.Pix[y*out.Stride+x] = 255
		}
	}
	return out
}

// try is a way to look at a region: how much more of the picture, turned by how
// much, and set upright.
type try struct {
	grow, turn float64
	by         lean
}

func tries() []try {
	return []try{{grow: 1.35}, {grow: 1.7}, {grow: 1.35, turn: math.Pi / 4}, {grow: 1.2}}
}

// upright looks at a region in which corners of a QR code show and which is not
// read, as if it leant back to each side: a small code has no mark in its fourth
// corner, and the library takes it for upright.
func upright(ctx context.Context, all []*image.Gray, r region) (Code, bool) {
	const directions = 12
	for _, much := range []float64{0.12, 0.2, 0.28, 0.36, 0.46} {
		for d := range directions {
			if ctx.Err() != nil {
				return Code{}, false
			}
			to := turned(2 * math.Pi * float64(d) / directions).times(much)
			m := r.cut(all, try{grow: 1.35, by: lean(to)})
			if c, _, ok := square(QR, globalSmooth(m)); ok {
				return c, true
			}
		}
	}
	return Code{}, false
}

// inspect reads a region as a square code: cut out, laid straight, in several
// kinds of black and white. It says whether there were corners of a QR code.
func inspect(ctx context.Context, all []*image.Gray, r region, thorough bool) (c Code, ok, corners bool) {
	ways := tries()
	if !thorough {
		ways = ways[:1]
	}
	for _, t := range ways {
		m := r.cut(all, t)
		for _, black := range []func(*image.Gray) *gozxing.BitMatrix{globalSmooth, localSmooth, global, hybrid} {
			if ctx.Err() != nil {
				return Code{}, false, false
			}
			b := black(m)
			if c, _, ok := square(DataMatrix, b); ok {
				return c, true, false
			}
			c, where, ok := square(QR, b)
			if ok {
				return c, true, false
			}
			corners = corners || where != nil
		}
	}
	return Code{}, false, corners
}

// cut takes a region out of the scale of the picture that fits.
func (r region) cut(all []*image.Gray, t try) *image.Gray {
	side, level, scale := max(r.length, r.wide)*t.grow, 0, 1.0
	for side/scale > 1.6*cutSide && level+1 < len(all) {
		level, scale = level+1, scale*2
	}
	return cut(all[level], r.middle.times(1/scale), side/scale, r.angle+t.turn, t.by, cutSide)
}

func globalSmooth(m *image.Gray) *gozxing.BitMatrix { return global(smoothed(m)) }

func localSmooth(m *image.Gray) *gozxing.BitMatrix {
	return local(smoothed(smoothed(m)), cutSide/6)
}
