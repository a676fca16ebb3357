package attendancepage

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/barcode"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// listing is the list of one session.
type listing struct {
	attendance.Sheet
	of   workshop.Session
	form kit.Form
	code attendance.Code // zero: none is open
}

func (s site) list(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.listPage(w, r, v, nil)
}

func (s site) listPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, wrong error) error {
	l, p, err := s.listed(r, v)
	if err != nil {
		return err
	}
	l.form = kit.FormOf(frame.Keep(r.PostForm), wrong)
	p.Error = wrong != nil
	return frame.Show(w, r, frame.FormStatus(wrong), listPage(p, l))
}

func (s site) listed(r *http.Request, v *frame.Visit) (l listing, p *kit.Page, err error) {
	if l.Sheet, p, err = s.hosted(r, v, v.Printer.T("attendancepage.list")); err != nil {
		return l, p, err
	}
	var on bool
	if l.of, on = l.Session(session(r)); !on {
		return l, p, fault.Missing()
	}
	l.code = l.Codes[l.of.Seq]
	return l, p, nil
}

// ticked is what a form changes: whoever was shown differently from how the box now
// stands. A list that was open while others joined by code takes none of them back.
func ticked(f url.Values) []attendance.Tick {
	var out []attendance.Tick
	for _, id := range f["shown"] {
		was, is := slices.Contains(f["was"], id), slices.Contains(f["here"], id)
		if was != is {
			out = append(out, attendance.Tick{Participant: participant.ID(id), Present: is})
		}
	}
	return out
}

func (s site) record(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	where, err := s.place(r, v)
	if err != nil {
		return err
	}
	err = s.Attendances.Record(r.Context(), v.Actor(), where.code, where.id, session(r), ticked(r.PostForm))
	if frame.Refused(err) {
		return s.listPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, at(r, "/attendance/"+r.PathValue("session")), "attendance-recorded")
}

func (s site) open(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	where, err := s.place(r, v)
	if err != nil {
		return err
	}
	_, err = s.Attendances.Open(r.Context(), v.Actor(), where.code, where.id, session(r))
	if frame.Refused(err) {
		return s.listPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, at(r, "/attendance/"+r.PathValue("session")+"/code"), "")
}

func (s site) close(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	where, err := s.place(r, v)
	if err != nil {
		return err
	}
	if err := s.Attendances.Close(r.Context(), v.Actor(), where.code, where.id, session(r)); err != nil {
		return err
	}
	return frame.SeeOther(w, r, at(r, "/attendance/"+r.PathValue("session")), "attendance-closed")
}

// shown is a code on the wall.
type shown struct {
	listing
	address string
	drawn   barcode.Drawn
}

func (s site) wall(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	l, p, err := s.listed(r, v)
	if err != nil {
		return err
	}
	if l.code.Text == "" {
		return frame.SeeOther(w, r, at(r, "/attendance/"+r.PathValue("session")), "")
	}
	m := shown{listing: l, address: origin(r) + at(r, "/here")}
	m.drawn, _ = barcode.Draw(m.address + "?code=" + l.code.Text)
	return frame.Show(w, r, http.StatusOK, wallPage(p, m))
}
