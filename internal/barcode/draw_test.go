package barcode

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// painted is a drawn code as a picture, each unit four pixels wide.
func painted(d Drawn) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, d.Side*4, d.Side*4))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for _, run := range strings.Split(strings.TrimSuffix(d.Path, "z"), "z") {
		var x, y, n, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			panic(run)
		}
		for py := y * 4; py < y*4+4; py++ {
			for px := x * 4; px < (x+n)*4; px++ {
				m.Pix[py*m.Stride+px] = 0
			}
		}
	}
	return m
}

// What was drawn is read again.
func TestDrawnIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "https://example.org/" + rapid.StringMatching(`[A-Za-z0-9/?=&.-]{0,180}`).Draw(t, "text")
		d, ok := Draw(text)
		if !ok {
			t.Fatal("not drawn")
		}
		c, _, ok := square(QR, below(painted(d), func(int, int) int { return 128 }))
		if !ok || c.Text != text {
			t.Fatalf("%v: read %q, drawn was %q", ok, c.Text, text)
		}
	})
	for _, text := range []string{"", strings.Repeat("a", maxDrawn+1), "Zoll – douane"} {
		if _, ok := Draw(text); ok {
			t.Errorf("%q is drawn", text)
		}
	}
}
