package world

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// The phase in which all cases lie.
const (
	begins = "2025-01-06"
	ends   = "2025-03-28"
	days   = 82
)

var (
	countries = strings.Fields("CN HK US DE FR GB JP KR TH VN SG MY ID PH AU NZ IN AE SA EG MA TN DZ SN CI NG KE ZA BR MX CL PE CO AR ES PT IT NL BE PL")
	ways      = strings.Fields("express mail sea air road passenger rail inland-water")
	places    = []string{"Container terminal 4", "Airport cargo village", "Postal sorting centre", "Border post north", "Free zone gate B", "Express hub"}
	brands    = []string{"Aurelia", "Borealis", "Cormorant", "Delphine", "Estuary", "Fairway"}
	phrases   = strings.Fields("goods found behind cover load declared as spare parts labels loose in second carton sender known from earlier parcels value far below market seals intact x-ray image unclear sample taken for the right holder")
)

// Countries and Categories are what pages are filtered by.
func Countries() []string  { return countries }
func Categories() []string { return codelist.Category.Codes() }

// words gives n words that belong to number i.
func words(i, n int) string {
	out := make([]string, n)
	for k := range n {
		out[k] = phrases[drawn(i, 100+k)%uint64(len(phrases))]
	}
	return strings.Join(out, " ")
}

// id makes a UUID of a number and a kind of thing.
func id(kind byte, i int) string {
	a, b := drawn(i, 50+int(kind)), drawn(i, 90+int(kind))
	return fmt.Sprintf("%08x-%04x-7%03x-8%03x-%012x", uint32(a), uint16(a>>32), uint16(a>>48)&0xfff, uint16(b)&0xfff, uint64(i)<<8|uint64(kind))
}

// Draft is the i-th case.
func (s Size) Draft(i int) seizure.Draft {
	first, _ := time.Parse(time.DateOnly, begins)
	d := seizure.Draft{ID: seizure.ID(id('c', i)), Country: skewed(countries, drawn(i, 2)), Place: places[drawn(i, 3)%6],
		Day: first.AddDate(0, 0, int(drawn(i, 4)%days)).Format(time.DateOnly), Time: fmt.Sprintf("%02d:%02d", drawn(i, 5)%24, drawn(i, 6)%60),
		Direction: goods.Coded{Code: "import"}, Conveyance: goods.Coded{Code: skewed(ways, drawn(i, 7))},
		Detection: goods.Coded{Code: "risk-profile"}, Origin: goods.Coded{Code: skewed(countries, drawn(i, 8))},
		Destination: goods.Coded{Code: skewed(countries, drawn(i, 9))}, Status: "seized", Remarks: words(i, 12), Language: "en"}
	for n := range s.linesOf(i) {
		at := 10 + 10*n
		d.Goods = append(d.Goods, goods.Line{Category: skewed(Categories(), drawn(i, at)), HS: "640411", Brand: brands[drawn(i, at+1)%6],
			Description: words(i+n, 5), Quantities: []goods.Quantity{{Micro: int64(1+drawn(i, at+2)%5000) * 1_000_000, Unit: "H87"}}})
	}
	return d
}

// Message is the i-th message: about 25 words to all who enforce.
func Message(i int) message.Draft {
	return message.Draft{ID: message.ID(id('m', i)), Template: message.General, Subject: words(i, 4), Body: words(i, 25), Language: "en",
		TLP: "GREEN", To: audience.Address{Sides: []access.Side{access.Enforcement}}}
}
