package story

import (
	"testing"

	"github.com/BurntSushi/toml"
)

func TestPersonas(t *testing.T) {
	w := ActionIPR2(1)
	want := map[string]struct{ operation, org, role string }{
		"director":           {CodeActionIPR2, OrgWCO, RoleDirector},
		"coordinator":        {CodeActionIPR2, OrgRILO, RoleCoordinator},
		"analyst":            {CodeActionIPR2, OrgRILO, RoleAnalyst},
		"contact-point":      {CodeActionIPR2, HomeOfPersonas, RoleContactPoint},
		"officer":            {CodeActionIPR2, HomeOfPersonas, RoleOfficer},
		"observer":           {CodeActionIPR2, OrgObserver, RoleObserver},
		"right-holder":       {CodeActionIPR2, OrgHolder, RoleRightHolder},
		"rival-right-holder": {CodeActionIPR2, OrgRival, RoleRightHolder},
		"trainer":            {CodeActionIPR2, OrgWCO, RoleTrainer},
		"auditor":            {CodeActionIPR2, OrgWCO, RoleAuditor},
		"administrator":      {},
		PersonaStranger:      {CodeHarbourLight, "XR", RoleContactPoint},
	}
	if len(Personas)+1 != len(want) {
		t.Errorf("%d personas", len(Personas))
	}
	for _, name := range append([]string{PersonaStranger}, Personas...) {
		p := w.Person(name)
		if p == nil || p.Persona != name {
			t.Fatalf("no persona %s", name)
		}
		if got := p.In(want[name].operation)[want[name].org]; got != want[name].role {
			t.Errorf("%s is %q", name, got)
		}
	}
	if !w.Person("administrator").Administrator || len(w.Person("administrator").Hats) != 0 {
		t.Error("the administrator has a hat")
	}
	if got := w.Person("analyst").In(CodeActionIPR2); len(got) != 2 || got[HostOfRILO] != RoleOfficer {
		t.Errorf("the analyst’s hats: %v", got)
	}
	if len(w.Person(PersonaStranger).In(CodeActionIPR2)) != 0 {
		t.Error("the stranger is no stranger")
	}
	if w.Person("officer").Language != "ar" {
		t.Error("the officer does not write in Arabic")
	}
	if w.Person("officer").In(CodeImportTrial)[HomeOfPersonas] != RoleOfficer || w.Person("coordinator").In(CodeImportTrial)[OrgRILO] != RoleCoordinator {
		t.Error("officer and coordinator take no part in the import trial")
	}
}

func TestPersonaLines(t *testing.T) {
	for _, l := range []string{"en", "fr", "ar"} {
		texts := map[string]string{}
		if _, err := toml.DecodeFile("../i18n/catalogue/"+l+"/story.toml", &texts); err != nil {
			t.Fatal(err)
		}
		for _, p := range append([]string{PersonaStranger}, Personas...) {
			if texts["story.persona."+p] == "" {
				t.Errorf("%s: no line for %s", l, p)
			}
		}
		if texts["story.banner"] == "" {
			t.Errorf("%s: no banner", l)
		}
	}
}

func TestEveryMemberCanAct(t *testing.T) {
	w := ActionIPR2(1)
	zones, members := map[string]bool{}, 0
	for _, o := range w.Organisations {
		contacts := map[string]bool{}
		for _, p := range w.Persons {
			for _, h := range p.Hats {
				if h.Organisation == o.Code && h.Contact != "" {
					contacts[h.Contact] = true
				}
			}
		}
		if !contacts[ContactFirst] {
			t.Errorf("%s has no contact point", o.Code)
		}
		if o.Kind != KindAdministration || o.Code == strangerRow.code {
			continue
		}
		members++
		zones[o.Zone] = true
		if !contacts[ContactDeputy] || !contacts[ContactDuty] || len(o.Places) != 5 {
			t.Errorf("%s: contacts %v, %d places", o.Code, contacts, len(o.Places))
		}
	}
	if members < 20 || len(zones) < 10 {
		t.Errorf("%d administrations in %d time zones", members, len(zones))
	}
	sides := map[string]int{}
	waiting := 0
	for _, m := range w.Operation(CodeActionIPR2).Membership {
		sides[m.Side]++
		if m.AcceptedAt.IsZero() {
			waiting++
		}
	}
	if sides[SideCoordination] != 2 || sides[SideRightHolder] != 2 || sides[SideObserver] != 1 || waiting != 1 {
		t.Errorf("sides %v, waiting %d", sides, waiting)
	}
	for _, m := range w.Operation(CodeHarbourLight).Membership {
		for _, other := range w.Operation(CodeActionIPR2).Membership {
			if m.Organisation == other.Organisation {
				t.Errorf("%s is a member of both", m.Organisation)
			}
		}
	}
}
