package i18n

import (
	"fmt"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

// Values that texts may take as arguments beside strings, numbers and times.
// They let a rule or a command name a thing without knowing a language.
type (
	// Day is a calendar day, "2017-02-06", printed as in Printer.Day.
	Day string
	// CountryCode is an ISO 3166 code, printed as in Printer.Country.
	CountryCode string
	// Key is another text of the catalogue, without arguments.
	Key string
	// Code is a value of a code list, printed as in Printer.Code.
	Code struct{ List, Code string }
	// Amount is a quantity: millionths and a unit, printed as in Printer.Quantity.
	Amount struct {
		Micro int64
		Unit  string
	}
	// Percentage is a share, printed as in Printer.Percent.
	Percentage struct{ Part, Whole int64 }
)

// value prints one argument.
func (p *Printer) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return p.Number(int64(v))
	case int64:
		return p.Number(v)
	case int32:
		return p.Number(int64(v))
	case uint32:
		return p.Number(int64(v))
	case time.Time:
		return p.Time(v, time.UTC)
	case []string:
		return p.List(v)
	case map[string]int64:
		return p.Totals(v)
	case Day:
		return p.Day(string(v))
	case CountryCode:
		return p.Country(string(v))
	case Key:
		return p.T(string(v))
	case Code:
		return p.Code(v.List, v.Code)
	case Amount:
		return p.Quantity(v.Micro, v.Unit)
	case Percentage:
		return p.Percent(v.Part, v.Whole)
	case bool:
		if v {
			return p.T("kit.yes")
		}
		return p.T("kit.no")
	}
	return fmt.Sprint(v)
}

// countOf is the argument "count" in canonical digits, or "".
func countOf(args []fault.Args) string {
	v, ok := lookup(args, "count")
	if !ok {
		return ""
	}
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case int32:
		return strconv.FormatInt(int64(v), 10)
	case uint32:
		return strconv.FormatInt(int64(v), 10)
	case Amount:
		return Decimal(v.Micro)
	}
	return ""
}
