package lesson

import (
	"errors"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// What is wrong with a lesson is said of the lesson, at the field where it stands.
func TestFaultsSpeakOfLessons(t *testing.T) {
	var wrong fault.Problems
	Plan{Language: "klingon!", Title: product.Text{"klingon!": "Shirts", "zz-zz-zz": "Chemises"}, Aim: product.Text{"?": "Tell them apart"}}.clean(&wrong)
	f, ok := errors.AsType[*fault.Fault](wrong.Fault())
	if !ok {
		t.Fatal("nothing is wrong")
	}
	languages := 0
	for _, p := range f.Fields {
		if strings.HasPrefix(p.Key, "message.") {
			t.Errorf("%s: %s", p.Path, p.Key)
		}
		if p.Key == "fault.language" {
			languages++
		}
	}
	if languages < 3 {
		t.Errorf("of the language: %+v", f.Fields)
	}
}
