package audience

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// A key names some readers of an audience. What stands in an audience is put into
// the index of words once under each of its keys, and everybody who reads the
// audience knows one of them from its side and its own number: whoever looks for
// words looks under a handful of keys, however many audiences it reads, and under
// none that only others know. Keys follow from the value alone, so nothing need be
// written again when members come and go.

// mostNamed is up to how many organisations each have a key of their own; more
// share one, so that no record is put in dozens of times.
const mostNamed = 3

// keys of the audience with that number.
func (v Value) keys(number int64) []string {
	var out []string
	if k := v.sideKey(); k != "" {
		out = append(out, k)
	}
	if len(v.Organisations) > mostNamed || len(v.Operations) > 0 {
		return append(out, sharedKey(number))
	}
	for _, o := range v.Organisations {
		out = append(out, ownKey(o))
	}
	return out
}

// key is the one under which an organisation on a side, who reads the audience,
// finds what stands in it.
func (v Value) key(number, organisation int64, side access.Side) string {
	switch {
	case slices.Contains(v.Sides, side):
		return v.sideKey()
	case len(v.Organisations) > mostNamed, len(v.Operations) > 0:
		return sharedKey(number)
	}
	return ownKey(organisation)
}

// sideKey stands for all who are on one of the sides, such as "sce"; the value is
// canonical, as all that are kept.
func (v Value) sideKey() string {
	if len(v.Sides) == 0 {
		return ""
	}
	out := "s"
	for _, s := range v.Sides {
		out += string(s[0])
	}
	return out
}

func ownKey(organisation int64) string { return "o" + strconv.FormatInt(organisation, 10) }
func sharedKey(number int64) string    { return "a" + strconv.FormatInt(number, 10) }

// keysAt gives the keys of an audience, apart by spaces.
func keysAt(tx *db.Tx, operation, number int64) (string, error) {
	return db.Memo(tx, memoKeys(operation, number), func() (string, error) {
		v, err := Of(tx, operation, number)
		return strings.Join(v.keys(number), " "), err
	})
}

// Index puts the words of a record into the index under the keys of its audience.
func Index(tx *db.Tx, p textindex.Place, texts ...string) error {
	keys, err := keysAt(tx, p.Operation, p.Audience)
	if err == nil {
		p.Keys = keys
		textindex.Put(tx, p, texts...)
	}
	return err
}

func memoKeys(operation, number int64) string {
	return fmt.Sprintf("audience/keys/%d/%d", operation, number)
}

// KeysOf gives the keys under which an organisation on a side finds what stands in
// audiences that it reads, each once.
func KeysOf(tx *db.Tx, operation, organisation int64, side access.Side, readable db.List) ([]string, error) {
	all, err := db.All(tx, selectValues, scanKept, operation, readable)
	var out []string
	for _, a := range all {
		if k := a.value.key(a.number, organisation, side); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out, err
}
