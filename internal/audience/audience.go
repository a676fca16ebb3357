package audience

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
)

// Value is an audience: whoever stands on one of the sides, and the named
// organisations (by number). In the library it may name operations, too (by
// number): whoever coordinates or enforces there, and is a member of the library.
type Value struct {
	Sides         []access.Side
	Organisations []int64
	Operations    []int64
}

// Address is how a writer says for whom a thing is; Value makes an audience of it.
type Address struct {
	Sides         []access.Side // every organisation on these sides, now and later
	Organisations []int64       // chosen organisations
	Regions       []string      `json:",omitempty"` // of codelist.Region: who enforces there when it is written
	Operations    []int64       `json:",omitempty"` // in the library: who coordinates or enforces in them, now and later
	Apart         bool          // coordination does not read along
}

// Empty tells whether nobody but the writer is addressed.
func (a Address) Empty() bool {
	return len(a.Sides) == 0 && len(a.Organisations) == 0 && len(a.Regions) == 0 && len(a.Operations) == 0
}

// Value puts the originator in, and coordination unless the writer took it out.
// Who stands in a region is for who knows the organisations to say.
func (a Address) Value(originator int64) Value {
	v := Value{Sides: slices.Clone(a.Sides), Organisations: append(slices.Clone(a.Organisations), originator), Operations: a.Operations}
	if !a.Apart && !a.Empty() {
		v.Sides = append(v.Sides, access.Coordination)
	}
	return v.canonical()
}

// apart ends the text of an address that coordination does not read along.
const apart = ";apart"

// region stands before the regions of an address.
const region = ";in "

// String is the text in which an address is stored, such as "enforcement;3,17",
// ";3;apart" or ";;in AP,EUR".
func (a Address) String() string {
	text := Value{Sides: a.Sides, Organisations: a.Organisations, Operations: a.Operations}.String()
	if len(a.Regions) > 0 {
		text += region + strings.Join(a.Regions, ",")
	}
	if a.Apart {
		text += apart
	}
	return text
}

// ParseAddress reads that text.
func ParseAddress(text string) (Address, error) {
	text, isApart := strings.CutSuffix(text, apart)
	text, list, _ := strings.Cut(text, region)
	var regions []string
	if list != "" {
		regions = strings.Split(list, ",")
	}
	v, err := Parse(text)
	if err != nil {
		return Address{}, fmt.Errorf("audience: address: %w", err)
	}
	return Address{Sides: v.Sides, Organisations: v.Organisations, Operations: v.Operations, Regions: regions, Apart: isApart}, nil
}

// canonical leaves the value itself as it is: sorting and compacting work in place.
func (v Value) canonical() Value {
	return Value{Sides: set(v.Sides), Organisations: set(v.Organisations), Operations: set(v.Operations)}
}

func set[T cmp.Ordered](all []T) []T {
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}

// Own is the audience of what only its own organisation sees.
func Own(organisation int64) Value { return Value{Organisations: []int64{organisation}} }

// With adds sides to a value.
func (v Value) With(sides ...access.Side) Value {
	v.Sides = append(slices.Clone(v.Sides), sides...)
	return v.canonical()
}

// Has tells whether an organisation on that side belongs to the audience, whatever
// operations it names: who belongs by those, a query tells (see Open).
func (v Value) Has(organisation int64, side access.Side) bool {
	return slices.Contains(v.Organisations, organisation) || slices.Contains(v.Sides, side)
}

// String is the canonical form, such as "coordination,enforcement;3,17", or
// ";3;op 5,8" where it names operations.
func (v Value) String() string {
	v = v.canonical()
	var b strings.Builder
	for i, s := range v.Sides {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(string(s))
	}
	b.WriteByte(';')
	writeNumbers(&b, v.Organisations)
	if len(v.Operations) > 0 {
		b.WriteString(operations)
		writeNumbers(&b, v.Operations)
	}
	return b.String()
}

// operations stands before the operations of a value.
const operations = ";op "

func writeNumbers(b *strings.Builder, numbers []int64) {
	for i, n := range numbers {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(n, 10))
	}
}

func parseNumbers(text string) (out []int64, err error) {
	for s := range strings.SplitSeq(text, ",") {
		if s == "" {
			continue
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("audience: malformed number %q", s)
		}
		out = append(out, n)
	}
	return out, nil
}

// Parse reads the canonical form.
func Parse(text string) (Value, error) {
	v, err := parse(text)
	if err == nil && v.String() != text {
		return v, fmt.Errorf("audience: %q is not canonical", text)
	}
	return v, err
}

func parse(text string) (Value, error) {
	var v Value
	text, named, _ := strings.Cut(text, operations)
	sides, organisations, ok := strings.Cut(text, ";")
	if !ok {
		return v, fmt.Errorf("audience: malformed value %q", text)
	}
	for s := range strings.SplitSeq(sides, ",") {
		if s == "" {
			continue
		}
		if !access.ValidSide(access.Side(s)) {
			return v, fmt.Errorf("audience: unknown side %q", s)
		}
		v.Sides = append(v.Sides, access.Side(s))
	}
	var err error
	if v.Organisations, err = parseNumbers(organisations); err == nil {
		v.Operations, err = parseNumbers(named)
	}
	return v, err
}

// Intern gives the number of an audience in an operation, made if new. The
// caller holds the operation's journal head.
func Intern(tx *db.Tx, operation int64, v Value) (int64, error) {
	text := v.String()
	n, err := db.One(tx, selectByValue, db.Int64, operation, text)
	if !errors.Is(err, db.ErrNone) {
		return n, err
	}
	if n, err = db.One(tx, selectNext, db.Int64, operation); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(insertAudience, operation, n, text); err != nil {
		return 0, err
	}
	for _, named := range v.canonical().Operations {
		if _, err := tx.Exec(insertNamed, operation, n, named); err != nil {
			return 0, err
		}
	}
	members, err := db.All(tx, selectOpenMembers, scanMember, operation)
	if err != nil {
		return 0, err
	}
	for _, m := range members {
		if !v.Has(m.organisation, m.side) {
			continue
		}
		if _, err := tx.Exec(insertReader, operation, m.organisation, n, m.since); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// Joined makes an organisation a reader of every audience it belongs to, from at
// on: joining shows all that one's side may read.
func Joined(tx *db.Tx, operation, organisation int64, side access.Side, at time.Time) error {
	if _, err := tx.Exec(insertMember, operation, organisation, at, string(side)); err != nil {
		return err
	}
	all, err := db.All(tx, selectAll, scanNumbered, operation)
	if err != nil {
		return err
	}
	for _, a := range all {
		if !a.value.Has(organisation, side) {
			continue
		}
		if _, err := tx.Exec(insertReader, operation, organisation, a.number, at); err != nil {
			return err
		}
	}
	return nil
}

// Left ends what an organisation may read: the next request sees nothing.
func Left(tx *db.Tx, operation, organisation int64, at time.Time) error {
	if _, err := tx.Exec(endMember, operation, organisation, at); err != nil {
		return err
	}
	_, err := tx.Exec(endReader, operation, organisation, at)
	return err
}

// Readable lists the audiences that an organisation may read at a moment. It is
// never nil: an empty list reads nothing.
func Readable(tx *db.Tx, operation, organisation int64, at time.Time) (db.List, error) {
	l, err := db.All(tx, selectReadable, db.Int64, operation, organisation, at)
	if err != nil {
		return nil, err
	}
	named, err := db.All(tx, selectNamedReadable, db.Int64, operation, organisation, at)
	return union(l, named), err
}

// Open lists the audiences that an organisation reads now, whatever the clock
// says: what has not ended. It is never nil.
func Open(tx *db.Tx, operation, organisation int64) (db.List, error) {
	l, err := db.All(tx, selectOpen, db.Int64, operation, organisation)
	if err != nil {
		return nil, err
	}
	named, err := db.All(tx, selectNamedOpen, db.Int64, operation, organisation)
	return union(l, named), err
}

// union is two sorted lists as one, each number once.
func union(a, b []int64) db.List {
	return append(db.List{}, set(slices.Concat(a, b))...)
}

// Readers lists the organisations that may read an audience at a moment.
func Readers(tx *db.Tx, operation, audience int64, at time.Time) ([]int64, error) {
	l, err := db.All(tx, selectReaders, db.Int64, operation, audience, at)
	if err != nil {
		return nil, err
	}
	named, err := db.All(tx, selectNamedReaders, db.Int64, operation, audience, at)
	return set(slices.Concat(l, named)), err
}

// Preview lists the organisations that would read a value written now; it
// equals Readers once the thing is written.
func Preview(tx *db.Tx, operation int64, v Value, at time.Time) ([]int64, error) {
	members, err := membersAt(tx, operation, at)
	if err != nil {
		return nil, err
	}
	var out []int64
	var of db.List
	for _, m := range members {
		of = append(of, m.organisation)
		if v.Has(m.organisation, m.side) {
			out = append(out, m.organisation)
		}
	}
	if len(v.Operations) > 0 && len(of) > 0 {
		named, err := db.All(tx, selectTakingPart, db.Int64, db.List(v.canonical().Operations), of, at)
		if err != nil {
			return nil, err
		}
		out = append(out, named...)
	}
	return set(out), nil
}

// Naming lists the audiences of an operation that name an organisation.
func Naming(tx *db.Tx, operation, organisation int64) (db.List, error) {
	all, err := db.All(tx, selectAll, scanNumbered, operation)
	out := db.List{}
	for _, n := range all {
		if slices.Contains(n.value.Organisations, organisation) {
			out = append(out, n.number)
		}
	}
	return out, err
}

// Sides tells on which side each member stands at a moment.
func Sides(tx *db.Tx, operation int64, at time.Time) (map[int64]access.Side, error) {
	members, err := membersAt(tx, operation, at)
	out := make(map[int64]access.Side, len(members))
	for _, m := range members {
		out[m.organisation] = m.side
	}
	return out, err
}

// Of gives the value behind a number.
func Of(tx *db.Tx, operation, number int64) (Value, error) {
	return db.One(tx, selectValue, scanValue, operation, number)
}
