package seizure_test

import (
	"encoding/json"
	"testing"

	fast "github.com/go-json-experiment/json"

	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// BenchmarkDecode compares decoders on the stored fields of a case.
func BenchmarkDecode(b *testing.B) {
	d := draft()
	d.Goods = append(d.Goods, d.Goods...)
	fields, err := json.Marshal(d)
	if err != nil {
		b.Fatal(err)
	}
	for name, decode := range map[string]func([]byte, any) error{
		"standard": json.Unmarshal, "experiment": func(b []byte, v any) error { return fast.Unmarshal(b, v) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				var out seizure.Draft
				if err := decode(fields, &out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
