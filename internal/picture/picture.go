package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"github.com/tidewaiter/tidewaiter/internal/likeness"
)

// Limits and sizes of pictures.
const (
	maxPixels = 50_000_000 // that are decoded; with 16 bits a channel, half
	maxScans  = 100        // of a JPEG: each one is a pass over all pixels
	LargeAt   = 16_000_000 // pixels from which a picture is decoded alone

	usualEdge, usualQuality = 1600, 75 // pixels of the longer side
	labelEdge, labelQuality = 2048, 80
	smallEdge, smallBytes   = 320, 8 << 10
	midEdge, MidBytes       = 600, 45_000 // of what two are compared with side by side
)

// Gate reads the header of a picture and refuses what would not fit into memory,
// before a pixel is decoded: a file of 34 bytes can ask for 4 GiB.
func Gate(kind string, b []byte) (pixels int64, err error) {
	var c image.Config
	switch kind {
	case JPEG:
		c, err = jpeg.DecodeConfig(bytes.NewReader(b))
	case PNG:
		c, err = png.DecodeConfig(bytes.NewReader(b))
	case WebP:
		c, err = webp.DecodeConfig(bytes.NewReader(b))
	default:
		return 0, refused("attachment.kind")
	}
	if err != nil || c.Width < 1 || c.Height < 1 {
		return 0, refused("attachment.broken")
	}
	w, h := int64(c.Width), int64(c.Height)
	if w > math.MaxInt32 || h > math.MaxInt32 {
		return 0, refused("attachment.pixels")
	}
	n := w * h
	if n > maxPixels || deep(c.ColorModel) && n > maxPixels/2 {
		return 0, refused("attachment.pixels")
	}
	if kind == JPEG && bytes.Count(b, []byte{0xff, 0xda}) > maxScans {
		return 0, refused("attachment.broken")
	}
	return n, nil
}

func deep(m color.Model) bool {
	return m == color.RGBA64Model || m == color.NRGBA64Model || m == color.Gray16Model
}

// decode decodes what the gate has let through.
func decode(kind string, b []byte) (image.Image, error) { return decodeFrom(kind, bytes.NewReader(b)) }

// decodeFrom decodes what the gate has let through. A decoder that breaks down
// over what it was given refuses it.
func decodeFrom(kind string, r io.Reader) (m image.Image, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			m, err = nil, refused("attachment.broken")
		}
	}()
	switch kind {
	case JPEG:
		m, err = jpeg.Decode(r)
	case PNG:
		m, err = png.Decode(r)
	case WebP:
		m, err = webp.Decode(r)
	default:
		err = errors.New("no picture")
	}
	if err != nil {
		return nil, refused("attachment.broken")
	}
	return m, nil
}

// Rendered is a picture as it is kept.
type Rendered struct {
	Content       []byte
	Width, Height int64
	Looks         likeness.Bits // of the picture itself
}

// Render makes of a file the picture and its thumbnail: upright, smaller,
// blacked out, and with nothing in them but pixels.
func Render(kind string, b []byte, label bool, black BlackOut) (main, small Rendered, err error) {
	m, err := decode(kind, b)
	if err != nil {
		return main, small, err
	}
	edge, quality := usualEdge, usualQuality
	if label {
		edge, quality = labelEdge, labelQuality
	}
	upright := turn(shrink(m, edge), orientation(kind, b))
	return encode(upright, quality, black)
}

// Again is Render for a picture that was kept already.
func Again(b []byte, label bool, black BlackOut) (main, small Rendered, err error) {
	m, err := decode(JPEG, b)
	if err != nil {
		return main, small, err
	}
	quality := usualQuality
	if label {
		quality = labelQuality
	}
	return encode(shrink(m, max(m.Bounds().Dx(), m.Bounds().Dy())), quality, black)
}

func encode(m *image.RGBA, quality int, black BlackOut) (main, small Rendered, err error) {
	for _, r := range black.over(m.Bounds()) {
		draw.Draw(m, r, image.Black, image.Point{}, draw.Src)
	}
	if main, err = asJPEG(m, quality); err != nil {
		return main, small, err
	}
	main.Looks = likeness.Of(m)
	small, err = within(m, smallEdge, smallBytes, 60, 45, 30)
	return main, small, err
}

// within makes a picture that fits into so many bytes: what travels over bad lines
// is counted in bytes, so the quality gives way first, then the size.
func within(m image.Image, edge, most int, qualities ...int) (out Rendered, err error) {
	for ; edge >= 48; edge = edge * 3 / 4 {
		s := shrink(m, edge)
		for _, q := range qualities {
			if out, err = asJPEG(s, q); err != nil || len(out.Content) <= most {
				return out, err
			}
		}
	}
	return out, fmt.Errorf("picture: none of %d bytes", most)
}

// Preview makes of a picture that was kept the one in which two are compared: at
// most 600 pixels and 45 KB.
func Preview(b []byte) (Rendered, error) {
	m, err := decode(JPEG, b)
	if err != nil {
		return Rendered{}, err
	}
	return within(m, midEdge, MidBytes, 72, 60, 45, 30)
}

func asJPEG(m *image.RGBA, quality int) (Rendered, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return Rendered{Content: out.Bytes(), Width: int64(m.Bounds().Dx()), Height: int64(m.Bounds().Dy())}, err
}

// shrink gives a picture whose longer side is at most edge, on white where it
// could be seen through. It is never made larger.
func shrink(m image.Image, edge int) *image.RGBA {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if longer := max(w, h); longer > edge {
		w, h = max(1, w*edge/longer), max(1, h*edge/longer)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	if w == m.Bounds().Dx() && h == m.Bounds().Dy() {
		draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(out, out.Bounds(), m, m.Bounds(), draw.Over, nil)
	}
	return out
}
