package protection

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/holder"
)

const today = "2017-02-10"

// TestAnswer: what an officer reads first, for everything that may be known.
func TestAnswer(t *testing.T) {
	mark := holder.Right{Kind: "trade-mark", Number: "M1", Countries: []string{"XA", "XB"}, Since: "2010-01-01", Until: "2020-01-01"}
	ended := holder.Right{Kind: "design", Number: "D1", Countries: []string{"XA"}, Until: "2017-02-09"}
	brand := func(rights ...holder.Right) holder.Brand {
		return holder.Brand{ID: "b", Organisation: 7, Name: "TIDEMARK", Rights: rights}
	}
	all := &Measure{Seq: 3, Rights: []string{"trade-mark"}, Directions: []string{"import", "transit"}, ExOfficio: Yes, Small: Unknown}
	designs := &Measure{Seq: 4, Rights: []string{"design"}, Directions: Directions(), ExOfficio: Yes, Small: Yes}
	app := func(id, state, since, until string, countries ...string) Application {
		return Application{ID: ApplicationID(id), Organisation: 7, Brands: []holder.BrandID{"b"}, State: state, Since: since, Until: until, Countries: countries}
	}
	type want struct {
		protected                                        bool
		imports, exports, transit, exOfficio, small, how string
		id                                               ApplicationID
		until                                            string
	}
	for name, c := range map[string]struct {
		brand   holder.Brand
		m       *Measure
		all     []Application
		country string
		want    want
	}{
		"nothing known":             {brand(), nil, nil, "XA", want{false, No, No, No, No, No, None, "", ""}},
		"a right, no measure":       {brand(mark), nil, nil, "XA", want{true, Unknown, Unknown, Unknown, Unknown, Unknown, None, "", ""}},
		"a right and a measure":     {brand(mark), all, nil, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
		"no right there":            {brand(mark), all, nil, "XC", want{false, No, No, No, No, No, None, "", ""}},
		"a right that ended":        {brand(ended), designs, nil, "XA", want{false, No, No, No, No, No, None, "", ""}},
		"a measure for others":      {brand(mark), designs, nil, "XA", want{true, No, No, No, No, No, None, "", ""}},
		"an application":            {brand(mark), all, []Application{app("a", Accepted, "2017-01-01", "2017-12-31", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, Valid, "a", "2017-12-31"}},
		"without end":               {brand(mark), nil, []Application{app("a", Accepted, "", "", "XA")}, "XA", want{true, Unknown, Unknown, Unknown, Unknown, Unknown, Valid, "a", ""}},
		"it ends soon":              {brand(mark), all, []Application{app("a", Accepted, "", "2017-03-11", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, Soon, "a", "2017-03-11"}},
		"not so soon":               {brand(mark), all, []Application{app("a", Accepted, "", "2017-03-12", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, Valid, "a", "2017-03-12"}},
		"it ends today":             {brand(mark), all, []Application{app("a", Accepted, "", today, "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, Soon, "a", today}},
		"it has ended":              {brand(mark), all, []Application{app("a", Accepted, "", "2017-02-09", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
		"it begins tomorrow":        {brand(mark), all, []Application{app("a", Accepted, "2017-02-11", "", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
		"it waits":                  {brand(mark), all, []Application{app("a", Filed, "", "", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
		"refused":                   {brand(mark), all, []Application{app("a", Refused, "", "", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
		"suspended":                 {brand(mark), all, []Application{app("a", Suspended, "", "", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, Suspended, "a", ""}},
		"of another country":        {brand(mark), all, []Application{app("a", Accepted, "", "", "XB")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
		"one for several":           {brand(mark), all, []Application{app("a", Accepted, "", "", "XB", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, Valid, "a", ""}},
		"the best of several":       {brand(mark), all, []Application{app("s", Suspended, "", "", "XA"), app("a", Accepted, "", "2017-06-01", "XA"), app("b", Accepted, "", "2017-05-01", "XA"), app("c", Accepted, "", "2017-02-20", "XA")}, "XA", want{true, Yes, No, Yes, Yes, Unknown, Valid, "a", "2017-06-01"}},
		"of another holder's brand": {brand(mark), all, []Application{{ID: "x", Organisation: 8, Brands: []holder.BrandID{"b"}, State: Accepted, Countries: []string{"XA"}}}, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
		"of another brand":          {brand(mark), all, []Application{{ID: "x", Organisation: 7, Brands: []holder.BrandID{"c"}, State: Accepted, Countries: []string{"XA"}}}, "XA", want{true, Yes, No, Yes, Yes, Unknown, None, "", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			l := answer(c.brand, c.m, c.all, c.country, today)
			got := want{l.Protected(), l.Import, l.Export, l.Transit, l.ExOfficio, l.Small, l.Standing, l.ID, l.Until}
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
