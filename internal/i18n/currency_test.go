package i18n

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/codelist"
)

// The currencies that a value may have are those that have names, in every language.
func TestCurrenciesHaveNames(t *testing.T) {
	for _, lang := range []Lang{"en", "fr", "ar"} {
		table := NewPrinter(lang).table
		for _, code := range codelist.Currency.Codes() {
			if table.currency[code] == "" {
				t.Errorf("%s: %s has no name", lang, code)
			}
		}
		for code := range table.currency {
			if !codelist.Currency.Has(code) {
				t.Errorf("%s: %s has a name and is in no list", lang, code)
			}
		}
	}
}
