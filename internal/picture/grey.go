package picture

import (
	"bytes"
	"context"
	"image"
	"io"

	"golang.org/x/image/draw"
)

// strip is how many rows of a picture in colour are made grey at once.
const strip = 64

// Grey decodes a picture, as it lies, to how light each pixel is, on white where
// it could be seen through. It goes through the same gate as every picture and
// ends early with its context.
func Grey(ctx context.Context, kind string, b []byte) (*image.Gray, error) {
	if _, err := Gate(kind, b); err != nil {
		return nil, err
	}
	m, err := decodeFrom(kind, until{ctx, bytes.NewReader(b)})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	switch m := m.(type) {
	case *image.Gray:
		return m, nil
	case *image.YCbCr: // its first plane is what is asked for
		if m.Rect.Min == (image.Point{}) {
			return &image.Gray{Pix: m.Y, Stride: m.YStride, Rect: m.Rect}, nil
		}
	}
	return greyOf(m), nil
}

func greyOf(m image.Image) *image.Gray {
	at := m.Bounds()
	out := image.NewGray(image.Rect(0, 0, at.Dx(), at.Dy()))
	rows := image.NewRGBA(image.Rect(0, 0, at.Dx(), strip))
	for y := 0; y < at.Dy(); y += strip {
		draw.Draw(rows, rows.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(rows, rows.Rect, m, at.Min.Add(image.Pt(0, y)), draw.Over)
		for i := range min(strip, at.Dy()-y) {
			from, to := rows.Pix[i*rows.Stride:], out.Pix[(y+i)*out.Stride:]
			for x := range at.Dx() {
				p := from[4*x : 4*x+3]
				to[x] = uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000)
			}
		}
	}
	return out
}

// until reads as long as somebody waits for it.
type until struct {
	ctx context.Context
	r   io.Reader
}

// Read is that of what is read.
func (u until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
