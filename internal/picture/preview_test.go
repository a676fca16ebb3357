package picture

import (
	"bytes"
	"image/jpeg"
	"testing"
)

// A preview is small whatever the picture is, and never larger than the picture.
func TestPreviewWeighsLittle(t *testing.T) {
	for name, size := range map[string][2]int{"wide": {1600, 900}, "tall": {700, 1600}, "small": {300, 200}} {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, noisy(size[0], size[1]), &jpeg.Options{Quality: 75}); err != nil {
			t.Fatal(err)
		}
		r, err := Preview(b.Bytes())
		if err != nil || len(r.Content) > MidBytes || max(r.Width, r.Height) > 600 || max(int(r.Width), int(r.Height)) > max(size[0], size[1]) {
			t.Errorf("%s: %d bytes, %d by %d, %v", name, len(r.Content), r.Width, r.Height, err)
		}
	}
	if _, err := Preview([]byte("no picture")); err == nil {
		t.Error("what is no picture has a preview")
	}
}
