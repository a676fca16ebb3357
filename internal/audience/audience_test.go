package audience_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
)

var start = time.Date(2017, 2, 6, 0, 0, 0, 0, time.UTC)

func drawValue(t *rapid.T, label string) audience.Value {
	a := audience.Address{
		Sides:         rapid.SliceOfN(rapid.SampledFrom(access.Sides()), 0, 3).Draw(t, label+" sides"),
		Organisations: rapid.SliceOfN(rapid.Int64Range(1, 6), 0, 3).Draw(t, label+" organisations"),
		Apart:         rapid.Bool().Draw(t, label+" apart"),
	}
	return a.Value(rapid.Int64Range(1, 6).Draw(t, label+" originator"))
}

func TestValueRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawValue(t, "value")
		back, err := audience.Parse(v.String())
		if err != nil || back.String() != v.String() {
			t.Fatalf("%q: %v", v, err)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "enforcement", "everyone;", ";x", "enforcement,coordination;", ";2,1", ";1,1", "enforcement;1;2"} {
		if v, err := audience.Parse(s); err == nil {
			t.Errorf("%q became %v", s, v)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("coordination,enforcement;3,17")
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := audience.Parse(s); err == nil && v.String() != s {
			t.Errorf("%q came back as %q", s, v)
		}
	})
}

// model is what membership should mean, told without SQL.
type model struct {
	member map[int64]access.Side
	values map[int64]audience.Value
}

func (m model) readable(org int64) []int64 {
	out := []int64{}
	side, ok := m.member[org]
	for n, v := range m.values {
		if ok && v.Has(org, side) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// Over random histories of joining, leaving and writing, every organisation
// reads exactly the audiences it belongs to while it is a member, and a preview
// equals the true readers.
func TestHistories(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		operation := int64(0)
		rapid.Check(t, func(t *rapid.T) {
			operation++
			m := model{member: map[int64]access.Side{}, values: map[int64]audience.Value{}}
			at := start
			for step := range rapid.IntRange(1, 12).Draw(t, "steps") {
				at = at.Add(time.Minute)
				org := rapid.Int64Range(1, 6).Draw(t, fmt.Sprint("organisation ", step))
				err := d.Keep(context.Background(), func(tx *db.Tx) error { return m.step(t, tx, operation, org, at) })
				if err != nil {
					t.Fatal(err)
				}
				m.check(t, d, operation, at)
			}
		})
	})
}

func (m model) step(t *rapid.T, tx *db.Tx, operation, org int64, at time.Time) error {
	_, member := m.member[org]
	switch {
	case rapid.Bool().Draw(t, "write"):
		v := drawValue(t, "written")
		preview, err := audience.Preview(tx, operation, v, at)
		if err != nil {
			return err
		}
		n, err := audience.Intern(tx, operation, v)
		if err != nil {
			return err
		}
		readers, err := audience.Readers(tx, operation, n, at)
		if !slices.Equal(preview, readers) {
			t.Fatalf("preview %v, readers %v", preview, readers)
		}
		if old, ok := m.values[n]; ok && old.String() != v.String() {
			t.Fatalf("number %d is %q and %q", n, old, v)
		}
		m.values[n] = v
		return err
	case member:
		delete(m.member, org)
		return audience.Left(tx, operation, org, at)
	default:
		side := rapid.SampledFrom(access.Sides()).Draw(t, "side")
		m.member[org] = side
		return audience.Joined(tx, operation, org, side, at)
	}
}

func (m model) check(t *rapid.T, d *db.DB, operation int64, at time.Time) {
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		for org := int64(1); org <= 6; org++ {
			got, err := audience.Readable(tx, operation, org, at)
			if err != nil {
				return err
			}
			if want := m.readable(org); !slices.Equal(got, want) {
				t.Fatalf("organisation %d reads %v, want %v", org, got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whoever is a member when a new audience is made reads it, also when the writer
// had looked at the clock before that member joined.
func TestInternTakesWhoJoinedMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		later := start.Add(time.Hour)
		err := d.Keep(context.Background(), func(tx *db.Tx) error {
			if err := audience.Joined(tx, 1, 7, access.Enforcement, later); err != nil {
				return err
			}
			n, err := audience.Intern(tx, 1, audience.Value{Sides: []access.Side{access.Enforcement}})
			if err != nil {
				return err
			}
			for at, want := range map[time.Time]bool{start: false, later: true} {
				list, err := audience.Readable(tx, 1, 7, at)
				if err != nil || slices.Contains(list, n) != want {
					t.Errorf("at %s: reads %v, %v", at, list, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Saying a value, however often, leaves it as it is.
func TestStringLeavesTheValue(t *testing.T) {
	v := audience.Value{Sides: []access.Side{access.Enforcement, access.Coordination}, Organisations: []int64{3, 1, 3}}
	if first, again := v.String(), v.String(); first != "coordination,enforcement;1,3" || again != first || !slices.Equal(v.Organisations, []int64{3, 1, 3}) {
		t.Errorf("%q, %q, %v", first, again, v.Organisations)
	}
}
