package barcode

import (
	"image"
	"math"
)

// halved is a picture of half the size, each pixel the mean of four.
func halved(m *image.Gray) *image.Gray {
	w, h := m.Rect.Dx()/2, m.Rect.Dy()/2
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		up, down, to := m.Pix[2*y*m.Stride:], m.Pix[(2*y+1)*m.Stride:], out.Pix[y*out.Stride:]
		for x := range w {
			to[x] = uint8((int(up[2*x]) + int(up[2*x+1]) + int(down[2*x]) + int(down[2*x+1]) + 2) / 4)
		}
	}
	return out
}

// scales are a picture at full size, half, a quarter and so on, down to where its
// longer side is at most 800 pixels.
func scales(m *image.Gray) []*image.Gray {
	all := []*image.Gray{m}
	for longer(m) > 800 {
		m = halved(m)
		all = append(all, m)
	}
	return all
}

func longer(m *image.Gray) int { return max(m.Rect.Dx(), m.Rect.Dy()) }

// upTo gives the first of the scales whose longer side is at most so long, and
// how often it was halved.
func upTo(all []*image.Gray, edge int) (*image.Gray, int) {
	for i, m := range all {
		if longer(m) <= edge {
			return m, i
		}
	}
	return all[len(all)-1], len(all) - 1
}

// vector is a place in a picture, or a way through it.
type vector struct{ x, y float64 }

func (v vector) plus(u vector, times float64) vector { return vector{v.x + u.x*times, v.y + u.y*times} }
func (v vector) dot(u vector) float64                { return v.x*u.x + v.y*u.y }
func (v vector) times(f float64) vector              { return vector{v.x * f, v.y * f} }
func (v vector) across() vector                      { return vector{-v.y, v.x} }

func turned(angle float64) vector { return vector{math.Cos(angle), math.Sin(angle)} }

// at is how light a picture is between pixels; outside it is white.
func at(m *image.Gray, p vector) float64 {
	x, y := math.Floor(p.x), math.Floor(p.y)
	i, j := int(x), int(y)
	if i < 0 || j < 0 || i+1 >= m.Rect.Dx() || j+1 >= m.Rect.Dy() {
		return 255
	}
	fx, fy := p.x-x, p.y-y
	up, down := m.Pix[j*m.Stride+i:], m.Pix[(j+1)*m.Stride+i:]
	return (float64(up[0])*(1-fx)+float64(up[1])*fx)*(1-fy) + (float64(down[0])*(1-fx)+float64(down[1])*fx)*fy
}

// lean is by how much a square leans back to one side and downwards: how much
// farther away its far edge is, in parts.
type lean struct{ x, y float64 }

// cut takes a square out of a picture, turned about its middle, side pixels of
// it, as one of out pixels, and sets it upright. It must not be made much smaller
// by that: take it from a scale that fits.
func cut(m *image.Gray, middle vector, side, angle float64, by lean, out int) *image.Gray {
	c := image.NewGray(image.Rect(0, 0, out, out))
	along := turned(angle).times(side)
	down := along.across()
	for y := range out {
		v, row := (float64(y)+0.5)/float64(out)-0.5, c.Pix[y*c.Stride:]
		for x := range out {
			u := (float64(x)+0.5)/float64(out) - 0.5
			depth := 1 + by.x*u + by.y*v
			row[x] = uint8(at(m, middle.plus(along, u/depth).plus(down, v/depth)) + 0.5)
		}
	}
	return c
}

// smoothed is a picture each of whose pixels is the mean of nine.
func smoothed(m *image.Gray) *image.Gray {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		rows := [3][]uint8{m.Pix[max(y-1, 0)*m.Stride:], m.Pix[y*m.Stride:], m.Pix[min(y+1, h-1)*m.Stride:]}
		to := out.Pix[y*out.Stride:]
		for x := range w {
			l, r, sum := max(x-1, 0), min(x+1, w-1), 0
			for _, row := range rows {
				sum += int(row[l]) + int(row[x]) + int(row[r])
			}
			to[x] = uint8((sum + 4) / 9)
		}
	}
	return out
}

// stretched spreads a picture over all shades, leaving out the two hundredths
// that are darkest and lightest: what is dim has contrast again.
func stretched(m *image.Gray) *image.Gray {
	var count [256]int
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for y := range h {
		for _, v := range m.Pix[y*m.Stride : y*m.Stride+w] {
			count[v]++
		}
	}
	dark, light := 0, 255
	for sum := 0; dark < 255; dark++ {
		if sum += count[dark]; sum*100 > w*h*2 {
			break
		}
	}
	for sum := 0; light > 0; light-- {
		if sum += count[light]; sum*100 > w*h*2 {
			break
		}
	}
	if light-dark < 8 || light-dark > 200 {
		return m
	}
	var to [256]uint8
	for v := range to {
		to[v] = uint8(min(max((v-dark)*255/(light-dark), 0), 255))
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		row := out.Pix[y*out.Stride:]
		for x, v := range m.Pix[y*m.Stride : y*m.Stride+w] {
			row[x] = to[v]
		}
	}
	return out
}
