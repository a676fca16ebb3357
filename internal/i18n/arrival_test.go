package i18n_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// plainText is a text without the marks that keep directions apart.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f {
			return -1
		}
		return r
	}, s)
}

func TestArrival(t *testing.T) {
	at := func(s string) time.Time {
		m, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct{ at, now, place, zone, want string }{
		{"2017-02-07T07:00:00Z", "2017-02-06T22:00:00Z", "Port of Qasr", "Etc/GMT-3", "Arrives in 9 hours: 7 Feb 2017, 10:00 at Port of Qasr (07:00 UTC)"},
		{"2017-02-06T17:00:00Z", "2017-02-06T16:00:00Z", "Port", "Asia/Bangkok", "Arrives in 1 hour: 7 Feb 2017, 00:00 at Port (6 Feb 2017, 17:00 UTC)"},
		// The clocks of Paris go on at 01:00 UTC of 26 March 2017, and back at 01:00 UTC of 29 October.
		{"2017-03-26T00:59:00Z", "2017-03-24T00:00:00Z", "Roissy", "Europe/Paris", "Arrives in 2 days: 26 Mar 2017, 01:59 at Roissy (00:59 UTC)"},
		{"2017-03-26T01:00:00Z", "2017-03-24T00:00:00Z", "Roissy", "Europe/Paris", "Arrives in 2 days: 26 Mar 2017, 03:00 at Roissy (01:00 UTC)"},
		{"2017-10-29T00:30:00Z", "2017-10-29T00:29:30Z", "Roissy", "Europe/Paris", "Arrives within a minute: 29 Oct 2017, 02:30 at Roissy (00:30 UTC)"},
		{"2017-10-29T01:30:00Z", "2017-10-29T00:29:00Z", "Roissy", "Europe/Paris", "Arrives in 1 hour: 29 Oct 2017, 02:30 at Roissy (01:30 UTC)"},
		{"2017-02-06T17:00:00Z", "2017-02-06T19:30:00Z", "", "Asia/Kolkata", "Was due 2 hours ago: 6 Feb 2017, 22:30 local time (17:00 UTC)"},
		{"2017-02-06T17:00:00Z", "2017-02-06T17:00:00Z", "Anchorage 3", "", "Arrives within a minute: 6 Feb 2017, 17:00 UTC, Anchorage 3"},
		{"2017-02-06T17:00:00Z", "2017-02-06T16:58:00Z", "", "No/Such", "Arrives in 2 minutes: 6 Feb 2017, 17:00 UTC"},
		{"2017-02-06T17:00:00Z", "2017-02-06T16:58:00Z", "", "Local", "Arrives in 2 minutes: 6 Feb 2017, 17:00 UTC"},
	} {
		if got := plainText(i18n.NewPrinter("en").Arrival(at(c.at), at(c.now), c.place, c.zone)); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.at, c.zone, got, c.want)
		}
	}
	for _, lang := range []i18n.Lang{"fr", "ar"} {
		got := i18n.NewPrinter(lang).Arrival(at("2017-02-06T17:00:00Z"), at("2017-02-06T16:00:00Z"), "Port", "Asia/Bangkok")
		if !strings.Contains(got, "Port") || !strings.Contains(got, "00:00") || !strings.Contains(got, "17:00") {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
