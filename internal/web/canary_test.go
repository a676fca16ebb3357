package web_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/session"
)

// cage holds the canaries: marks in free text, and who may see each.
type cage struct {
	twin
	readers map[string][]string // personas by mark
}

var canary = regexp.MustCompile(`Canary[0-9]+x`)

// mark makes a text that nothing else holds, for readers.
func (c *cage) mark(readers ...string) string {
	m := fmt.Sprintf("Canary%dx", len(c.readers)+1)
	c.readers[m] = readers
	return m
}

// letter is a message with a mark in every free text of it.
func (c *cage) letter(to audience.Address, readers ...string) message.Draft {
	return message.Draft{ID: message.ID(nextID()), Template: message.General, Subject: c.mark(readers...), Body: c.mark(readers...),
		Language: "en", TLP: "RED", To: to}
}

func (c *cage) send(who access.Actor, code operation.Code, d message.Draft) {
	c.t.Helper()
	_, err := c.app.Messages.Send(c.t.Context(), who, code, d)
	c.must(err)
}

// find is a case with a mark in every free text of it.
func (c *cage) find(readers ...string) seizure.Draft {
	m := func() string { return c.mark(readers...) }
	typed := func() goods.Coded { return goods.Coded{Typed: m()} }
	return seizure.Draft{ID: seizure.ID(nextID()), Country: "XA", Day: "2017-02-10", Language: "en", Status: "seized", Place: m(), Carrier: m(),
		Conveyance: goods.Coded{Code: "sea"}, Direction: typed(), Detection: typed(), Concealment: typed(), Origin: typed(), Transit: typed(),
		Destination: typed(), Remarks: m(), Goods: []goods.Line{{Category: "FOO", Description: m(), Brand: m(), IPR: typed(),
			Quantities: []goods.Quantity{{Micro: 1e6, Unit: "H87"}}}}}
}

var (
	controllers = []string{"director", "coordinator", "analyst"} // who coordinate, and read cases
	readersAll  = []string{"director", "coordinator", "analyst", "trainer"}
	ownOffice   = []string{"officer", "contact-point"}
)

// A mark in every free text of what is not for everybody: the pages of everybody,
// as far as links lead, show nobody's marks but their own.
func TestCanaries(t *testing.T) {
	c := &cage{newTwin(t, 0), map[string][]string{}}
	c.messages()
	c.cases()
	c.elsewhere()
	seen := map[string][]string{}
	for _, persona := range c.personas() {
		_, pages := crawl(c.as(persona), 25)
		for path, a := range pages {
			for _, m := range canary.FindAllString(a.body+strings.Join(a.header["Location"], " "), -1) {
				if !slices.Contains(c.readers[m], persona) {
					t.Errorf("%s reads %s at %s, which is for %v", persona, m, path, c.readers[m])
				}
				if !slices.Contains(seen[m], persona) {
					seen[m] = append(seen[m], persona)
				}
			}
		}
	}
	for m, readers := range c.readers {
		if len(readers) > 0 && len(seen[m]) == 0 {
			t.Errorf("%s is for %v and was seen by nobody: the crawl misses its page", m, readers)
		}
	}
	if len(c.readers) < 40 {
		t.Errorf("only %d canaries", len(c.readers))
	}
}

func (c *cage) messages() {
	third := c.officers()[0]
	holder := c.sessionOf("right-holder")
	officer := c.sessionOf("officer")
	enforcement := func(more ...string) []string { return slices.Concat(readersAll, ownOffice, more) }
	c.send(third.Actor, action, c.letter(audience.Address{Organisations: []int64{c.officers()[1].Actor.Organisation}, Apart: true}))
	c.send(third.Actor, action, c.letter(audience.Address{Organisations: []int64{officer.Actor.Organisation}, Apart: true}, ownOffice...))
	c.send(third.Actor, action, c.letter(audience.Address{Organisations: []int64{officer.Actor.Organisation}}, enforcement()...))
	c.send(third.Actor, action, c.letter(audience.Address{Sides: []access.Side{access.Enforcement}}, enforcement()...))
	c.send(third.Actor, action, c.letter(audience.Address{Organisations: []int64{holder.Actor.Organisation}, Apart: true}, "right-holder"))
	c.send(holder.Actor, action, c.letter(audience.Address{Sides: []access.Side{access.Coordination}}, append(slices.Clone(readersAll), "right-holder")...))
	c.send(third.Actor, action, c.letter(audience.Address{Sides: []access.Side{access.ObserverSide}, Apart: true}, "observer"))
}

func (c *cage) cases() {
	ctx := c.t.Context()
	third, mine := holdsBack(c.officers()), c.sessionOf("officer")
	_, err := c.app.Seizures.Save(ctx, third.Actor, action, c.find(), 0)
	c.must(err)
	held, err := c.app.Seizures.Report(ctx, third.Actor, action, c.find(controllers...))
	c.must(err)
	if held.State != seizure.Reported {
		c.t.Fatalf("the case is %s", held.State)
	}
	_, err = c.app.Seizures.Save(ctx, mine.Actor, action, c.find(ownOffice...), 0)
	c.must(err)
	// reasons: of an amendment and a withdrawal of what only its administration and coordination read
	d := held.Draft
	d.Remarks = c.mark(controllers...)
	held, err = c.app.Seizures.Amend(ctx, third.Actor, action, held.Seq, held.Version, d, c.mark(controllers...))
	c.must(err)
	_, err = c.app.Seizures.Withdraw(ctx, third.Actor, action, held.Seq, held.Version, c.mark(controllers...))
	c.must(err)
}

// elsewhere marks another operation, another body's people, and an operation
// that nobody here belongs to.
func (c *cage) elsewhere() {
	ctx := c.t.Context()
	stranger := c.sessionOf(session.Stranger)
	all, err := c.app.Operations.List(ctx, stranger.Actor, operation.KindOperation)
	c.must(err)
	c.send(stranger.Actor, all[0].Operation.Code, c.letter(audience.Address{Sides: []access.Side{access.Coordination}}, session.Stranger))
	root, director := c.sessionOf("administrator"), c.sessionOf("director")
	_, err = c.app.Operations.Open(ctx, root.Actor, operation.Draft{ID: operation.ID(nextID()), Code: "sealed", Kind: operation.KindOperation,
		Name: c.mark("director", "coordinator"), Purpose: c.mark("director", "coordinator"), Sponsor: c.mark("director", "coordinator"), Language: "en",
		Handling: c.mark("director", "coordinator"), TimeZone: "UTC", Organisation: director.Organisation.ID, Director: director.Person.ID,
		Phases: []operation.Phase{{Kind: "operational", Name: c.mark("director", "coordinator"), Starts: "2017-02-06", Ends: "2017-03-24"}}})
	c.must(err)
	_, err = c.app.People.Register(ctx, root.Actor, person.Draft{ID: person.ID(nextID()), Login: "canary.bird", Name: c.mark("administrator", session.Stranger),
		Language: "en", Organisation: stranger.Actor.Organisation, Position: c.mark("administrator", session.Stranger), Active: true})
	c.must(err)
}
