package attendance

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// whole tells whether the actor sees every participant: who hosts, and coordination.
func (a at) whole() bool {
	return workshop.Host(a.st, a.w) || a.st.Side() == access.Coordination && a.st.May(access.OperationPeople)
}

// sees tells whether the actor sees what is known of a participant: all of them, those
// of its own organisation if it answers for its people, or itself.
func (a at) sees(of int64, who person.ID) bool {
	if a.whole() {
		return true
	}
	own := of == a.st.Who.Organisation
	return own && (a.st.May(access.WorkshopNominate) || a.st.May(access.AttendanceRecord) || who != "" && string(who) == a.st.Who.Person)
}

// Sheet gives the attendance of a workshop: to its host and to coordination of all, to
// who answers for an administration's people of them, to a participant of itself.
func (s *Store) Sheet(ctx context.Context, who access.Actor, code operation.Code, id workshop.ID) (out Sheet, err error) {
	err = s.read(ctx, who, code, id, func(tx *db.Tx, a at) error {
		out = Sheet{Standing: a.st, Workshop: a.w, Sessions: a.sessions, Codes: map[int64]Code{}, Whole: a.whole(),
			Hosts: workshop.Host(a.st, a.w) && a.st.May(access.AttendanceRecord)}
		out.Host, err = organisation.One(tx, a.w.Organisation)
		if err != nil {
			return err
		}
		if out.Hosts && a.st.May(access.AttendanceOpen) {
			all, err := codes(tx, a.op(), a.w.Seq)
			if err != nil {
				return err
			}
			for _, c := range all {
				if c.Open(a.st.Now) {
					out.Codes[c.Session] = c
				}
			}
		}
		return out.rows(tx, a)
	})
	return out, err
}

// rows puts in the participants that the reader may see: those who come, and whoever
// was marked or given a certificate before.
func (s *Sheet) rows(tx *db.Tx, a at) error {
	people, err := participant.All(tx, a.op(), a.w.Seq)
	if err != nil {
		return err
	}
	all, err := Of(tx, a.op(), a.w.Seq)
	if err != nil {
		return err
	}
	given, err := Certificates(tx, a.op(), a.w.Seq)
	if err != nil {
		return err
	}
	marks, papers, of := marksBy(all), map[int64][]Certificate{}, []int64(nil)
	for _, c := range given {
		papers[c.Participant] = append(papers[c.Participant], c)
	}
	for _, p := range people {
		known := p.State == participant.Confirmed || len(marks[p.Seq]) > 0 || len(papers[p.Seq]) > 0
		if !known || !a.sees(p.Organisation, p.Person) {
			continue
		}
		r := Row{Participant: p, Mine: p.Person != "" && string(p.Person) == a.st.Who.Person && p.Organisation == a.st.Who.Organisation,
			Marks: map[int64]Mark{}, Certificates: papers[p.Seq]}
		for _, x := range a.sessions {
			if m, there := marks[p.Seq][x.Seq]; there {
				r.Marks[x.Seq] = m
			}
		}
		_, r.Minutes = tally(a.w, a.sessions, r.Marks)
		s.Rows, of = append(s.Rows, r), append(of, p.Organisation)
	}
	if s.Hosts {
		if err := s.outgrown(tx, a, of, marks); err != nil {
			return err
		}
	}
	by, err := organisation.These(tx, of)
	for i, r := range s.Rows {
		s.Rows[i].Of = by[r.Participant.Organisation]
	}
	slices.SortStableFunc(s.Rows, func(x, y Row) int {
		return cmp.Or(strings.Compare(x.Of.Name, y.Of.Name), strings.Compare(x.Participant.Name, y.Participant.Name))
	})
	return err
}

// outgrown notes whose certificate says less than they attended, of some organisations.
func (s *Sheet) outgrown(tx *db.Tx, a at, of []int64, marks map[int64]map[int64]Mark) error {
	agenda, err := agendas(tx, a.op(), a.w, of)
	for i, r := range s.Rows {
		if p := r.Participant; p.State == participant.Confirmed {
			n, _ := tally(a.w, agenda[p.Organisation], marks[p.Seq])
			s.Rows[i].Grown = grown(r.Certificates, n)
		}
	}
	return err
}

// TrainedIn gives who counts as trained in an operation, by workshop and participant,
// whoever may see them: a certificate stands, or half of the sessions were attended.
func TrainedIn(tx *db.Tx, op int64) ([]Trained, error) {
	var seqs db.List
	for _, q := range []db.SQL{selectMarkedIn, selectGivenIn} {
		some, err := db.All(tx, q, db.Int64, op)
		if err != nil {
			return nil, err
		}
		seqs = append(seqs, some...)
	}
	slices.Sort(seqs)
	by, err := workshop.These(tx, op, slices.Compact(seqs))
	if err != nil {
		return nil, err
	}
	var out []Trained
	for _, seq := range slices.Compact(seqs) {
		some, err := trainedBy(tx, op, by[seq])
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

func trainedBy(tx *db.Tx, op int64, w workshop.Workshop) ([]Trained, error) {
	if w.Kind != workshop.TrainTheTrainer && w.Kind != workshop.National {
		return nil, nil // who looks back at an operation is not trained by that
	}
	people, err := participant.All(tx, op, w.Seq)
	if err != nil {
		return nil, err
	}
	of := []int64{w.Organisation}
	for _, p := range people {
		of = append(of, p.Organisation)
	}
	agenda, err := agendas(tx, op, w, of)
	if err != nil {
		return nil, err
	}
	all, err := Of(tx, op, w.Seq)
	if err != nil {
		return nil, err
	}
	given, err := Certificates(tx, op, w.Seq)
	marks, good := marksBy(all), map[int64]bool{}
	for _, c := range given {
		good[c.Participant] = good[c.Participant] || c.Good()
	}
	var out []Trained
	for _, p := range people {
		sessions := agenda[p.Organisation]
		if len(sessions) == 0 { // has left, and reads nothing any more
			sessions = agenda[w.Organisation]
		}
		n, _ := tally(w, sessions, marks[p.Seq])
		if good[p.Seq] || p.State == participant.Confirmed && w.State != workshop.Cancelled && reaches(n, int64(len(sessions)), Half) {
			out = append(out, Trained{Workshop: w.Seq, Kind: w.Kind, Host: w.Organisation, Participant: p.Seq, Organisation: p.Organisation,
				Person: p.Person, Name: p.Name, Post: p.Post, Day: lastDay(w, sessions, marks[p.Seq])})
		}
	}
	return out, err
}

// agendas gives the sessions that take place as each of some organisations reads them;
// none: it does not read the workshop any more.
func agendas(tx *db.Tx, op int64, w workshop.Workshop, of []int64) (map[int64][]workshop.Session, error) {
	out := map[int64][]workshop.Session{}
	for _, org := range of {
		if _, had := out[org]; had {
			continue
		}
		agenda, err := workshop.AgendaOf(tx, op, w, org)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		out[org] = agenda
	}
	return out, nil
}

// lastDay is the local day of the last session that somebody was at; of who has a
// certificate without a mark that stands, the workshop's last.
func lastDay(w workshop.Workshop, sessions []workshop.Session, marks map[int64]Mark) string {
	day := ""
	for _, s := range sessions {
		if m, there := marks[s.Seq]; there && m.Present && len(s.Ends) >= len(time.DateOnly) {
			day = max(day, s.Ends[:len(time.DateOnly)])
		}
	}
	return cmp.Or(day, w.Ends)
}
