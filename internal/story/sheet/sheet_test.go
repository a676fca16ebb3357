package sheet_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/codelist"
	"github.com/tidewaiter/tidewaiter/internal/story/sheet"
)

func TestShelf(t *testing.T) {
	holders, seen := map[string]int{}, map[string]bool{}
	for _, s := range sheet.Shelf {
		holders[s.Holder]++
		name := s.Name["en"]
		for _, l := range []string{"en", "fr", "ar", "th"} {
			if s.Name[l] == "" || s.Description[l] == "" {
				t.Errorf("%s says nothing in %s", name, l)
			}
		}
		if !codelist.Category.Has(s.Category) || len(s.HS) == 0 || s.Valid == "" || s.Published == "" || len(s.Pairs) == 0 || len(s.Features) < 2 {
			t.Errorf("%s is not complete", name)
		}
		for _, r := range s.Routes {
			if !codelist.Conveyance.Has(r[3]) {
				t.Errorf("%s: %v", name, r)
			}
		}
		for _, r := range s.Traders {
			if !codelist.TraderRole.Has(r[0]) {
				t.Errorf("%s: %v", name, r)
			}
		}
		for _, g := range s.GTINs {
			if sum := check(g); sum%10 != 0 || len(g) != 13 || g[:3] != "952" || seen[g] {
				t.Errorf("%s: %s", name, g)
			}
			seen[g] = true
		}
	}
	if holders["ORVANELLE"] != 7 || holders["QUENBROOK"] != 5 || len(holders) != 2 {
		t.Error(holders)
	}
}

func check(gtin string) int {
	sum := 0
	for i, r := range gtin {
		sum += int(r-'0') * (1 + 2*(i%2))
	}
	return sum
}

// TestPictures draws all pictures; TIDEWAITER_PICTURES is where to keep them.
func TestPictures(t *testing.T) {
	keep := os.Getenv("TIDEWAITER_PICTURES")
	for i, s := range sheet.Shelf {
		read := len(s.GTINs) == 0
		boxes := false
		test := func(pairs []sheet.Pair, features []sheet.Feature) {
			for j, p := range pairs {
				var both [2]image.Image
				for k, fake := range []bool{false, true} {
					content := p.Draw(fake)
					if len(content) > 160<<10 {
						t.Errorf("%s, pair %d: %d bytes", s.Model, j+1, len(content))
					}
					m, err := jpeg.Decode(bytes.NewReader(content))
					if err != nil || m.Bounds() != image.Rect(0, 0, 1200, 900) {
						t.Fatal(s.Model, err)
					}
					both[k] = m
					if keep != "" {
						file := filepath.Join(keep, s.Model+"-"+strconv.Itoa(i)+strconv.Itoa(j+1)+"-"+strconv.FormatBool(fake)+".jpg")
						if err := os.WriteFile(file, content, 0o600); err != nil {
							t.Fatal(err)
						}
					}
					if p.Caption["en"] == "Carton, front and side" && !fake {
						boxes = true
						codes, _ := barcode.Read(context.Background(), content)
						for _, c := range codes {
							read = read || c.Text == s.GTINs[0]
						}
					}
				}
				differ(t, s.Model, both, j+1, features)
			}
			for _, f := range features {
				for _, at := range f.Spots {
					if at.Pair < 1 || at.Pair > len(pairs) {
						t.Errorf("%s, %s: pair %d", s.Model, f.Title["en"], at.Pair)
					}
				}
			}
		}
		test(s.Pairs, s.Features)
		if s.CovertPair != nil {
			test([]sheet.Pair{*s.CovertPair}, s.Covert)
		}
		if boxes && !read {
			t.Errorf("the code on the carton of %s cannot be read", s.Model)
		}
	}
}

// differ looks whether the fake shows something else where a spot points.
func differ(t *testing.T, model string, both [2]image.Image, pair int, features []sheet.Feature) {
	t.Helper()
	for _, f := range features {
		for _, s := range f.Spots {
			if s.Pair != pair {
				continue
			}
			seen := s.Genuine
			if s.Fake[0] >= 0 && s.Genuine[0] < 0 {
				seen = s.Fake
			}
			r := s.Diameter * 12 / 20
			x, y := seen[0]*12/10, seen[1]*9/10
			var sum, n int
			for dy := -r; dy <= r; dy += 2 {
				for dx := -r; dx <= r; dx += 2 {
					if p := image.Pt(x+dx, y+dy); p.In(image.Rect(0, 0, 1200, 900)) {
						a, _, _, _ := both[0].At(p.X, p.Y).RGBA()
						b, _, _, _ := both[1].At(p.X, p.Y).RGBA()
						d := int(a>>8) - int(b>>8)
						sum, n = sum+d*d, n+1
					}
				}
			}
			if n == 0 || sum < 20*n {
				t.Errorf("%s, pair %d, %s: no difference is seen (%d of %d)", model, pair, f.Title["en"], sum, n)
			}
		}
	}
}

func TestAround(t *testing.T) {
	brands := map[string]string{"": ""}
	for _, b := range sheet.Brands {
		brands[b.Name] = b.Holder
		for _, r := range b.Rights {
			if !codelist.IPRType.Has(r.Kind) {
				t.Error(r)
			}
		}
	}
	for _, s := range sheet.Shelf {
		if brands[s.Brand] != s.Holder {
			t.Error(s.Brand)
		}
	}
	for _, a := range sheet.Alerts {
		if !codelist.AlertKind.Has(a.Kind) || !codelist.AlertLevel.Has(a.Level) || a.Brand != "" && brands[a.Brand] != a.Holder {
			t.Error(a.Title)
		}
	}
	for _, q := range sheet.Questions {
		if brands[q.Brand] != q.Holder {
			t.Error(q.Question)
		}
		for _, f := range q.Fields {
			if !codelist.DisclosureField.Has(f) {
				t.Error(f)
			}
		}
	}
}
