package sheet

import (
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is a type face.
type face func() *sfnt.Font

// The faces; the fonts are part of the program.
var (
	plain  = parsed(goregular.TTF)
	bold   = parsed(gobold.TTF)
	italic = parsed(goitalic.TTF)
	mono   = parsed(gomono.TTF)
)

func parsed(ttf []byte) face {
	return sync.OnceValue(func() *sfnt.Font {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			panic("sheet: " + err.Error()) // the fonts are constants
		}
		return f
	})
}

// Where a text stands at its point.
const (
	left   = 0.0
	middle = 0.5
	right  = 1.0
)

// letters is a text as a form: its base line at y, spaced by some pixels more.
func letters(f face, size float64, x, y, align, space float64, text string) path {
	var buffer sfnt.Buffer
	var out path
	at := 0.0
	ppem := fixed.Int26_6(size * 64)
	for _, r := range text {
		i, err := f().GlyphIndex(&buffer, r)
		if err != nil {
			continue
		}
		if segments, err := f().LoadGlyph(&buffer, i, ppem, nil); err == nil {
			out = append(out, outline(segments).moved(at, 0)...)
		}
		advance, _ := f().GlyphAdvance(&buffer, i, ppem, font.HintingNone)
		at += float64(advance)/64 + space
	}
	return out.moved(x-(at-space)*align, y)
}

// outline makes a glyph's curves straight.
func outline(segments sfnt.Segments) path {
	var out path
	get := func(p fixed.Point26_6) (float64, float64) { return float64(p.X) / 64, float64(p.Y) / 64 }
	for _, s := range segments {
		x1, y1 := get(s.Args[0])
		if s.Op == sfnt.SegmentOpMoveTo {
			out = append(out, [][2]float64{{x1, y1}})
			continue
		}
		last := &out[len(out)-1]
		if s.Op == sfnt.SegmentOpLineTo {
			*last = append(*last, [2]float64{x1, y1})
			continue
		}
		from := (*last)[len(*last)-1]
		x2, y2 := get(s.Args[1])
		for i := 1; i <= 6; i++ { // Go's fonts have quadratic curves only
			t := float64(i) / 6
			u := 1 - t
			*last = append(*last, [2]float64{u*u*from[0] + 2*u*t*x1 + t*t*x2, u*u*from[1] + 2*u*t*y1 + t*t*y2})
		}
	}
	return out
}

// dots is a text as an ink-jet prints it: a dot for each point of a coarse letter.
func dots(x, y, pitch float64, text string) path {
	var out path
	glyphs := basicfont.Face7x13
	for _, r := range text {
		_, m, at, advance, ok := glyphs.Glyph(fixed.P(0, 11), r)
		if !ok {
			continue
		}
		alpha, is := m.(*image.Alpha)
		for row := 0; is && row < 13; row++ {
			for col := range 6 {
				if alpha.AlphaAt(at.X+col, at.Y+row).A > 0 {
					out = append(out, ellipse(x+float64(col)*pitch, y+float64(row-11)*pitch, pitch*0.46, pitch*0.46)...)
				}
			}
		}
		x += float64(advance.Round()) * pitch
	}
	return out
}

// The patterns of EAN-13: the left odd set; which of its digits are of the even set.
var (
	eanLeft   = [10]string{"0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"}
	eanParity = [10]string{"000000", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010"}
)

// bars are the modules of an EAN-13.
func bars(gtin string) string {
	out := "101"
	parity := eanParity[gtin[0]-'0']
	for i := 1; i < 13; i++ {
		code := []byte(eanLeft[gtin[i]-'0'])
		if i == 7 {
			out += "01010"
		}
		if i > 6 || parity[i-1] == '1' {
			for j := range code {
				code[j] ^= 1
			}
		}
		if i <= 6 && parity[i-1] == '1' {
			for a, b := 0, 6; a < b; a, b = a+1, b-1 {
				code[a], code[b] = code[b], code[a]
			}
		}
		out += string(code)
	}
	return out + "101"
}

// ean draws an EAN-13 with its digits on white; a module has a whole number of pixels.
func (c *canvas) ean(gtin string, x, y float64, module int, high float64) {
	m := float64(module)
	c.fill(rect(x, y, 113*m, high+11*m), flat(0xfdfdfb))
	for i, v := range bars(gtin) {
		if v == '1' {
			long := high
			if i < 3 || i > 91 || i > 44 && i < 50 {
				long += 5 * m
			}
			c.fill(rect(x+float64(11+i)*m, y+2*m, m, long), flat(0x14161a))
		}
	}
	size, base := 9.5*m, y+high+9.6*m
	c.fill(letters(mono, size, x+3.4*m, base, left, 0, gtin[:1]), flat(0x14161a))
	c.fill(letters(mono, size, x+35*m, base, middle, 1.2*m, gtin[1:7]), flat(0x14161a))
	c.fill(letters(mono, size, x+81*m, base, middle, 1.2*m, gtin[7:]), flat(0x14161a))
}
