package notice

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// Limits of proving an address.
const (
	codeHolds  = 30 * time.Minute
	codeDigits = 8
	maxGuesses = 5
	// maxAsks bounds the codes that one person may have sent in a day: nobody may
	// fill other people's letter boxes from here.
	maxAsks = 5
)

// Choice is how somebody wants e-mail to come.
type Choice struct {
	Mode string
	Hour int64 // of a digest, 0 to 23, in the zone of the organisation whose hat is worn
}

// Settings gives the actor's own setting, and whether this instance sends e-mail.
func (s *Store) Settings(ctx context.Context, who access.Actor) (Setting, bool, error) {
	var out Setting
	if !access.May(who, access.NoticeSettle) {
		return out, false, fault.Missing()
	}
	now := s.source.Now()
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = settingOf(tx, who.Person)
		return err
	})
	if err != nil {
		return out, false, fmt.Errorf("%s: %w", access.NoticeSettle, err)
	}
	if out.Pending != "" && (!now.Before(out.Ends) || out.guesses >= maxGuesses) {
		out.Pending = ""
	}
	return out, s.Post != nil, nil
}

// Choose sets how e-mail comes to the actor. What waits is looked at anew.
func (s *Store) Choose(ctx context.Context, who access.Actor, c Choice) error {
	if !access.May(who, access.NoticeSettle) {
		return fault.Missing()
	}
	var p fault.Problems
	if !slices.Contains(Modes(), c.Mode) {
		p.Add("mode", "fault.unknown-code")
	}
	if c.Hour < 0 || c.Hour > 23 {
		p.Add("hour", "fault.unknown-code")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	return s.settle(ctx, func(tx *db.Tx, now time.Time) error {
		o, err := organisation.One(tx, who.Organisation)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(putChoice, who.Person, c.Mode, c.Hour, o.TimeZone); err != nil {
			return err
		}
		return job.Put(tx, MailJob, who.Person, now)
	})
}

// Ask has a code sent to an address, which counts once Prove gives it back; until
// then an address that counted before goes on. An empty address takes both away.
func (s *Store) Ask(ctx context.Context, who access.Actor, address string) error {
	if !access.May(who, access.NoticeSettle) {
		return fault.Missing()
	}
	clean, ok := mail.CleanAddress(address)
	var p fault.Problems
	switch {
	case s.Post == nil:
		p.Add("address", "notice.no-mail")
	case strings.TrimSpace(address) != "" && !ok:
		p.Add("address", "notice.no-address")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	return s.settle(ctx, func(tx *db.Tx, now time.Time) error {
		set, err := settingOf(tx, who.Person)
		if err != nil {
			return err
		}
		if clean == "" {
			if err := job.Drop(tx, MailJob, who.Person); err != nil {
				return err
			}
			_, err = tx.Exec(putAddress, who.Person, set.Zone, "", "", nil, set.asks, db.Null(set.asksSince))
			return err
		}
		if now.Sub(set.asksSince) >= 24*time.Hour {
			set.asks, set.asksSince = 0, now
		}
		if set.asks >= maxAsks {
			return fault.Of(fault.TooMany, "notice.too-many-codes")
		}
		if _, err := tx.Exec(putAddress, who.Person, set.Zone, set.Address, clean, now, set.asks+1, set.asksSince); err != nil {
			return err
		}
		return job.Put(tx, ProveJob, who.Person, now)
	})
}

// Prove gives back the code that was sent to an address. After maxGuesses, and
// after codeHolds, the code is worth nothing.
func (s *Store) Prove(ctx context.Context, who access.Actor, code string) error {
	if !access.May(who, access.NoticeSettle) {
		return fault.Missing()
	}
	right := false
	err := s.settle(ctx, func(tx *db.Tx, now time.Time) error {
		right = false
		n, err := tx.Exec(guess, who.Person, now.Add(-codeHolds), int64(maxGuesses))
		if err != nil || n == 0 {
			return err
		}
		set, err := settingOf(tx, who.Person)
		if err != nil {
			return err
		}
		if right = hmac.Equal([]byte(s.code(who.Person, set)), []byte(digits(code))); !right {
			return nil // the guess is counted
		}
		if _, err := tx.Exec(prove, who.Person); err != nil {
			return err
		}
		return job.Put(tx, MailJob, who.Person, now)
	})
	if err == nil && !right {
		var p fault.Problems
		p.Add("code", "notice.wrong-code")
		err = p.Fault()
	}
	return err
}

// settle is one change of somebody's own setting, beside every journal.
func (s *Store) settle(ctx context.Context, fn func(tx *db.Tx, now time.Time) error) error {
	now := s.source.Now()
	if err := s.db.Keep(ctx, func(tx *db.Tx) error { return fn(tx, now) }); err != nil {
		return fmt.Errorf("%s: %w", access.NoticeSettle, err)
	}
	return nil
}

// code is what proves a pending address. It follows from the secret, so it is
// kept nowhere: neither a row nor a job holds it.
func (s *Store) code(person string, set Setting) string {
	h := hmac.New(sha256.New, s.Secret)
	fmt.Fprintf(h, "%s\n%s\n%d", person, set.Pending, set.asked.UnixMicro())
	n := binary.BigEndian.Uint64(h.Sum(nil)) % 100_000_000
	return fmt.Sprintf("%0*s", codeDigits, strconv.FormatUint(n, 10))
}

// digits takes out what people type between digits.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -\u00a0\u200e\u200f\u2066\u2067\u2068\u2069", r) {
			return -1
		}
		return r
	}, i18n.WesternDigits(s))
}
