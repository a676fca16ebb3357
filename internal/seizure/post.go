package seizure

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// Post is where a case happened, as it is written: its UN/LOCODE, or else its place.
func (d Draft) Post() string { return post(d.Location, d.Place) }

func post(location, place string) string {
	if location != "" {
		return location
	}
	return place
}

// Located tells whether a post is written as a UN/LOCODE: five signs in capital
// letters that begin with a country's code. "Dover" is a name.
func Located(post string) bool {
	checked := codelist.CheckLocode(post)
	return checked.OK && checked.Canonical == post
}

// PostKey is how posts are compared: a UN/LOCODE as it is, a name without regard to
// case, width and runs of blanks. Empty: no post, which a dash says, too.
func PostKey(post string) string {
	post = strings.TrimSpace(post)
	if Located(post) {
		return post
	}
	if strings.Trim(post, "-–—") == "" {
		return ""
	}
	return i18n.Fold(post)
}
