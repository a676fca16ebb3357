package sheet

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// path is a closed form: rings of corners, curves already made straight.
type path [][][2]float64

func (p path) box() image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, ring := range p {
		for _, v := range ring {
			x0, y0, x1, y1 = min(x0, v[0]), min(y0, v[1]), max(x1, v[0]), max(y1, v[1])
		}
	}
	if x0 > x1 {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1)))
}

func (p path) onto(z *vector.Rasterizer, x, y float64) {
	for _, ring := range p {
		for i, v := range ring {
			if i == 0 {
				z.MoveTo(float32(v[0]-x), float32(v[1]-y))
			} else {
				z.LineTo(float32(v[0]-x), float32(v[1]-y))
			}
		}
		z.ClosePath()
	}
}

// each changes every corner.
func (p path) each(f func(x, y float64) (float64, float64)) path {
	out := make(path, len(p))
	for i, ring := range p {
		out[i] = make([][2]float64, len(ring))
		for j, v := range ring {
			out[i][j][0], out[i][j][1] = f(v[0], v[1])
		}
	}
	return out
}

func (p path) moved(dx, dy float64) path {
	return p.each(func(x, y float64) (float64, float64) { return x + dx, y + dy })
}

// turned is turned about a point, in degrees, clockwise.
func (p path) turned(degrees, cx, cy float64) path {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return p.each(func(x, y float64) (float64, float64) {
		x, y = x-cx, y-cy
		return cx + x*cos - y*sin, cy + x*sin + y*cos
	})
}

func (p path) and(all ...path) path {
	out := append(path{}, p...)
	for _, o := range all {
		out = append(out, o...)
	}
	return out
}

func poly(xy ...float64) path {
	var ring [][2]float64
	for i := 0; i+1 < len(xy); i += 2 {
		ring = append(ring, [2]float64{xy[i], xy[i+1]})
	}
	return path{ring}
}

func rect(x, y, w, h float64) path { return poly(x, y, x+w, y, x+w, y+h, x, y+h) }

// round is a rectangle with round corners.
func round(x, y, w, h, r float64) path {
	r = min(r, w/2, h/2)
	var ring [][2]float64
	for q, c := range [][2]float64{{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}} {
		for i := range 13 {
			sin, cos := math.Sincos((float64(q)-1)*math.Pi/2 + float64(i)/12*math.Pi/2)
			ring = append(ring, [2]float64{c[0] + r*cos, c[1] + r*sin})
		}
	}
	return path{ring}
}

func ellipse(cx, cy, rx, ry float64) path {
	n := 24 + int(math.Sqrt(max(rx, ry)))*4
	var ring [][2]float64
	for i := range n {
		sin, cos := math.Sincos(float64(i) / float64(n) * 2 * math.Pi)
		ring = append(ring, [2]float64{cx + rx*cos, cy + ry*sin})
	}
	return path{ring}
}

// hollow cuts the last ring out of a form.
func (p path) hollow(inner path) path {
	out := append(path{}, p...)
	for _, ring := range inner {
		var back [][2]float64
		for i := len(ring) - 1; i >= 0; i-- {
			back = append(back, ring[i])
		}
		out = append(out, back)
	}
	return out
}

func ring(cx, cy, r, thick float64) path {
	return ellipse(cx, cy, r, r).hollow(ellipse(cx, cy, r-thick, r-thick))
}

// frame is the edge of a rectangle.
func frame(x, y, w, h, r, thick float64) path {
	return round(x, y, w, h, r).hollow(round(x+thick, y+thick, w-2*thick, h-2*thick, max(0, r-thick)))
}

// stroke is a line through points; each piece is a form of its own, with round ends.
func stroke(thick float64, xy ...float64) path {
	var out path
	for i := 0; i+3 < len(xy); i += 2 {
		x0, y0, x1, y1 := xy[i], xy[i+1], xy[i+2], xy[i+3]
		l := math.Hypot(x1-x0, y1-y0)
		out = append(out, round(x0-thick/2, y0-thick/2, l+thick, thick, thick/2).
			turned(math.Atan2(y1-y0, x1-x0)*180/math.Pi, x0, y0)...)
	}
	return out
}

// curve is the points of a cubic curve.
func curve(x0, y0, x1, y1, x2, y2, x3, y3 float64) []float64 {
	var out []float64
	for i := range 25 {
		t := float64(i) / 24
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		out = append(out, a*x0+b*x1+c*x2+d*x3, a*y0+b*y1+c*y2+d*y3)
	}
	return out
}

// star has n points; a rosette when the inner radius is near the outer one.
func star(cx, cy, r, inner float64, n int) path {
	var out [][2]float64
	for i := range 2 * n {
		sin, cos := math.Sincos(float64(i)*math.Pi/float64(n) - math.Pi/2)
		l := r
		if i%2 == 1 {
			l = inner
		}
		out = append(out, [2]float64{cx + l*cos, cy + l*sin})
	}
	return path{out}
}
