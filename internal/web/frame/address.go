package frame

import (
	"context"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// For whom a message is, as the form has it.
const (
	toEnforcement  = "enforcement"
	toObservers    = "observers"
	toAll          = "all"
	toCoordination = "coordination"
	toChosen       = "chosen"
)

// Library is what ToOptions calls documents, which may also be for ToOwn: one's own
// organisation alone. Its number, the form does not know.
const (
	Library = "library"
	ToOwn   = "own"
)

// Along is the value of the ticked box "coordination reads along". The field has
// the name of the draft's path, apart, which says the opposite.
const Along = "along"

// ToOptions are the choices of a writer. Who may not know the members cannot
// choose among them.
func ToOptions(p *kit.Page, template string, members []operation.Member) []kit.Option {
	names := []string{toEnforcement, toObservers, toAll, toCoordination, toChosen}
	switch {
	case len(members) == 0:
		names = []string{toCoordination, toEnforcement}
	case template == message.Warning:
		names = []string{toEnforcement, toCoordination, toChosen}
	}
	if template == Library {
		names = append(names, ToOwn)
	}
	var out []kit.Option
	for _, name := range names {
		o := kit.Option{Value: name, Label: p.T("messagepage.to." + name)}
		if name == toChosen && len(RegionOptions(p, members)) > 0 {
			o.Label = p.T("messagepage.to.chosen-or-regions")
		}
		if name == toAll {
			o.Hint = p.T("messagepage.to.all-hint")
		}
		out = append(out, o)
	}
	return out
}

// RegionOptions are the regions in which a member enforces.
func RegionOptions(p *kit.Page, members []operation.Member) []kit.Option {
	var out []kit.Option
	for _, region := range codelist.Region.Codes() {
		if slices.ContainsFunc(members, func(m operation.Member) bool {
			return m.Membership.State == operation.Accepted && m.Membership.Side == access.Enforcement &&
				codelist.RegionOf(m.Organisation.Country) == region
		}) {
			out = append(out, kit.Option{Value: region, Label: p.Printer.Code(codelist.Region.Name(), region)})
		}
	}
	return out
}

// AddressOf reads for whom the message is. Boxes that were ticked before another
// choice was made do not count.
func AddressOf(form url.Values, members []operation.Member) audience.Address {
	switch form.Get("to") {
	case toEnforcement:
		return audience.Address{Sides: []access.Side{access.Enforcement}}
	case toObservers:
		return audience.Address{Sides: []access.Side{access.Enforcement, access.ObserverSide}}
	case toAll:
		return audience.Address{Sides: access.Sides()}
	case toCoordination:
		return audience.Address{Sides: []access.Side{access.Coordination}}
	case toChosen:
		to := audience.Address{Regions: form["region"]}
		for _, id := range form["organisation"] {
			to.Organisations = append(to.Organisations, MemberNumber(members, id))
		}
		to.Apart = form.Get("apart") != Along && !to.Empty()
		return to
	}
	return audience.Address{}
}

// unknownMember is no organisation's number: nothing matches it.
const unknownMember = -1

// MemberNumber is the number of the member that a form calls by its id.
func MemberNumber(members []operation.Member, id string) int64 {
	for _, m := range members {
		if string(m.Organisation.ID) == id {
			return m.Organisation.Number
		}
	}
	return unknownMember
}

// KnownMembers are those of the operation, for readers who may know them.
func (s *Site) KnownMembers(ctx context.Context, who access.Actor, st operation.Standing) ([]operation.Member, error) {
	if !st.May(access.OperationPeople) {
		return nil, nil
	}
	_, members, err := s.Operations.People(ctx, who, st.Operation.Code)
	return members, err
}

// WrittenIn is the language in which this person most likely writes.
func WrittenIn(v *Visit) string {
	if lang := v.Session.Person.Language; lang != "" {
		return lang
	}
	return string(v.Printer.Lang())
}

// MemberOptions are the members to choose from, by side and name; own is left out.
func MemberOptions(p *kit.Page, members []operation.Member, own int64) []kit.Option {
	var out []kit.Option
	for _, side := range access.Sides() {
		from := len(out)
		for _, m := range members {
			if m.Membership.Side == side && m.Membership.State == operation.Accepted && m.Organisation.Number != own {
				out = append(out, kit.Option{Value: string(m.Organisation.ID), Label: Called(p, m.Organisation),
					Group: p.Printer.Code(codelist.Side.Name(), string(side))})
			}
		}
		slices.SortFunc(out[from:], func(a, b kit.Option) int { return p.Printer.Compare(a.Label, b.Label) })
	}
	return out
}

// AddressWords says for whom a message is: sides by name, then organisations.
func AddressWords(p *kit.Page, to audience.Address, names map[int64]string) []string {
	var out []string
	for _, side := range to.Sides {
		out = append(out, p.Printer.Code(codelist.Side.Name(), string(side)))
	}
	from := len(out)
	for _, n := range to.Organisations {
		if name := names[n]; name != "" {
			out = append(out, name)
		}
	}
	slices.SortFunc(out[from:], p.Printer.Compare)
	for _, region := range to.Regions {
		out = append(out, p.Printer.Code(codelist.Region.Name(), region))
	}
	if to.Apart {
		out = append(out, p.T("messagepage.apart-said"))
	}
	return out
}

// MemberNames names the members for a reader.
func MemberNames(p *kit.Page, members []operation.Member) map[int64]string {
	out := make(map[int64]string, len(members))
	for _, m := range members {
		out[m.Organisation.Number] = Called(p, m.Organisation)
	}
	return out
}

// ReadersOf tells whom a message will reach, or reaches.
func ReadersOf(p *kit.Page, reach operation.Reach, members []operation.Member, sending bool) kit.Readers {
	out := kit.Readers{People: int64(reach.People), Sending: sending}
	by := map[int64]operation.Member{}
	for _, m := range members {
		if m.Membership.State == operation.Accepted {
			by[m.Organisation.Number] = m
		}
	}
	for _, o := range reach.Organisations {
		m := by[o.Number]
		g := kit.ReaderGroup{Name: Called(p, o), Side: p.Printer.Code(codelist.Side.Name(), string(m.Membership.Side))}
		for _, person := range m.People {
			if access.Within(m.Membership.Side, person.Roles, access.MessageRead) {
				g.People++
			}
		}
		out.Organisations = append(out.Organisations, g)
	}
	return out
}

func TLPOptions(p *kit.Page) []kit.Option {
	var out []kit.Option
	for _, code := range codelist.TLP.Codes() {
		out = append(out, kit.Option{Value: code, Label: p.T("messagepage.tlp."+code, fault.Args{"label": i18n.Code{List: "tlp", Code: code}})})
	}
	return out
}
