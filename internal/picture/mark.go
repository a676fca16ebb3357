package picture

import (
	"image"
	"image/color"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

const (
	markText = 120 // characters of a mark
	markEdge = 640 // pixels of the longer side from which letters are drawn larger
)

// Mark draws a picture that was kept already anew, with a text over all of it: who
// looks at it cannot give it away without giving away who looked. The text is in
// ASCII; other characters become "?". Letters are white with a black edge, so that
// they can be read on any ground, and stand in rows like bricks, so that no part of
// the picture that shows something is without them.
func Mark(b []byte, text string) (Rendered, error) {
	m, err := decode(JPEG, b)
	if err != nil {
		return Rendered{}, err
	}
	longer := max(m.Bounds().Dx(), m.Bounds().Dy())
	out := shrink(m, longer)
	brick(out, letters(text), max(1, longer/markEdge))
	return asJPEG(out, labelQuality)
}

// letters draws a text once, in its smallest size: opaque where a letter is.
func letters(text string) *image.Alpha {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
	plain = plain[:min(len(plain), markText)]
	face := basicfont.Face7x13
	m := image.NewAlpha(image.Rect(0, 0, face.Advance*max(1, len(plain))+2, face.Height+2))
	pen := font.Drawer{Dst: m, Src: image.Opaque, Face: face, Dot: fixed.P(1, face.Ascent+1)}
	pen.DrawString(plain)
	return m
}

// brick lays a text over a picture in rows, each moved by a part of its length
// against the one above it.
func brick(m *image.RGBA, text *image.Alpha, scale int) {
	large := image.NewAlpha(image.Rect(0, 0, text.Bounds().Dx()*scale, text.Bounds().Dy()*scale))
	draw.NearestNeighbor.Scale(large, large.Bounds(), text, text.Bounds(), draw.Src, nil)
	edge := edges(large, scale)
	wide, high := large.Bounds().Dx(), large.Bounds().Dy()
	gap := wide / 4
	black, white := image.NewUniform(color.NRGBA{A: 170}), image.NewUniform(color.NRGBA{R: 255, G: 255, B: 255, A: 200})
	for row, y := 0, m.Bounds().Min.Y+high/2; y < m.Bounds().Max.Y; row, y = row+1, y+3*high {
		for x := m.Bounds().Min.X - row%4*wide/3; x < m.Bounds().Max.X; x += wide + gap {
			at := large.Bounds().Add(image.Pt(x, y))
			draw.DrawMask(m, at, black, image.Point{}, edge, image.Point{}, draw.Over)
			draw.DrawMask(m, at, white, image.Point{}, large, image.Point{}, draw.Over)
		}
	}
}

// edges are the pixels beside letters.
func edges(m *image.Alpha, scale int) *image.Alpha {
	out := image.NewAlpha(m.Bounds())
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	for y := range h {
		for x := range w {
			if m.AlphaAt(x, y).A == 0 {
				continue
			}
			for v := max(0, y-scale); v <= min(h-1, y+scale); v++ {
				for u := max(0, x-scale); u <= min(w-1, x+scale); u++ {
					if m.AlphaAt(u, v).A == 0 {
						out.SetAlpha(u, v, color.Alpha{A: 255})
					}
				}
			}
		}
	}
	return out
}
