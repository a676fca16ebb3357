package story

import (
	"sort"
	"strings"
)

// Kinds of organisation.
const (
	KindSecretariat    = "secretariat"
	KindRILO           = "rilo"
	KindAdministration = "customs"
	KindRightHolder    = "right-holder"
	KindObserver       = "observer"
)

// Who lets a record leave an administration.
const (
	ReleaseOfficer      = "officer"       // reporting releases
	ReleaseContactPoint = "contact-point" // the contact point, or the duty officer
	ReleaseTimed        = "timed"         // the contact point, else by itself after some hours
)

// Kinds of place.
const (
	PlaceAirport    = "airport"
	PlaceSeaport    = "seaport"
	PlaceMailCentre = "mail-centre"
	PlaceExpressHub = "express-hub"
	PlaceLandPost   = "land-post"
)

// Codes of organisations that are not administrations; an administration's
// code is its country's.
const (
	OrgWCO       = "WCO"
	OrgRILO      = "RILO-AP"
	OrgHolder    = "ORVANELLE"
	OrgRival     = "QUENBROOK"
	OrgObserver  = "BLTF"
	OrgElsewhere = "SRCC" // directs Harbour Light
	HostOfRILO   = "XM"
)

// Country is a country or area of the story: code user-assigned under ISO 3166.
type Country struct {
	Code string
	Name Text // en, fr, ar and its own language
}

// Place is where an administration works. Code looks like a UN/LOCODE.
type Place struct {
	Code    string
	Country string
	Kind    string
	Name    Text // en and the administration's language
}

// Organisation is a body whose people take part.
type Organisation struct {
	Code         string
	Kind         string
	Country      string // "" unless an administration
	Language     string
	Zone         string // IANA time zone
	Name         Text
	Places       []Place
	Release      string
	ReleaseAfter int      // hours; only for ReleaseTimed
	Brands       []string // only of a right holder
}

// PlaceOf gives the organisation's place of a kind.
func (o *Organisation) PlaceOf(kind string) Place {
	for _, p := range o.Places {
		if p.Kind == kind {
			return p
		}
	}
	return Place{}
}

type placeKind struct {
	kind, letters string
	town          int // index into the towns
	name          words
}

// %s is the town.
var placeKinds = []placeKind{
	{PlaceAirport, "AP", 0, words{"%s Airport", "Aéroport de %s", "مطار %s", "Aeropuerto de %s", "%s机场", "%s空港", "ท่าอากาศยาน%s", "Aeroporto de %s", "%s 공항", "Аэропорт %s"}},
	{PlaceSeaport, "SP", 1, words{"%s Harbour", "Port de commerce, %s", "المرفأ البحري، %s", "Muelle comercial, %s", "%s港区", "%s港", "ท่าเรือ%s", "Cais comercial, %s", "%s 항", "Порт %s"}},
	{PlaceMailCentre, "MC", 0, words{"%s International Mail Centre", "Centre de courrier international, %s", "مركز البريد الدولي، %s", "Centro de correo internacional, %s", "%s国际邮件处理中心", "%s国際郵便局", "ศูนย์ไปรษณีย์ระหว่างประเทศ%s", "Centro de correio internacional, %s", "%s 국제우편센터", "Место международного почтового обмена %s"}},
	{PlaceExpressHub, "EX", 0, words{"%s Express Hub", "Plateforme de fret express, %s", "مركز الشحن السريع، %s", "Centro de envíos urgentes, %s", "%s快件中心", "%s国際宅配便センター", "ศูนย์สินค้าเร่งด่วน%s", "Centro de remessas expresso, %s", "%s 특송물류센터", "Центр экспресс-грузов %s"}},
	{PlaceLandPost, "LP", 2, words{"%s Border Post", "Bureau frontière, %s", "المنفذ البري، %s", "Puesto fronterizo, %s", "%s口岸", "%s税関支署", "ด่านพรมแดน%s", "Posto fronteiriço, %s", "%s 국경검문소", "Пункт пропуска %s"}},
}

func (r administrationRow) organisation() *Organisation {
	o := &Organisation{Code: r.code, Kind: KindAdministration, Country: r.code, Language: r.language, Zone: r.zone,
		Name: Text{"en": r.customs[0]}, Release: r.release, ReleaseAfter: r.after}
	if r.language != "en" {
		o.Name[r.language] = r.customs[1]
	}
	for _, k := range placeKinds {
		p := Place{Code: r.code + string(rune('A'+k.town)) + k.letters, Country: r.code, Kind: k.kind,
			Name: Text{"en": strings.Replace(k.name.in("en"), "%s", r.towns[k.town][0], 1)}}
		if r.language != "en" {
			p.Name[r.language] = strings.Replace(k.name.in(r.language), "%s", r.towns[k.town][1], 1)
		}
		o.Places = append(o.Places, p)
	}
	return o
}

func (r administrationRow) country() Country {
	c := Country{Code: r.code, Name: Text{"en": r.name[0], "fr": r.name[1], "ar": r.name[2]}}
	c.Name[r.language] = r.ownName
	return c
}

func allRows() []administrationRow {
	return append(append([]administrationRow{}, administrationRows...), waitingRow, strangerRow)
}

func countries() []Country {
	var out []Country
	for _, r := range allRows() {
		out = append(out, r.country())
	}
	out = append(out, elsewhereRows...)
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}

func organisations() []*Organisation {
	out := []*Organisation{
		{Code: OrgWCO, Kind: KindSecretariat, Language: "en", Zone: "Europe/Brussels",
			Name: Text{"en": "WCO Secretariat", "fr": "Secrétariat de l’OMD", "ar": "أمانة منظمة الجمارك العالمية"}},
		{Code: OrgRILO, Kind: KindRILO, Language: "en", Zone: "Asia/Seoul",
			Name: Text{"en": "RILO A/P", "fr": "BRLR Asie/Pacifique", "ar": "المكتب الإقليمي لتنسيق المعلومات، آسيا والمحيط الهادئ"}},
	}
	for _, r := range administrationRows {
		out = append(out, r.organisation())
	}
	return append(out, waitingRow.organisation(),
		&Organisation{Code: OrgHolder, Kind: KindRightHolder, Language: "fr", Zone: "Pacific/Noumea",
			Name:   Text{"en": "Orvanelle Laboratories", "fr": "Laboratoires Orvanelle", "ar": "مختبرات أورفانيل"},
			Brands: []string{"ORVANELLE", "ORVANELLE SOIE", "ZYLOTHRENE"}},
		&Organisation{Code: OrgRival, Kind: KindRightHolder, Language: "en", Zone: "Asia/Singapore",
			Name:   Text{"en": "Quenbrook Thale", "fr": "Quenbrook Thale", "ar": "كوينبروك ثيل"},
			Brands: []string{"QUENTHALE", "BROVENTYL", "LENSORVE"}},
		&Organisation{Code: OrgObserver, Kind: KindObserver, Language: "en", Zone: "Pacific/Auckland",
			Name: Text{"en": "Blue Latitude Trade Forum", "fr": "Forum commercial de la Latitude bleue", "ar": "منتدى خط العرض الأزرق للتجارة"}},
		strangerRow.organisation(),
		&Organisation{Code: OrgElsewhere, Kind: KindSecretariat, Language: "en", Zone: "Pacific/Apia",
			Name: Text{"en": "Southern Reach Customs Conference", "fr": "Conférence douanière du Grand Sud bleu", "ar": "مؤتمر جمارك المدى الجنوبي"}})
}
