package verify_test

import (
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/pack"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/warning"
	"github.com/tidewaiter/tidewaiter/internal/withdrawal"
)

// follow puts warnings through their lives: acknowledged, assigned, reminded of,
// escalated, moved on, sent on.
func (w *world) follow() {
	ctx := w.t.Context()
	store := warning.NewStore(w.db, journal.New(w.source), w.source)
	send := func(who string, d message.Draft) int64 {
		w.t.Helper()
		w.tick()
		d.ID, d.Language, d.TLP, d.Subject, d.Body = message.ID(w.source.ID()), "en", "AMBER", "Containers", "Look at them."
		m, err := w.messages.Send(ctx, w.actor[who], code, d)
		w.must(err)
		return m.Seq
	}
	first := send("xa.officer", message.Draft{Template: message.Warning, To: audience.Address{Organisations: []int64{w.body["wco"].Number}},
		ReplyDue: w.source.Now().Add(time.Hour)})
	send("wco", message.Draft{Template: message.Feedback, Answers: first, Outcome: "not-checked", Reason: "no-staff"})
	send("wco", message.Draft{Template: message.Feedback, Answers: first, Outcome: "moved-on", Profile: message.Profile{Destination: "XB"}})
	w.tick()
	w.must(store.SendOn(ctx, w.actor["xa.officer"], code, first, w.body["xb"].ID))
	w.tick()
	w.must(store.Acknowledge(ctx, w.actor["xb.officer"], code, first))
	w.must(store.Assign(ctx, w.actor["xb.officer"], code, first, "Harbour", person.ID(w.actor["xb"].Person)))
	w.must(store.Remind(ctx, w.actor["xa.officer"], code, first))
	w.source.Set(w.source.Now().Add(2 * time.Hour))
	_, err := store.RemindDue(ctx)
	w.must(err)
}

// clocks enters a law and its calendar, and puts the legal clocks of four cases
// through their lives: started, noted, warned of, told of, confirmed.
func (w *world) clocks() {
	ctx, officer := w.t.Context(), w.actor["xa.officer"]
	store := detention.NewStore(w.db, journal.New(w.source), w.source)
	for seen := range int64(2) {
		w.tick()
		_, err := store.Adopt(ctx, w.actor["xa"], code, detention.Adopting{Seen: seen, Profile: "trips", Note: "Gazette.", Calendar: legal.Entered{Zone: "UTC", Weekend: []string{"6"},
			Holidays: "2017-02-13 Spring", Years: "2017", Source: "Gazette"}})
		w.must(err)
		w.must(store.Check(ctx, officer, code, seen+1))
	}
	day := func(back int) string { return w.source.Now().AddDate(0, 0, -back).Format(time.DateOnly) }
	var cases [4]string
	for i := range cases {
		w.tick()
		c, err := w.cases.Report(ctx, officer, code, seizure.Draft{ID: seizure.ID(w.source.ID()), Country: "XA", Day: "2017-02-06", Language: "en",
			Goods: []goods.Line{{Category: "PHA", Description: "Tablets", Quantities: []goods.Quantity{{Micro: 7e6, Unit: "H87"}}}}})
		w.must(err)
		cases[i] = c.Reference
	}
	// The newest case is the one that is erased: what it did stands among the others.
	for _, of := range []string{cases[0], cases[3], cases[1], cases[2]} {
		w.tick()
		c, err := store.Start(ctx, officer, code, of, detention.Starting{Kind: legal.ExOfficio, Perishable: of == cases[1], Day: day(2), Time: "10:00"})
		w.must(err)
		_, err = store.WarnDue(ctx)
		w.must(err)
		w.must(store.Note(ctx, officer, code, of, detention.Happening{Clock: c.Seq, Kind: legal.NotifiedHolder, Day: day(1)}))
		w.must(store.Note(ctx, officer, code, of, detention.Happening{Clock: c.Seq, Kind: legal.Reply, Day: day(0), Answer: "infringes", Reason: "By telephone."}))
		told, err := store.Disclose(ctx, officer, code, of, detention.Disclosing{Clock: c.Seq, Fields: []string{"nature", "quantity"}, Request: "By letter.", Purpose: "determine",
			Officer: person.ID(officer.Person), Addressee: "Firm"})
		w.must(err)
		w.must(store.Receive(ctx, officer, code, of, told.Seq, day(0), "By e-mail."))
	}
}

// withdraw has two messages and a case read, recalled, erased and confirmed, and
// sets holds.
func (w *world) withdraw() {
	ctx := w.t.Context()
	log, store := reading.NewLog(w.db, journal.New(w.source), w.source), withdrawal.NewStore(w.db, journal.New(w.source), w.source)
	w.messages.Readings, w.cases.Readings = log, log
	store.Drop = append(store.Drop, func(tx *db.Tx, operation int64, kind string, record int64) ([]int64, error) {
		if kind != reading.Case {
			return nil, nil
		}
		return detention.Erase(tx, operation, record)
	})
	send := func() message.Message {
		w.tick()
		m, err := w.messages.Send(ctx, w.actor["xa.officer"], code, message.Draft{ID: message.ID(w.source.ID()), Template: message.General, Language: "en",
			TLP: "AMBER", Subject: "Names", Body: "Of travellers.", To: audience.Address{Sides: []access.Side{access.Enforcement, access.Coordination}}})
		w.must(err)
		for _, who := range []string{"xb.officer", "wco"} {
			w.tick()
			_, err = w.messages.Read(ctx, w.actor[who], code, m.Seq)
			w.must(err)
			w.must(log.Flush(ctx))
		}
		return m
	}
	recalled, erased := send(), send()
	w.must(store.Recall(ctx, w.actor["xa.officer"], code, recalled.Seq, "Wrong names."))
	_, notices, err := store.List(ctx, w.actor["xb.officer"], code)
	w.must(err)
	w.must(store.Confirm(ctx, w.actor["xb.officer"], code, notices[0].Entry, "For the file."))
	w.must(store.Confirm(ctx, w.actor["wco"], code, notices[0].Entry, ""))
	w.tick()
	w.must(store.Hold(ctx, w.actor["wco"], code, reading.Message, recalled.Seq, "A court asks.", w.source.Now().Add(time.Hour)))
	w.must(store.Hold(ctx, w.actor["wco"], code, "", 0, "Another one.", w.source.Now().Add(time.Hour)))
	desk, err := store.Desk(ctx, w.actor["wco"], code)
	w.must(err)
	w.must(store.Lift(ctx, w.actor["wco"], code, desk.Holds[0].Seq))
	mine, err := w.cases.List(ctx, w.actor["xa"], code, seizure.Filter{Organisation: w.actor["xa"].Organisation, State: seizure.Reported})
	w.must(err)
	w.must(log.Flush(ctx))
	for i, a := range []withdrawal.Asking{{Kind: reading.Message, Record: erased.Seq}, {Kind: reading.Case, Record: mine.Items[0].Seq}, {Kind: reading.Message, Record: recalled.Seq}} {
		w.tick()
		a.Code, a.Reason = "personal-data", "They are not ours to tell."
		if err := store.Ask(ctx, w.actor["xa"], code, a); i < 2 {
			w.must(err)
		}
		desk, err := store.Desk(ctx, w.actor["wco"], code)
		w.must(err)
		if i < 2 {
			w.must(store.Accept(ctx, w.actor["wco"], code, desk.Requests[0].Seq))
		}
	}
}

// list loads lists of codes, and takes one out again.
func (w *world) list() {
	store := pack.NewStore(w.db, journal.New(w.source), w.source)
	for _, name := range []string{"one", "two", "three"} {
		f, err := pack.Read(strings.NewReader("# tidewaiter code list 1\n# kind: locode\n# edition: 1\n# source: s\n# licence: l\n# name: "+name+
			"\ncode,label,other,subdivision,functions,coordinates\nNLRTM,Rotterdam,Rotte,ZH,1,5155N 00430E\nNLAMS,Amsterdam,,,,\nBEANR,Antwerpen,,,,\n"), pack.Pack{})
		w.must(err)
		w.tick()
		_, err = store.Add(w.t.Context(), w.root, f)
		w.must(err)
	}
	w.must(store.Remove(w.t.Context(), w.root, "two", "1"))
}
