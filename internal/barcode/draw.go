package barcode

import (
	"strconv"
	"strings"
)

// maxDrawn bounds the text of a QR code that is drawn, in bytes: what a phone still
// reads off a wall.
const maxDrawn = 300

// Drawn is a QR code as a path of SVG, of dark squares of one unit on a light ground.
type Drawn struct {
	Side int    // units of the whole, with the quiet zone of four around
	Path string // attribute d of the path
}

// Draw draws a text of ASCII, such as an address, as a QR code; false: it is too long
// or not of ASCII.
func Draw(text string) (Drawn, bool) {
	if text == "" || len(text) > maxDrawn || strings.ContainsFunc(text, func(r rune) bool { return r > '~' || r < ' ' }) {
		return Drawn{}, false
	}
	rows, ok := modules(text)
	if !ok {
		return Drawn{}, false
	}
	const quiet = 4
	var b strings.Builder
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if n := strconv.Itoa(x - from); x > from {
				b.WriteString("M" + strconv.Itoa(from+quiet) + " " + strconv.Itoa(y+quiet) + "h" + n + "v1h-" + n + "z")
			}
		}
	}
	return Drawn{Side: len(rows) + 2*quiet, Path: b.String()}, true
}
