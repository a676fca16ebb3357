package kit

import (
	"fmt"
	"strconv"
	"strings"
)

// Lens is a picture of which a part is shown. No style says which part: the view
// box of the drawing around it does, so that pages zoom without scripts.
type Lens struct {
	Src           string
	Width, Height int64 // pixels; only their proportion counts
	Alt           string
	X, Y          int64 // thousandths of width and height: the middle of what is shown
	Zoom          int64 // 1: the whole picture
	Pins          []Pin
}

// Pin is a number at a place of a picture.
type Pin struct {
	Number   int64
	X, Y     int64 // thousandths of width and height
	Diameter int64 // thousandths of the width; 0: only the number
	On       bool  // it is what the reader looks at
}

// lensWidth is the width of the drawing around a picture, in its own units.
const lensWidth = 1000

// MaxZoom is how far into a picture one can go: a preview shows no more.
const MaxZoom = 8

// across is the height of the drawing.
func (l Lens) across() int64 {
	if l.Width <= 0 || l.Height <= 0 {
		return lensWidth
	}
	return max(1, lensWidth*l.Height/l.Width)
}

// View is the view box: the part that is shown, moved so that it lies within the
// picture.
func (l Lens) View() string {
	zoom := min(max(l.Zoom, 1), MaxZoom)
	w, h := lensWidth/zoom, max(1, l.across()/zoom)
	x := min(max(l.X*lensWidth/1000-w/2, 0), lensWidth-w)
	y := min(max(l.Y*l.across()/1000-h/2, 0), l.across()-h)
	return fmt.Sprintf("%d %d %d %d", x, y, w, h)
}

func (l Lens) number(n int64) string { return strconv.FormatInt(n, 10) }

// place is where a pin stands, as large on the screen however far in one is.
func (l Lens) place(n Pin) string {
	scale := strconv.FormatFloat(1/float64(min(max(l.Zoom, 1), MaxZoom)), 'f', 3, 64)
	return "translate(" + l.number(n.X) + " " + l.number(n.Y*l.across()/1000) + ") scale(" + strings.TrimRight(strings.TrimRight(scale, "0"), ".") + ")"
}

// shows tells whether a pin lies well within what is shown.
func (l Lens) shows(n Pin) bool {
	var x, y, w, h int64
	_, _ = fmt.Sscanf(l.View(), "%d %d %d %d", &x, &y, &w, &h) // it was just written
	edge := 36 / min(max(l.Zoom, 1), MaxZoom)
	px, py := n.X, n.Y*l.across()/1000
	return px >= x+edge && px <= x+w-edge && py >= y+edge && py <= y+h-edge
}

func (l Lens) ring(n Pin) string { return l.number(max(n.Diameter/2, 20)) }
