package barcode

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix/encoder"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// sample is a code that tests draw.
type sample struct {
	name string
	want Code
	draw func() (*gozxing.BitMatrix, error)
	flat bool // bars: one row that is drawn high
}

var dark = color.Gray{Y: 25}

const gtin = "09506000134352" // GS1's own example

func drawn(w gozxing.Writer, f gozxing.BarcodeFormat, text string, width int, h map[gozxing.EncodeHintType]any) func() (*gozxing.BitMatrix, error) {
	return func() (*gozxing.BitMatrix, error) { return w.Encode(text, f, width, 1, h) }
}

// samples are one code of each kind, with what must be read of it. The first
// eight are those that photos of all kinds are made of.
func samples() []sample {
	type none = map[gozxing.EncodeHintType]any
	noMargin := none{gozxing.EncodeHintType_MARGIN: 0}
	gs1 := none{gozxing.EncodeHintType_MARGIN: 0, gozxing.EncodeHintType_GS1_FORMAT: true}
	link := "https://id.example.org/01/" + gtin + "/10/ABC123/21/77?17=271200"
	elements := "01" + gtin + "17271200" + "10ABC123" + separator + "2177"
	full := func(f Format, text string) Code {
		return Code{Format: f, Text: text, GTIN: gtin, Batch: "ABC123", Serial: "77", Expiry: "2027-12"}
	}
	return []sample{
		{"EAN-13", Code{Format: EAN13, Text: gtin[1:], GTIN: gtin}, drawn(oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, gtin[1:], 0, noMargin), true},
		{"EAN-8", Code{Format: EAN8, Text: "96385074", GTIN: "00000096385074"}, drawn(oned.NewEAN8Writer(), gozxing.BarcodeFormat_EAN_8, "96385074", 0, noMargin), true},
		{"UPC-A", Code{Format: UPCA, Text: "036000291452", GTIN: "00036000291452"}, drawn(oned.NewUPCAWriter(), gozxing.BarcodeFormat_UPC_A, "036000291452", 0, noMargin), true},
		{"Code 128", Code{Format: Code128, Text: "TW-2026/4711"}, drawn(oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "TW-2026/4711", 0, noMargin), true},
		{"GS1-128", full(Code128, elements), drawn(oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "\u00f1"+escaped(elements, "\u00f1"), 0, noMargin), true},
		{"QR link", full(QR, link), drawn(qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, link, 0, noMargin), false},
		{"Data Matrix", Code{Format: DataMatrix, Text: "TW-2026/4711"}, matrix("TW-2026/4711"), false},
		{"GS1 Data Matrix", full(DataMatrix, elements), matrix(separator + elements), false},
		{"UPC-E", Code{Format: UPCE, Text: "01234565", GTIN: "00012345000065"}, drawn(oned.NewUPCEWriter(), gozxing.BarcodeFormat_UPC_E, "01234565", 0, noMargin), true},
		{"ITF-14", Code{Format: ITF14, Text: "19506000134359", GTIN: "19506000134359"}, drawn(oned.NewITFWriter(), gozxing.BarcodeFormat_ITF, "19506000134359", 0, noMargin), true},
		{"GS1 QR", Code{Format: QR, Text: "01" + gtin + "10ABC123", GTIN: gtin, Batch: "ABC123"}, drawn(qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "01"+gtin+"10ABC123", 0, gs1), false},
		{"QR text", Code{Format: QR, Text: "Größe 42, 尺寸"}, drawn(qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "Größe 42, 尺寸", 0,
			none{gozxing.EncodeHintType_MARGIN: 0, gozxing.EncodeHintType_CHARACTER_SET: "UTF-8"}), false},
	}
}

func escaped(text, fnc1 string) string {
	return string(bytes.ReplaceAll([]byte(text), []byte(separator), []byte(fnc1)))
}

// matrix draws a Data Matrix in plain ASCII, with FNC1 where the separator
// stands: the library's writer cannot.
func matrix(text string) func() (*gozxing.BitMatrix, error) {
	return func() (*gozxing.BitMatrix, error) {
		var words []byte
		for i := 0; i < len(text); i++ {
			switch {
			case text[i] == separator[0]:
				words = append(words, 232)
			case i+1 < len(text) && digits(text[i:i+2]):
				words = append(words, 130+(text[i]-'0')*10+text[i+1]-'0')
				i++
			default:
				words = append(words, text[i]+1)
			}
		}
		info, err := encoder.SymbolInfo_Lookup(len(words), encoder.SymbolShapeHint_FORCE_SQUARE, nil, nil, true)
		if err != nil {
			return nil, err
		}
		for first := true; len(words) < info.GetDataCapacity(); first = false {
			pad := 129 // the first as it is, those after it scrambled by place
			if !first {
				if pad += 149*(len(words)+1)%253 + 1; pad > 254 {
					pad -= 254
				}
			}
			words = append(words, byte(pad))
		}
		all, err := encoder.ErrorCorrection_EncodeECC200(words, info)
		if err != nil {
			return nil, err
		}
		n, inner, part := info.GetSymbolWidth(), info.GetSymbolDataWidth(), info.GetMatrixWidth()
		placed := encoder.NewDefaultPlacement(all, inner, inner)
		placed.Place()
		m, err := gozxing.NewBitMatrix(n, n)
		for y := range n {
			for x := range n {
				u, v := x%(part+2), y%(part+2)
				if u == 0 || v == part+1 || v == 0 && x%2 == 0 || u == part+1 && y%2 == 1 ||
					u > 0 && u <= part && v > 0 && v <= part && placed.GetBit(x/(part+2)*part+u-1, y/(part+2)*part+v-1) {
					m.Set(x, y)
				}
			}
		}
		return m, err
	}
}

// how says how a photo is made.
type how struct {
	name          string
	width, height int
	module        float64 // pixels of a narrow bar, or of a square
	turn          float64 // degrees
	tilt          float64 // how much smaller the far side is, in parts
	gain, lift    float64 // light; 0 for gain is 1
	shade         float64 // how much less light there is on one side, in parts
	blur, noise   float64 // sigma
	quality       int     // of the JPEG; 0 is 85
}

// label is a printed label: the code, words below it, a frame around.
func label(t testing.TB, s sample) (pix *image.Gray, module float64) {
	t.Helper()
	m, err := s.draw()
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	const dot, quiet = 8, 10
	w, h := m.GetWidth(), m.GetHeight()
	tall := h
	if s.flat {
		tall = w / 2
	}
	out := image.NewGray(image.Rect(0, 0, (w+2*quiet)*dot, (tall+2*quiet+12)*dot))
	for i := range out.Pix {
		out.Pix[i] = 235
	}
	r := rand.New(rand.NewPCG(1, 2))
	for y := range tall * dot {
		for x := range w * dot {
			row := y / dot
			if s.flat {
				row = 0
			}
			if m.Get(x/dot, row) {
				out.SetGray(x+quiet*dot, y+quiet*dot, dark)
			}
		}
	}
	for line := range 2 { // words: short strokes, as letters have them
		for x := quiet * dot; x < (w+quiet)*dot; x += 14 + r.IntN(12) {
			for y := range 24 {
				for d := range 5 {
					out.SetGray(x+d+r.IntN(2)*y/6, (tall+quiet+6+line*6)*dot+y, dark)
				}
			}
		}
	}
	return out, dot
}

// photo takes a picture of labels that lie on something.
func photo(t testing.TB, h how, seed uint64, all ...sample) []byte {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	if h.gain == 0 {
		h.gain = 1
	}
	if h.quality == 0 {
		h.quality = 85
	}
	m := image.NewGray(image.Rect(0, 0, h.width, h.height))
	tone, wave := 90+60*r.Float64(), 40+80*r.Float64()
	for y := range h.height {
		for x := range h.width { // a surface with soft stripes and a grain
			m.Pix[y*m.Stride+x] = uint8(tone + 25*math.Sin(float64(x+y/2)/wave) + 10*math.Sin(float64(y)/9))
		}
	}
	for i, s := range all {
		pix, dot := label(t, s)
		// What is long is farther away: a photo shows the whole code.
		room := h.width / len(all)
		if math.Abs(math.Sin(h.turn*math.Pi/180)) > 0.3 {
			room = min(room, h.height)
		}
		h.module = min(h.module, 0.85*dot*float64(room)/float64(pix.Rect.Dx()))
		put(m, pix, h, h.module/dot, vector{(float64(i) + 0.5 + 0.1*(r.Float64()-0.5)) * float64(h.width) / float64(len(all)), float64(h.height) * (0.48 + 0.04*r.Float64())}, h.turn+2*(r.Float64()-0.5))
	}
	if h.blur > 0 {
		m = gauss(m, h.blur)
	}
	for y := range h.height {
		for x := range h.width {
			light := h.gain * (1 - h.shade*float64(x)/float64(h.width))
			v := float64(m.Pix[y*m.Stride+x])*light + h.lift + r.NormFloat64()*h.noise
			m.Pix[y*m.Stride+x] = uint8(min(max(v, 0), 255))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: h.quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// put lays a label into a picture: turned, and tilted so that one side is
// farther away. Each pixel is the mean of nine places on the label.
func put(m, pix *image.Gray, h how, scale float64, middle vector, degrees float64) {
	along := turned(degrees * math.Pi / 180)
	w, tall := float64(pix.Rect.Dx()), float64(pix.Rect.Dy())
	reach := math.Hypot(w, tall) * scale * (1 + h.tilt)
	for y := max(int(middle.y-reach), 0); y < min(int(middle.y+reach), h.height); y++ {
		for x := max(int(middle.x-reach), 0); x < min(int(middle.x+reach), h.width); x++ {
			sum, on := 0.0, 0
			for k := range 9 {
				p := vector{float64(x) + float64(k%3)/3 - middle.x, float64(y) + float64(k/3)/3 - middle.y}
				u, v := p.dot(along)/scale, p.dot(along.across())/scale
				depth := 1 + h.tilt*(u/w+v/tall/2) // what is farther is smaller
				if depth < 0.2 {
					continue
				}
				u, v = u/depth+w/2, v/depth+tall/2
				if u >= 0 && v >= 0 && u < w && v < tall {
					sum += float64(pix.Pix[int(v)*pix.Stride+int(u)])
					on++
				}
			}
			if on > 0 {
				at := &m.Pix[y*m.Stride+x]
				*at = uint8((sum + float64(9-on)*float64(*at)) / 9)
			}
		}
	}
}

// gauss blurs a picture.
func gauss(m *image.Gray, sigma float64) *image.Gray {
	n := int(3*sigma + 1)
	var weights []float64
	total := 0.0
	for i := -n; i <= n; i++ {
		weights = append(weights, math.Exp(-float64(i*i)/(2*sigma*sigma)))
		total += weights[i+n]
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	pass := func(from *image.Gray, dx, dy int) *image.Gray {
		out := image.NewGray(m.Rect)
		for y := range h {
			for x := range w {
				sum := 0.0
				for i, weight := range weights {
					u, v := min(max(x+dx*(i-n), 0), w-1), min(max(y+dy*(i-n), 0), h-1)
					sum += weight * float64(from.Pix[v*from.Stride+u])
				}
				out.Pix[y*out.Stride+x] = uint8(sum/total + 0.5)
			}
		}
		return out
	}
	return pass(pass(m, 1, 0), 0, 1)
}

// hows are the kinds of photo that are made of each code.
func hows() []how {
	const w, h = 1600, 1200
	return []how{
		{name: "straight", width: w, height: h, module: 5},
		{name: "turned 90", width: w, height: h, module: 5, turn: 90},
		{name: "turned 180", width: w, height: h, module: 5, turn: 180},
		{name: "turned 270", width: w, height: h, module: 5, turn: 270},
		{name: "turned 8", width: w, height: h, module: 4, turn: 8},
		{name: "turned 30", width: w, height: h, module: 4, turn: 30},
		{name: "turned 45", width: w, height: h, module: 4, turn: -45},
		{name: "dim", width: w, height: h, module: 4, gain: 0.2, lift: 12, noise: 2},
		{name: "very dim", width: w, height: h, module: 4, gain: 0.08, lift: 5, noise: 1},
		{name: "shaded", width: w, height: h, module: 4, gain: 0.9, shade: 0.7, turn: 5},
		{name: "tilted", width: w, height: h, module: 4, tilt: 0.35, turn: 6},
		{name: "far tilted", width: w, height: h, module: 5, tilt: 0.6, turn: 12},
		{name: "blurred", width: w, height: h, module: 5, blur: 2},
		{name: "much blurred", width: w, height: h, module: 5, blur: 3},
		{name: "noise", width: w, height: h, module: 4, noise: 18},
		{name: "much noise", width: w, height: h, module: 4, noise: 40},
		{name: "JPEG 30", width: w, height: h, module: 4, turn: 10, quality: 30},
		{name: "JPEG 10", width: w, height: h, module: 4, turn: 10, quality: 10},
		{name: "small", width: w, height: h, module: 2, turn: 3, noise: 4},
		{name: "very small", width: w, height: h, module: 1.4, turn: 3, noise: 3},
		{name: "hand", width: w, height: h, module: 4, turn: -14, tilt: 0.2, gain: 0.5, lift: 15, shade: 0.4, blur: 1.2, noise: 7, quality: 70},
		{name: "phone", width: 4000, height: 3000, module: 7, turn: 11, tilt: 0.15, gain: 0.7, lift: 10, blur: 1.5, noise: 8, quality: 80},
		{name: "phone, far", width: 4000, height: 3000, module: 3.2, turn: 97, gain: 0.6, lift: 10, blur: 1, noise: 6, quality: 80},
	}
}

func (h how) String() string { return fmt.Sprintf("%s, %dx%d", h.name, h.width, h.height) }
