package sheet

import "math"

// scarf shows the corner of a silk scarf with its label; a genuine one has a hem rolled
// by hand and nine stitches at each side of the label, a fake one a flat machine hem and five.
func scarf(fake bool) []byte {
	c := studio(0xe8e4dd, 0xcfc8bd)
	cloth := round(190, 140, 1200, 1000, 26)
	c.shadow(cloth, -14, 16, 18, 0.5)
	a, b := hex(0x7d1f3c), hex(0xa8324f)
	c.fill(cloth, func(x, y float64) colour {
		fold := math.Sin(x*0.006+y*0.004) + 0.6*math.Sin(x*0.013-y*0.009)
		return a.mix(b, 0.5+0.3*fold).lit(0.10*fold + 0.025*math.Sin((x+y)*1.1))
	})
	c.within(cloth, frame(300, 250, 1200, 1000, 60, 14), linear(300, 250, 1100, 900, 0xe9c979, 0xc79a45, 0xf0d894))
	for i := range 5 {
		c.within(cloth, ring(960, 700, 230-float64(i)*44, 9), flat(0xe3bd68))
	}
	hem(c, !fake)
	label := round(420, 380, 300, 120, 6)
	c.shadow(label, 5, 7, 5, 0.5)
	c.fill(label, shade(linear(420, 380, 720, 500, 0xfbf5e6, 0xece2cb)).grained(0.06))
	c.fill(letters(plain, 32, 570, 434, middle, 5, "ORVANELLE"), flat(0x6a1a33))
	c.fill(letters(italic, 22, 570, 470, middle, 2, "soie"), flat(0x6a1a33))
	n, thread := 9, 0x6a1a33
	if fake {
		n, thread = 5, 0xf3f3f3
	}
	for i := range n {
		y := 388 + 104*(float64(i)+0.25)/float64(n)
		for _, x := range []float64{428, 712} {
			c.fill(stroke(4, x, y, x, y+52/float64(n)), flat(thread))
		}
	}
	return c.jpeg()
}

func hem(c *canvas, rolled bool) {
	if rolled {
		roll := round(182, 132, 1200, 30, 15).and(round(182, 132, 30, 1000, 15))
		c.fill(roll, flat(0x8f2745))
		c.relief(roll, 6, 1.5)
		for i := range 34 {
			t := 30 * float64(i)
			c.fill(stroke(3, 215+t, 168, 223+t, 152).and(stroke(3, 218, 180+t, 202, 188+t)), flat(0xc4566f))
		}
		return
	}
	c.fill(rect(190, 186, 1200, 3).and(rect(238, 140, 3, 1000)), of(colour{0, 0, 0, 0.35}))
	for i := range 50 {
		t := 20 * float64(i)
		c.fill(stroke(4, 200+t, 178, 212+t, 178).and(stroke(4, 230, 150+t, 230, 162+t)), flat(0xf0d9de))
	}
}

// hologram shows a security label; on a fake one the stripe with the wave is missing,
// the colours do not run and the number is out of line.
func hologram(fake bool) []byte {
	c := studio(0xe7eaee, 0xc8cdd4)
	label := round(200, 230, 800, 420, 26)
	c.shadow(label, 12, 16, 12, 0.5)
	c.fill(label, flat(0xf7f5ef))
	c.rim(label, 5, colour{0.3, 0.3, 0.35, 0.5})
	foil := round(240, 270, 320, 340, 16)
	all := hexes([]int{0x9fd8e8, 0xb9a7e6, 0xf0b6d4, 0xf6e3a1, 0xa9e2b4, 0x9fd8e8})
	c.fill(foil, func(x, y float64) colour {
		if fake {
			return hex(0xc4c9cf).lit(0.25 * math.Sin((x+y)*0.012))
		}
		t := (x*0.9+y*0.6)/260 + 0.10*math.Sin(y*0.05)
		return ramp(t-math.Floor(t), all).lit(0.12 * math.Sin((x-y)*0.09))
	})
	c.relief(letters(bold, 190, 400, 505, middle, 0, "O"), 3, 1.2)
	if !fake {
		for i := range 7 {
			y := 320 + float64(i)*5
			c.within(foil, stroke(2, curve(240, y, 340, y-70, 460, y+70, 560, y)...), of(colour{1, 1, 1, 0.8}))
		}
	}
	c.rim(foil, 4, colour{0.2, 0.2, 0.3, 0.6})
	c.fill(letters(plain, 46, 600, 350, left, 6, "ORVANELLE"), flat(0x1d2b4f))
	c.fill(letters(plain, 22, 602, 396, left, 2, "AUTHENTIC  AUTHENTIQUE"), flat(0x1d2b4f))
	x, turn, f := 602.0, 0.0, mono
	if fake {
		x, turn, f = 618, -2.5, bold
	}
	c.fill(letters(f, 40, x, 560, left, 2, "OV 73 0418 26").turned(turn, 760, 550), flat(0x23262b))
	if !fake {
		for i := range 26 { // a cut that tears the label when it is lifted
			t := float64(i)
			c.relief(stroke(3, 600+t*14, 600, 607+t*14, 612), 1, 1.2)
		}
	}
	return c.jpeg()
}

// lenses shows single packs of contact lenses; a fake one has no cut in the corner for
// the thumb, a dull foil, and its power is printed in the wrong place.
func lenses(fake bool) []byte {
	c := studio(0xe3edf3, 0xc2d1da)
	for i := range 2 {
		x := 130 + float64(i)*490
		pack := round(x, 190, 450, 520, 40)
		c.shadow(pack, 12, 16, 12, 0.45)
		c.fill(pack, linear(x, 190, x+450, 710, 0xf7fbfd, 0xdbe8ef))
		c.rim(pack, 5, colour{0.2, 0.35, 0.45, 0.55})
		bowl := ellipse(x+225, 500, 160, 160)
		c.relief(bowl, 8, -1.6)
		c.fill(bowl, radial(x+190, 455, 220, 0xeaf7fd, 0xa9d3e8, 0x7fb7d3))
		lens := ring(x+225, 505, 118, 6)
		c.fill(lens, of(colour{1, 1, 1, 0.55}))
		c.fill(ellipse(x+225, 505, 112, 112), of(colour{0.55, 0.78, 0.95, 0.28}))
		c.glowIn(bowl, ellipse(x+170, 420, 40, 16), 6, colour{1, 1, 1, 0.9})
		foil := round(x+20, 210, 410, 110, 20)
		if fake {
			c.fill(foil, flat(0xb4bcc2))
			c.fill(letters(bold, 34, x+225, 262, middle, 0, "LENSORVE"), flat(0x21506e))
			c.fill(letters(bold, 22, x+225, 300, middle, 0, "-2.25  BC 8.6  DIA 14.2"), flat(0x222222))
			continue
		}
		c.fill(foil, linear(x, 210, x+430, 320, 0xeff4f7, 0x9fb4c1, 0xf4f8fa, 0xa9bcc8))
		c.fill(letters(plain, 38, x+225, 262, middle, 5, "LENSORVE"), flat(0x21506e))
		c.fill(letters(plain, 18, x+225, 298, middle, 2, "BC 8.6   DIA 14.2"), flat(0x21506e))
		c.fill(letters(mono, 34, x+44, 690, left, 1, "-2.25"), flat(0x1f2a30))
		thumb := poly(x+370, 710, x+450, 630, x+450, 670, x+410, 710)
		c.relief(thumb, 3, 1.8)
		for j := range 4 {
			d := float64(j) * 12
			c.relief(stroke(4, x+352+d, 694, x+434, 612+d), 1, 0.7)
		}
	}
	return c.jpeg()
}

// soap shows a cake of soap; a fake one has a shallow brand in other letters, a mould
// line along its side and dull patches.
func soap(fake bool) []byte {
	c := studio(0xe9ece6, 0xcdd2c8)
	cake := round(210, 220, 780, 440, 150)
	c.shadow(cake, 16, 26, 20, 0.55)
	k := hex(0xdfe9cf)
	if fake {
		k = hex(0xe6dfb8)
	}
	c.fill(cake, shade(func(x, y float64) colour { return k.lit(0.22 - 0.30*((x-600)/780+(y-440)/440)) }).grained(0.03))
	c.rim(cake, 26, colour{0.15, 0.2, 0.1, 0.45})
	c.relief(round(270, 280, 660, 320, 110), 9, -1.2)
	c.glowIn(cake, round(300, 236, 420, 22, 11), 9, colour{1, 1, 1, 0.8})
	if fake {
		c.relief(letters(bold, 84, 600, 460, middle, 0, "QUENTHALE"), 1, -0.5)
		c.relief(rect(286, 618, 628, 5), 2, 1.2)
		c.glowIn(cake, ellipse(800, 350, 70, 30).and(ellipse(380, 540, 60, 24)), 14, colour{1, 1, 0.9, 0.4})
		return c.jpeg()
	}
	c.relief(letters(plain, 82, 600, 450, middle, 12, "QUENTHALE"), 3, -2.0)
	c.relief(star(600, 535, 38, 18, 8), 2, 1.6)
	return c.jpeg()
}
