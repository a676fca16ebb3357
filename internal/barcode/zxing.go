package barcode

import (
	"image"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// This file is all that knows the library. What it takes is bounded before: a
// line of at most maxSteps samples, a picture of at most maxSide. It may break
// down over what it is given; then there is no code.

type hints = map[gozxing.DecodeHintType]any

// bars reads what a line says, in either direction, as each format.
func bars(dark []bool) []Code {
	// White before and behind: what ends with the line has its quiet zone there.
	const quiet = 60
	row := gozxing.NewBitArray(len(dark) + 2*quiet)
	changes := 0
	for i, d := range dark {
		if d {
			row.Set(i + quiet)
		}
		if i > 0 && d != dark[i-1] {
			changes++
		}
	}
	if changes < 30 { // a UPC-E has 34
		return nil
	}
	var all []Code
	for range 2 {
		for _, r := range []gozxing.Reader{oned.NewMultiFormatUPCEANReader(nil), oned.NewCode128Reader(), oned.NewITFReader()} {
			if c, ok := barsAs(r, row); ok {
				all = append(all, c)
			}
		}
		row.Reverse()
	}
	return all
}

func barsAs(r gozxing.Reader, row *gozxing.BitArray) (c Code, ok bool) {
	defer func() {
		if recover() != nil {
			c, ok = Code{}, false
		}
	}()
	result, err := r.(oned.RowDecoder).DecodeRow(0, row, hints{gozxing.DecodeHintType_ALLOWED_LENGTHS: []int{14}, gozxing.DecodeHintType_ASSUME_GS1: true})
	if err != nil {
		return Code{}, false
	}
	return codeOf(result)
}

// codeOf makes a code of what the library gives; numbers of products whose check
// digit fails are none.
func codeOf(result *gozxing.Result) (Code, bool) {
	text := result.GetText()
	switch result.GetBarcodeFormat() {
	case gozxing.BarcodeFormat_EAN_13:
		return product(EAN13, text)
	case gozxing.BarcodeFormat_EAN_8:
		return product(EAN8, text)
	case gozxing.BarcodeFormat_UPC_E:
		return product(UPCE, text)
	case gozxing.BarcodeFormat_ITF:
		return product(ITF14, text)
	case gozxing.BarcodeFormat_CODE_128:
		return identified(Code128, text, "]C1", result)
	case gozxing.BarcodeFormat_QR_CODE:
		return identified(QR, text, "]Q3", result)
	case gozxing.BarcodeFormat_DATA_MATRIX:
		return identified(DataMatrix, text, "]d2", result)
	}
	return Code{}, false
}

func product(format Format, text string) (Code, bool) {
	c := meaning(format, text, false)
	return c, c.GTIN != ""
}

// identified is a code that holds any text: element strings where its own
// identifier says so.
func identified(format Format, text, gs1 string, result *gozxing.Result) (Code, bool) {
	said, _ := result.GetResultMetadata()[gozxing.ResultMetadataType_SYMBOLOGY_IDENTIFIER].(string)
	text = printable(text)
	if said == gs1 && len(text) > 3 && text[:3] == gs1 {
		text = text[3:] // the reader of Code 128 puts it into the text
	}
	return meaning(format, text, said == gs1), text != ""
}

// printable is a code's text as UTF-8 without signs that cannot be seen, GS1's
// separator apart. What is no UTF-8 is Latin-1, as the standards have it.
func printable(text string) string {
	if !utf8.ValidString(text) {
		wide := make([]rune, len(text))
		for i := range len(text) {
			wide[i] = rune(text[i])
		}
		text = string(wide)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if string(r) != separator && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, text))
}

// maxCentres bounds the corners of QR codes that are looked at in one picture:
// the library weighs each three of them, which a picture full of them would turn
// into minutes.
const maxCentres = 200

// square reads a square code out of a picture in black and white, and says where
// it stands: its corners, which may show where it cannot be read.
func square(format Format, m *gozxing.BitMatrix) (c Code, where []vector, ok bool) {
	defer func() {
		if recover() != nil {
			c, where, ok = Code{}, nil, false
		}
	}()
	if m == nil {
		return Code{}, nil, false
	}
	bitmap, err := gozxing.NewBinaryBitmap(binary{m})
	if err != nil {
		return Code{}, nil, false
	}
	var result *gozxing.Result
	if format == DataMatrix {
		result, err = datamatrix.NewDataMatrixReader().Decode(bitmap, nil)
	} else {
		result, err = qrcode.NewQRCodeReader().Decode(bitmap, hints{
			gozxing.DecodeHintType_TRY_HARDER: true,
			gozxing.DecodeHintType_NEED_RESULT_POINT_CALLBACK: gozxing.ResultPointCallback(func(p gozxing.ResultPoint) {
				if where = append(where, vector{p.GetX(), p.GetY()}); len(where) > maxCentres {
					panic("barcode: too many corners")
				}
			}),
		})
	}
	if err != nil {
		if len(where) < 3 {
			where = nil
		}
		return Code{}, where, false
	}
	where = nil
	for _, p := range result.GetResultPoints() {
		where = append(where, vector{p.GetX(), p.GetY()})
	}
	c, ok = codeOf(result)
	return c, where, ok
}

// hybrid makes a picture black and white by the library's thresholds of 5 x 5
// blocks of 8 x 8 pixels.
func hybrid(m *image.Gray) (out *gozxing.BitMatrix) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	out, err := gozxing.NewHybridBinarizer(gozxing.NewLuminanceSourceFromImage(m)).GetBlackMatrix()
	if err != nil {
		return nil
	}
	return out
}

// below makes a picture black where it is darker than the threshold at that place.
func below(m *image.Gray, threshold func(x, y int) int) *gozxing.BitMatrix {
	out, err := gozxing.NewBitMatrix(m.Rect.Dx(), m.Rect.Dy())
	if err != nil {
		return nil
	}
	for y := range m.Rect.Dy() {
		for x, v := range m.Pix[y*m.Stride : y*m.Stride+m.Rect.Dx()] {
			if int(v) < threshold(x, y) {
				out.Set(x, y)
			}
		}
	}
	return out
}

// binary is a picture that is black and white already.
type binary struct{ m *gozxing.BitMatrix }

// What a reader of square codes asks for; of bars it is never asked.
func (b binary) GetLuminanceSource() gozxing.LuminanceSource               { return nil }
func (b binary) GetBlackMatrix() (*gozxing.BitMatrix, error)               { return b.m, nil }
func (b binary) CreateBinarizer(gozxing.LuminanceSource) gozxing.Binarizer { return b }
func (b binary) GetWidth() int                                             { return b.m.GetWidth() }
func (b binary) GetHeight() int                                            { return b.m.GetHeight() }
func (b binary) GetBlackRow(int, *gozxing.BitArray) (*gozxing.BitArray, error) {
	return nil, gozxing.NewNotFoundException()
}

// modules draws a text as a QR code of which a seventh may be lost: its squares, row
// by row, without the quiet zone around it.
func modules(text string) (rows [][]bool, ok bool) {
	defer func() {
		if recover() != nil {
			rows, ok = nil, false
		}
	}()
	made, err := encoder.Encoder_encode(text, decoder.ErrorCorrectionLevel_M, nil)
	if err != nil {
		return nil, false
	}
	m := made.GetMatrix()
	for y := range m.GetHeight() {
		row := make([]bool, m.GetWidth())
		for x := range row {
			row[x] = m.Get(x, y) == 1
		}
		rows = append(rows, row)
	}
	return rows, true
}
