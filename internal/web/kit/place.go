package kit

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed place.txt
var placeText string

// point is where something stands on a plane or on the globe.
type point struct{ x, y float64 }

// places are the representative points of countries and areas: degrees east and north.
var places = sync.OnceValue(func() map[string]point {
	out := map[string]point{}
	for line := range strings.Lines(placeText) {
		f := strings.Fields(line)
		if len(f) != 3 || f[0] == "#" {
			continue
		}
		north, err1 := strconv.Atoi(f[1])
		east, err2 := strconv.Atoi(f[2])
		if err1 == nil && err2 == nil {
			out[f[0]] = point{float64(east), float64(north)}
		}
	}
	return out
})

// HasPlace tells whether a country or area has a representative point.
func HasPlace(code string) bool { _, ok := places()[code]; return ok }

// project gives the Equal Earth projection (Šavrič, Patterson, Jenny 2018) of degrees,
// on a plane whose y grows downwards.
func project(d point) point {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	m := math.Sqrt(3) / 2
	t := math.Asin(m * math.Sin(d.y*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	x := d.x * math.Pi / 180 * math.Cos(t) / (m * (a1 + 3*a2*t2 + t6*(7*a3+9*a4*t2)))
	return point{x, -t * (a1 + a2*t2 + t6*(a3+a4*t2))}
}
