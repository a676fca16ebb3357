package i18n

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 2, 0, 0, time.UTC)
	paris := time.FixedZone("CET", 3600)
	for _, c := range []struct {
		lang Lang
		got  func(*Printer) string
		want string
	}{
		{English, func(p *Printer) string { return p.Day("2017-02-06") }, "6 Feb 2017"},
		{French, func(p *Printer) string { return p.Day("2017-02-06") }, "6 févr. 2017"},
		{Arabic, func(p *Printer) string { return p.Day("2017-02-06") }, "6 فبراير 2017"},
		{English, func(p *Printer) string { return p.DayLong("2017-09-30") }, "30 September 2017"},
		{French, func(p *Printer) string { return p.DayLong("2017-08-01") }, "1 août 2017"},
		{Arabic, func(p *Printer) string { return p.DayLong("2017-07-14") }, "14 يوليو 2017"},
		{English, func(p *Printer) string { return p.DayShort("2017-02-24") }, "24 Feb"},
		{French, func(p *Printer) string { return p.Weekday("2017-02-06") }, "lundi"},
		{English, func(p *Printer) string { return p.Day("2017-02-30") }, "2017-02-30"},
		{English, func(p *Printer) string { return p.Day("") }, ""},
		{English, func(p *Printer) string { return p.Weekday("x") }, ""},
		{English, func(p *Printer) string { return p.Time(at, time.UTC) }, "23 Nov 2026, 10:02 UTC"},
		{English, func(p *Printer) string { return p.Time(at, nil) }, "23 Nov 2026, 10:02 UTC"},
		{English, func(p *Printer) string { return p.Time(at, paris) }, "23 Nov 2026, 11:02 UTC+01:00"},
		{French, func(p *Printer) string { return p.Time(at, time.UTC) }, "23 nov. 2026, 10:02 UTC"},
		{Arabic, func(p *Printer) string { return p.Time(at, time.UTC) },
			"\u206823 نوفمبر 2026\u2069، \u206610:02 UTC\u2069"},
		{English, func(p *Printer) string { return p.Range("2017-02-06", "2017-02-24") }, "6 Feb 2017 to 24 Feb 2017"},
		{French, func(p *Printer) string { return p.Range("2017-02-06", "2017-02-24") }, "du 6 févr. 2017 au 24 févr. 2017"},
		{English, func(p *Printer) string { return p.Range("2017-02-06", "2017-02-06") }, "6 Feb 2017"},
		{English, func(p *Printer) string { return p.Clock(at, paris) }, "11:02 UTC+01:00"},
	} {
		if got := c.got(NewPrinter(c.lang)); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestAgeAndLeft(t *testing.T) {
	now := time.Date(2017, 2, 20, 12, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for _, c := range []struct {
		lang      Lang
		d         time.Duration
		age, left string // of now-d, and of now+d
	}{
		{English, 0, "just now", "less than a minute left"},
		{English, time.Minute, "1 minute ago", "1 minute left"},
		{English, 3 * time.Hour, "3 hours ago", "3 hours left"},
		{English, 47 * time.Hour, "1 day ago", "1 day left"},
		{English, 61 * day, "2 months ago", "2 months left"},
		{English, 800 * day, "2 years ago", "2 years left"},
		{English, -time.Hour, "just now", "overdue by 1 hour"},
		{English, -25 * time.Hour, "just now", "overdue by 1 day"},
		{French, time.Hour, "il y a 1 heure", "il reste 1 heure"},
		{French, -26 * time.Hour, "à l’instant", "en retard de 1 jour"},
		{Arabic, time.Hour, "قبل ساعة واحدة", "بقيت ساعة واحدة"},
		{Arabic, 2 * time.Hour, "قبل ساعتين", "بقيت ساعتان"},
		{Arabic, 3 * time.Hour, "قبل \u20683\u2069 ساعات", "بقيت \u20683\u2069 ساعات"},
		{Arabic, 11 * time.Hour, "قبل \u206811\u2069 ساعة", "بقيت \u206811\u2069 ساعة"},
		{Arabic, 11 * day, "قبل \u206811\u2069 يومًا", "بقي \u206811\u2069 يومًا"},
		{Arabic, -2 * day, "الآن", "متأخر منذ يومين"},
	} {
		p := NewPrinter(c.lang)
		if got := p.Age(now.Add(-c.d), now); got != c.age {
			t.Errorf("%s: Age of %s is %q, want %q", c.lang, c.d, got, c.age)
		}
		if got := p.Left(now.Add(c.d), now); got != c.left {
			t.Errorf("%s: Left of %s is %q, want %q", c.lang, c.d, got, c.left)
		}
	}
}

// TestTables: every language the design names has whole tables, launched or not.
func TestTables(t *testing.T) {
	for _, lang := range []Lang{"ar", "zh", "en", "fr", "ja", "ko", "pt", "ru", "es", "th"} {
		tb := readTable(lang)
		if len(tb.country) != 249 || len(tb.shortMonths) != 12 || len(tb.longMonths) != 12 || len(tb.weekdays) != 7 {
			t.Errorf("%s: %d countries, %d and %d months, %d weekdays", lang,
				len(tb.country), len(tb.shortMonths), len(tb.longMonths), len(tb.weekdays))
		}
		for _, pattern := range []string{"day", "long", "short", "list-2", "list-start", "list-middle", "list-end"} {
			if tb.patterns[pattern] == "" {
				t.Errorf("%s: no pattern %s", lang, pattern)
			}
		}
		if lang != English && tb.country["DE"] == tableOf(English).country["DE"] {
			t.Errorf("%s: DE is %q, as in English", lang, tb.country["DE"])
		}
	}
	for lang, want := range map[Lang]string{
		"ja": "2017年2月6日", "ko": "2017년 2월 6일", "pt": "6 de fev. de 2017", "ru": "6 февр. 2017\u202fг.", "es": "6 feb 2017", "th": "6 ก.พ. 2017",
	} {
		if got := readTable(lang).date(time.Date(2017, 2, 6, 0, 0, 0, 0, time.UTC), "day"); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
