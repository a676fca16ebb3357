package story

import "time"

// WarningAct is what an organisation did about a warning beside answering it.
type WarningAct struct {
	Warning      *Message
	Organisation string
	Author       string // login
	Post         string // that it was assigned to; empty: it acknowledged
	At           time.Time
}

// The steps of a warning's life. WarningsDue is time itself: whoever is silent is
// reminded, and what is overdue is escalated.
type (
	WarningActed struct{ Act *WarningAct }
	WarningsDue  struct{}
)

func (WarningActed) rank() int { return 13 }
func (WarningsDue) rank() int  { return 14 }

// warningLife is what of a warning is not in its row.
type warningLife struct {
	source  string // what led to it
	place   string
	zone    string // of the place
	arrives int    // hours after it was sent; 0: not said
	expires int    // hours after it was sent; 0: it holds on
	urgent  bool
	acts    []warningActRow
	moved   map[string]string // whither the goods moved on, by who says so
	reason  map[string]string // why they were not checked
}

type warningActRow struct {
	org   string
	after int // hours
	post  string
}

var warningLives = map[string]warningLife{
	"w-mail-tablets": {source: "targeting", acts: []warningActRow{{"XY", 2, ""}, {"XY", 3, "国际邮件互换局"}}},
	"w-cosmetics-sea": {source: "risk-profile", place: "Port Lemina", zone: "Asia/Bangkok", arrives: 10, acts: []warningActRow{{"XT", 3, ""}, {"XT", 4, "ท่าเรือหลัก"}, {"QM", 15, ""}},
		moved: map[string]string{"XT": "QM"}},
	"w-parts-sea":         {source: "risk-profile", place: "Hanil Port", zone: "Asia/Seoul", arrives: 36, acts: []warningActRow{{"XM", 5, ""}}},
	"w-phones-express":    {source: "targeting", acts: []warningActRow{{"QN", 1, ""}}},
	"w-bags-mail":         {source: "earlier-case"},
	"w-food-sea":          {source: "risk-profile", arrives: 40, place: "Chalong", zone: "Asia/Bangkok", urgent: true, acts: []warningActRow{{"XT", 2, ""}}},
	"w-toys-sea":          {source: "partner", acts: []warningActRow{{"XJ", 4, ""}}},
	"w-food-air":          {source: "risk-profile", acts: []warningActRow{{"XB", 3, ""}}},
	"w-parts-road":        {source: "intelligence", reason: map[string]string{"XD": "too-late"}},
	"w-cosmetics-mail":    {source: "targeting"},
	"w-medicine-air":      {source: "intelligence", urgent: true, acts: []warningActRow{{"QP", 2, ""}}, moved: map[string]string{"QP": "QM"}},
	"w-lamps-sea":         {source: "risk-profile"},
	"w-tobacco-sea":       {source: "intelligence", acts: []warningActRow{{"XQ", 2, ""}, {"XQ", 3, "Vigilancia portuaria"}}},
	"w-drinks-sea":        {source: "right-holder"},
	"w-malaria-mail":      {source: "open-source", urgent: true, acts: []warningActRow{{"XG", 6, ""}}},
	"w-soap-mail":         {source: "targeting"},
	"w-lenses-express":    {source: "partner", expires: 96},
	"w-bearings-road":     {source: "risk-profile", acts: []warningActRow{{"QR", 4, ""}}},
	"w-cases-air":         {source: "earlier-case", arrives: 60, place: "Bai Tan", zone: "Asia/Shanghai"},
	"w-watches-passenger": {source: "intelligence", acts: []warningActRow{{"XA", 3, ""}}},
}

// live gives a warning what its row does not hold, and notes what was done about it.
func (b *builder) live(w *warningRow, m *Message) {
	l := warningLives[w.key]
	m.Source, m.Place, m.Zone, m.Urgent = l.source, l.place, l.zone, l.urgent
	if l.arrives > 0 {
		m.Arrives = m.SentAt.Add(time.Duration(l.arrives) * time.Hour)
	}
	if l.expires > 0 {
		m.Expires = m.SentAt.Add(time.Duration(l.expires) * time.Hour)
	}
	for _, a := range l.acts {
		b.world.Acts = append(b.world.Acts, &WarningAct{Warning: m, Organisation: a.org, Author: b.login[a.org]["contact-point"], Post: a.post,
			At: m.SentAt.Add(time.Duration(a.after)*time.Hour + 4*time.Minute)})
	}
}

// tellWarnings tells what was done about warnings, and lets time remind.
func (w *World) tellWarnings(tell func(time.Time, string, string, Step)) {
	for _, a := range w.Acts {
		tell(a.At, a.Author, a.Organisation, WarningActed{a})
	}
	for _, m := range w.Messages {
		if m.Kind != KindWarning {
			continue
		}
		for _, at := range []time.Time{m.SentAt.Add(m.ReplyDue.Sub(m.SentAt)/2 + time.Minute), m.ReplyDue.Add(time.Minute)} {
			if !at.After(Ends) {
				tell(at, "", "", WarningsDue{})
			}
		}
	}
}
