package workshoppage

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const minute = "2006-01-02T15:04" // how hours of the agenda are kept

// cut takes an hour of the agenda apart: day and time of day.
func cut(local string) (day, clock string, ok bool) { return strings.Cut(local, "T") }

func clock(local string) string {
	_, c, _ := cut(local)
	return c
}

func zoneNamed(name string) *time.Location {
	if l, err := time.LoadLocation(name); err == nil {
		return l
	}
	return time.UTC
}

func momentIn(local string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation(minute, local, zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// elsewhere is an hour of the workshop where the reader works; in UTC where that is the
// same hour.
func elsewhere(p *kit.Page, o view, at time.Time) string {
	zone := frame.ZoneOf(o.Standing)
	_, here := at.In(zone).Zone()
	if _, there := at.In(o.zone).Zone(); here == there {
		zone = time.UTC
	}
	text := p.Printer.Clock(at, zone)
	if d := at.In(zone).Format(time.DateOnly); d != at.In(o.zone).Format(time.DateOnly) {
		return p.Printer.DayShort(d) + " " + text
	}
	return text
}

// zoneWords names a zone and says how far it is from UTC when the workshop begins.
func zoneWords(w workshop.Workshop) string {
	at, err := time.ParseInLocation(time.DateOnly, w.Starts, zoneNamed(w.Zone))
	if err != nil {
		return w.Zone
	}
	return strings.ReplaceAll(w.Zone, "_", " ") + ", UTC" + at.Format("-07:00")
}

// where says in a few words where people meet.
func where(p *kit.Page, w workshop.Workshop) string {
	switch {
	case w.Place == "":
		return p.T("workshoppage.online")
	case w.Country != "":
		return p.T("workshoppage.place-in", fault.Args{"place": w.Place, "country": p.Printer.Country(w.Country)})
	}
	return w.Place
}

// languageList names languages in the reader's own.
func languageList(p *kit.Page, tags []string) string {
	var out []string
	for _, t := range tags {
		out = append(out, p.Printer.Language(frame.BaseLanguage(t)))
	}
	return p.Printer.List(out)
}

// The states that a workshop has to its readers: those that are kept, and those that
// its days tell.
const (
	stateNow  = "now"
	stateOver = "over"
)

// stateOf is a state on a day.
func stateOf(w workshop.Workshop, today string) string {
	switch {
	case w.State == workshop.Cancelled:
		return w.State
	case w.Ends < today:
		return stateOver
	case w.Starts <= today:
		return stateNow
	}
	return w.State
}

// stateTag is a state in words and colour.
func stateTag(p *kit.Page, w workshop.Workshop, today string) (kit.Tone, string) {
	state := stateOf(w, today)
	tone := map[string]kit.Tone{workshop.Cancelled: kit.Bad, stateOver: kit.Neutral, stateNow: kit.Good, workshop.Called: kit.Info, workshop.Planned: kit.Neutral}[state]
	return tone, p.T("workshoppage.state." + state)
}

// partTone is the colour of where a participant stands.
func partTone(state string) kit.Tone {
	switch state {
	case participant.Confirmed:
		return kit.Good
	case participant.Nominated, participant.Waiting:
		return kit.Warn
	case participant.Declined:
		return kit.Bad
	}
	return kit.Neutral
}

// mineKey says what the reader is in a workshop; of one that is over, what it was.
func mineKey(state string, over bool) string {
	if over && state == participant.Confirmed {
		return "workshoppage.mine.past"
	}
	return "workshoppage.mine." + state
}

// called is an organisation's name; empty for none.
func called(p *kit.Page, o organisation.Organisation) string {
	if o.Number == 0 {
		return ""
	}
	return frame.Called(p, o)
}

// lastDay is the last day on which people are nominated.
func lastDay(w workshop.Workshop) string { return frame.LastDay(w) }

// lines undoes the line ends that forms travel with.
func lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
