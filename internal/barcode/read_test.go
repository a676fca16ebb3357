package barcode

import (
	"testing"
)

// BenchmarkRates counts how many photos of each kind are read, of the codes of
// each kind: reads/photo is the share.
func BenchmarkRates(b *testing.B) {
	for _, h := range hows() {
		b.Run(h.name, func(b *testing.B) {
			var made [][]byte
			var of []sample
			for _, s := range samples() {
				for seed := range uint64(3) {
					made, of = append(made, photo(b, h, seed+1, s)), append(of, s)
				}
			}
			b.ResetTimer()
			read, wrong, missed := 0, 0, map[string]int{}
			for b.Loop() {
				for i, content := range made {
					codes, err := Read(b.Context(), content)
					if err != nil {
						b.Fatal(err)
					}
					if found(codes, of[i].want) {
						read++
					} else {
						missed[of[i].name]++
					}
					for _, c := range codes {
						if c != of[i].want {
							wrong++
							b.Logf("%s read as %+v", of[i].name, c)
						}
					}
				}
			}
			b.Log(missed)
			n := float64(b.N * len(made))
			b.ReportMetric(float64(read)/n, "read/photo")
			b.ReportMetric(float64(wrong)/n, "wrong/photo")
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/n, "ms/photo")
		})
	}
}
