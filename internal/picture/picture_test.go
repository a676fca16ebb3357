package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// keys are the keys of the fields of a fault.
func keyOf(err error) string {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || len(f.Fields) == 0 {
		return ""
	}
	return f.Fields[0].Key
}

func pngHeader(w, h uint32, depth, colour byte) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	b = binary.BigEndian.AppendUint32(b, w)
	b = binary.BigEndian.AppendUint32(b, h)
	b = append(b, depth, colour, 0, 0, 0)
	return binary.BigEndian.AppendUint32(b, crc(b[12:]))
}

func crc(b []byte) uint32 {
	c := ^uint32(0)
	for _, x := range b {
		c ^= uint32(x)
		for range 8 {
			c = c>>1 ^ 0xedb88320&-(c&1)
		}
	}
	return ^c
}

// hugeGIF is 34 bytes that make a decoder ask for 4 GiB.
var hugeGIF = []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x00\x00")

func jpegOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileHeaders(t *testing.T) {
	small := jpegOf(t, 16, 16)
	wide := bytes.Clone(small) // its frame header promises 65,500 by 65,500
	at := bytes.Index(wide, []byte{0xff, 0xc0})
	copy(wide[at+5:], []byte{0xff, 0xdc, 0xff, 0xdc})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for name, f := range map[string]struct {
		content []byte
		key     string
	}{
		"gif":                   {hugeGIF, "attachment.kind"},
		"png 65535":             {pngHeader(65535, 65535, 8, 6), "attachment.pixels"},
		"png 2^31-1":            {pngHeader(1<<31-1, 1<<31-1, 8, 6), "attachment.broken"},
		"png 2^32-1":            {pngHeader(1<<32-1, 1<<32-1, 8, 6), "attachment.broken"},
		"png of no width":       {pngHeader(0, 10, 8, 6), "attachment.broken"},
		"png deep":              {pngHeader(6000, 5000, 16, 6), "attachment.pixels"},
		"jpeg 65500":            {wide, "attachment.pixels"},
		"jpeg of scans":         {append(bytes.Clone(small), bytes.Repeat([]byte{0xff, 0xda, 0, 2}, maxScans)...), "attachment.broken"},
		"webp of nothing":       {[]byte("RIFF\xff\xff\xff\xffWEBPVP8X"), "attachment.broken"},
		"webp lossless":         {append([]byte("RIFF\x20\x00\x00\x00WEBPVP8L\x10\x00\x00\x00\x2f"), 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0), "attachment.pixels"},
		"png after a page":      {append([]byte("<html>"), pngHeader(1, 1, 8, 6)...), "attachment.kind"},
		"svg":                   {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "attachment.kind"},
		"html":                  {[]byte("<!doctype html><script>1</script>"), "attachment.kind"},
		"nothing but zeros":     {make([]byte, 4096), "attachment.kind"},
		"text":                  {[]byte("hello"), "attachment.kind"},
		"heic":                  {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "attachment.heic"},
		"program":               {[]byte("MZ\x90\x00"), "attachment.kind"},
		"zip of nothing":        {[]byte("PK\x03\x04"), "attachment.kind"},
		"old office of nothing": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "attachment.kind"},
	} {
		kind, err := KindOf(f.content)
		if err == nil && IsPicture(kind) {
			if _, err = Gate(kind, f.content); err == nil {
				_, _, err = Render(kind, f.content, false, nil)
			}
		}
		if keyOf(err) != f.key {
			t.Errorf("%s: %v, want %s", name, err, f.key)
		}
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
		t.Errorf("%d bytes were asked for", took)
	}
	for n := range len(small) - 2 {
		if _, err := Gate(JPEG, small[:n]); err == nil {
			if _, _, err := Render(JPEG, small[:n], false, nil); err == nil && n < len(small)-40 {
				t.Errorf("%d of %d bytes make a picture", n, len(small))
			}
		}
	}
}

// exif is an APP1 segment that says an orientation, a place and a maker.
func exif(orientation uint16, order binary.ByteOrder) []byte {
	head := "II"
	if order == binary.ByteOrder(binary.BigEndian) {
		head = "MM"
	}
	put := func(b []byte, v any) []byte {
		switch v := v.(type) {
		case uint16:
			var x [2]byte
			order.PutUint16(x[:], v)
			return append(b, x[:]...)
		case uint32:
			var x [4]byte
			order.PutUint32(x[:], v)
			return append(b, x[:]...)
		}
		return b
	}
	b := put(put([]byte(head), uint16(42)), uint32(8))
	b = put(b, uint16(3))
	for _, f := range [][4]uint32{{0x010f, 2, 12, 50}, {0x0112, 3, 1, uint32(orientation)}, {0x8825, 4, 1, 62}} {
		b = put(put(put(b, uint16(f[0])), uint16(f[1])), f[2])
		if f[1] == 3 {
			b = put(put(b, uint16(f[3])), uint16(0))
		} else {
			b = put(b, f[3])
		}
	}
	b = put(b, uint32(0))
	b = append(b, "SECRETMAKER\x00"...)
	b = append(b, "GPS 46.9481N 7.4474E"...)
	b = append([]byte("Exif\x00\x00"), b...)
	out := []byte{0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(b)+2))
	return append(out, b...)
}

func withExif(b []byte, orientation uint16, order binary.ByteOrder) []byte {
	return append(append(append([]byte{}, b[:2]...), exif(orientation, order)...), b[2:]...)
}

// corner is a picture whose upper left corner is red, and the rest blue.
func corner(t *testing.T) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 96, 64))
	for y := range 64 {
		for x := range 96 {
			c := color.RGBA{0, 0, 255, 255}
			if x < 32 && y < 24 {
				c = color.RGBA{255, 0, 0, 255}
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUprightAndWithoutMetadata(t *testing.T) {
	plain := corner(t)
	// Where the stored upper left corner is to be seen: Exif 2.32, 4.6.4.
	for o, at := range map[uint16][2]string{1: {"left", "top"}, 2: {"right", "top"}, 3: {"right", "bottom"}, 4: {"left", "bottom"},
		5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"}} {
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			b := withExif(plain, o, order)
			if got := orientation(JPEG, b); got != int(o) {
				t.Fatalf("orientation %d read as %d", o, got)
			}
			main, small, err := Render(JPEG, b, false, nil)
			if err != nil {
				t.Fatal(err)
			}
			for name, r := range map[string]Rendered{"picture": main, "thumbnail": small} {
				for _, secret := range []string{"Exif", "SECRETMAKER", "GPS", "ICC_PROFILE"} {
					if bytes.Contains(r.Content, []byte(secret)) {
						t.Errorf("the %s holds %s", name, secret)
					}
				}
				m, err := jpeg.Decode(bytes.NewReader(r.Content))
				if err != nil {
					t.Fatal(err)
				}
				w, h := m.Bounds().Dx(), m.Bounds().Dy()
				if (o >= 5) != (h > w) || int64(w) != r.Width || int64(h) != r.Height {
					t.Errorf("orientation %d: the %s is %d by %d", o, name, w, h)
				}
				x, y := 4, 4
				if at[0] == "right" {
					x = w - 5
				}
				if at[1] == "bottom" {
					y = h - 5
				}
				if red, _, blue, _ := m.At(x, y).RGBA(); red < blue {
					t.Errorf("orientation %d: the corner of the %s is not %s %s", o, name, at[1], at[0])
				}
			}
		}
	}
}

// noisy is a picture that compresses badly.
func noisy(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	n := uint32(1)
	for i := range m.Pix {
		n = n*1664525 + 1013904223
		m.Pix[i] = byte(n >> 24)
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

func TestSizes(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, noisy(2600, 1300)); err != nil {
		t.Fatal(err)
	}
	for label, edge := range map[bool]int64{false: 1600, true: 2048} {
		main, small, err := Render(PNG, b.Bytes(), label, nil)
		if err != nil || main.Width != edge || main.Height != edge/2 {
			t.Errorf("label %v: %d by %d, %v", label, main.Width, main.Height, err)
		}
		if len(small.Content) > smallBytes || small.Width > smallEdge || small.Width < 60 {
			t.Errorf("a thumbnail of %d bytes, %d pixels", len(small.Content), small.Width)
		}
	}
	main, small, err := Render(JPEG, corner(t), false, nil)
	if err != nil || main.Width != 96 || small.Width != 96 {
		t.Errorf("a small picture is made larger: %d, %d, %v", main.Width, small.Width, err)
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 20, 20)) // to be seen through: on white
	b.Reset()
	if err := png.Encode(&b, clear); err != nil {
		t.Fatal(err)
	}
	main, _, err = Render(PNG, b.Bytes(), false, nil)
	m, decodeErr := jpeg.Decode(bytes.NewReader(main.Content))
	if err := errors.Join(err, decodeErr); err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := m.At(10, 10).RGBA(); r < 0xf000 {
		t.Error("what can be seen through is not white")
	}
	line := pngLine(t)
	if main, small, err = Render(PNG, line, false, nil); err != nil || main.Height != 1 || small.Height != 1 {
		t.Errorf("a line: %v", err)
	}
}

func pngLine(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 5000, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBlackOutIsBlack(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, noisy(700, 500)); err != nil {
		t.Fatal(err)
	}
	black, err := ParseBlackOut("10,20,30,40; 90.5,90,9.5,10")
	if err != nil {
		t.Fatal(err)
	}
	main, small, err := Render(PNG, b.Bytes(), false, black)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]Rendered{"picture": main, "thumbnail": small} {
		m, err := jpeg.Decode(bytes.NewReader(r.Content))
		if err != nil {
			t.Fatal(err)
		}
		w, h := m.Bounds().Dx(), m.Bounds().Dy()
		for y := h*24/100 + 8; y < h*56/100-8; y++ {
			for x := w*12/100 + 8; x < w*38/100-8; x++ {
				if g := color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y; g > 12 {
					t.Fatalf("the %s at %d,%d is %d", name, x, y, g)
				}
			}
		}
		if g := color.GrayModel.Convert(m.At(w/2, h-8)).(color.Gray).Y; g < 12 {
			t.Errorf("the %s is black where it should not be", name)
		}
	}
	// Of two pictures that differ only below the black the same is kept.
	other := noisy(700, 500)
	for y := 100; y < 300; y++ {
		for x := 70; x < 280; x++ {
			other.Set(x, y, color.White)
		}
	}
	b.Reset()
	if err := png.Encode(&b, other); err != nil {
		t.Fatal(err)
	}
	second, _, err := Render(PNG, b.Bytes(), false, black)
	if err != nil || !bytes.Equal(main.Content, second.Content) {
		t.Error("what was blacked out shows in what is kept")
	}
}

func TestParseBlackOut(t *testing.T) {
	for text, want := range map[string]string{"": "", "0,0,100,100": "0,0,100,100", " 10.50,0,5,5.05 ;0,0,1,1": "0,0,1,1;10.5,0,5,5.05", "1,1,2,2;1,1,2,2": "1,1,2,2"} {
		b, err := ParseBlackOut(text)
		if err != nil || b.String() != want {
			t.Errorf("%q: %q, %v", text, b, err)
		}
	}
	for _, text := range []string{"1", "1,2,3", "1,2,3,4,5", "a,0,1,1", "-1,0,1,1", "0,0,0,1", "60,0,50,1", "0,0,100.01,1", "0,0,1e1,1", "0,0,1.001,1", ";",
		"0,0,1,1;", "1000,0,1,1", "٣,0,1,1", strings.Repeat("0,0,1,1;", 200) + "0,0,1,1"} {
		if _, err := ParseBlackOut(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
