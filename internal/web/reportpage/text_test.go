package reportpage

import (
	"slices"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// TestTexts: every key that is put together at run time has a text.
func TestTexts(t *testing.T) {
	var keys []string
	for _, name := range slices.Concat(caseFields, lineFields, legFields, custodyFields) {
		base, _, _ := strings.Cut(name, ".")
		keys = append(keys, "casepage.field."+base)
	}
	p := i18n.NewPrinter("en")
	for _, key := range keys {
		if !p.Has(key) {
			t.Errorf("no text %s", key)
		}
	}
}
