package tell

import (
	"slices"
	"sync"

	"github.com/tidewaiter/tidewaiter/internal/story"
)

// painted names a picture of a sheet.
type painted struct {
	sheet string // id
	pair  int
	fake  bool
}

// pictures are those of the world's sheets, each drawn once. Drawing takes longer
// than telling all the rest, so it goes on beside it.
func pictures(w *story.World) map[painted]func() []byte {
	sheets := slices.Clone(w.Sheets)
	slices.SortStableFunc(sheets, func(a, b *story.Sheet) int { return a.At.Compare(b.At) })
	out, order := map[painted]func() []byte{}, []func() []byte(nil)
	for _, s := range sheets {
		for i, p := range s.Pairs {
			for _, fake := range []bool{false, true} {
				draw := sync.OnceValue(func() []byte { return p.Draw(fake) })
				out[painted{s.ID, i, fake}] = draw
				if !fake || !p.GenuineOnly {
					order = append(order, draw)
				}
			}
		}
	}
	go func() {
		for _, draw := range order {
			draw()
		}
	}()
	return out
}

// picture gives the genuine or the fake picture of a sheet's pair.
func (t *Teller) picture(s *story.Sheet, pair int, fake bool) []byte {
	if t.pictures == nil {
		t.pictures = pictures(t.world)
	}
	return t.pictures[painted{s.ID, pair, fake}]()
}
