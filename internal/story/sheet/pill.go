package sheet

import "math"

// blister is a strip of tablets or capsules.
type blister struct {
	cap, body   int // colours of a capsule's halves, or of a tablet
	tablet      bool
	print       int // colour of what stands on the foil
	brand, dose string
	batch       string
}

// drawn shows a blister; a fake one has no knurling at the edge and a batch number that
// is printed instead of stamped in, tablets without their cut, and a brand that is not
// straight.
func (b blister) drawn(fake bool) []byte {
	c := studio(0xdfe6ea, 0xc3ccd2)
	const x, y, w, h = 130.0, 130.0, 940.0, 620.0
	sheet := round(x, y, w, h, 34)
	c.shadow(sheet, 16, 22, 16, 0.55)
	c.fill(sheet, b.foil(fake))
	c.rim(sheet, 4, colour{0.2, 0.22, 0.25, 0.6})
	c.glowIn(sheet, poly(x+60, y, x+250, y, x+40, y+h, x-100, y+h), 40, colour{1, 1, 1, 0.32})
	size := 22.0
	if b.tablet {
		size = 30
	}
	for row := range 3 {
		cy := y + 38 + float64(row)*254
		if row == 2 {
			cy = y + h - 96
		}
		turn := 0.0
		if fake {
			turn = 1.6 - float64(row)*0.5
		}
		if row < 2 || fake {
			c.fill(letters(bold, size, x+w/2, cy+size/3, middle, 4, b.brand+"   "+b.dose).turned(turn, x+w/2, cy), of(hex(b.print).alpha(0.85)))
		}
	}
	for i := range 10 {
		b.pocket(c, fake, x+130+float64(i%5)*170, y+160+float64(i/5)*240)
	}
	b.edge(c, fake, x, y+h-78, w)
	return c.jpeg()
}

// foil is aluminium, with a fine waffle when it is genuine.
func (b blister) foil(fake bool) shade {
	base := linear(130, 130, 1070, 750, 0xeef1f3, 0xc6ccd1, 0xe6eaed, 0xb9c0c6, 0xdde2e6)
	return func(x, y float64) colour {
		if fake {
			return base(x, y).lit((noise(int(x/3), int(y)) - 0.5) * 0.03)
		}
		wave := math.Sin((x+y)*0.62) + math.Sin((x-y)*0.62)
		return base(x, y).lit(wave * 0.042)
	}
}

func (b blister) pocket(c *canvas, fake bool, cx, cy float64) {
	rx, ry := 58.0, 92.0
	if b.tablet {
		rx, ry = 70, 70
	}
	dome := round(cx-rx-12, cy-ry-12, 2*rx+24, 2*ry+24, rx+12)
	c.shadow(dome, 8, 10, 7, 0.35)
	c.fill(dome, of(colour{0.93, 0.96, 0.98, 0.5}))
	if b.tablet {
		b.pill(c, fake, cx, cy)
	} else {
		b.capsule(c, fake, cx, cy)
	}
	c.rim(dome, 6, colour{0.25, 0.3, 0.35, 0.55})
	c.glowIn(dome, round(cx-rx*0.7, cy-ry*0.85, 15, ry*1.1, 8), 4, colour{1, 1, 1, 0.85})
	c.glowIn(dome, ellipse(cx+rx*0.55, cy+ry*0.72, 16, 6), 4, colour{1, 1, 1, 0.5})
}

func (b blister) capsule(c *canvas, fake bool, cx, cy float64) {
	const r, half = 44.0, 82.0
	whole := round(cx-r, cy-half, 2*r, 2*half, r)
	c.shadow(whole, 4, 6, 5, 0.4)
	side := func(v int) shade {
		k := hex(v)
		return func(x, _ float64) colour {
			t := (x - cx) / r
			return k.lit(0.30 - 0.5*(t+0.35)*(t+0.35))
		}
	}
	c.within(whole, rect(cx-r, cy-half, 2*r, half+8), side(b.cap))
	c.within(whole, rect(cx-r, cy+8, 2*r, half), side(b.body))
	c.glowIn(whole, rect(cx-r, cy+8, 2*r, 3), 1, colour{0, 0, 0, 0.45})
	mark := letters(plain, 26, 0, 9, middle, 1, b.brand[:3]).turned(90, 0, 0).moved(cx-2, cy-32)
	if fake {
		mark = letters(bold, 18, 0, 9, middle, 0, b.brand[:3]).turned(90, 0, 0).moved(cx+8, cy-28)
	} else {
		c.within(whole, rect(cx-r, cy+46, 2*r, 5), of(hex(b.cap).alpha(0.75)))
	}
	c.fill(mark, of(colour{1, 1, 1, 0.9}))
}

func (b blister) pill(c *canvas, fake bool, cx, cy float64) {
	const r = 56.0
	p := ellipse(cx, cy, r, r)
	k := hex(b.body)
	c.shadow(p, 4, 6, 5, 0.45)
	c.fill(p, shade(func(x, y float64) colour {
		return k.lit(0.2 - 0.3*((x-cx)+(y-cy))/(2*r))
	}).grained(0.03))
	c.rim(p, 4, colour{0, 0, 0, 0.35})
	if fake { // rounded, no bevel, no score
		c.glowIn(p, ellipse(cx-12, cy-14, 22, 20), 12, colour{1, 1, 1, 0.35})
		return
	}
	c.relief(ellipse(cx, cy, r-10, r-10), 2, 1.3)
	c.relief(stroke(7, cx-r+14, cy, cx+r-14, cy), 2, -1.5)
	c.relief(letters(bold, 27, cx, cy-13, middle, 1, b.brand[:2]), 1, -1.0)
	c.relief(letters(bold, 25, cx, cy+35, middle, 1, b.dose[:2]), 1, -1.0)
}

// edge is where the foil is sealed and the batch stands.
func (b blister) edge(c *canvas, fake bool, x, y, w float64) {
	if fake {
		c.fill(letters(mono, 23, x+w-60, y+52, right, 0, b.batch), of(hex(0x23262b).alpha(0.9)))
		return
	}
	for i := range 44 {
		c.relief(stroke(4, x+40+float64(i)*9, y+26, x+34+float64(i)*9, y+60), 1, 1.1)
	}
	p := letters(plain, 31, x+w-56, y+56, right, 3, b.batch)
	c.fill(p, of(colour{0.35, 0.38, 0.42, 0.25}))
	c.relief(p, 1, -1.5)
}
