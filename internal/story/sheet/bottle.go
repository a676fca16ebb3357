package sheet

// bottle is a perfume's.
type bottle struct {
	juice, dark int // colours of what is in it
	cap, ink    int // of the cap, and of the print on the glass
	brand, name string
	round       bool
}

// drawn shows a bottle; a fake one has an uneven, thin base, a tube that bends, a wide
// gap below the cap and a label that is stuck on instead of printed.
func (b bottle) drawn(fake bool) []byte {
	c := studio(0xeef0f2, 0xcfd3d9)
	const x, y, w, h = 360.0, 290.0, 480.0, 480.0
	corner, thick, lift := 46.0, 58.0, 0.0
	if b.round {
		corner = 170
	}
	if fake {
		thick, lift = 22, 16
	}
	c.shadow(ellipse(x+w/2+60, y+h+4, w*0.56, 24), 0, 0, 22, 0.6)
	glass := round(x, y, w, h, corner)
	c.fill(glass, linear(x, y, x+w, y, 0xdfe8ec, 0xf9fcfd, 0xe4ecf0, 0xf4f8fa, 0xc9d5db))
	inner := round(x+26, y+30, w-52, h-30-thick, max(16, corner-24))
	if fake {
		inner = inner.each(func(px, py float64) (float64, float64) {
			if py > y+h/2 {
				py += (px - x - w/2) * 0.05
			}
			return px, py
		})
	}
	c.within(inner, rect(x, y+86, w, h), linear(x, y, x+w, y+h, b.juice, b.dark, b.juice, b.dark))
	c.glowIn(inner, rect(x, y+84, w, 5), 1, colour{1, 1, 1, 0.8})
	c.rim(inner, 10, colour{0.1, 0.12, 0.15, 0.5})
	b.tube(c, fake, x+w/2, y, h-thick)
	c.glowIn(glass, round(x+38, y+50, 34, h-150, 17), 8, colour{1, 1, 1, 0.75})
	c.glowIn(glass, round(x+w-62, y+70, 16, h-190, 8), 5, colour{1, 1, 1, 0.5})
	c.glowIn(glass, rect(x+40, y+h-thick+14, w-80, 7), 4, colour{1, 1, 1, 0.9})
	c.rim(glass, 5, colour{0.25, 0.32, 0.38, 0.75})
	b.collar(c, x+w/2, y, lift, fake)
	b.label(c, fake, x+w/2, y+250)
	return c.jpeg()
}

func (b bottle) tube(c *canvas, fake bool, cx, y, h float64) {
	line := curve(cx, y+20, cx, y+180, cx, y+260, cx, y+h-16)
	if fake {
		line = curve(cx, y+20, cx-10, y+180, cx+30, y+290, cx+118, y+h-14)
	}
	c.fill(stroke(13, line...), of(colour{1, 1, 1, 0.34}))
	c.fill(stroke(5, line...), of(colour{1, 1, 1, 0.30}))
}

// collar is the neck with its ring, and the cap.
func (b bottle) collar(c *canvas, cx, y, lift float64, fake bool) {
	if fake { // the pump shows
		c.fill(rect(cx-34, y-46, 68, 46), linear(cx-34, 0, cx+34, 0, 0x8d9297, 0xe6e9eb, 0x9ba0a5))
	}
	neck := round(cx-64, y-30, 128, 34, 5)
	c.fill(neck, linear(cx-64, 0, cx+64, 0, 0xa98a45, 0xf8e9bd, 0xc7a254, 0xfff3cf, 0x9b7a37))
	c.rim(neck, 2, colour{0.2, 0.1, 0, 0.5})
	head := round(cx-92, y-190-lift, 184, 162, 14)
	k := hex(b.cap)
	c.fill(head, func(x, _ float64) colour {
		t := (x - cx + 92) / 184
		return ramp(t, []colour{k.lit(-0.3), k.lit(0.35), k.lit(0.05), k.lit(0.18), k.lit(-0.35)})
	})
	c.glowIn(head, rect(cx-92, y-190-lift, 184, 10), 4, colour{1, 1, 1, 0.5})
	c.rim(head, 3, colour{0, 0, 0, 0.6})
	if !fake {
		c.relief(letters(plain, 60, cx, y-88, middle, 0, b.brand[:1]), 2, 1.0)
	}
}

func (b bottle) label(c *canvas, fake bool, cx, cy float64) {
	if fake {
		l := round(cx-150, cy-58, 300, 118, 4).turned(-1.6, cx, cy)
		c.shadow(l, 2, 3, 3, 0.4)
		c.fill(l, linear(cx-150, 0, cx+150, 0, 0xf3eedf, 0xfffaf0, 0xe9e2cf))
		c.fill(letters(bold, 34, cx, cy+2, middle, 2, b.brand).turned(-1.6, cx, cy), flat(0x3a3226))
		c.fill(letters(plain, 20, cx, cy+38, middle, 1, b.name).turned(-1.6, cx, cy), flat(0x3a3226))
		return
	}
	gold := flat(b.ink)
	word := letters(plain, 40, cx, cy, middle, 7, b.brand)
	c.shadow(word, 3, 4, 3, 0.25)
	c.fill(word, gold)
	c.relief(word, 1, 0.3)
	c.fill(stroke(2, cx-50, cy+18, cx+50, cy+18), gold)
	c.fill(letters(italic, 24, cx, cy+52, middle, 1, b.name), gold)
}

// underside shows a bottle's base; a genuine one has its mould number and the maker's
// words cut into the glass round the middle, a fake one a paper label only.
func (b bottle) underside(fake bool) []byte {
	c := studio(0xdde1e5, 0xc9ced5)
	const cx, cy = 600.0, 450.0
	outer, bed := round(cx-330, cy-330, 660, 660, 120), round(cx-250, cy-250, 500, 500, 90)
	if b.round {
		outer, bed = ellipse(cx, cy, 335, 335), ellipse(cx, cy, 252, 252)
	}
	c.shadow(outer, 26, 34, 26, 0.55)
	c.fill(outer, linear(cx-330, cy-330, cx+330, cy+330, 0xf6fafb, 0xcbd6dc, 0xeff5f7, 0xaebbc3))
	c.fill(bed, linear(cx-250, cy-250, cx+250, cy+250, b.dark, b.juice, b.juice, b.dark))
	c.rim(bed, 22, colour{0.06, 0.08, 0.1, 0.7})
	c.rim(outer, 6, colour{0.3, 0.36, 0.4, 0.8})
	c.glowIn(outer, stroke(16, curve(cx-290, cy+120, cx-320, cy-200, cx-200, cy-320, cx+120, cy-290)...), 7, colour{1, 1, 1, 0.9})
	c.relief(bed, 7, -1.5)
	if fake {
		l := round(cx-150, cy-64, 300, 128, 5)
		c.shadow(l, 2, 3, 3, 0.4)
		c.fill(l, linear(cx-150, 0, cx+150, 0, 0xfbfaf6, 0xf0ede4))
		c.fill(letters(bold, 30, cx, cy-12, middle, 0, b.brand), flat(0x24221f))
		c.fill(letters(plain, 22, cx, cy+26, middle, 0, "50 ml  1.7 FL OZ"), flat(0x24221f))
		return c.jpeg()
	}
	word := letters(plain, 42, cx, cy-36, middle, 8, b.brand)
	for _, p := range []path{word, letters(plain, 32, cx, cy+24, middle, 3, "50 ml"), letters(mono, 34, cx, cy+130, middle, 4, "7 o 2194")} {
		c.fill(p, of(colour{1, 1, 1, 0.28}))
		c.relief(p, 2, -1.6)
	}
	for i := range 24 { // grip notches round the bed
		p := ellipse(cx, cy-290, 5, 15).turned(float64(i)*15, cx, cy)
		if b.round {
			c.relief(p, 3, 1.6)
		}
	}
	return c.jpeg()
}
