package practice

import (
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/consignment"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// copier makes copies of a past operation that say what happened, and not to whom:
// codes and figures, without words, numbers, names, places below a country, and
// pictures; amounts are rounded. What stands for a thing is a counter, so nothing leads back; the same thing
// is the same label in the whole replay.
type copier struct {
	practice ID
	labels   Labels
	country  map[string]string // of administrations that reported
	brand    map[string]string
	holder   map[string]string
	mark     map[consignment.Mark]consignment.Mark
	cases    int64
	warnings int64
}

func newCopier(of ID, labels Labels) *copier {
	return &copier{practice: of, labels: labels, country: map[string]string{}, brand: map[string]string{}, holder: map[string]string{},
		mark: map[consignment.Mark]consignment.Mark{}}
}

// Administrations are the country codes under which administrations appear in a
// replay: ISO 3166-1 leaves them to whoever wants them. The last stands for all more.
func Administrations() []string {
	out := make([]string, 0, 14)
	for c := 'M'; c <= 'Z'; c++ {
		out = append(out, "Q"+string(c))
	}
	return out
}

// place gives the label of a country that reported, and any other country as it is.
func (c *copier) place(country string) string {
	if label, ok := c.country[country]; ok {
		return label
	}
	return country
}

// reports notes that an administration of a country takes part.
func (c *copier) reports(country string) {
	if _, has := c.country[country]; !has && country != "" {
		all := Administrations()
		c.country[country] = all[min(len(c.country), len(all)-1)]
	}
}

func label(known map[string]string, word, of string) string {
	if of == "" {
		return ""
	}
	if _, has := known[of]; !has {
		known[of] = fmt.Sprintf("%s %d", word, len(known)+1)
	}
	return known[of]
}

// of copies a case. Its day and language are for whoever writes it.
func (c *copier) of(d seizure.Draft) seizure.Draft {
	c.cases++
	out := seizure.Draft{ID: seizure.ID(seedID(c.practice, fmt.Sprintf("replay/case/%d", c.cases), 1)), Country: c.place(d.Country), Status: d.Status, Loading: d.Loading}
	for to, from := range map[*goods.Coded]goods.Coded{&out.Direction: d.Direction, &out.Conveyance: d.Conveyance, &out.Detection: d.Detection, &out.Concealment: d.Concealment} {
		to.Code = from.Code
	}
	for to, from := range map[*goods.Coded]goods.Coded{&out.Origin: d.Origin, &out.Transit: d.Transit, &out.Destination: d.Destination} {
		to.Code = c.place(from.Code)
	}
	for _, l := range d.Goods {
		line := l.Coded()
		line.Value, line.Declared, line.Quantities = goods.Value{}, goods.Declared{}, rounded(line.Quantities)
		line.Brand, line.Holder = label(c.brand, c.labels.Brand, l.Brand), label(c.holder, c.labels.Holder, l.Holder)
		out.Goods = append(out.Goods, line)
	}
	for _, m := range d.Marks {
		out.Marks = append(out.Marks, c.number(m))
	}
	return out
}

// rounded leaves two significant figures of amounts, so that nobody knows a case again
// by them. It rounds down: what held together stays below what a case may hold.
func rounded(all []goods.Quantity) []goods.Quantity {
	out := slices.Clone(all)
	for i, q := range out {
		step := int64(1)
		for q.Micro/step >= 100 {
			step *= 10
		}
		out[i].Micro = q.Micro / step * step
	}
	return out
}

// warning copies what a warning says as codes.
func (c *copier) warning(m message.Message) Copy {
	c.warnings++
	p := m.Profile
	p.Provenance, p.Destination = c.place(p.Provenance), c.place(p.Destination)
	return Copy{ID: message.ID(seedID(c.practice, fmt.Sprintf("replay/warning/%d", c.warnings), 1)), Profile: p, TLP: m.TLP}
}

// number gives an invented number in place of a real one, with a check digit that
// holds.
func (c *copier) number(m consignment.Mark) consignment.Mark {
	key := consignment.Mark{Kind: m.Kind, Value: m.Canonical()}
	if made, has := c.mark[key]; has {
		return made
	}
	n := len(c.mark) + 1
	form := map[string]string{consignment.Container: "QPRU%06d*", consignment.AirWaybill: "999-%07d*", consignment.PostalItem: "RP%08d*QQ",
		consignment.Vessel: "%06d*"}[m.Kind]
	made := consignment.Mark{Kind: m.Kind, Value: fmt.Sprintf("PRACTICE-%04d", n)}
	if form != "" {
		if m.Kind == consignment.Vessel {
			n += 100000
		}
		made.Value = checked(m.Kind, fmt.Sprintf(form, n))
	}
	c.mark[key] = made
	return made
}

// checked puts in the check digit that fits.
func checked(kind, form string) string {
	i := slices.Index([]byte(form), '*')
	for digit := byte('0'); digit <= '9'; digit++ {
		value := form[:i] + string(digit) + form[i+1:]
		if is, _ := (consignment.Mark{Kind: kind, Value: value}).Checked(); is.OK {
			return value
		}
	}
	return form[:i] + "0" + form[i+1:]
}
