package seizurepage

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// TestTexts: every key that is put together at run time has a text.
func TestTexts(t *testing.T) {
	var keys []string
	for prefix, names := range map[string][]string{"class": append(seizure.Classes(), seizure.Counted), "why": append(seizure.Classes(), seizure.Counted, "unreleased"),
		"state": caseStates, "filter": caseFilters,
		"event": {"seizure.save", "seizure.report", "seizure.release", "seizure.recall", "seizure.amend", "seizure.withdraw", "seizure.relate"}} {
		for _, name := range names {
			keys = append(keys, "casepage."+prefix+"."+name)
		}
	}
	p := i18n.NewPrinter("en")
	for _, key := range keys {
		if !p.Has(key) {
			t.Errorf("no text %s", key)
		}
	}
}
