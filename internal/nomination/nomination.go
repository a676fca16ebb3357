package nomination

import (
	"errors"
	"slices"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

const maxPost = 100 // characters

// Draft is what is written to nominate somebody of one's own organisation.
type Draft struct {
	ID       participant.ID // empty: one is made
	Person   person.ID      // with a hat of the organisation; empty: somebody without an account
	Name     string         // as on the certificate; empty: that of the account
	Position string
	Post     string
	Language string // of the invitation; empty: that of the account, or of the workshop
}

// clean gives the draft as it is kept. Paths are id, person, name, position, post,
// language, after that of the draft.
func (d Draft) clean(p *fault.Problems, at string) Draft {
	if !source.ValidID(string(d.ID)) {
		p.Add(at+"id", "fault.not-an-id")
	}
	if d.Person != "" && !source.ValidID(string(d.Person)) {
		p.Add(at+"person", "fault.not-an-id")
	}
	d.Name = i18n.CleanField(p, at+"name", d.Name, workshop.MaxTitle, true, i18n.CleanLine)
	d.Position = i18n.CleanField(p, at+"position", d.Position, workshop.MaxTitle, false, i18n.CleanLine)
	d.Post = i18n.CleanField(p, at+"post", d.Post, maxPost, false, i18n.CleanLine)
	d.Language = workshop.Language(p, at+"language", d.Language)
	return d
}

// or is a draft with what it leaves out.
func (d Draft) or(name, position, language string) Draft {
	for _, x := range []struct {
		of      *string
		instead string
	}{{&d.Name, name}, {&d.Position, position}, {&d.Language, language}} {
		if *x.of == "" {
			*x.of = x.instead
		}
	}
	return d
}

// reasoned is a reason as it is kept; its path is reason.
func reasoned(p *fault.Problems, reason string, required bool) string {
	return i18n.CleanField(p, "reason", reason, workshop.MaxText, required, i18n.CleanBody)
}

// fits tells why a list is none that is worked through at once; nil: it is.
func fits(path string, n int) error {
	var p fault.Problems
	switch {
	case n == 0:
		p.Add(path, "fault.required")
	case n > participant.Max:
		p.Add(path, "fault.too-many-items", fault.Args{"max": int64(participant.Max)})
	}
	return p.Fault()
}

// nominees are the participants of a list of drafts; fresh are the places in it of those
// who do not stand yet.
func (a at) nominees(tx *db.Tx, all []Draft) (people []participant.Participant, fresh []int, err error) {
	var p fault.Problems
	for i, d := range all {
		wrong, err := fault.Problems{}, error(nil)
		var one participant.Participant
		if one, err = a.nominee(tx, d, &wrong, "people."+strconv.Itoa(i)+"."); err != nil {
			return nil, nil, err
		}
		had := func(q participant.Participant) bool { return q.ID == d.ID }
		at := slices.IndexFunc(a.people, had)
		switch {
		case at >= 0 && (wrong.Fault() != nil || !a.people[at].Says(one)), at < 0 && slices.ContainsFunc(people, had):
			return nil, nil, conflict("workshop.id-taken")
		case at >= 0:
			one = a.people[at]
		default:
			fresh = append(fresh, i)
			add(&p, wrong)
		}
		people = append(people, one)
	}
	return people, fresh, p.Fault()
}

// add notes the problems of one draft beside those of the others.
func add(p *fault.Problems, wrong fault.Problems) {
	if f, is := errors.AsType[*fault.Fault](wrong.Fault()); is {
		for _, x := range f.Fields {
			p.Add(x.Path, x.Key, x.Args)
		}
	}
}

// named tells whether somebody with an account is named already; by another hat is
// another body's affair.
func named(people []participant.Participant, p participant.Participant) bool {
	return p.Person != "" && slices.ContainsFunc(people, func(q participant.Participant) bool {
		return q.Active() && q.Person == p.Person && q.Organisation == p.Organisation
	})
}

// nominee puts a draft into a participant; with an account it has what that says.
func (a at) nominee(tx *db.Tx, d Draft, p *fault.Problems, path string) (participant.Participant, error) {
	if d.Person != "" {
		hat, err := person.HatOf(tx, d.Person, a.Who.Organisation, a.Now)
		switch {
		case errors.Is(err, db.ErrNone):
			p.Add(path+"person", "workshop.no-such-person")
		case err != nil:
			return participant.Participant{}, err
		default:
			one, err := person.One(tx, d.Person)
			if err != nil {
				return participant.Participant{}, err
			}
			d = d.or(one.Name, hat.Position, one.Language)
		}
	}
	d = d.or("", "", a.w.Language).clean(p, path)
	return participant.Participant{Workshop: a.w.Seq, ID: d.ID, Organisation: a.Who.Organisation, Person: d.Person, Name: d.Name, Position: d.Position, Post: d.Post,
		Language: d.Language, State: participant.Nominated, Version: 1, At: a.Now}, nil
}

// takes tells why some of a list may not be nominated now by the actor's organisation;
// nil: they may be.
func (a at) takes(list []participant.Participant, fresh []int) error {
	t, more := participant.TallyOf(a.places, a.people, a.Who.Organisation), int64(len(fresh))
	switch {
	case a.w.State == workshop.Cancelled:
		return conflict("workshop.cancelled")
	case a.w.Over(a.Now):
		return conflict("workshop.over")
	case a.w.State != workshop.Called:
		return conflict("workshop.not-called")
	case !a.w.Nominates(a.Now):
		return conflict("workshop.too-late")
	case t.Counted && t.Places == 0:
		return conflict("workshop.not-invited")
	case t.Counted && t.Left == 0:
		return conflict("workshop.places-full", fault.Args{"places": t.Places})
	case t.Counted && t.Left < more:
		return conflict("workshop.places-fewer", fault.Args{"left": t.Left, "named": more})
	case t.Nominated+t.Confirmed+t.Waiting+more > participant.Max:
		return conflict("workshop.people-full", fault.Args{"max": int64(participant.Max)})
	}
	var p fault.Problems
	known := slices.Clone(a.people)
	for _, i := range fresh {
		if named(known, list[i]) {
			p.Add("people."+strconv.Itoa(i)+".person", "workshop.nominated-already")
		}
		known = append(known, list[i])
	}
	return p.Fault()
}

// answer is the reason that a host gives to people, as it is kept: none with a yes.
func answer(people []participant.ID, yes bool, reason string) (string, error) {
	var p fault.Problems
	if yes {
		reason = ""
	} else {
		reason = reasoned(&p, reason, true)
	}
	if err := p.Fault(); err != nil {
		return "", err
	}
	return reason, fits("people", len(people))
}

// answered is a participant before and after the host said yes or no.
func (a at) answered(of participant.ID, yes bool, reason string) (p, next participant.Participant, err error) {
	if p, err = participant.Among(a.people, of, 0); err != nil {
		return p, p, err
	}
	next = p
	switch t := participant.TallyOf(a.places, a.people, p.Organisation); {
	case !yes:
		next.State, next.Reason = participant.Declined, reason
	case t.Counted && t.Free == 0 && p.State != participant.Confirmed:
		next.State, next.Reason = participant.Waiting, ""
	default:
		next.State, next.Reason = participant.Confirmed, ""
	}
	switch {
	case p.State == participant.Withdrawn:
		return p, next, conflict("workshop.withdrawn", fault.Args{"name": p.Name})
	case !yes && a.w.Over(a.Now) && (next.State != p.State || next.Reason != p.Reason):
		return p, next, conflict("workshop.over-people")
	}
	return p, next, nil
}

// put holds a participant that changed against those who are confirmed after it.
func (a at) put(p participant.Participant) {
	i := slices.IndexFunc(a.people, func(q participant.Participant) bool { return q.ID == p.ID })
	a.people[i] = p
}
