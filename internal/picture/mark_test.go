package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"testing"
)

// TestAMarkCanBeRead: on any ground, as it comes back from a JPEG, letters stand
// out from what is beside them, in every quarter of the picture.
func TestAMarkCanBeRead(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	for name, ground := range map[string]func(x, y int) color.Color{
		"white": func(int, int) color.Color { return color.White },
		"black": func(int, int) color.Color { return color.Black },
		"grey":  func(int, int) color.Color { return color.Gray{128} },
		"noise": func(int, int) color.Color { return color.Gray{uint8(dice.IntN(256))} },
		"slope": func(x, y int) color.Color { return color.RGBA{uint8(x / 5), uint8(y / 4), 90, 255} },
	} {
		t.Run(name, func(t *testing.T) {
			m := image.NewRGBA(image.Rect(0, 0, 1200, 900))
			for y := range 900 {
				for x := range 1200 {
					m.Set(x, y, ground(x, y))
				}
			}
			from, err := asJPEG(m, usualQuality)
			if err != nil {
				t.Fatal(err)
			}
			const text = "3f9a01bc XA 2017-02-10 05:00Z"
			got, err := Mark(from.Content, text)
			if err != nil || got.Width != 1200 || got.Height != 900 {
				t.Fatal(got.Width, got.Height, err)
			}
			back, err := jpeg.Decode(bytes.NewReader(got.Content))
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range []image.Rectangle{image.Rect(0, 0, 600, 450), image.Rect(600, 0, 1200, 450), image.Rect(0, 450, 600, 900), image.Rect(600, 450, 1200, 900)} {
				if read := legible(back, q, text, 1200/markEdge); read < 0.9 {
					t.Errorf("%v: only %.2f of the letters stand out", q, read)
				}
			}
		})
	}
}

// legible looks for the text in a part of a picture, and tells how many of its
// letters' pixels are lighter than the edge beside them.
func legible(m image.Image, in image.Rectangle, text string, scale int) float64 {
	want := letters(text)
	best := 0.0
	high, wide := want.Bounds().Dy()*scale, want.Bounds().Dx()*scale
	for row, top := 0, high/2; top+high <= in.Max.Y; row, top = row+1, top+3*high {
		for left := -row % 4 * wide / 3; left+wide <= in.Max.X; left += wide + wide/4 {
			if !image.Rect(left, top, left+wide, top+high).In(in) {
				continue
			}
			light, dark, n, k := 0.0, 0.0, 0.0, 0.0
			for y := range want.Bounds().Dy() {
				for x := range want.Bounds().Dx() {
					c := color.GrayModel.Convert(m.At(left+x*scale+scale/2, top+y*scale+scale/2)).(color.Gray)
					switch {
					case want.AlphaAt(x, y).A > 0:
						light, n = light+float64(c.Y), n+1
					case beside(want, x, y):
						dark, k = dark+float64(c.Y), k+1
					}
				}
			}
			if n > 0 && k > 0 {
				best = max(best, min(1, (light/n-dark/k)/60))
			}
		}
	}
	return best
}

func beside(m *image.Alpha, x, y int) bool {
	for v := y - 1; v <= y+1; v++ {
		for u := x - 1; u <= x+1; u++ {
			if m.AlphaAt(u, v).A > 0 {
				return true
			}
		}
	}
	return false
}

// TestEveryReaderHasAnotherMark: the same picture for two readers is two pictures.
func TestEveryReaderHasAnotherMark(t *testing.T) {
	b := jpegOf(t, 640, 480)
	one, err := Mark(b, "one")
	if err != nil {
		t.Fatal(err)
	}
	two, err := Mark(b, "two")
	if err != nil || bytes.Equal(one.Content, two.Content) || bytes.Equal(one.Content, b) {
		t.Fatal("the reader cannot be told", err)
	}
	for _, bad := range [][]byte{nil, []byte("\xff\xd8\xff"), hugeGIF} {
		if _, err := Mark(bad, "x"); err == nil {
			t.Error("marked what is no picture")
		}
	}
	if _, err := Mark(jpegOf(t, 8, 8), "طارق \x00 and a very long text that goes on and on and on beyond what a picture of eight pixels could ever show to anybody at all, really"); err != nil {
		t.Error(err)
	}
}
