package frame

import "github.com/tidewaiter/tidewaiter/internal/web/kit"

// invented are places of the invented countries of the demonstration's story: near the
// cities whose time zones they were given. Other installations that use codes of their
// own have no place for them: such flows stand in the table.
var invented = map[string][2]int{"XA": {25, 56}, "XB": {-27, 152}, "XD": {44, 76}, "XE": {-8, 126}, "XF": {-22, 165}, "XG": {-10, 161}, "XH": {2, 105},
	"XJ": {36, 141}, "XM": {37, 128}, "XP": {50, 10}, "XQ": {14, 122}, "XR": {42, 12}, "XT": {13, 99}, "XW": {-38, 176}, "XY": {30, 120},
	"QM": {4, 101}, "QN": {22, 86}, "QP": {-7, 110}, "QR": {41, 66}, "QS": {8, 81}, "QT": {-17, 177}, "QV": {33, 36}, "QW": {-8, 146}, "QX": {10, 40}, "QY": {20, 110}}

// Placed gives a map the places that only a demonstration has.
func Placed(m kit.FlowMap, demo bool) kit.FlowMap {
	if demo {
		m.Places = invented
	}
	return m
}
