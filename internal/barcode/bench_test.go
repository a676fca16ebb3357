package barcode

import "testing"

// BenchmarkRead reads one EAN-13 in the hand, from a photo of a browser's size
// and of a phone's; and a photo without any code, which takes longest.
func BenchmarkRead(b *testing.B) {
	hand := how{width: 1600, height: 1200, module: 4, turn: -14, tilt: 0.2, gain: 0.5, lift: 15, blur: 1.2, noise: 7}
	phone := how{width: 4000, height: 3000, module: 7, turn: 11, gain: 0.7, blur: 1.5, noise: 8}
	for _, c := range []struct {
		name    string
		content []byte
	}{
		{"ean13", photo(b, hand, 1, samples()[0])},
		{"qr", photo(b, hand, 1, samples()[5])},
		{"datamatrix", photo(b, hand, 1, samples()[7])},
		{"phone", photo(b, phone, 1, samples()[0])},
		{"none", photo(b, hand, 1)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := readFor(b.Context(), c.content, ample); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRates counts how many photos of each kind are read, of the codes of
// each kind: read/photo is the share. What is read wrong is an error.
func BenchmarkRates(b *testing.B) {
	for _, h := range hows() {
		b.Run(h.name, func(b *testing.B) {
			var made [][]byte
			var of []sample
			for _, s := range samples() {
				for seed := range uint64(2) {
					made, of = append(made, photo(b, h, seed+1, s)), append(of, s)
				}
			}
			b.ResetTimer()
			read, missed := 0, map[string]int{}
			for b.Loop() {
				for i, content := range made {
					codes, err := readFor(b.Context(), content, ample)
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
							b.Errorf("%s read as %+v", of[i].name, c)
						}
					}
				}
			}
			b.Log("missed: ", missed)
			n := float64(b.N * len(made))
			b.ReportMetric(float64(read)/n, "read/photo")
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/n, "ms/photo")
		})
	}
}
