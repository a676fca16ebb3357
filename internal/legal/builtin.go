package legal

import (
	"cmp"
	"embed"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed profiles/*.toml
var written embed.FS

// Default is the profile of whoever chose none.
const Default = "trips"

// Builtin gives the profiles that come with the program, the default first. None
// of them replaces the administration's own reading of its law.
var Builtin = sync.OnceValue(func() []Profile {
	entries, err := written.ReadDir("profiles")
	if err != nil {
		panic(err)
	}
	var out []Profile
	for _, e := range entries {
		data, err := written.ReadFile("profiles/" + e.Name())
		if err != nil {
			panic(err)
		}
		p, err := ParseProfile(data)
		if err != nil {
			panic("legal: " + e.Name() + ": " + err.Error())
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Profile) int {
		return cmp.Or(order(a)-order(b), strings.Compare(a.Code, b.Code))
	})
	return out
})

func order(p Profile) int {
	if p.Code == Default {
		return 0
	}
	return 1
}

// Named gives a profile that comes with the program.
func Named(code string) (Profile, bool) {
	all := Builtin()
	i := slices.IndexFunc(all, func(p Profile) bool { return p.Code == code })
	if i < 0 {
		return Profile{}, false
	}
	return all[i], true
}

// Usual is the calendar of whoever entered none: Saturday and Sunday are not
// worked, and no holiday is known.
func Usual(zone string) Calendar {
	return Calendar{Zone: zone, Weekend: []time.Weekday{time.Sunday, time.Saturday}}
}
