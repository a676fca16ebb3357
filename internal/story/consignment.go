package story

// warningMarks are the numbers by which the goods of a warning travel, as they
// stand on the papers; invented owners, airlines and posts. The check digit of the
// cigarettes' container is false, as false numbers on papers are. What a hit found
// travelled under the number that its warning gave.
var warningMarks = map[string][]string{
	"w-mail-tablets":   {"CP318402572QN", "CP318402657QN"},
	"w-cosmetics-sea":  {"TWDU4820174"},
	"w-parts-sea":      {"TWDU7301552", "seal: 0482913"},
	"w-phones-express": {"999-44102682"},
	"w-bags-mail":      {"LP704166322XJ"},
	"w-food-sea":       {"EBBU2155404"},
	"w-toys-sea":       {"EBBU9073123"},
	"w-food-air":       {"998-77305141"},
	"w-parts-road":     {"vehicle: QR 4471 AD"},
	"w-medicine-air":   {"998-20466191"},
	"w-lamps-sea":      {"TWDU1184063"},
	"w-tobacco-sea":    {"EBBU6402296"},
	"w-bearings-road":  {"vehicle: XD 20-881", "vehicle: XD 20-882"},
	"w-cases-air":      {"999-51827344"},
}
