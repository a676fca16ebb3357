package publication_test

import (
	"slices"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/publication"
)

// A lesson learnt never comes into an edition that others read than administrations and
// coordination, whichever of the two came first: the lesson or the edition.
func TestLessonsStayWithCustoms(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.open()
		edit := w.section(publication.Lessons).Edit
		for _, c := range []struct {
			text     string
			editions []string
			refused  bool
		}{
			{"Say it twice " + publication.LessonMark(41), []string{publication.Enforcement, publication.Public}, true},
			{"Say it twice " + publication.LessonMark(41), []string{publication.Holder}, true},
			{"Say it twice " + publication.LessonMark(41), []string{publication.Enforcement}, false},
			{"Say it once " + publication.LessonMark(41), []string{publication.Enforcement, publication.Holder}, true},
			{"In words of our own", []string{publication.Enforcement, publication.Public}, false},
			{"Say it twice " + publication.LessonMark(41), []string{publication.Enforcement, publication.Public}, true},
			{"Nowhere " + publication.LessonMark(41), nil, false},
		} {
			next, err := w.store.Write(t.Context(), w.Actor["wco"], code, publication.SectionDraft{ID: publication.Lessons, Texts: map[string]string{"en": c.text}, Editions: c.editions}, edit)
			if c.refused && !slices.Equal(paths(err), []string{"editions"}) || !c.refused && err != nil {
				t.Errorf("%q for %v: %v", c.text, c.editions, err)
			}
			if err == nil {
				edit = next.Edit
			}
		}
	})
}
