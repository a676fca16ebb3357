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
func whole(ctx context.Context, m *image.Gray, take func(Code) bool) {
	for _, black := range []func(*image.Gray) *gozxing.BitMatrix{hybrid, global, func(m *image.Gray) *gozxing.BitMatrix { return local(smoothed(m), 40) }} {
		for range maxCodes {
			if ctx.Err() != nil {
				return
			}
			b := black(m)
			if b == nil {
				break
			}
			c, where, ok := square(QR, b)
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

// inspect reads a region as a square code: cut out, laid straight, in several
// kinds of black and white.
func inspect(ctx context.Context, all []*image.Gray, r region) (Code, bool) {
	for _, try := range []struct{ grow, turn float64 }{{1.35, 0}, {1.7, 0}, {1.35, math.Pi / 4}, {1.2, 0}} {
		side, level, scale := max(r.length, r.wide)*try.grow, 0, 1.0
		for side/scale > 1.6*cutSide && level+1 < len(all) {
			level, scale = level+1, scale*2
		}
		m := cut(all[level], r.middle.times(1/scale), side/scale, r.angle+try.turn, cutSide)
		for _, black := range blacks(m) {
			for _, format := range []Format{DataMatrix, QR} {
				if ctx.Err() != nil {
					return Code{}, false
				}
				if black == nil {
					continue
				}
				if c, _, ok := square(format, black); ok {
					return c, true
				}
			}
		}
	}
	return Code{}, false
}

func blacks(m *image.Gray) []*gozxing.BitMatrix {
	s := smoothed(m)
	return []*gozxing.BitMatrix{global(s), local(smoothed(s), cutSide/6), global(m), hybrid(m), hybrid(smoothed(s))}
}
