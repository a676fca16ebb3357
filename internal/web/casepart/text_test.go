package casepart

import (
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/i18n"
)

// TestTexts: every key that is put together at run time has a text.
func TestTexts(t *testing.T) {
	var keys []string
	for _, g := range groups {
		keys = append(keys, "casepage.group."+g.name)
	}
	for _, a := range actions {
		keys = append(keys, "casepage.act."+a.name)
		if a.name != "amend" {
			keys = append(keys, "casepage."+a.name+".lede", "casepage."+a.name+".go", "web.done.case-"+a.name)
		}
	}
	p := i18n.NewPrinter("en")
	for _, key := range keys {
		if !p.Has(key) {
			t.Errorf("no text %s", key)
		}
	}
}
