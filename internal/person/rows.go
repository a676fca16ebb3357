package person

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

const columns = `number, id, login, name, language, theme, density, administrator, state, persona, epoch, version`

const joined = `p.number, p.id, p.login, p.name, p.language, p.theme, p.density, p.administrator, p.state, p.persona, p.epoch, p.version,
	h.person, h.organisation, h.position, h.contact_point, h.since, h.until`

var (
	selectNext    = db.Statement(`select coalesce(max(number), 0) + 1 from person`)
	selectOne     = db.Statement(`select ` + columns + ` from person where id = $1`)
	selectByLogin = db.Statement(`select ` + columns + ` from person where login = $1`)
	selectPersona = db.Statement(`select ` + columns + ` from person where persona = $1 and persona <> '' order by number`)
	selectOffered = db.Statement(`select ` + columns + ` from person where persona <> '' order by number`)
	selectAll     = db.Statement(`select ` + columns + ` from person order by number`)
	insertPerson  = db.Statement(`insert into person (` + columns + `, password)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '')`)
	updatePerson = db.Statement(`update person set name = $2, language = $3, theme = $4, density = $5, state = $6, epoch = $7, version = $8
		where id = $1`)
	selectPassword = db.Statement(`select password from person where id = $1`)
	updatePassword = db.Statement(`update person set password = $2 where id = $1`)

	selectHats = db.Statement(`select person, organisation, position, contact_point, since, until from hat
		where person = $1 order by since, organisation`)
	selectEveryHat = db.Statement(`select person, organisation, position, contact_point, since, until from hat
		where since <= $1 and (until is null or until > $1) order by since, organisation`)
	selectHat = db.Statement(`select person, organisation, position, contact_point, since, until from hat
		where person = $1 and organisation = $2`)
	selectWorn = db.Statement(`select h.person, h.organisation, h.position, h.contact_point, h.since, h.until
		from hat h join person p on p.id = h.person
		where h.person = $1 and h.organisation = $2 and p.state <> 'suspended'`)
	selectMembers = db.Statement(`select ` + joined + ` from hat h join person p on p.id = h.person
		where h.organisation = $1 and h.since <= $2 and (h.until is null or h.until > $2) order by p.number`)
	putHat = db.Statement(`insert into hat (person, organisation, position, contact_point, since, until)
		values ($1, $2, $3, $4, $5, $6) on conflict (person, organisation) do update
		set position = excluded.position, contact_point = excluded.contact_point, since = excluded.since, until = excluded.until`)
)

func (p *Person) fields() []any {
	return []any{&p.Number, &p.ID, &p.Login, &p.Name, &p.Language, &p.Theme, &p.Density, &p.Administrator, &p.State,
		&p.Persona, &p.Epoch, &p.Version}
}

func (h *Hat) fields() []any {
	return []any{&h.Person, &h.Organisation, &h.Position, &h.ContactPoint, db.Time(&h.Since), db.Time(&h.Until)}
}

func scan(row db.Scanner) (Person, error) {
	var p Person
	return p, row.Scan(p.fields()...)
}

func scanHat(row db.Scanner) (Hat, error) {
	var h Hat
	return h, row.Scan(h.fields()...)
}

func scanMember(row db.Scanner) (Member, error) {
	var m Member
	return m, row.Scan(append(m.Person.fields(), m.Hat.fields()...)...)
}

// One gives a person; db.ErrNone when there is none.
func One(tx *db.Tx, id ID) (Person, error) { return db.One(tx, selectOne, scan, id) }

// ByLogin gives the person who signs in by that (folded) login; db.ErrNone when
// there is none.
func ByLogin(tx *db.Tx, login string) (Person, error) {
	return db.One(tx, selectByLogin, scan, login)
}

// ByPersona gives the person of a demonstration; db.ErrNone when there is none.
func ByPersona(tx *db.Tx, persona string) (Person, error) {
	return db.One(tx, selectPersona, scan, persona)
}

// Personas gives the people of a demonstration.
func Personas(tx *db.Tx) ([]Person, error) { return db.All(tx, selectOffered, scan) }

// These gives some people by id, for lists that show who did what; ids that are
// not people (system actors) are left out.
func These(tx *db.Tx, ids []string) (map[string]Person, error) {
	out := make(map[string]Person, len(ids))
	for _, id := range ids {
		if _, ok := out[id]; ok || id == "" {
			continue
		}
		all, err := db.All(tx, selectOne, scan, id)
		if err != nil {
			return nil, err
		}
		if len(all) == 1 {
			out[id] = all[0]
		}
	}
	return out, nil
}

// HatOf gives the hat that a person wears for an organisation at a moment;
// db.ErrNone when there is none, it has ended, or the person is suspended.
func HatOf(tx *db.Tx, id ID, organisation int64, at time.Time) (Hat, error) {
	h, err := db.One(tx, selectWorn, scanHat, id, organisation)
	if err != nil {
		return Hat{}, err
	}
	if !h.At(at) {
		return Hat{}, db.ErrNone
	}
	return h, nil
}

// Hats gives the hats that a person may wear at a moment, the oldest first.
func Hats(tx *db.Tx, id ID, at time.Time) ([]Hat, error) {
	all, err := db.All(tx, selectHats, scanHat, id)
	var out []Hat
	for _, h := range all {
		if h.At(at) {
			out = append(out, h)
		}
	}
	return out, err
}

// OfOrganisation gives the people who wear a hat of an organisation at a moment,
// in every state: a list shows who is invited or suspended.
func OfOrganisation(tx *db.Tx, organisation int64, at time.Time) ([]Member, error) {
	return db.All(tx, selectMembers, scanMember, organisation, at)
}

// PasswordOf gives the stored hash of a person's password, empty when there is
// none. It is compared outside the unit of work, by Hasher.Matches.
func PasswordOf(tx *db.Tx, id ID) (string, error) {
	return db.One(tx, selectPassword, db.Text, id)
}

// args are the values of columns.
func (p Person) args() []any {
	return []any{p.Number, p.ID, p.Login, p.Name, p.Language, p.Theme, p.Density, p.Administrator, p.State,
		p.Persona, p.Epoch, p.Version}
}

func insert(tx *db.Tx, p Person) error {
	_, err := tx.Exec(insertPerson, p.args()...)
	return err
}

func update(tx *db.Tx, p Person) error {
	_, err := tx.Exec(updatePerson, p.ID, p.Name, p.Language, p.Theme, p.Density, p.State, p.Epoch, p.Version)
	return err
}

func (h Hat) args() []any {
	return []any{h.Person, h.Organisation, h.Position, h.ContactPoint, h.Since, db.Null(h.Until)}
}

func put(tx *db.Tx, h Hat) error {
	_, err := tx.Exec(putHat, h.args()...)
	return err
}
