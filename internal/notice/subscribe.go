package notice

import (
	"context"
	"fmt"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
)

// maxBrand bounds the words of a brand, in characters.
const maxBrand = 100

// Wanted is a subscription with the operation it holds in.
type Wanted struct {
	Subscription
	Operation operation.Operation
}

// clean tells what is wrong with a subscription as it was typed.
func (s Subscription) clean() (Subscription, error) {
	var p fault.Problems
	for _, c := range []struct {
		path, code string
		known      func(string) bool
	}{
		{"category", s.Category, codelist.Category.Has}, {"conveyance", s.Conveyance, codelist.Conveyance.Has},
		{"provenance", s.Provenance, codelist.Country.Has}, {"destination", s.Destination, codelist.Country.Has},
	} {
		if c.code != "" && !c.known(c.code) {
			p.Add(c.path, "fault.unknown-code")
		}
	}
	if s.Brand != "" {
		brand, err := i18n.CleanLine(s.Brand, maxBrand)
		if f, ok := err.(*fault.Fault); ok {
			p.Add("brand", f.Key, f.Args)
		} else if err != nil {
			return s, err
		}
		if s.Brand = brand; strings.TrimSpace(words(brand)) == "" && err == nil {
			p.Add("brand", "notice.no-words")
		}
	}
	if s.empty() {
		p.Add("category", "notice.nothing-wanted")
	}
	return s, p.Fault()
}

// Subscribe has the actor told of whatever fits, in an operation whose messages
// it may read. The same again is the same.
func (s *Store) Subscribe(ctx context.Context, who access.Actor, code operation.Code, w Subscription) error {
	var st operation.Standing
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if st, err = operation.Enter(tx, s.source.Now(), who, code, access.MessageRead); err == nil && st.Operation.Kind == operation.KindPractice {
			return fault.Missing() // nobody is told of what happens there
		}
		return err
	})
	if err == nil {
		w, err = w.clean()
	}
	if err == nil {
		err = s.db.Keep(ctx, func(tx *db.Tx) error { return s.subscribe(tx, st, w) })
	}
	if err != nil {
		return fmt.Errorf("notice.subscribe: %w", err)
	}
	return nil
}

func (s *Store) subscribe(tx *db.Tx, st operation.Standing, w Subscription) error {
	op, who := st.Operation.Number, st.Who
	own, err := db.All(tx, selectOwnSubscriptions, scanSubscription, who.Person, who.Organisation)
	if err != nil {
		return err
	}
	for _, o := range own {
		if o.operation == op && o.fields() == w.fields() {
			return nil
		}
	}
	n, err := db.One(tx, countSubscriptions, db.Int64, op, who.Person)
	if err != nil {
		return err
	}
	if n >= MaxSubscriptions {
		return fault.Of(fault.TooMany, "notice.too-many", fault.Args{"count": int64(MaxSubscriptions)})
	}
	_, err = tx.Exec(insertSubscription, op, who.Person, who.Organisation, s.source.ID(), w.Category, w.Conveyance, w.Provenance,
		w.Destination, w.Brand, st.Now)
	return err
}

// Subscriptions lists what the actor wants to be told of under the hat that it
// wears, in operations that it is still in.
func (s *Store) Subscriptions(ctx context.Context, who access.Actor) ([]Wanted, error) {
	if !access.May(who, access.NoticeSettle) {
		return nil, fault.Missing()
	}
	var out []Wanted
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		own, err := db.All(tx, selectOwnSubscriptions, scanSubscription, who.Person, who.Organisation)
		if err != nil {
			return err
		}
		for _, o := range own {
			op, err := operation.ByNumber(tx, o.operation)
			if err != nil {
				return err
			}
			switch _, err := operation.Enter(tx, s.source.Now(), who, op.Code, access.MessageRead); {
			case fault.Is(err, fault.NotFound):
				continue
			case err != nil:
				return err
			}
			out = append(out, Wanted{o.Subscription, op})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", access.NoticeSettle, err)
	}
	return out, nil
}

// Unsubscribe takes one of the actor's own subscriptions back; another's, or one
// that is gone, changes nothing.
func (s *Store) Unsubscribe(ctx context.Context, who access.Actor, id string) error {
	if !access.May(who, access.NoticeSettle) {
		return fault.Missing()
	}
	err := s.db.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(deleteSubscription, who.Person, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", access.NoticeSettle, err)
	}
	return nil
}
