package detention

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/legal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/person"
)

// ruleFrom finds the law and the calendar among an organisation's versions. of is
// the clock that is counted; nil: one that would start now.
func ruleFrom(tx *db.Tx, now time.Time, all []Setting, org int64, of *Clock) (rule, error) {
	r := rule{}
	force := inForce(all, org)
	if of == nil {
		r.setting = force
	} else if i := slices.IndexFunc(all, func(s Setting) bool { return s.Seq == of.Setting }); i >= 0 {
		r.setting = &all[i]
	}
	if r.setting != nil {
		r.law = r.setting.Law()
	} else {
		r.law = Setting{Profile: legal.Default}.Law()
	}
	if force != nil {
		r.calendar, r.known = force.Calendar, true
	} else {
		o, err := organisation.One(tx, org)
		if err != nil {
			return r, err
		}
		r.calendar = legal.Usual(o.TimeZone)
	}
	r.today, _ = r.calendar.Local(now)
	return r, nil
}

// Adopting is a new version of the law and the calendar.
type Adopting struct {
	Seen     int64  // the newest version that the writer saw; 0: none
	Profile  string // code of one that comes with the program; empty: Text
	Text     string // an own profile, TOML
	Calendar legal.Entered
	Note     string // what changed and why
}

// Adopt enters a new version. It is in force once somebody else has checked it. Of
// two who write at once the second is told (Conflict). Paths are profile, text, note
// and those of legal.Entered.
func (s *Store) Adopt(ctx context.Context, who access.Actor, code operation.Code, d Adopting) (Setting, error) {
	var made Setting
	err := s.write(ctx, who, code, access.DetentionAdopt, func(tx *db.Tx, st operation.Standing) error {
		all, err := settings(tx, st.Operation.Number, db.List{who.Organisation})
		if err != nil {
			return err
		}
		newest := int64(0)
		if len(all) > 0 {
			newest = all[0].Version
		}
		if newest != d.Seen {
			return fault.Of(fault.Conflict, "detention.adopted-meanwhile")
		}
		if made, err = d.clean(); err != nil {
			return err
		}
		made.Organisation, made.Version, made.Author, made.At = who.Organisation, newest+1, who.Person, st.Now
		if made.Seq, _, err = s.record(tx, st, access.DetentionAdopt, "legal-setting/"+string(st.Organisation.ID), who.Organisation, made); err != nil {
			return err
		}
		return put(tx, st.Operation.Number, insertSetting, made.args())
	})
	return made, err
}

func (d Adopting) clean() (Setting, error) {
	out := Setting{Profile: d.Profile}
	var p fault.Problems
	if d.Profile != "" {
		if _, ok := legal.Named(d.Profile); !ok {
			p.Add("profile", "detention.profile")
		}
	} else if own, err := legal.ParseProfile([]byte(d.Text)); err != nil {
		f, ok := errors.AsType[*fault.Fault](err)
		if !ok {
			return out, err
		}
		if len(f.Fields) == 0 {
			p.Add("text", f.Key, f.Args)
		}
		for _, field := range f.Fields { // at the one field, each with its place in the file
			p.Add("text."+field.Path, field.Key, field.Args)
		}
	} else if _, taken := legal.Named(own.Code); taken {
		p.Add("text.code", "legal.code-taken")
	} else {
		out.Profile, out.Text = own.Code, d.Text
	}
	out.Note = cleanText(&p, "note", d.Note, MaxNote, true)
	calendar, err := d.Calendar.Calendar()
	if f, bad := errors.AsType[*fault.Fault](err); bad {
		for _, field := range f.Fields {
			p.Add(field.Path, field.Key, field.Args)
		}
	}
	out.Calendar = calendar
	return out, p.Fault()
}

// Check puts the newest version in force. It takes somebody else than its author.
func (s *Store) Check(ctx context.Context, who access.Actor, code operation.Code, version int64) error {
	return s.write(ctx, who, code, access.DetentionCheck, func(tx *db.Tx, st operation.Standing) error {
		all, err := settings(tx, st.Operation.Number, db.List{who.Organisation})
		switch {
		case err != nil:
			return err
		case len(all) == 0:
			return fault.Missing()
		case all[0].Version != version:
			return fault.Of(fault.Conflict, "detention.adopted-meanwhile")
		case all[0].Checker != "":
			return db.Unchanged
		case all[0].Author == who.Person:
			return fault.Of(fault.Conflict, "detention.second-person")
		}
		c := Checking{Setting: all[0].Seq, Author: who.Person, At: st.Now}
		if c.Seq, _, err = s.record(tx, st, access.DetentionCheck, "legal-setting/"+string(st.Organisation.ID), who.Organisation, c); err != nil {
			return err
		}
		return put(tx, st.Operation.Number, insertCheck, c.args())
	})
}

// Settings gives the versions of the actor's own organisation, and what holds.
func (s *Store) Settings(ctx context.Context, who access.Actor, code operation.Code) (Settings, error) {
	var out Settings
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := operation.Enter(tx, s.source.Now(), who, code, access.DetentionRead)
		if err != nil {
			return err
		}
		out = Settings{Standing: st, MayAdopt: st.May(access.DetentionAdopt)}
		if out.Versions, err = settings(tx, st.Operation.Number, db.List{who.Organisation}); err != nil {
			return err
		}
		out.Force = inForce(out.Versions, who.Organisation)
		r, err := ruleFrom(tx, st.Now, out.Versions, who.Organisation, nil)
		if err != nil {
			return err
		}
		out.Law, out.Calendar = r.law, r.calendar
		if len(out.Versions) > 0 && out.Versions[0].Checker == "" {
			out.Waiting = &out.Versions[0]
			out.MayCheck = st.May(access.DetentionCheck) && out.Waiting.Author != who.Person
		}
		var people []string
		for _, v := range out.Versions {
			people = append(people, v.Author, v.Checker)
		}
		out.People, err = person.These(tx, people)
		return err
	})
	return out, fault.In(access.DetentionRead, err)
}
