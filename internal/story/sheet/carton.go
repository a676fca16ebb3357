package sheet

import "math"

// carton is a folding box: its front, and its side with the bar code.
type carton struct {
	ground, deep, ink int    // colours of the board, its side and its print
	brand, name, more string // what stands on it
	medicine          bool   // a band of colour instead of a gilt frame
	band              int
	gtin, batch       string
}

// drawn shows a carton; on a fake one the seal is flat and off the centre, the frame
// (or band) is out of register, letters are too bold and the batch line is printed,
// not sprayed on.
func (k carton) drawn(fake bool) []byte {
	c := studio(0xe9ebee, 0xc4c8cf)
	const x, y, w, h, side = 150.0, 110.0, 520.0, 660.0, 400.0
	c.shadow(poly(x+30, y+h-20, x+w+side, y+h-30, x+w+side+60, y+h+18, x+50, y+h+22), 0, 6, 16, 0.55)
	face, flank := rect(x, y, w, h), poly(x+w, y, x+w+side, y+16, x+w+side, y+h-14, x+w, y+h)
	g, d := hex(k.ground), hex(k.deep)
	c.fill(face, shade(func(px, py float64) colour {
		return g.lit(0.10 - 0.22*(px-x)/w - 0.08*(py-y)/h)
	}).grained(0.02))
	c.fill(flank, shade(func(px, _ float64) colour { return d.lit(-0.04 - 0.12*(px-x-w)/side) }).grained(0.02))
	c.glow(rect(x+w-1.5, y, 3, h), 1, colour{1, 1, 1, 0.55})
	if k.medicine {
		k.pharmacy(c, fake, x, y, w)
	} else {
		k.gilt(c, fake, x, y, w, h)
	}
	k.seal(c, fake, x+w/2, y+492)
	k.flank(c, fake, x+w+40, y)
	return c.jpeg()
}

// gilt is the front of a luxury carton.
func (k carton) gilt(c *canvas, fake bool, x, y, w, h float64) {
	gold := linear(x, y, x+w, y+h, 0xf6e6b4, 0xb98f3e, 0xf3dfa2, 0xa67c2d, 0xe8cf8a)
	shift := 0.0
	if fake {
		gold, shift = flat(0xb79a52), 9
	}
	edge := frame(x+34+shift, y+34, w-68, h-68, 4, 4).and(frame(x+44+shift, y+44, w-88, h-88, 2, 1.5))
	c.fill(edge, gold)
	f, size, space := plain, 48.0, 11.0
	if fake {
		f, size, space = bold, 46, 5
	}
	name := letters(f, size, x+w/2, y+172, middle, space, k.brand)
	c.fill(name, gold)
	if !fake {
		c.relief(edge, 1, 0.35)
		c.relief(name, 1, 0.5)
	}
	c.fill(stroke(2, x+w/2-60, y+206, x+w/2+60, y+206), gold)
	c.fill(letters(italic, 27, x+w/2, y+250, middle, 1, k.name), flat(k.ink))
	c.fill(letters(plain, 17, x+w/2, y+h-70, middle, 2, k.more), flat(k.ink))
}

// pharmacy is the front of a medicine's carton.
func (k carton) pharmacy(c *canvas, fake bool, x, y, w float64) {
	shift, f := 0.0, bold
	if fake {
		shift, f = 14, plain
	}
	c.fill(poly(x, y+250+shift, x+w, y+206+shift, x+w, y+318, x, y+346), linear(x, 0, x+w, 0, k.band, k.deep))
	c.fill(poly(x, y+358, x+w, y+330, x+w, y+340, x, y+368), of(hex(k.band).lit(0.35)))
	c.fill(letters(f, 58, x+38, y+116, left, 1.5, k.brand), flat(k.ink))
	c.fill(letters(plain, 26, x+40, y+164, left, 0.5, k.name), flat(k.ink))
	c.fill(letters(plain, 19, x+40, y+204, left, 0.5, k.more), of(hex(k.ink).alpha(0.75)))
	for i := range 6 { // braille, raised
		for j, at := range [6][2]float64{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}} {
			if !fake && 0x5b3a1d>>(i*4+j)&1 == 1 {
				c.relief(ellipse(x+46+float64(i)*34+at[0]*13, y+590+at[1]*13, 4.5, 4.5), 2, 1.5)
			}
		}
	}
}

// seal is the embossed seal of the maker: a rosette with a letter in it.
func (k carton) seal(c *canvas, fake bool, cx, cy float64) {
	r := 74.0
	if fake {
		cx += 34
	}
	rosette := star(cx, cy, r, r*0.93, 36)
	letter := letters(bold, 72, cx, cy+26, middle, 0, k.brand[:1])
	if fake { // printed: no depth, one flat colour
		c.fill(rosette, of(hex(k.deep).mix(hex(0xa89263), 0.6)))
		c.fill(ring(cx, cy, r*0.80, 3).and(letter), of(hex(k.ground).lit(0.1)))
		return
	}
	if !k.medicine {
		c.fill(rosette, shade(func(x, y float64) colour {
			t := math.Atan2(y-cy, x-cx)
			return hex(0xd2ab58).lit(0.28*math.Sin(2*t-1.2) + 0.05)
		}).grained(0.05))
	}
	c.relief(rosette, 3, 1.4)
	c.relief(ring(cx, cy, r*0.80, 7), 2, 1.1)
	for i := range 36 {
		a := float64(i) * math.Pi / 18
		c.relief(ellipse(cx+r*0.66*math.Cos(a), cy+r*0.66*math.Sin(a), 2.6, 2.6), 1, 0.9)
	}
	c.relief(letter, 2, 1.2)
}

// flank is the side with the bar code and the batch line, told straight for the eye.
func (k carton) flank(c *canvas, fake bool, x, y float64) {
	c.ean(k.gtin, x-12, y+400, 3, 120)
	f, size, ink := plain, 17.0, hex(k.ink)
	if k.medicine {
		ink = hex(0xf4fbfa)
	}
	for i, line := range []string{k.brand, k.name, k.more} {
		c.fill(letters(f, size, x, y+80+float64(i)*30, left, 0.5, line), of(ink.alpha(0.9)))
		f, size = plain, 15
	}
	for i, l := range []float64{300, 276, 292, 240, 288, 180} {
		c.fill(round(x, y+190+float64(i)*17, l, 5, 2.5), of(ink.alpha(0.30)))
	}
	box := round(x-4, y+310, 318, 62, 4)
	c.fill(box, of(hex(0xfafaf6).alpha(0.92)))
	if fake {
		c.fill(letters(bold, 24, x+12, y+351, left, 0, k.batch), flat(0x2b2b2b))
		return
	}
	c.fill(dots(x+12, y+352, 1.9, k.batch), of(hex(0x1b1d22).alpha(0.92)))
}
