package sheet

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"

	"golang.org/x/image/vector"
)

// Every picture has this size.
const width, height = 1200, 900

// canvas is a picture while it is drawn.
type canvas struct{ *image.RGBA }

// colour has parts from 0 to 1, not premultiplied.
type colour struct{ r, g, b, a float64 }

// shade tells the colour of a point.
type shade func(x, y float64) colour

// mask tells how far each pixel of a rectangle is covered, from 0 to 1.
type mask struct {
	at image.Rectangle
	a  []float32
}

// hex is a colour written as 0xRRGGBB.
func hex(v int) colour {
	return colour{float64(v>>16&255) / 255, float64(v>>8&255) / 255, float64(v&255) / 255, 1}
}

func (c colour) alpha(a float64) colour { c.a = a; return c }

// mix is between c and d.
func (c colour) mix(d colour, t float64) colour {
	return colour{c.r + (d.r-c.r)*t, c.g + (d.g-c.g)*t, c.b + (d.b-c.b)*t, c.a + (d.a-c.a)*t}
}

// lit is lighter or, below nothing, darker.
func (c colour) lit(t float64) colour {
	if t < 0 {
		return c.mix(colour{0, 0, 0, c.a}, -t)
	}
	return c.mix(colour{1, 1, 1, c.a}, t)
}

func flat(v int) shade { return of(hex(v)) }

func of(c colour) shade { return func(float64, float64) colour { return c } }

// ramp runs through colours that are equally far apart, from 0 to 1.
func ramp(t float64, colours []colour) colour {
	t = max(0, min(1, t)) * float64(len(colours)-1)
	i := min(int(t), len(colours)-2)
	return colours[i].mix(colours[i+1], t-float64(i))
}

func hexes(values []int) []colour {
	var out []colour
	for _, v := range values {
		out = append(out, hex(v))
	}
	return out
}

// linear runs from one point to another.
func linear(x0, y0, x1, y1 float64, values ...int) shade {
	dx, dy, all := x1-x0, y1-y0, hexes(values)
	l := dx*dx + dy*dy
	return func(x, y float64) colour { return ramp(((x-x0)*dx+(y-y0)*dy)/l, all) }
}

// radial runs outwards.
func radial(x0, y0, r float64, values ...int) shade {
	all := hexes(values)
	return func(x, y float64) colour { return ramp(math.Hypot(x-x0, y-y0)/r, all) }
}

// grained is a shade with a fine grain, the same every time.
func (s shade) grained(amount float64) shade {
	return func(x, y float64) colour { return s(x, y).lit((noise(int(x), int(y)) - 0.5) * amount) }
}

// noise is between 0 and 1 and the same for the same place.
func noise(x, y int) float64 {
	h := uint32(x)*374761393 + uint32(y)*668265263
	h = (h ^ h>>13) * 1274126177
	return float64((h^h>>16)&0xffff) / 0xffff
}

func blank() *canvas { return &canvas{image.NewRGBA(image.Rect(0, 0, width, height))} }

// studio is a canvas with a table in soft light.
func studio(wall, table int) *canvas {
	c := blank()
	w, t := hex(wall), hex(table)
	for y := range height {
		row := w.mix(t, smooth(380, 760, float64(y)))
		for x := range width {
			v := math.Hypot(float64(x-520)/900, float64(y-380)/760)
			c.put(x, y, row.lit(0.10-0.26*v*v), 1)
		}
	}
	return c
}

// smooth goes from 0 at a to 1 at b.
func smooth(a, b, v float64) float64 {
	t := max(0, min(1, (v-a)/(b-a)))
	return t * t * (3 - 2*t)
}

// put lays a colour over a pixel.
func (c *canvas) put(x, y int, k colour, cover float64) {
	a := k.a * cover
	if a <= 0 {
		return
	}
	p := c.Pix[c.PixOffset(x, y):][:4:4]
	p[0] = level(float64(p[0]), k.r, a)
	p[1] = level(float64(p[1]), k.g, a)
	p[2] = level(float64(p[2]), k.b, a)
	p[3] = 255
}

func level(old, v, a float64) uint8 {
	return uint8(max(0, min(255, old+(v*255-old)*min(a, 1)+0.5)))
}

// cover rasterises a path within the canvas and a border around its own box.
func (c *canvas) cover(p path, border int) *mask {
	at := p.box().Inset(-border - 1).Intersect(image.Rect(-80, -80, width+80, height+80))
	if at.Empty() {
		return &mask{}
	}
	z := vector.NewRasterizer(at.Dx(), at.Dy())
	p.onto(z, float64(at.Min.X), float64(at.Min.Y))
	alpha := image.NewAlpha(image.Rect(0, 0, at.Dx(), at.Dy()))
	z.Draw(alpha, alpha.Rect, image.Opaque, image.Point{})
	m := &mask{at, make([]float32, len(alpha.Pix))}
	for i, v := range alpha.Pix {
		m.a[i] = float32(v) / 255
	}
	return m
}

// paint lays a shade on what a mask covers.
func (c *canvas) paint(m *mask, s shade) {
	w := m.at.Dx()
	seen := m.at.Intersect(c.Rect)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		row := m.a[(y-m.at.Min.Y)*w:]
		for x := seen.Min.X; x < seen.Max.X; x++ {
			if a := row[x-m.at.Min.X]; a > 0 {
				c.put(x, y, s(float64(x), float64(y)), float64(a))
			}
		}
	}
}

func (c *canvas) fill(p path, s shade) { c.paint(c.cover(p, 0), s) }

// within fills what two paths share.
func (c *canvas) within(outer, p path, s shade) {
	m, o := c.cover(p, 0), c.cover(outer, 0)
	m.times(o, false)
	c.paint(m, s)
}

// times keeps what the other covers too, or what it does not.
func (m *mask) times(o *mask, not bool) {
	w := m.at.Dx()
	for i := range m.a {
		v := o.get(m.at.Min.X+i%w, m.at.Min.Y+i/w)
		if not {
			v = 1 - v
		}
		m.a[i] *= v
	}
}

func (m *mask) get(x, y int) float32 {
	if !(image.Point{X: x, Y: y}).In(m.at) {
		return 0
	}
	return m.a[(y-m.at.Min.Y)*m.at.Dx()+x-m.at.Min.X]
}

// blur spreads a mask by about r pixels.
func (m *mask) blur(r int) {
	w, h := m.at.Dx(), m.at.Dy()
	if r < 1 || w == 0 {
		return
	}
	line := make([]float32, max(w, h))
	for range 2 {
		for y := range h {
			spread(m.a[y*w:], 1, w, r, line)
		}
		for x := range w {
			spread(m.a[x:], w, h, r, line)
		}
	}
}

// spread averages n values over 2r+1 neighbours.
func spread(v []float32, step, n, r int, line []float32) {
	var sum float32
	for i := range min(r, n) {
		sum += v[i*step]
	}
	for i := range n {
		if i+r < n {
			sum += v[(i+r)*step]
		}
		if i-r-1 >= 0 {
			sum -= v[(i-r-1)*step]
		}
		line[i] = sum / float32(2*r+1)
	}
	for i := range n {
		v[i*step] = max(0, line[i])
	}
}

// shadow is what a thing throws on what is below it.
func (c *canvas) shadow(p path, dx, dy float64, r int, strength float64) {
	m := c.cover(p.moved(dx, dy), 2*r)
	m.blur(r)
	c.paint(m, of(colour{0.05, 0.05, 0.1, strength}))
}

// relief lights a form that stands out of its ground, or is sunk into it when
// strength is below nothing. The light comes from the left above.
func (c *canvas) relief(p path, r int, strength float64) {
	m := c.cover(p, 2*r+1)
	m.blur(r)
	w, seen := m.at.Dx(), m.at.Inset(1).Intersect(c.Rect)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		for x := seen.Min.X; x < seen.Max.X; x++ {
			i := (y-m.at.Min.Y)*w + x - m.at.Min.X
			slope := float64(m.a[i+1] - m.a[i-1] + m.a[i+w] - m.a[i-w])
			if v := slope * strength; v > 0.004 {
				c.put(x, y, colour{1, 1, 1, 1}, min(v, 0.9))
			} else if v < -0.004 {
				c.put(x, y, colour{0, 0, 0, 1}, min(-v*0.8, 0.9))
			}
		}
	}
}

// glow is a soft light (or dark) on a place.
func (c *canvas) glow(p path, r int, k colour) {
	m := c.cover(p, 2*r)
	m.blur(r)
	c.paint(m, of(k))
}

// glowIn is a glow that stays inside of a form.
func (c *canvas) glowIn(outer, p path, r int, k colour) {
	m := c.cover(p, 2*r)
	m.blur(r)
	m.times(c.cover(outer, 0), false)
	c.paint(m, of(k))
}

// rim darkens or lights the inside of a form along its edge.
func (c *canvas) rim(p path, r int, k colour) {
	m, in := c.cover(p, 2*r), c.cover(p, 0)
	m.blur(r)
	for i := range m.a {
		m.a[i] = 1 - m.a[i]
	}
	m.times(in, false)
	c.paint(m, of(k))
}

// jpeg is the picture as a file.
func (c *canvas) jpeg() []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, c.RGBA, &jpeg.Options{Quality: 84}); err != nil {
		panic("sheet: " + err.Error()) // a buffer takes everything
	}
	return out.Bytes()
}
