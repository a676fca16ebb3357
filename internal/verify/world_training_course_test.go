package verify_test

import (
	"github.com/tidewaiter/tidewaiter/internal/course"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// courses has contact points record courses, change one and take one back.
func (w *world) courses() {
	ctx, s := w.t.Context(), course.NewStore(w.db, journal.New(w.source), w.source)
	var all []course.Course
	for _, who := range []string{"xa", "xb", "xa"} {
		w.tick()
		c, err := s.Record(ctx, w.actor[who], code, course.Draft{ID: course.ID(w.source.ID()), Title: "At home", Language: "en", Starts: w.day(0),
			Teacher: person.ID(w.actor[who].Person), Topics: []string{"reporting"}, Reach: []course.Reach{{Post: "XAPOR", Function: "mail", People: 4}}})
		w.must(err)
		all = append(all, c)
	}
	w.tick()
	_, err := s.Amend(ctx, w.actor["xa"], code, course.Draft{ID: all[0].ID, Version: 1, Title: "At home, twice", Language: "en", Starts: w.day(0),
		Teacher: all[0].Teacher, Reach: []course.Reach{{Post: "Pier", Function: "express", People: 2}}, Reason: "One post was missing."})
	w.must(err)
	w.tick()
	_, err = s.Withdraw(ctx, w.actor["xa"], code, all[2].ID, "Written twice.")
	w.must(err)
}
