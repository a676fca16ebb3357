package likeness

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/draw"
	"pgregory.net/rapid"
)

// scene is a picture of blocks of grey, the same for a seed.
func scene(seed uint64, w, h int) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 7))
	small := image.NewGray(image.Rect(0, 0, 12, 9))
	for i := range small.Pix {
		small.Pix[i] = byte(r.IntN(256))
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(out, out.Bounds(), small, small.Bounds(), draw.Src, nil)
	return out
}

func smaller(m image.Image) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, 400, 300))
	draw.CatmullRom.Scale(out, out.Bounds(), m, m.Bounds(), draw.Src, nil)
	return out
}

// The same picture in another size, of worse quality and a little brighter looks
// alike; another one does not.
func TestLikeness(t *testing.T) {
	for seed := range uint64(20) {
		m := scene(seed, 1200, 900)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, smaller(m), &jpeg.Options{Quality: 30}); err != nil {
			t.Fatal(err)
		}
		worse, err := jpeg.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		brighter := image.NewRGBA(m.Bounds())
		for i, v := range m.Pix {
			brighter.Pix[i] = byte(min(255, int(v)*9/10+20))
		}
		own := Of(m)
		for name, other := range map[string]image.Image{"smaller and worse": worse, "brighter": brighter} {
			if d := own.Distance(Of(other)); own == 0 || d > MaxDistance {
				t.Errorf("%d: %s: %d bits", seed, name, d)
			}
		}
		if d := own.Distance(Of(scene(seed+100, 1200, 900))); d <= MaxDistance {
			t.Errorf("%d: another picture: %d bits", seed, d)
		}
	}
}

// A blank sheet is like every other: it says nothing.
func TestBlankPicturesSayNothing(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 300, 200))
	for _, c := range []color.Color{color.White, color.Black} {
		draw.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
		if got := Of(m); got != 0 {
			t.Errorf("%v: %x", c, got)
		}
	}
}

// Whatever ten bits differ, one quarter is found around the other's.
func TestAroundFindsWhatIsNear(t *testing.T) {
	if got := around(0x1234); len(got) != 137 {
		t.Fatalf("%d values", len(got))
	}
	rapid.Check(t, func(t *rapid.T) {
		x := Bits(rapid.Uint64().Draw(t, "x"))
		y := x
		for _, bit := range rapid.SliceOfN(rapid.IntRange(0, 63), 0, MaxDistance).Draw(t, "bits") {
			y ^= 1 << bit
		}
		for i := range 4 {
			if slices.Contains(around(x.quarter(i)), y.quarter(i)) {
				return
			}
		}
		t.Fatalf("%x and %x are near, and are not found", x, y)
	})
}
