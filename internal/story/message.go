package story

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/story/life"
)

// Kinds of message.
const (
	KindGeneral  = "general"
	KindWarning  = "warning"
	KindFeedback = "feedback"
)

// Outcomes of a warning.
const (
	OutcomeHit          = "hit"
	OutcomeClean        = "clean"
	OutcomeNotChecked   = "not-checked"
	OutcomeReleased     = "released"
	OutcomeMovedOn      = "moved-on"
	OutcomeSurveillance = "surveillance"
	OutcomeNotArrived   = "not-arrived"
)

// Audience is whom a message is addressed to: sides, organisations, or both;
// its writer's organisation always reads it. Coordination reads what is
// addressed to chosen organisations unless Apart is set.
type Audience struct {
	Sides         []string
	Organisations []string
	Apart         bool
}

// Message is a general message, a warning or the feedback to one.
type Message struct {
	ID           string
	Operation    string
	Kind         string
	Organisation string
	Author       string // login
	Language     string
	Subject      string
	Body         string
	TLP          string // RED, AMBER+STRICT, AMBER, GREEN, CLEAR
	Audience     Audience
	ReplyTo      string // id: the message it answers in a thread
	SentAt       time.Time

	Marks []string // numbers by which the goods travel, with what they are where they do not say

	// of a warning
	Category    string
	Conveyance  string
	Provenance  string
	Destination string
	ReplyDue    time.Time
	Source      string
	Place, Zone string // of arrival
	Arrives     time.Time
	Expires     time.Time
	Urgent      bool

	// of a feedback
	Warning string // id
	Outcome string
	Case    string // id, of a hit
	Reason  string // why it was not checked
	MovedTo string // country to which the goods moved on
}

// letterRow is a general message.
type letterRow struct {
	key, at                string // at: 2006-01-02T15:04 UTC
	author, language, tlp  string
	to                     string // a side, a list of organisations, or all
	replyTo, subject, body string
}

// warningRow is a warning and what became of it.
type warningRow struct {
	key                        string
	day                        int // of the operational phase
	hour                       int // UTC
	author, language, tlp      string
	to                         []string // organisations; the first owes the answer
	category, conveyance, from string
	bulk                       bool
	due                        int // hours
	hitBy                      string
	answers                    []answerRow
	subject, body              string
}

// answerRow is a feedback. A hit takes its time from its case.
type answerRow struct {
	org     string
	after   int // hours after the warning
	outcome string
	body    string
}

func (l letterRow) audience() Audience {
	switch l.to {
	case "enforcement":
		return Audience{Sides: []string{SideEnforcement, SideCoordination}}
	case SideCoordination:
		return Audience{Sides: []string{SideCoordination}}
	case "all":
		return Audience{Sides: []string{SideCoordination, SideEnforcement, SideObserver, SideRightHolder}}
	case "observers":
		return Audience{Sides: []string{SideCoordination, SideEnforcement, SideObserver}}
	}
	return Audience{Organisations: splitList(l.to)}
}

func splitList(s string) []string {
	var out []string
	for len(s) > 0 {
		i := 0
		for i < len(s) && s[i] != ' ' {
			i++
		}
		if i > 0 {
			out = append(out, s[:i])
		}
		s = s[min(i+1, len(s)):]
	}
	return out
}

func (b *builder) letter(l letterRow, letters map[string]*Message) *Message {
	at, err := time.Parse("2006-01-02T15:04", l.at)
	if err != nil {
		panic("story: " + err.Error())
	}
	m := &Message{Operation: CodeActionIPR2, Kind: KindGeneral, Author: l.author, Organisation: b.orgOf(l.author), Language: l.language,
		Subject: l.subject, Body: l.body, TLP: l.tlp, Audience: l.audience(), SentAt: at}
	if l.replyTo != "" {
		m.ReplyTo = letters[l.replyTo].ID
	}
	m.ID = b.id(at)
	letters[l.key] = m
	return m
}

func (b *builder) warning(w *warningRow) *Message {
	at := day(w.day).Add(time.Duration(w.hour)*time.Hour + time.Duration(7*w.day%60)*time.Minute)
	m := &Message{Operation: CodeActionIPR2, Kind: KindWarning, Author: w.author, Organisation: b.orgOf(w.author), Language: w.language,
		Subject: w.subject, Body: w.body, TLP: w.tlp, Audience: Audience{Organisations: w.to}, SentAt: at,
		Category: w.category, Conveyance: w.conveyance, Provenance: w.from, Destination: w.to[0],
		ReplyDue: at.Add(time.Duration(w.due) * time.Hour), Marks: warningMarks[w.key]}
	m.ID = b.id(at)
	b.live(w, m)
	return m
}

// answers are the feedbacks of a warning, its hits citing their case.
func (b *builder) answers(w *warningRow, hits map[string]*Case) []*Message {
	warning := b.warnings[w.key]
	var out []*Message
	for _, a := range w.answers {
		org := b.org[a.org]
		m := &Message{Operation: CodeActionIPR2, Kind: KindFeedback, Author: b.login[a.org]["contact-point"], Organisation: a.org,
			Language: org.Language, Subject: answerSubject.in(org.Language), Body: a.body, TLP: warning.TLP,
			Audience: Audience{Organisations: []string{warning.Organisation}}, ReplyTo: warning.ID, Warning: warning.ID, Outcome: a.outcome,
			SentAt: warning.SentAt.Add(time.Duration(a.after)*time.Hour + 11*time.Minute)}
		m.Reason, m.MovedTo = life.Of[w.key].Reason[a.org], life.Of[w.key].Moved[a.org]
		if a.outcome == OutcomeHit {
			c := hits[w.key]
			m.Case = c.ID
			c.Marks = warning.Marks
			m.SentAt = later(m.SentAt, c.ReleasedAt.Add(75*time.Minute))
		}
		m.ID = b.id(m.SentAt)
		out = append(out, m)
	}
	return out
}

var answerSubject = words{"Feedback on your warning", "Retour sur votre avertissement", "إفادة بشأن تحذيركم", "Respuesta a su aviso", "对贵方预警的反馈", "警告情報への回答", "ผลการดำเนินการตามคำเตือน", "Resposta ao vosso aviso", "경고에 대한 회신", "Ответ на ваше предупреждение"}
