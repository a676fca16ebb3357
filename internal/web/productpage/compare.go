package productpage

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// compareView is a pair of pictures under two glasses that move as one. All that the
// reader chose stands in the address, so that every step is a link.
type compareView struct {
	showView
	pair    int // from 1
	feature int // from 1; 0: none
	zoom    int64
	dx, dy  int64 // thousandths: how far from the middle, or from the feature
	side    string
	full    bool // the whole pictures instead of previews
}

func (s site) compare(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	o, p, err := s.opened(r, v)
	if err != nil {
		return err
	}
	if len(o.says.Pairs) == 0 {
		return fault.Missing()
	}
	c := chosen(o, r.URL.Query())
	p.Wide = true
	p.Title = append([]string{p.T("productpage.compare")}, p.Title...)
	p.Scripts = []string{"compare.js"}
	return frame.Show(w, r, http.StatusOK, comparePage(p, c))
}

// chosen reads what the reader looks at; what makes no sense is the whole first pair.
func chosen(o showView, q url.Values) compareView {
	number := func(name string, least, most int64) int64 {
		n, err := strconv.ParseInt(q.Get(name), 10, 64)
		if err != nil {
			return 0
		}
		return min(max(n, least), most)
	}
	c := compareView{showView: o, pair: int(number("pair", 0, int64(len(o.says.Pairs)))), feature: int(number("f", 0, int64(len(o.says.Features)))),
		zoom: number("z", 1, kit.MaxZoom), dx: number("x", -1000, 1000), dy: number("y", -1000, 1000), full: q.Has("full"), side: sideClass(q.Get("side") != sideClass(false))}
	if c.feature > 0 && c.pair == 0 {
		if spots := o.says.Features[c.feature-1].Spots; len(spots) > 0 {
			c.pair = spots[0].Pair
		}
	}
	c.pair = min(max(c.pair, 1), len(o.says.Pairs))
	if c.zoom == 0 {
		c.zoom = 1
		if spot, ok := c.spot(c.feature); ok {
			c.zoom = zoomOf(spot)
		}
	}
	return c
}

// zoomOf is how far in one goes to see a spot and what is around it.
func zoomOf(s product.Spot) int64 {
	zoom := int64(2)
	for zoom < kit.MaxZoom && int64(s.Diameter)*zoom*2 < 700 {
		zoom *= 2
	}
	return zoom
}

// spot is where a feature is on the pair that is shown.
func (c compareView) spot(feature int) (product.Spot, bool) {
	if feature > 0 {
		for _, s := range c.says.Features[feature-1].Spots {
			if s.Pair == c.pair {
				return s, true
			}
		}
	}
	return product.Spot{}, false
}

// nowhere is the place of what is not on a picture.
var nowhere = [2]int{-1, -1}

// place is where a spot is on one picture; of what is not on it, where it would be.
func place(s product.Spot, genuine bool) (xy [2]int, there bool) {
	xy, other := s.Fake, s.Genuine
	if genuine {
		xy, other = other, xy
	}
	if xy == nowhere {
		return other, false
	}
	return xy, true
}

// picture is one of the two that are compared.
func (c compareView) id(genuine bool) attachment.ID {
	if genuine {
		return c.says.Pairs[c.pair-1].Genuine
	}
	return c.says.Pairs[c.pair-1].Fake
}

// lens is the glass over one of the two.
func (c compareView) lens(p *kit.Page, a attachment.Attachment, genuine bool) kit.Lens {
	l := kit.Lens{Src: pictureHref(a, attachment.Mid), Width: a.Main.Width, Height: a.Main.Height, X: 500, Y: 500, Zoom: c.zoom,
		Alt: p.T(sideKey("productpage.alt", genuine), fault.Args{"number": int64(c.pair)})}
	if c.full {
		l.Src = pictureHref(a, attachment.Whole)
	}
	if text, _ := c.text(c.says.Pairs[c.pair-1].Caption); text != "" {
		l.Alt += ": " + text
	}
	if s, ok := c.spot(c.feature); ok {
		xy, _ := place(s, genuine)
		l.X, l.Y = int64(xy[0]), int64(xy[1])
	}
	l.X, l.Y = l.X+c.dx, l.Y+c.dy
	for n := range c.says.Features {
		if s, ok := c.spot(n + 1); ok {
			if xy, there := place(s, genuine); there {
				l.Pins = append(l.Pins, kit.Pin{Number: int64(n + 1), X: int64(xy[0]), Y: int64(xy[1]), Diameter: int64(s.Diameter), On: n+1 == c.feature})
			}
		}
	}
	return l
}

// to is the address of what is looked at, changed in some respects.
func (c compareView) to(change func(*compareView)) string {
	change(&c)
	q := url.Values{"pair": {strconv.Itoa(c.pair)}, "z": {strconv.FormatInt(c.zoom, 10)}}
	for name, n := range map[string]int64{"f": int64(c.feature), "x": c.dx, "y": c.dy} {
		if n != 0 {
			q.Set(name, strconv.FormatInt(n, 10))
		}
	}
	if c.side == sideClass(false) {
		q.Set("side", c.side)
	}
	if c.full {
		q.Set("full", "1")
	}
	return c.at("/compare?" + q.Encode())
}

// step is one movement of both glasses.
type step struct {
	name, icon, href string
	off              bool // it would change nothing
}

// steps are the movements, each a link: no hand need drag.
func (c compareView) steps() []step {
	by := 300 / c.zoom
	move := func(x, y int64) string {
		return c.to(func(o *compareView) { o.dx, o.dy = o.dx+x, o.dy+y })
	}
	return []step{
		{"in", "plus", c.to(func(o *compareView) { o.zoom = min(o.zoom*2, kit.MaxZoom) }), c.zoom >= kit.MaxZoom},
		{"out", "minus", c.to(func(o *compareView) { o.zoom = max(o.zoom/2, 1) }), c.zoom <= 1},
		{"left", "left", move(-by, 0), c.zoom <= 1},
		{"right", "right", move(by, 0), c.zoom <= 1},
		{"up", "up", move(0, -by), c.zoom <= 1},
		{"down", "down", move(0, by), c.zoom <= 1},
		{"whole", "whole", c.to(func(o *compareView) { o.zoom, o.dx, o.dy, o.feature = 1, 0, 0, 0 }), c.zoom <= 1 && c.feature == 0},
	}
}

// weight is how many kilobytes both pictures have in full.
func (c compareView) weight() int64 {
	var sum int64
	for _, genuine := range []bool{true, false} {
		if a, ok := c.picture(c.id(genuine)); ok {
			sum += a.Main.Size
		}
	}
	return (sum + 1023) / 1024
}

// focusAt is a place as the script reads it.
func focusAt(s product.Spot, genuine bool) string {
	xy, _ := place(s, genuine)
	return strconv.Itoa(xy[0]) + "," + strconv.Itoa(xy[1])
}
