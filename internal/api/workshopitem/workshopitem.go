// Package workshopitem is a workshop as other systems read it.
package workshopitem

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attendance"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/participant"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// Workshop is one workshop in a list, as its reader may know it.
type Workshop struct {
	ID           workshop.ID     `json:"id"`
	Organisation organisation.ID `json:"organisation"` // the host
	Kind         string          `json:"kind"`         // train-the-trainer, follow-up, debriefing, national
	State        string          `json:"state"`        // planned, called (people may be nominated), cancelled
	Why          string          `json:"why,omitempty"`
	Title        string          `json:"title"`
	Aim          string          `json:"aim,omitempty"`
	Language     string          `json:"language"`  // BCP 47, of the texts
	Languages    []string        `json:"languages"` // in which it is held
	Sponsor      string          `json:"sponsor,omitempty"`
	Place        string          `json:"place,omitempty"`
	Country      string          `json:"country,omitempty"`
	Address      string          `json:"address,omitempty"` // on the net
	Zone         string          `json:"time_zone"`         // IANA name
	Starts       string          `json:"starts"`            // first day, local in that zone
	Ends         string          `json:"ends"`              // last day
	NominateBy   string          `json:"nominate_by,omitempty"`
	Sessions     int64           `json:"sessions"` // that take place, of those that the reader may read
	Own          WorkshopPlaces  `json:"own"`      // of the reader's organisation
	Mine         string          `json:"mine,omitempty"`
	Version      int64           `json:"version"`
	Written      time.Time       `json:"written_at"` // UTC
}

// WorkshopPlaces are the people of one organisation.
type WorkshopPlaces struct {
	Counted   bool  `json:"counted"` // false: anybody of an organisation that reads the workshop may come
	Places    int64 `json:"places"`
	Nominated int64 `json:"nominated"`
	Confirmed int64 `json:"confirmed"`
	Waiting   int64 `json:"waiting"`
}

// WorkshopSpeaker is who holds a session.
type WorkshopSpeaker struct {
	Name         string          `json:"name"`
	Function     string          `json:"function"`               // right-holder, expert, coordinator, official
	Organisation organisation.ID `json:"organisation,omitempty"` // left out: none that takes part
}

// WorkshopSession is an item of the agenda.
type WorkshopSession struct {
	ID       workshop.ID       `json:"id"`
	State    string            `json:"state,omitempty"` // cancelled, or left out
	Starts   time.Time         `json:"starts_at"`       // UTC
	Ends     time.Time         `json:"ends_at"`         // UTC
	Title    string            `json:"title"`
	About    string            `json:"about,omitempty"`
	Room     string            `json:"room,omitempty"`
	Speakers []WorkshopSpeaker `json:"speakers"`
	Version  int64             `json:"version"`
}

// WorkshopParticipant is somebody who comes, or would.
type WorkshopParticipant struct {
	ID           participant.ID  `json:"id"`
	Organisation organisation.ID `json:"organisation"`
	Name         string          `json:"name"`
	Position     string          `json:"position,omitempty"`
	Post         string          `json:"post,omitempty"`
	Language     string          `json:"language"` // BCP 47, of the invitation
	State        string          `json:"state"`    // nominated, confirmed, waiting, declined, withdrawn
	Why          string          `json:"why,omitempty"`
}

// WorkshopMaterial is a document, a lesson or a practice that the reader may open.
type WorkshopMaterial struct {
	ID      workshop.ID `json:"id"`
	Kind    string      `json:"kind"` // document, lesson, practice
	Ref     string      `json:"ref"`  // UUID of what is named
	Title   string      `json:"title"`
	Session workshop.ID `json:"session,omitempty"` // left out: of the whole workshop
}

// WorkshopAttendance says that a participant was at a session.
type WorkshopAttendance struct {
	Participant participant.ID `json:"participant"`
	Session     workshop.ID    `json:"session"`
	How         string         `json:"how"`       // list, code, link
	Marked      time.Time      `json:"marked_at"` // UTC
}

// WorkshopDetail is one workshop with all that its reader may know of it.
type WorkshopDetail struct {
	Workshop
	Agenda       []WorkshopSession     `json:"agenda"`
	Participants []WorkshopParticipant `json:"participants"` // all for who holds or coordinates it, else those of one's own organisation
	Attendance   []WorkshopAttendance  `json:"attendance"`
	Materials    []WorkshopMaterial    `json:"materials"`
}

// Of is a workshop as its reader may know it.
func Of(i workshop.Item) Workshop {
	return Workshop{ID: i.ID, Organisation: i.Host.ID, Kind: i.Kind, State: i.State, Why: i.Reason, Title: i.Title, Aim: i.Aim, Language: i.Language, Languages: i.Languages,
		Sponsor: i.Sponsor, Place: i.Place, Country: i.Country, Address: i.Address, Zone: i.Zone, Starts: i.Starts, Ends: i.Ends, NominateBy: i.NominateBy, Sessions: i.Sessions,
		Own:  WorkshopPlaces{Counted: i.Own.Counted, Places: i.Own.Places, Nominated: i.Own.Nominated, Confirmed: i.Own.Confirmed, Waiting: i.Own.Waiting},
		Mine: i.Mine, Version: i.Version, Written: i.At}
}

// Detail is a workshop with the attendance that its reader may know.
func Detail(o workshop.Opened, s attendance.Sheet) WorkshopDetail {
	out := WorkshopDetail{Workshop: Of(o.Item), Agenda: []WorkshopSession{}, Participants: []WorkshopParticipant{}, Attendance: []WorkshopAttendance{}, Materials: []WorkshopMaterial{}}
	by := map[int64]workshop.ID{}
	for _, t := range o.Talks {
		by[t.Seq] = t.ID
		out.Agenda = append(out.Agenda, session(o.Workshop, t))
	}
	for _, g := range o.Guests {
		out.Participants = append(out.Participants, WorkshopParticipant{ID: g.ID, Organisation: g.Of.ID, Name: g.Name, Position: g.Position, Post: g.Post,
			Language: g.Language, State: g.State, Why: g.Reason})
	}
	for _, m := range o.Materials {
		out.Materials = append(out.Materials, WorkshopMaterial{ID: m.ID, Kind: m.Kind, Ref: m.Ref, Title: m.Title, Session: by[m.Session]})
	}
	for _, r := range s.Rows {
		for _, x := range s.Sessions {
			if m, there := r.Marks[x.Seq]; there && m.Present {
				out.Attendance = append(out.Attendance, WorkshopAttendance{Participant: r.Participant.ID, Session: x.ID, How: m.How, Marked: m.At})
			}
		}
	}
	return out
}

func session(w workshop.Workshop, t workshop.Talk) WorkshopSession {
	out := WorkshopSession{ID: t.ID, State: t.State, Title: t.Title, About: t.About, Room: t.Room, Speakers: []WorkshopSpeaker{}, Version: t.Version}
	starts, _ := w.Moment(t.Starts)
	ends, _ := w.Moment(t.Ends)
	out.Starts, out.Ends = starts.UTC(), ends.UTC()
	for i, s := range t.Speakers {
		out.Speakers = append(out.Speakers, WorkshopSpeaker{Name: s.Name, Function: s.Function, Organisation: t.From[i].ID})
	}
	return out
}
