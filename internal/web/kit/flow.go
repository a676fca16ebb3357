package kit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// FlowMap is flows between countries and areas, drawn over a net of meridians without
// any boundary or coast: points, and lines that grow with their figure. A map is never
// mirrored. The table of the same figures stands beside it.
type FlowMap struct {
	ID      string
	Caption string // states the finding
	Note    string // what the map does not say; always shown
	Flows   []Flow // in the order to show: the first are drawn
	Top     int    // how many are drawn; 0: all
	Table   Table
	CSV     string
	// Places are degrees north and east of codes that have no place of their own.
	Places map[string][2]int
}

// Flow is one of them, by codes of countries or areas.
type Flow struct {
	From, To string
	Value    int64
}

// place is where a code stands, in degrees.
func (m FlowMap) place(code string) (point, bool) {
	if at, ok := m.Places[code]; ok {
		return point{float64(at[1]), float64(at[0])}, true
	}
	at, ok := places()[code]
	return at, ok
}

// Drawable tells whether both ends of a flow have a place, and not the same.
func (m FlowMap) Drawable(f Flow) bool {
	_, from := m.place(f.From)
	_, to := m.place(f.To)
	return from && to && f.From != f.To
}

// The plane of the picture: its width is always the same, and what is shown is scaled
// to it, so that letters keep their size.
const (
	mapWidth   = 1000.0
	mapMargin  = 70.0
	labelWide  = 62.0 // room of a code of two letters, as large as phones show it
	labelHigh  = 42.0
	labelAway  = 16.0
	leastWidth = 0.9 // of the plane of the projection, which is 5.4 wide: nearer shows nothing more
)

// drawing is a map made ready.
type drawing struct {
	height float64
	net    []string // paths
	dots   []point  // every place
	lines  []drawnFlow
	ends   []drawnEnd
}

type drawnFlow struct {
	path, head string
	width      float64 // pixels
	title      string
}

type drawnEnd struct {
	at     point
	code   string
	size   float64
	label  *point // nil: no room
	anchor string
}

// drawn are the flows of the picture.
func (m FlowMap) drawn() []Flow {
	flows := slices.DeleteFunc(slices.Clone(m.Flows), func(f Flow) bool { return !m.Drawable(f) })
	if m.Top > 0 && m.Top < len(flows) {
		flows = flows[:m.Top]
	}
	return flows
}

// Missing is how many flows have no place on the map, whatever is drawn.
func (m FlowMap) Missing() int64 {
	var n int64
	for _, f := range m.Flows {
		if !m.Drawable(f) {
			n++
		}
	}
	return n
}

// draw lays the picture out.
func (m FlowMap) draw(p *Page) drawing {
	flows := m.drawn()
	weight := map[string]int64{}
	var top int64
	for _, f := range flows {
		weight[f.From] += f.Value
		weight[f.To] += f.Value
		top = max(top, f.Value)
	}
	v := m.viewOf(weight)
	d := drawing{height: v.height, net: v.net()}
	for _, at := range places() {
		if q := v.at(at); q.x >= 0 && q.x <= mapWidth && q.y >= 0 && q.y <= v.height {
			d.dots = append(d.dots, q)
		}
	}
	slices.SortFunc(d.dots, func(a, b point) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	for _, f := range slices.Backward(flows) { // the largest above
		from, _ := m.place(f.From)
		to, _ := m.place(f.To)
		d.lines = append(d.lines, v.line(p, f, [2]point{v.at(from), v.at(to)}, top))
	}
	d.ends = m.ends(v, weight)
	return d
}

// window is what of the projection's plane is shown.
type window struct {
	left, up, scale, height float64
}

// viewOf shows the places that are meant, with room around them.
func (m FlowMap) viewOf(of map[string]int64) window {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for code := range of {
		at, _ := m.place(code)
		q := project(at)
		low, high = point{min(low.x, q.x), min(low.y, q.y)}, point{max(high.x, q.x), max(high.y, q.y)}
	}
	if len(of) == 0 {
		low, high = point{-2.7, -1.3}, point{2.7, 1.3}
	}
	wide := max(high.x-low.x, leastWidth)
	tall := max(high.y-low.y, wide*.4)
	wide = max(wide, tall/.72)
	scale := (mapWidth - 2*mapMargin) / wide
	middle := point{(low.x + high.x) / 2, (low.y + high.y) / 2}
	height := tall*scale + 2*mapMargin
	return window{left: middle.x - mapWidth/2/scale, up: middle.y - height/2/scale, scale: scale, height: math.Round(height)}
}

func (v window) at(degrees point) point {
	q := project(degrees)
	return point{(q.x - v.left) * v.scale, (q.y - v.up) * v.scale}
}

// net is a meridian and a parallel every 15 degrees.
func (v window) net() []string {
	var out []string
	for east := -180.0; east <= 180; east += 15 {
		out = v.path(out, func(t float64) point { return point{east, -90 + 180*t} })
	}
	for north := -75.0; north <= 75; north += 15 {
		out = v.path(out, func(t float64) point { return point{-180 + 360*t, north} })
	}
	return out
}

// path adds the part of a line that crosses the picture.
func (v window) path(out []string, of func(t float64) point) []string {
	const steps = 48
	var b strings.Builder
	seen, pen := false, false
	for i := range steps + 1 {
		q := v.at(of(float64(i) / steps))
		near := q.x > -mapWidth && q.x < 2*mapWidth && q.y > -v.height && q.y < 2*v.height
		seen = seen || q.x >= 0 && q.x <= mapWidth && q.y >= 0 && q.y <= v.height
		if !near {
			pen = false
			continue
		}
		if b.WriteByte("ML"[map[bool]int{false: 0, true: 1}[pen]]); true {
			fmt.Fprintf(&b, "%.0f %.0f", q.x, q.y)
		}
		pen = true
	}
	if !seen {
		return out
	}
	return append(out, b.String())
}

// line bends a flow to its left, so that there and back are two lines, and puts an
// arrow where three fifths are gone.
func (v window) line(p *Page, f Flow, ends [2]point, top int64) drawnFlow {
	a, b := ends[0], ends[1]
	dx, dy := b.x-a.x, b.y-a.y
	c := point{(a.x+b.x)/2 + dy*.16, (a.y+b.y)/2 - dx*.16}
	on := func(t float64) point {
		s := 1 - t
		return point{s*s*a.x + 2*s*t*c.x + t*t*b.x, s*s*a.y + 2*s*t*c.y + t*t*b.y}
	}
	tip, back := on(.62), on(.58)
	long := math.Hypot(tip.x-back.x, tip.y-back.y)
	if long == 0 {
		long = 1
	}
	ux, uy := (tip.x-back.x)/long, (tip.y-back.y)/long
	width := 1.2 + 5*math.Sqrt(float64(f.Value)/float64(max(top, 1)))
	size := 13 + 1.5*width
	head := fmt.Sprintf("%.0f,%.0f %.0f,%.0f %.0f,%.0f", tip.x+ux*size/2, tip.y+uy*size/2,
		tip.x-ux*size/2-uy*size*.55, tip.y-uy*size/2+ux*size*.55, tip.x-ux*size/2+uy*size*.55, tip.y-uy*size/2-ux*size*.55)
	return drawnFlow{path: fmt.Sprintf("M%.0f %.0fQ%.0f %.0f %.0f %.0f", a.x, a.y, c.x, c.y, b.x, b.y), head: head, width: width,
		title: p.T("component.flow", fault.Args{"from": p.Printer.Country(f.From), "to": p.Printer.Country(f.To), "count": p.Printer.Number(f.Value)})}
}

// ends are the points of the flows, the weightiest labelled first where there is room.
func (m FlowMap) ends(v window, weight map[string]int64) []drawnEnd {
	codes := make([]string, 0, len(weight))
	var top int64
	for code, w := range weight {
		codes = append(codes, code)
		top = max(top, w)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b)) })
	var out []drawnEnd
	var taken [][4]float64
	for _, code := range codes {
		place, _ := m.place(code)
		e := drawnEnd{at: v.at(place), code: code, anchor: "middle"}
		e.size = 6 + 8*math.Sqrt(float64(weight[code])/float64(max(top, 1)))
		for _, side := range []struct {
			dx, dy float64
			anchor string
		}{{0, -e.size - 8, "middle"}, {0, e.size + labelHigh - 8, "middle"}, {e.size + labelAway/2, 12, "start"}, {-e.size - labelAway/2, 12, "end"}} {
			at := point{e.at.x + side.dx, e.at.y + side.dy}
			box := [4]float64{at.x - labelWide/2, at.y - labelHigh, at.x + labelWide/2, at.y}
			switch side.anchor {
			case "start":
				box[0], box[2] = at.x, at.x+labelWide
			case "end":
				box[0], box[2] = at.x-labelWide, at.x
			}
			if box[0] < 0 || box[1] < 0 || box[2] > mapWidth || box[3] > v.height || slices.ContainsFunc(taken, func(o [4]float64) bool {
				return box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3]
			}) {
				continue
			}
			taken = append(taken, box)
			e.label, e.anchor = &at, side.anchor
			break
		}
		out = append(out, e)
	}
	return out
}

// coordinate writes a place in the picture.
func coordinate(f float64) string { return trim(math.Round(f*10) / 10) }
