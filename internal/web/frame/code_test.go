package frame_test

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

// A verdict says why, in every language, and nothing where nothing is to be said.
func TestCodeVerdict(t *testing.T) {
	for _, lang := range i18n.Languages() {
		p := &kit.Page{Printer: i18n.NewPrinter(lang)}
		for _, c := range []struct{ kind, typed, says string }{
			{codelist.KindGTIN, "5901234123457", ""},
			{codelist.KindGTIN, "5901234123450", "check-digit.wrong"},
			{codelist.KindGTIN, "12", "check-digit.form-gtin"},
			{codelist.KindGTIN, " ", ""},
			{codelist.KindHS, "6403.99", ""},
			{codelist.KindHS, "7700", "check-digit.hs-chapter"},
			{codelist.KindHS, "640", "check-digit.form-hs"},
			{codelist.KindLocode, "ZZ", "check-digit.form-locode"},
			{"seal", "x", ""},
		} {
			var b strings.Builder
			if err := frame.CodeVerdict(p, c.kind, c.typed).Render(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			said := b.String()
			if (said == "") != (c.says == "") || strings.Contains(said, "«") {
				t.Errorf("%s %s %q: %s", lang, c.kind, c.typed, said)
			}
			if c.says != "" && c.says != "check-digit.wrong" && !strings.Contains(said, strings.Fields(p.T(c.says))[0]) {
				t.Errorf("%s %s %q: %s", lang, c.kind, c.typed, said)
			}
		}
	}
}
