package barcode

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// ample is time enough on any machine: what is read must not depend on how busy
// it is.
const ample = 5 * time.Minute

// mustRead are the kinds of photo that are read of every kind of code that goods
// carry; the others are counted by BenchmarkRates.
var mustRead = []string{"straight", "turned 90", "turned 180", "turned 8", "turned 45", "dim", "shaded", "tilted", "blurred", "noise", "JPEG 30", "hand", "phone"}

func TestRead(t *testing.T) {
	for n, h := range hows() {
		if !slices.Contains(mustRead, h.name) || testing.Short() && h.width > 2000 {
			continue
		}
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			if h.width == 1600 { // as much to see, and less to draw
				h.width, h.height = 1200, 900
			}
			kinds := samples()[:8]
			if h.width > 2000 {
				kinds = []sample{kinds[0], kinds[5], kinds[7]}
			}
			for i, s := range kinds {
				if h.width < 2000 && (i+n)%2 == 0 { // every second one: photos take time to draw
					continue
				}
				codes, err := readFor(t.Context(), photo(t, h, 1, s), ample)
				if err != nil || len(codes) != 1 || codes[0] != s.want {
					t.Errorf("%s: %+v, %v, want %+v", s.name, codes, err, s.want)
				}
			}
		})
	}
}

// TestEveryFormat reads each sample once, straight.
func TestEveryFormat(t *testing.T) {
	for _, s := range samples()[8:] {
		codes, err := readFor(t.Context(), photo(t, how{width: 800, height: 600, module: 4}, 3, s), ample)
		if err != nil || len(codes) != 1 || codes[0] != s.want {
			t.Errorf("%s: %+v, %v, want %+v", s.name, codes, err, s.want)
		}
	}
}

func TestSeveralCodesInOnePicture(t *testing.T) {
	all := samples()
	three := []sample{all[0], all[5], all[7]}
	codes, err := readFor(t.Context(), photo(t, how{width: 1800, height: 900, module: 4, turn: 4}, 5, three...), ample)
	if err != nil || len(codes) != 3 {
		t.Fatalf("%+v, %v", codes, err)
	}
	for _, s := range three {
		if !found(codes, s.want) {
			t.Errorf("%s is not among %+v", s.name, codes)
		}
	}
}

// TestNoCode: a picture of something else gives none, and no fault.
func TestNoCode(t *testing.T) {
	for _, h := range []how{{width: 1000, height: 800}, {width: 1000, height: 800, noise: 60}, {width: 300, height: 20}, {width: 17, height: 400}, {width: 1, height: 1}} {
		codes, err := readFor(t.Context(), photo(t, h, 9), ample)
		if err != nil || len(codes) != 0 {
			t.Errorf("%+v: %+v, %v", h, codes, err)
		}
	}
	words := sample{name: "words", flat: true, draw: samples()[0].draw}
	m, _ := label(t, words)
	only := m.SubImage(image.Rect(0, m.Rect.Dy()-150, m.Rect.Dx(), m.Rect.Dy()))
	if codes, err := readFor(t.Context(), asPNG(t, only), ample); err != nil || len(codes) != 0 {
		t.Errorf("words only: %+v, %v", codes, err)
	}
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestCheckDigitsAreKept: a number that is drawn with a wrong check digit is none.
func TestCheckDigitsAreKept(t *testing.T) {
	for _, f := range []Format{EAN13, EAN8, UPCE, ITF14} {
		if c, ok := product(f, "12345678"); ok {
			t.Errorf("%s: %+v", f, c)
		}
	}
}

// TestRefusals: each says what to do.
func TestRefusals(t *testing.T) {
	whole := photo(t, how{width: 400, height: 300, module: 3}, 1, samples()[0])
	broken := append([]byte("\xff\xd8\xff\xc0\x00\x08\x08\x00\x10"), make([]byte, 60)...)
	var huge bytes.Buffer
	if err := jpeg.Encode(&huge, image.NewGray(image.Rect(0, 0, 6000, 4400)), nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		content []byte
		key     string
	}{
		{"nothing", nil, "barcode.kind"},
		{"words", []byte("9506000134352"), "barcode.kind"},
		{"a document", []byte("%PDF-1.7\n"), "barcode.kind"},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic0000"), "attachment.heic"},
		{"a damaged head", broken, "attachment.broken"},
		{"half a picture", whole[:len(whole)/2], "attachment.broken"},
		{"a head alone", whole[:3], "attachment.broken"},
		{"many bytes", append(slices.Clone(whole), make([]byte, MaxBytes)...), "barcode.size"},
		{"many pixels", huge.Bytes(), "barcode.pixels"},
	} {
		codes, err := readFor(t.Context(), c.content, ample)
		f, ok := errors.AsType[*fault.Fault](err)
		if !ok || codes != nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Path != "file" || f.Fields[0].Key != c.key {
			t.Errorf("%s: %+v, %v, want %s", c.name, codes, err, c.key)
		}
	}
}

// TestReadEndsWithItsContext: whoever went away is not worked for, and nothing is
// left running.
func TestReadEndsWithItsContext(t *testing.T) {
	content := photo(t, how{width: 1600, height: 1200, module: 4, noise: 30}, 1, samples()[6])
	before := runtime.NumGoroutine()
	gone, leave := context.WithCancel(t.Context())
	leave()
	if codes, err := Read(gone, content); !errors.Is(err, context.Canceled) || codes != nil {
		t.Errorf("%+v, %v", codes, err)
	}
	if codes, err := readFor(t.Context(), content, time.Nanosecond); fault.KindOf(err) != fault.Invalid || codes != nil {
		t.Errorf("no time: %+v, %v", codes, err)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, before %d", after, before)
	}
}

// TestPictureFullOfCorners: what the library would weigh for minutes is left.
func TestPictureFullOfCorners(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 1600, 1600))
	for y := range 1600 {
		for x := range 1600 {
			u, v := x%10-1, y%10-1
			ring := max(max(u-3, 3-u), max(v-3, 3-v))
			if ring == 2 || ring > 3 {
				m.Pix[y*m.Stride+x] = 255
			}
		}
	}
	b := global(m)
	_, where, ok := square(QR, b)
	if ok || where != nil {
		t.Errorf("%d corners, %v", len(where), ok)
	}
	if codes, err := readFor(t.Context(), asPNG(t, m), ample); err != nil || len(codes) != 0 {
		t.Errorf("%+v, %v", codes, err)
	}
}

// FuzzRead reads small pictures: what comes out is sound, and nothing breaks down.
func FuzzRead(f *testing.F) {
	for _, s := range samples() {
		m, err := s.draw()
		if err != nil {
			f.Fatal(err)
		}
		out := image.NewGray(image.Rect(0, 0, m.GetWidth()*2+16, 120))
		for y := range out.Rect.Dy() {
			for x := range out.Rect.Dx() {
				u, v := (x-8)/2, (y-8)/2
				if s.flat {
					v = 0
				}
				out.Pix[y*out.Stride+x] = 255
				if x >= 8 && y >= 8 && u < m.GetWidth() && v < m.GetHeight() && m.Get(u, v) {
					out.Pix[y*out.Stride+x] = 0
				}
			}
		}
		f.Add(out.Pix, uint16(out.Stride-1))
	}
	f.Fuzz(func(t *testing.T, pix []byte, width uint16) {
		w := int(width)%700 + 1
		h := min(len(pix)/w, 300)
		if h == 0 {
			return
		}
		codes, err := readFor(t.Context(), asPNG(t, &image.Gray{Pix: pix, Stride: w, Rect: image.Rect(0, 0, w, h)}), time.Second/2)
		if err != nil {
			t.Fatal(err)
		}
		if len(codes) > maxCodes {
			t.Errorf("%d codes", len(codes))
		}
		for _, c := range codes {
			sound(t, c)
		}
	})
}

// FuzzReadFile reads files that are damaged.
func FuzzReadFile(f *testing.F) {
	f.Add(photo(f, how{width: 200, height: 150, module: 2}, 1, samples()[1]))
	f.Add(asPNG(f, image.NewPaletted(image.Rect(0, 0, 30, 30), color.Palette{color.Black, color.White})))
	f.Fuzz(func(t *testing.T, content []byte) {
		codes, err := readFor(t.Context(), content, time.Second)
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatal(err)
		}
		for _, c := range codes {
			sound(t, c)
		}
	})
}
