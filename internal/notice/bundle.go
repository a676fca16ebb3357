package notice

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// The kinds of job; the subject of each is a person.
const (
	MailJob  = "notice.mail"
	ProveJob = "notice.prove"
)

const (
	// uncoveredAtOnce bounds the notices that one bundle covers.
	uncoveredAtOnce = 500
	// unknownEnds is how often a mail is begun whose end stays unknown, because the
	// process ended meanwhile. After a second time it counts as sent.
	unknownEnds = 2
	// lastAttempt: after about a day of failures the job ends until there is
	// something new.
	lastAttempt = 50
)

// bundle is what is to be done for one person.
type bundle struct {
	setting Setting
	letter  mail.Letter
	covers  []row // what the letter tells of; empty: nothing is due
	gone    []row // what the person may not read any more
	again   time.Time
}

// Mail does the job of one person: it sends what is due, or says when it will be.
func (s *Store) Mail(ctx context.Context, j job.Job) error {
	if s.Post == nil {
		return nil
	}
	var b bundle
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		b, err = gather(tx, s.source.Now(), j.Subject)
		return err
	})
	if err != nil {
		return fmt.Errorf("notice: bundle: %w", err)
	}
	sent := b.setting.sending >= unknownEnds
	err = s.db.Keep(ctx, func(tx *db.Tx) error {
		if err := b.forget(tx, j); err != nil || len(b.covers) == 0 || sent {
			return err
		}
		_, err := tx.Exec(begin, j.Subject)
		return err
	})
	if err != nil {
		return fmt.Errorf("notice: bundle: %w", err)
	}
	if len(b.covers) == 0 {
		if b.again.IsZero() {
			return nil
		}
		return job.At(b.again)
	}
	if !sent {
		if err := s.Post.Send(ctx, b.letter); err != nil {
			return s.failed(ctx, j, err)
		}
	}
	if err := s.covered(ctx, j, b); err != nil {
		return err
	}
	return job.At(s.source.Now()) // there may be more, or it comes later
}

// gather looks at what a person has not been told of by mail.
func gather(tx *db.Tx, now time.Time, id string) (bundle, error) {
	var b bundle
	set, err := settingOf(tx, id)
	if err != nil || set.Address == "" || set.Mode == Never {
		return b, err
	}
	p, err := person.One(tx, person.ID(id))
	if errors.Is(err, db.ErrNone) {
		return b, nil
	}
	if err != nil {
		return b, err
	}
	b.setting = set
	b.letter = mail.Letter{To: set.Address, Language: i18n.Lang(p.Language), Kind: mail.Urgent}
	kept, err := db.All(tx, selectUncovered, scan, id, int64(uncoveredAtOnce))
	if err != nil {
		return b, err
	}
	open, err := b.open(tx, now, kept)
	if err != nil {
		return b, err
	}
	var rest []row
	for _, r := range open {
		if atOnce(r.reason) {
			b.covers = append(b.covers, r)
		} else {
			rest = append(rest, r)
		}
	}
	if len(b.covers) > 0 || len(rest) == 0 {
		return b, nil
	}
	if due := set.next(rest[0].at); due.After(now) {
		b.again = due
		return b, nil
	}
	b.letter.Kind, b.covers = mail.New, rest
	return b, nil
}

// open keeps of a person's notices those that may be read now under their hats,
// and puts the others where they are forgotten.
func (b *bundle) open(tx *db.Tx, now time.Time, kept []row) ([]row, error) {
	type place struct{ organisation, operation, seq int64 }
	may := map[place]bool{}
	hats := map[int64][]row{}
	for _, r := range kept {
		hats[r.organisation] = append(hats[r.organisation], r)
	}
	for org, rows := range hats {
		hat, err := person.HatOf(tx, person.ID(rows[0].person), org, now)
		if errors.Is(err, db.ErrNone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		who := access.Actor{Person: rows[0].person, Organisation: org, ContactPoint: hat.Contact()}
		all, err := readable(tx, now, who, rows)
		if err != nil {
			return nil, err
		}
		for _, n := range all {
			may[place{org, n.Operation.Number, n.Seq}] = true
		}
	}
	var open []row
	for _, r := range kept {
		if may[place{r.organisation, r.operation, r.seq}] {
			open = append(open, r)
		} else {
			b.gone = append(b.gone, r)
		}
	}
	return open, nil
}

// forget takes away what the person may not read any more.
func (b bundle) forget(tx *db.Tx, j job.Job) error {
	if err := job.Held(tx, j); err != nil {
		return err
	}
	for _, r := range b.gone {
		if _, err := tx.Exec(dropOne, r.person, r.organisation, r.operation, r.seq); err != nil {
			return err
		}
	}
	return nil
}

// covered marks what a letter told of.
func (s *Store) covered(ctx context.Context, j job.Job, b bundle) error {
	now := s.source.Now()
	// The letter is gone: whoever stops this process now must not have it sent again.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		if err := job.Held(tx, j); err != nil {
			return err
		}
		for _, r := range b.covers {
			if _, err := tx.Exec(markOne, r.person, r.organisation, r.operation, r.seq, now); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ended, j.Subject, b.letter.Kind == mail.New, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("notice: covered: %w", err)
	}
	return nil
}

// failed stores that a letter was not taken. Where the process is being stopped
// nobody knows whether it was: that is left to whoever comes next.
func (s *Store) failed(ctx context.Context, j job.Job, why error) error {
	if ctx.Err() != nil {
		return why
	}
	now := s.source.Now()
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		if err := job.Held(tx, j); err != nil {
			return err
		}
		_, err := tx.Exec(fails, j.Subject, now)
		return err
	})
	if err == nil && j.Attempts >= lastAttempt {
		return nil
	}
	return errors.Join(why, err)
}

// SendCode does the job of sending a code to an address that is to be proven. A
// code that does not hold any more, or was typed already, is not sent.
func (s *Store) SendCode(ctx context.Context, j job.Job) error {
	if s.Post == nil {
		return nil
	}
	var l mail.Letter
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		set, err := settingOf(tx, j.Subject)
		if err != nil || set.Pending == "" || !s.source.Now().Before(set.Ends) {
			return err
		}
		p, err := person.One(tx, person.ID(j.Subject))
		if errors.Is(err, db.ErrNone) || p.State == person.Suspended {
			return nil
		}
		l = mail.Letter{To: set.Pending, Language: i18n.Lang(p.Language), Kind: mail.Prove, Code: s.code(j.Subject, set)}
		return err
	})
	if err != nil || l.To == "" {
		return err
	}
	return s.Post.Send(ctx, l)
}
