package story

import (
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/story/name"
)

// Roles, each held in one operation only.
const (
	RoleDirector     = "director"
	RoleCoordinator  = "coordinator"
	RoleAnalyst      = "analyst"
	RoleContactPoint = "contact-point"
	RoleOfficer      = "officer"
	RoleObserver     = "observer"
	RoleRightHolder  = "right-holder"
	RoleTrainer      = "trainer"
	RoleAuditor      = "auditor"
)

// How a person stands in for an administration towards an operation.
const (
	ContactFirst  = "contact-point"
	ContactDeputy = "deputy"
	ContactDuty   = "duty-officer"
)

// Personas are the people one may be in the demonstration, in the order of
// its sign-in page; PersonaStranger is not on that page.
var Personas = []string{"director", "coordinator", "analyst", "contact-point", "officer", "observer",
	"right-holder", "rival-right-holder", "trainer", "auditor", "administrator"}

// PersonaStranger belongs to another operation only.
const PersonaStranger = "stranger"

// Person is somebody who signs in, with as many hats as organisations.
type Person struct {
	ID            string
	Login         string
	Persona       string // "" unless offered by name
	Name          string // Latin letters
	OwnName       string // own script, "" if Latin
	Language      string
	Administrator bool // of the instance: no content role
	Hats          []Hat
}

// Hat is a person's place in one organisation.
type Hat struct {
	Organisation string
	Position     Text   // en and the person's language
	Place        string // code; "" at headquarters
	Contact      string // "", ContactFirst, ContactDeputy or ContactDuty
	Roles        []Role
}

// Role is what a hat may do in one operation.
type Role struct{ Operation, Role string }

// In tells the roles of a person in an operation, by organisation.
func (p *Person) In(operation string) map[string]string {
	out := map[string]string{}
	for _, h := range p.Hats {
		for _, r := range h.Roles {
			if r.Operation == operation {
				out[h.Organisation] = r.Role
			}
		}
	}
	return out
}

func roles(role string, operations ...string) []Role {
	var out []Role
	for _, o := range operations {
		out = append(out, Role{o, role})
	}
	return out
}

// namedRow is a person of a body that directs, watches or holds rights.
type namedRow struct {
	login, persona, name, language string
	org, position, contact, role   string
	operations                     []string
}

var both = []string{CodeActionIPR2, CodeImportTrial}
var one = []string{CodeActionIPR2}

var namedRows = []namedRow{
	{"administrator", "administrator", "Ottilie Brannoch", "en", "", "", "", "", nil},
	{"director", "director", "Maren Holtegaard-Vey", "en", OrgWCO, "Technical Officer, Compliance and Enforcement", ContactFirst, RoleDirector, both},
	{"wco.deputy", "", "Thibault Averlanges", "fr", OrgWCO, "Programme Officer, Compliance and Enforcement", ContactDeputy, RoleCoordinator, both},
	{"trainer", "trainer", "Ines Castravalle", "en", OrgWCO, "Accredited expert, intellectual property", "", RoleTrainer, []string{CodeActionIPR2, CodeLibrary}},
	{"auditor", "auditor", "Leopold Wrensby", "en", OrgWCO, "Internal audit", "", RoleAuditor, both},
	{"coordinator", "coordinator", "Hana Ryuseki", "en", OrgRILO, "Head, Operational Coordination Unit", ContactFirst, RoleCoordinator, both},
	{"rilo.duty", "", "Owen Tallisker", "en", OrgRILO, "Duty Officer, Operational Coordination Unit", ContactDuty, RoleCoordinator, one},
	{"analyst", "analyst", "Juwon Byeolsan", "ko", OrgRILO, "Intelligence Analyst, seconded by the host", "", RoleAnalyst, both},
	{"right-holder", "right-holder", "Solène Marchavoine", "fr", OrgHolder, "Brand Protection Manager, Asia and Pacific", ContactFirst, RoleRightHolder, one},
	{"rival-right-holder", "rival-right-holder", "Gideon Farrowmist", "en", OrgRival, "Head of Product Security", ContactFirst, RoleRightHolder, one},
	{"observer", "observer", "Talia Nukusere", "en", OrgObserver, "Liaison Officer", ContactFirst, RoleObserver, one},
	{"srcc.director", "", "Wilf Corranby", "en", OrgElsewhere, "Conference Secretary", ContactFirst, RoleDirector, []string{CodeHarbourLight}},
	{"stranger", "stranger", "Sefina Lotorangi", "en", "XR", "National Contact Point", ContactFirst, RoleContactPoint, []string{CodeHarbourLight}},
}

func persons() []*Person {
	var out []*Person
	for _, r := range namedRows {
		p := &Person{Login: r.login, Persona: r.persona, Name: r.name, Language: r.language, Administrator: r.org == ""}
		if r.org != "" {
			p.Hats = []Hat{{Organisation: r.org, Position: Text{"en": r.position}, Contact: r.contact, Roles: roles(r.role, r.operations...)}}
		}
		if r.persona == "analyst" {
			// one person, two hats, never merged: officer at home, analyst at the RILO
			p.OwnName = "별산 주원"
			p.Hats = append([]Hat{{Organisation: HostOfRILO, Position: position("freight", "ko"),
				Place: HostOfRILO + "BSP", Roles: roles(RoleOfficer, CodeActionIPR2)}}, p.Hats...)
		}
		out = append(out, p)
	}
	count := map[string]int{}
	for _, row := range append(append([]administrationRow{}, administrationRows...), waitingRow) {
		out = append(out, staff(row, count)...)
	}
	return out
}

func position(key, language string) Text {
	t := Text{"en": positions[key].in("en")}
	t[language] = positions[key].in(language)
	return t
}

// staff are the three contacts and two reporting officers of an administration.
func staff(row administrationRow, count map[string]int) []*Person {
	operations := []string{CodeActionIPR2}
	if trialMember(row.code) {
		operations = both
	}
	seats := []struct{ login, position, contact, place, role string }{
		{"ncp", "contact-point", ContactFirst, "", RoleContactPoint},
		{"deputy", "deputy", ContactDeputy, "", RoleContactPoint},
		{"duty", "duty-officer", ContactDuty, "", RoleContactPoint},
		{"mail", "mail", "", row.code + "AMC", RoleOfficer},
		{"freight", "freight", "", row.code + "BSP", RoleOfficer},
	}
	var out []*Person
	for _, s := range seats {
		n := count[row.language]
		count[row.language]++
		p := &Person{Login: strings.ToLower(row.code) + "." + s.login, Language: row.language,
			Hats: []Hat{{Organisation: row.code, Position: position(s.position, row.language), Place: s.place, Contact: s.contact, Roles: roles(s.role, operations...)}}}
		p.Name, p.OwnName = name.Of(row.language, n)
		if row.code == HomeOfPersonas && s.login == "ncp" {
			p.Login, p.Persona = "contact-point", "contact-point"
		}
		if row.code == HomeOfPersonas && s.login == "mail" {
			p.Login, p.Persona = "officer", "officer"
		}
		out = append(out, p)
	}
	return out
}

// HomeOfPersonas is the administration of the contact point and the officer.
const HomeOfPersonas = "XA"
