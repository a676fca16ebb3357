package story

import (
	"math/rand/v2"
	"time"
)

// Conveyances.
const (
	ConveyanceMail      = "mail"
	ConveyanceExpress   = "express"
	ConveyanceAir       = "air"
	ConveyanceSea       = "sea"
	ConveyanceRoad      = "road"
	ConveyancePassenger = "passenger"
)

// Case is one interception.
type Case struct {
	ID           string
	Operation    string
	Organisation string // who reported
	Reporter     string // login
	Country      string // of interception
	Place        Place
	EventDate    string // local date at the place, 2006-01-02
	EventTime    string // local time at the place, 15:04
	EventAt      time.Time
	Direction    string // import, export, transit, transhipment
	Conveyance   string
	Detection    string // routine, random, risk-profile, intelligence, warning, right-holder, scanner, dog
	Concealment  string // none, mislabelled, cover-load, in-parcel, in-baggage, other
	Provenance   string // country, as documented
	Destination  string // country, as documented
	Declared     string // goods as declared
	Description  string
	Language     string   // of Description, Declared and the lines
	Warning      string   // id of the warning that led to it
	Marks        []string // numbers by which the goods travel, of the warning that led to it

	First       []GoodsLine // as reported
	Lines       []GoodsLine // as they are in the end
	FirstStatus string
	Status      string // in the end
	NotCounted  string // "" or the trap it is

	ReportedAt  time.Time
	ReleasedAt  time.Time // zero: still a draft when the story ends
	ReleasedBy  string    // login; "" if by reporting, or by time
	Amendments  []Amendment
	Changes     []StatusChange
	DuplicateOf string // id
	MarkedAt    time.Time
	WithdrawnAt time.Time
	Reason      string // of a withdrawal, in Language
}

// Amendment is a correction of the goods.
type Amendment struct {
	At     time.Time
	By     string
	Lines  []GoodsLine
	Reason string // in the case's language
}

// StatusChange moves a case on. Verdict is "genuine" where that is why.
type StatusChange struct {
	At      time.Time
	By      string
	Status  string
	Verdict string
}

// Categories a case holds, each once.
func (c *Case) Categories() []string {
	var out []string
	for _, l := range c.Lines {
		if !contains(out, l.Category) {
			out = append(out, l.Category)
		}
	}
	return out
}

// Totals of the goods as they are in the end.
func (c *Case) Totals() Totals {
	t := Totals{}
	t.add(c.Lines)
	return t
}

// islands are reached by mail and small ships; no bulk is found there.
var islands = []string{"XG", "QT", "QW", "XF", "XE"}

// seat is a share with the organisation and day that report it.
type seat struct {
	share
	org     string
	day     int // from 1
	warning string
}

// heavy goods do not fly.
func (s share) heavy() bool {
	for _, p := range s.parts {
		if p.Unit == Pieces && p.Micro > 20_000*Micro || p.Unit == Kilograms && p.Micro > 1_500*Micro {
			return true
		}
	}
	return false
}

// light goods go by letter and parcel: thirty pieces or tablets of thirty
// strips, or a few kilograms.
func (s share) light() bool {
	for _, p := range s.parts {
		most := 30 * Micro
		switch {
		case p.category == "PHA" && p.Unit == Pieces:
			most *= 10
		case p.Unit != Pieces:
			most /= 6
		}
		if p.Micro > most {
			return false
		}
	}
	return true
}

// seats deals the cases: every administration its number, every day its
// number; first the cases that answer a warning, then bulk, then the rest.
func seats(rng *rand.Rand, hits []*warningRow) []seat {
	left := shares(rng)
	var orgs []string
	for _, r := range administrationRows {
		for range r.cases {
			orgs = append(orgs, r.code)
		}
	}
	var days []int
	for d, n := range casesOfDay {
		for range n {
			days = append(days, d+1)
		}
	}
	rng.Shuffle(len(orgs), func(i, j int) { orgs[i], orgs[j] = orgs[j], orgs[i] })
	rng.Shuffle(len(days), func(i, j int) { days[i], days[j] = days[j], days[i] })
	rng.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
	var out []seat
	for _, w := range hits {
		out = append(out, seat{
			take(&left, func(s share) bool { return s.holds(w.category) && len(s.parts) == 1 && s.bulk == w.bulk }),
			take(&orgs, func(o string) bool { return o == w.hitBy }),
			take(&days, func(d int) bool { return d > w.day && d <= w.day+3 }), w.key})
	}
	for len(left) > 0 {
		s := take(&left, func(s share) bool { return s.bulk })
		out = append(out, seat{s, take(&orgs, func(o string) bool { return !s.bulk || !contains(islands, o) }),
			take(&days, func(int) bool { return true }), ""})
	}
	return out
}

// take removes and gives the first that fits, else the first.
func take[T any](from *[]T, fits func(T) bool) T {
	at := 0
	for i, x := range *from {
		if fits(x) {
			at = i
			break
		}
	}
	x := (*from)[at]
	*from = append((*from)[:at:at], (*from)[at+1:]...)
	return x
}

// caseOf turns a seat into a case as its officer reports it.
func (b *builder) caseOf(s seat) *Case {
	org := b.org[s.org]
	c := &Case{Operation: CodeActionIPR2, Organisation: org.Code, Country: org.Country, Language: org.Language}
	c.Conveyance = b.conveyance(s)
	b.place(c, org, day(s.day))
	b.route(c, org)
	c.Lines = s.lines(b.rng, b.turn, org.Language)
	c.First = c.Lines
	b.hide(c, s.bulk)
	c.Detection = b.pick("risk-profile:42 routine:20 random:6 scanner:14 intelligence:6 right-holder:7 dog:1")
	if s.warning != "" {
		w := b.warnings[s.warning]
		c.Detection, c.Warning = "warning", w.ID
		c.Direction, c.Provenance, c.Destination = "import", w.Provenance, org.Country
	}
	c.Status = b.pick("suspended:15 detained:42 seized:43")
	c.FirstStatus = c.Status
	b.report(c, org)
	return c
}

// hide settles how the goods were hidden and declared, and describes the case.
func (b *builder) hide(c *Case, bulk bool) {
	how := b.pick("none:45 false-statement:25 inside-goods:9 marks-apart:6")
	switch {
	case c.Conveyance == ConveyancePassenger:
		how = "luggage"
	case bulk && b.rng.IntN(3) == 0:
		how = "cover-load"
	}
	declared := b.pick("0:34 1:14 2:14 3:24 4:8 6:6")
	switch {
	case c.Conveyance == ConveyancePassenger:
		declared = "6"
	case bulk:
		declared = b.pick("2:40 4:40 5:20")
	}
	c.Concealment = howHidden[how].code
	if how == "inside-goods" && (c.Conveyance == ConveyanceMail || c.Conveyance == ConveyanceExpress) {
		c.Concealment = "in-parcel"
	}
	c.Description, c.Declared = describe(c.Language, c.Conveyance, how, b.rng.IntN(2), int(declared[0]-'0'), c.Lines)
}

func (b *builder) conveyance(s seat) string {
	switch {
	case s.warning != "":
		return b.warnings[s.warning].Conveyance
	case s.heavy():
		return b.pick("sea:80 road:20")
	case s.bulk:
		return b.pick("sea:56 road:17 air:22 express:5")
	}
	if s.light() {
		return b.pick("mail:84 express:11 passenger:5")
	}
	return b.pick("mail:10 express:55 passenger:10 air:25")
}

var placeOf = map[string]string{ConveyanceMail: PlaceMailCentre, ConveyanceExpress: PlaceExpressHub, ConveyanceAir: PlaceAirport,
	ConveyancePassenger: PlaceAirport, ConveyanceSea: PlaceSeaport, ConveyanceRoad: PlaceLandPost}

// place puts the event at a place and at an hour at which people work there.
func (b *builder) place(c *Case, org *Organisation, on time.Time) {
	c.Place = org.PlaceOf(placeOf[c.Conveyance])
	hour, minute := 8+b.rng.IntN(10), b.rng.IntN(12)*5
	if c.Conveyance == ConveyanceAir || c.Conveyance == ConveyancePassenger {
		hour = b.rng.IntN(24)
	}
	local := time.Date(on.Year(), on.Month(), on.Day(), hour, minute, 0, 0, b.calendar.zone(org.Zone))
	c.EventDate, c.EventTime, c.EventAt = local.Format(time.DateOnly), local.Format("15:04"), local.UTC()
}

func (b *builder) route(c *Case, org *Organisation) {
	c.Direction = b.pick("import:72 transit:13 transhipment:8 export:7")
	other := func(not string) string {
		for {
			if code := b.countries[b.rng.IntN(len(b.countries))].Code; code != org.Country && code != not {
				return code
			}
		}
	}
	switch c.Direction {
	case "import":
		c.Provenance, c.Destination = other(""), org.Country
	case "export":
		c.Provenance, c.Destination = org.Country, other("")
	default:
		c.Provenance = other("")
		c.Destination = other(c.Provenance)
	}
	if c.Conveyance == ConveyancePassenger && c.Direction != "export" {
		c.Direction, c.Destination = "import", org.Country
	}
}

// report says when the case is told, by whom, and how it leaves the
// administration.
func (b *builder) report(c *Case, org *Organisation) {
	after := 40*time.Minute + time.Duration(min(b.rng.ExpFloat64()*5, 30)*float64(time.Hour))
	c.ReportedAt = c.EventAt.Add(after).Truncate(time.Second)
	c.ID = b.id(c.ReportedAt)
	c.Reporter = b.officer(org.Code, c.Conveyance)
	b.release(c, org)
}

func (b *builder) officer(org, conveyance string) string {
	switch conveyance {
	case ConveyanceMail, ConveyanceExpress, ConveyancePassenger:
		return b.login[org]["mail"]
	}
	return b.login[org]["freight"]
}

func (b *builder) release(c *Case, org *Organisation) {
	byHand := func(within time.Duration) {
		c.ReleasedAt = c.ReportedAt.Add(25*time.Minute + time.Duration(b.rng.Int64N(int64(within)))).Truncate(time.Second)
		c.ReleasedBy = b.login[org.Code][b.pick("contact-point:60 deputy:15 duty-officer:25")]
	}
	limit := time.Duration(org.ReleaseAfter) * time.Hour
	switch {
	case org.Release == ReleaseContactPoint:
		byHand(17 * time.Hour)
	case org.Release == ReleaseTimed && b.rng.IntN(2) == 0:
		byHand(limit - 2*time.Hour)
	case org.Release == ReleaseTimed:
		c.ReleasedAt = c.ReportedAt.Add(limit)
	default:
		c.ReleasedAt = c.ReportedAt
	}
}
