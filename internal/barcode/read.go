package barcode

import (
	"context"
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/picture"
)

// Limits of one picture.
const (
	MaxBytes  = 12 << 20
	maxPixels = 25_000_000
	maxCodes  = 6
	maxTime   = 4 * time.Second // what was read by then is the answer
	maxBars   = 10              // regions that are looked at
	maxSquare = 8
)

// errBroken is that the reading itself broke down.
var errBroken = errors.New("barcode: reading broke down")

// Read reads the codes in a picture (JPEG, PNG, WebP), at most six, in no order
// that means anything. No code is no error. A file that is no picture, is damaged
// or too large is refused with the field "file". It ends with its context, or by
// itself after four seconds, and starts nothing that outlives it.
func Read(ctx context.Context, content []byte) ([]Code, error) {
	return readFor(ctx, content, maxTime)
}

func readFor(ctx context.Context, content []byte, most time.Duration) (codes []Code, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			codes, err = nil, fmt.Errorf("%w: %v", errBroken, broken)
		}
	}()
	if err := check(content); err != nil {
		return nil, err
	}
	short, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	kind, _ := picture.KindOf(content)
	m, err := picture.Grey(short, kind, content)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case short.Err() != nil:
		return nil, refused("barcode.slow")
	case err != nil:
		return nil, err
	}
	codes = read(short, m)
	if len(codes) == 0 && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return codes, nil
}

// check refuses what is not decoded at all.
func check(content []byte) error {
	if len(content) > MaxBytes {
		return refused("barcode.size")
	}
	kind, err := picture.KindOf(content)
	if fault.KindOf(err) == fault.Invalid && isHEIC(err) {
		return err
	}
	if err != nil || !picture.IsPicture(kind) {
		return refused("barcode.kind")
	}
	pixels, err := picture.Gate(kind, content)
	if err == nil && pixels > maxPixels {
		return refused("barcode.pixels")
	}
	return err
}

// isHEIC tells whether a refusal already says what a phone's setting would help.
func isHEIC(err error) bool {
	f, ok := errors.AsType[*fault.Fault](err)
	return ok && len(f.Fields) == 1 && f.Fields[0].Key == "attachment.heic"
}

func refused(key string) error {
	var p fault.Problems
	p.Add("file", key)
	return p.Fault()
}

// read looks where bars or squares stand out first, and everywhere only if
// nothing was found there.
func read(ctx context.Context, m *image.Gray) (codes []Code) {
	if min(m.Rect.Dx(), m.Rect.Dy()) < 16 {
		return nil
	}
	take := func(c Code) bool {
		if !found(codes, c) {
			codes = append(codes, c)
		}
		return len(codes) < maxCodes && ctx.Err() == nil
	}
	all := scales(stretched(m))
	view, times := upTo(all, 2*maxSide)
	fine, scale := planOf(view), float64(int(1)<<times)
	coarse := fine.coarser()
	for i, r := range coarse.bars(scale) {
		if i == maxBars || ctx.Err() != nil {
			break
		}
		if c, ok := scan(ctx, all, r); ok && !take(c) {
			return codes
		}
	}
	// What has no code yet is looked at more closely.
	view, _ = upTo(all, maxSide)
	whole(ctx, view, len(codes) == 0, take)
	squares(ctx, all, patches(fine, coarse, scale), len(codes) == 0, take)
	if len(codes) == 0 {
		if c, ok := sweep(ctx, view); ok {
			take(c)
		}
	}
	return codes
}

// squares reads regions as square codes, those with corners again if nothing else
// was found.
func squares(ctx context.Context, all []*image.Gray, regions []region, thorough bool, take func(Code) bool) {
	var again []region
	none := thorough
	for _, r := range regions[:min(len(regions), maxSquare)] {
		c, ok, corners := inspect(ctx, all, r, thorough)
		if ok && !take(c) || ctx.Err() != nil {
			return
		}
		none = none && !ok
		if corners && len(again) < 2 {
			again = append(again, r)
		}
	}
	for _, r := range again {
		if none {
			if c, ok := upright(ctx, all, r); ok && !take(c) {
				return
			}
		}
	}
}
