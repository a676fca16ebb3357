package attachment

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/bits"
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

// The same picture in another size, of worse quality and a little brighter looks
// alike; another one does not.
func TestLikeness(t *testing.T) {
	for seed := range uint64(20) {
		m := scene(seed, 1200, 900)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, shrink(m, 400), &jpeg.Options{Quality: 30}); err != nil {
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
		own := likeness(m)
		for name, other := range map[string]image.Image{"smaller and worse": worse, "brighter": brighter} {
			if d, ok := distance(own, likeness(other)); !ok || d > MaxDistance {
				t.Errorf("%d: %s: %d bits", seed, name, d)
			}
		}
		if d, ok := distance(own, likeness(scene(seed+100, 1200, 900))); !ok || d <= MaxDistance {
			t.Errorf("%d: another picture: %d bits", seed, d)
		}
	}
}

// A blank sheet is like every other: it says nothing.
func TestBlankPicturesSayNothing(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 300, 200))
	for _, c := range []color.Color{color.White, color.Black} {
		draw.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
		if got := likeness(m); got != "" {
			t.Errorf("%v: %q", c, got)
		}
	}
	if got := quarters(""); got != nil {
		t.Errorf("quarters of nothing: %v", got)
	}
	if _, ok := distance("", "00ff00ff00ff00ff"); ok {
		t.Error("nothing is compared with something")
	}
}

// Whatever ten bits differ, one quarter is found around the other's.
func TestAroundFindsWhatIsNear(t *testing.T) {
	if got := around(0x1234); len(got) != 137 {
		t.Fatalf("%d values", len(got))
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Uint64().Draw(t, "x")
		y := x
		for _, bit := range rapid.SliceOfN(rapid.IntRange(0, 63), 0, MaxDistance).Draw(t, "bits") {
			y ^= 1 << bit
		}
		if bits.OnesCount64(x^y) > MaxDistance {
			return
		}
		for i := range 4 {
			if slices.Contains(around(int64(x>>(16*i)&0xffff)), int64(y>>(16*i)&0xffff)) {
				return
			}
		}
		t.Fatalf("%x and %x are near, and are not found", x, y)
	})
}
