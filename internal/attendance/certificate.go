package attendance

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Certify gives a certificate to every confirmed participant who attended at least a
// share of the sessions, in per cent, and to whom none was ever given, or one that
// stands and says less than was attended since: the new one replaces it. It answers how
// many were given. Again gives none.
func (s *Store) Certify(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, share int64) (given int64, err error) {
	err = s.hosting(ctx, who, code, id, access.AttendanceCertify, func(tx *db.Tx, a at) error {
		given = 0
		var p fault.Problems
		if share < 1 || share > 100 {
			p.Add("share", "attendance.share")
			return p.Fault()
		}
		g, err := a.giving(tx, share)
		if err != nil {
			return err
		}
		for _, x := range g.people {
			if x.State != participant.Confirmed || len(g.had[x.Seq]) > 0 && !g.grown(a, x) || !g.deserves(a, x) {
				continue
			}
			if err := s.give(tx, a, g, x); err != nil {
				return err
			}
			given++
		}
		if given == 0 {
			return db.Unchanged
		}
		return nil
	})
	return given, err
}

// Anew gives a participant whose last certificate was revoked, or says otherwise than
// what is true now, another one with another number. One that stood is replaced; what
// says the same stays.
func (s *Store) Anew(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID, whose participant.ID) error {
	return s.hosting(ctx, who, code, id, access.AttendanceCertify, func(tx *db.Tx, a at) error {
		g, err := a.giving(tx, Half)
		if err != nil {
			return err
		}
		for _, x := range g.people {
			had := g.had[x.Seq]
			if x.ID != whose || len(had) == 0 {
				continue
			}
			last := had[len(had)-1]
			if last.Good() && g.paper(a, x).Printed().but(last.Printed().Day) == last.Printed() && x.Name == last.Name {
				return db.Unchanged
			}
			g.share = last.Share
			if x.State != participant.Confirmed || !g.deserves(a, x) {
				return fault.Of(fault.Conflict, "attendance.too-little")
			}
			return s.give(tx, a, g, x)
		}
		return fault.Missing()
	})
}

// giving is what is known of a workshop when certificates are given.
type giving struct {
	share  int64
	people []participant.Participant
	marks  map[int64]map[int64]Mark
	had    map[int64][]Certificate // by participant, the newest last
	names  map[int64]organisation.Organisation
	agenda map[int64][]workshop.Session // that takes place, as each organisation reads it
}

func (a at) giving(tx *db.Tx, share int64) (g giving, err error) {
	if a.w.State == workshop.Cancelled {
		return g, fault.Of(fault.Conflict, "attendance.cancelled")
	}
	g = giving{share: share, had: map[int64][]Certificate{}}
	if g.people, err = participant.All(tx, a.op(), a.w.Seq); err != nil {
		return g, err
	}
	marks, err := Of(tx, a.op(), a.w.Seq)
	if err != nil {
		return g, err
	}
	g.marks = marksBy(marks)
	given, err := Certificates(tx, a.op(), a.w.Seq)
	if err != nil {
		return g, err
	}
	for _, c := range given {
		g.had[c.Participant] = append(g.had[c.Participant], c)
	}
	of := []int64{a.w.Organisation}
	for _, p := range g.people {
		of = append(of, p.Organisation)
	}
	if g.agenda, err = agendas(tx, a.op(), a.w, of); err != nil {
		return g, err
	}
	g.names, err = organisation.These(tx, of)
	return g, err
}

// deserves tells whether a participant was there for long enough, of what its
// organisation may know of: a certificate that counted more would tell of it.
func (g giving) deserves(a at, p participant.Participant) bool {
	n, _ := tally(a.w, g.agenda[p.Organisation], g.marks[p.Seq])
	return reaches(n, int64(len(g.agenda[p.Organisation])), g.share)
}

// grown tells whether a participant attended more sessions than its certificate says.
func (g giving) grown(a at, p participant.Participant) bool {
	n, _ := tally(a.w, g.agenda[p.Organisation], g.marks[p.Seq])
	return grown(g.had[p.Seq], n)
}

func grown(had []Certificate, sessions int64) bool {
	return len(had) > 0 && had[len(had)-1].Good() && sessions > had[len(had)-1].Sessions
}

// but is what is printed, as if it had been given on another day.
func (p Printed) but(day string) Printed {
	p.Day = day
	return p
}

// paper is a certificate without its number: all that is printed on it is copied here.
func (g giving) paper(a at, p participant.Participant) Certificate {
	w := a.w
	c := Certificate{Workshop: w.Seq, Participant: p.Seq, Organisation: p.Organisation, Person: p.Person, Name: p.Name,
		From: g.names[p.Organisation].Name, Kind: w.Kind, Title: w.Title, Language: w.Language, Starts: w.Starts, Ends: w.Ends, Place: w.Place, Country: w.Country,
		Host: g.names[w.Organisation].Name, Of: int64(len(g.agenda[p.Organisation])), Share: g.share, Author: a.st.Who.Name(), At: a.st.Now,
		Day: a.st.Now.In(zoneOf(w)).Format(time.DateOnly), Audience: p.Audience}
	c.Sessions, c.Minutes = tally(w, g.agenda[p.Organisation], g.marks[p.Seq])
	return c
}

// give gives one certificate; one that stands is replaced by it, and each names the other.
func (s *Store) give(tx *db.Tx, a at, g giving, p participant.Participant) error {
	c := g.paper(a, p)
	c.ID = workshop.ID(s.source.ID())
	for c.Number == "" {
		c.Number = number(s.source.Bytes(64))
	}
	if had := g.had[p.Seq]; len(had) > 0 && had[len(had)-1].Good() {
		last := had[len(had)-1]
		c.Replaces = last.Number
		if err := s.end(tx, a, access.AttendanceCertify, last, Revoked{By: c.Number}); err != nil {
			return err
		}
	}
	value, err := audience.Of(tx, a.op(), c.Audience)
	if err != nil {
		return err
	}
	c.Seq, err = s.journal.Append(tx, a.st.Entry(access.AttendanceCertify, c.EntrySubject(), c.Audience),
		journal.Content{After: c, With: map[string]string{"audience": value.String()}})
	if err == nil {
		_, err = tx.Exec(putCertificate, c.args(a.op())...)
	}
	return err
}

// end says that a certificate is good no more.
func (s *Store) end(tx *db.Tx, a at, verb access.Permission, c Certificate, why Revoked) error {
	value, err := audience.Of(tx, a.op(), c.Audience)
	if err != nil {
		return err
	}
	before := c
	c.Revoked = Revoked{Entry: 1, At: a.st.Now, Author: a.st.Who.Name(), Reason: why.Reason, By: why.By} // the entry cannot say its own number
	c.Revoked.Entry, err = s.journal.Append(tx, a.st.Entry(verb, c.EntrySubject(), c.Audience),
		journal.Content{Before: before, After: c, With: map[string]string{"audience": value.String()}})
	if err == nil {
		_, err = tx.Exec(putCertificate, c.args(a.op())...)
	}
	return err
}

// Revoke says that a certificate is good no more, with a reason that who may read it
// sees. Again changes nothing.
func (s *Store) Revoke(ctx context.Context, who access.Actor, code operation.Code, id, certificate workshop.ID, reason string) error {
	return s.hosting(ctx, who, code, id, access.AttendanceRevoke, func(tx *db.Tx, a at) error {
		c, err := a.certificate(tx, certificate)
		if err != nil {
			return err
		}
		if reason, err = cleanReason(reason); err != nil {
			return err
		}
		if !c.Good() {
			return db.Unchanged
		}
		return s.end(tx, a, access.AttendanceRevoke, c, Revoked{Reason: reason})
	})
}

func cleanReason(reason string) (string, error) {
	var p fault.Problems
	if reason = strings.TrimSpace(reason); reason == "" {
		p.Add("reason", "fault.required")
		return "", p.Fault()
	}
	reason, err := i18n.CleanBody(reason, MaxReason)
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		p.Add("reason", f.Key, f.Args)
	}
	return reason, p.Fault()
}

// certificate gives one of the workshop, whoever may read it.
func (a at) certificate(tx *db.Tx, id workshop.ID) (Certificate, error) {
	all, err := Certificates(tx, a.op(), a.w.Seq)
	for _, c := range all {
		if c.ID == id {
			return c, err
		}
	}
	if err != nil {
		return Certificate{}, err
	}
	return Certificate{}, fault.Missing()
}

// Paper is a certificate to be printed.
type Paper struct {
	Certificate
	Standing  operation.Standing
	Workshop  workshop.ID
	MayRevoke bool
}

// Print gives a certificate to whom it was given, to who answers for that
// organisation's people, and to who hosts the workshop or coordinates.
func (s *Store) Print(ctx context.Context, who access.Actor, code operation.Code, id, certificate workshop.ID) (out Paper, err error) {
	err = s.read(ctx, who, code, id, func(tx *db.Tx, a at) error {
		c, err := a.certificate(tx, certificate)
		if err != nil {
			return err
		}
		if !a.sees(c.Organisation, c.Person) {
			return fault.Missing()
		}
		out = Paper{Certificate: c, Standing: a.st, Workshop: id,
			MayRevoke: c.Good() && workshop.Host(a.st, a.w) && a.st.May(access.AttendanceRevoke)}
		return nil
	})
	return out, err
}

// Own is a certificate of the reader, and where it was given.
type Own struct {
	Certificate
	Operation operation.Operation
	Workshop  workshop.ID // empty: the workshop is not for the reader's hat
}

// Mine gives the certificates of the actor in all operations where it stands, the
// newest first.
func (s *Store) Mine(ctx context.Context, who access.Actor) (out []Own, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		if !who.Known() || who.Person == "" {
			return fault.Missing()
		}
		all, err := operation.Everywhere(tx, s.source.Now(), who, operation.KindOperation)
		if err != nil {
			return err
		}
		for _, st := range all {
			own, err := certificatesOf(tx, st.Operation.Number, person.ID(who.Person))
			if err != nil {
				return err
			}
			var of db.List
			for _, c := range own {
				of = append(of, c.Workshop)
			}
			by, err := workshop.These(tx, st.Operation.Number, of)
			if err != nil {
				return err
			}
			for _, c := range own {
				if st.May(access.WorkshopRead) && c.Organisation == who.Organisation {
					out = append(out, Own{Certificate: c, Operation: st.Operation, Workshop: by[c.Workshop].ID})
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.WorkshopRead, err)
	}
	return out, nil
}

// Check tells whoever holds a paper whether the certificate with that number and name
// is good, and what is printed on it, to be held against the paper; of a number or a
// name that is not right AnswerUnknown and nothing else. It reads the same whatever was
// typed.
func (s *Store) Check(ctx context.Context, typed, name string) (out Checked, err error) {
	number, ok := ParseNumber(typed)
	if !ok {
		number = "0000" // of no certificate: looked for all the same
	}
	if len(name) > maxTyped {
		name = ""
	}
	key := nameKey(name)
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = Checked{Answer: AnswerUnknown}
		found, err := db.All(tx, selectNumbered, db.Decoded[Certificate], number)
		for _, c := range append(found, Certificate{Name: "nobody"})[:1] {
			same := subtle.ConstantTimeCompare([]byte(nameKey(c.Name)), []byte(key)) == 1
			if same && len(found) > 0 {
				out = Checked{c.answer(), c.Printed()}
			}
		}
		return err
	})
	if err != nil {
		return Checked{}, fmt.Errorf("attendance.check: %w", err)
	}
	return out, nil
}

// answer is what is said of a certificate of which number and name are known.
func (c Certificate) answer() string {
	switch {
	case c.Good():
		return AnswerGood
	case c.Replaced():
		return AnswerReplaced
	}
	return AnswerRevoked
}

// maxTyped bounds what is compared as a name, in bytes.
const maxTyped = 4 * i18n.MaxName
