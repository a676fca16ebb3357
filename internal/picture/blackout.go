package picture

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Rectangle is a part of an upright picture, in hundredths of a percent of its
// width and height, from its upper left corner.
type Rectangle struct{ Left, Top, Width, Height int64 }

// whole is 100 %.
const whole = 100_00

// maxRectangles bounds what one picture may have blacked out.
const maxRectangles = 200

// BlackOut is what of a picture must not be seen.
type BlackOut []Rectangle

// ParseBlackOut reads rectangles as "left,top,width,height" in percent, at most
// two decimals each, with semicolons between them. Its errors are Invalid.
func ParseBlackOut(text string) (BlackOut, error) {
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	if strings.Count(text, ";") >= maxRectangles {
		return nil, fault.At("blackout", "attachment.blackout")
	}
	var out BlackOut
	for one := range strings.SplitSeq(text, ";") {
		parts := strings.Split(one, ",")
		if len(parts) != 4 {
			return nil, fault.At("blackout", "attachment.blackout")
		}
		var n [4]int64
		for i, p := range parts {
			var err error
			if n[i], err = hundredths(strings.TrimSpace(p)); err != nil {
				return nil, fault.At("blackout", "attachment.blackout")
			}
		}
		r := Rectangle{n[0], n[1], n[2], n[3]}
		if r.Width == 0 || r.Height == 0 || r.Left+r.Width > whole || r.Top+r.Height > whole {
			return nil, fault.At("blackout", "attachment.blackout")
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Rectangle) int {
		return cmp.Or(cmp.Compare(a.Top, b.Top), cmp.Compare(a.Left, b.Left), cmp.Compare(a.Width, b.Width), cmp.Compare(a.Height, b.Height))
	})
	return slices.Compact(out), nil
}

// hundredths reads a percentage from 0 to 100 as hundredths.
func hundredths(s string) (int64, error) {
	units, cents, _ := strings.Cut(s, ".")
	if len(units) == 0 || len(units) > 3 || len(cents) > 2 || strings.Trim(units+cents, "0123456789") != "" {
		return 0, strconv.ErrSyntax
	}
	n, err := strconv.ParseInt(units+(cents + "00")[:2], 10, 64)
	if err == nil && n > whole {
		err = strconv.ErrRange
	}
	return n, err
}

// String is the canonical form, which ParseBlackOut reads.
func (b BlackOut) String() string {
	var out []string
	for _, r := range b {
		out = append(out, percent(r.Left)+","+percent(r.Top)+","+percent(r.Width)+","+percent(r.Height))
	}
	return strings.Join(out, ";")
}

func percent(n int64) string {
	s := fmt.Sprintf("%d.%02d", n/100, n%100)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// over gives the rectangles in pixels of a picture, each one pixel wider: what
// was made smaller has mixed neighbours.
func (b BlackOut) over(bounds image.Rectangle) []image.Rectangle {
	w, h := int64(bounds.Dx()), int64(bounds.Dy())
	var out []image.Rectangle
	for _, r := range b {
		px := image.Rect(int(r.Left*w/whole)-1, int(r.Top*h/whole)-1,
			int(((r.Left+r.Width)*w+whole-1)/whole)+1, int(((r.Top+r.Height)*h+whole-1)/whole)+1)
		out = append(out, px.Add(bounds.Min).Intersect(bounds))
	}
	return out
}
