package story

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/story/sheet"
)

// CodeLibrary is the code of the library of product sheets, which is an operation of
// its own kind.
const CodeLibrary = "library"

// Holder is a right holder as the library knows it.
type Holder struct {
	Organisation string
	Contact      string // login
	Application  string // id of what it showed of itself
	Extract      string // id of the file
	AppliedAt    time.Time
	VettedAt     time.Time
}

// Brand is a brand of a right holder.
type Brand struct {
	ID string
	At time.Time
	sheet.Brand
}

// Sheet is a product sheet.
type Sheet struct {
	ID     string
	Of     *Brand
	Author string // login
	At     time.Time
	Again  time.Time // when it was published a second time; zero: never
	sheet.Sheet
	Pictures [][2]string // ids of genuine and fake pictures, by pair; empty: there is none
	Covered  string      // id of the covert picture
	Marks    []SheetMark
}

// SheetMark is what an officer says of a sheet.
type SheetMark struct {
	ID, Author, Hat, Kind, Note string
	At                          time.Time
}

// Alert is an alert of the library.
type Alert struct {
	ID, Author, Hat string
	At              time.Time
	Of              *Brand // nil: of none in particular
	sheet.Alert
	Read []SheetMark // who acknowledged; kind and note are empty
}

// Contact is an entry of the directory.
type Contact struct {
	ID, Author string
	At         time.Time
	Of         *Brand
	sheet.Contact
}

// The steps of the library's life.
type (
	HolderApplied   struct{ Holder *Holder }
	HolderVetted    struct{ Holder *Holder }
	BrandRegistered struct{ Brand *Brand }
	SheetPublished  struct {
		Sheet *Sheet
		Again bool
	}
	SheetMarked struct {
		Sheet *Sheet
		Mark  SheetMark
	}
	AlertIssued struct{ Alert *Alert }
	AlertRead   struct{ Alert *Alert }
	ContactSet  struct{ Contact *Contact }
)

func (HolderApplied) rank() int   { return 30 }
func (HolderVetted) rank() int    { return 31 }
func (BrandRegistered) rank() int { return 32 }
func (SheetPublished) rank() int  { return 33 }
func (SheetMarked) rank() int     { return 34 }
func (AlertIssued) rank() int     { return 35 }
func (AlertRead) rank() int       { return 36 }
func (ContactSet) rank() int      { return 37 }

// shelfChapter keeps the ids of the library apart from all others.
const shelfChapter = 1 << 22

// of gives the brand of a holder by name, nil if it has none.
func (w *World) brandOf(holder, name string) *Brand {
	for _, b := range w.Brands {
		if b.Holder == holder && b.Name == name {
			return b
		}
	}
	return nil
}

// shelf opens the library and fills it.
func (b *builder) shelf(seed uint64) {
	b.begin(seed, shelfChapter)
	o := productLibrary()
	o.ID = b.id(openings[o.Code].at)
	o.Membership = memberships(o, b.world.Organisations, b.first)
	b.world.Operations = append(b.world.Operations, o)
	for i, code := range []string{OrgHolder, OrgRival} {
		at := minute("2016-10-06T06:00").Add(time.Duration(i) * time.Hour)
		b.world.Holders = append(b.world.Holders, &Holder{Organisation: code, Contact: b.first[code], Application: b.id(at), Extract: b.id(at),
			AppliedAt: at, VettedAt: at.Add(5 * time.Hour)})
	}
	for i, s := range sheet.Brands {
		at := minute("2016-10-06T14:00").Add(time.Duration(i) * time.Minute)
		b.world.Brands = append(b.world.Brands, &Brand{ID: b.id(at), At: at, Brand: s})
	}
	for _, s := range sheet.Shelf {
		b.sheet(s)
	}
	b.alerts()
	for i, c := range sheet.Contacts {
		at := minute("2016-10-07T05:00").Add(time.Duration(i) * time.Minute)
		b.world.Contacts = append(b.world.Contacts, &Contact{ID: b.id(at), Author: b.first[c.Holder], At: at, Of: b.world.brandOf(c.Holder, c.Brand), Contact: c})
	}
	b.questions()
}

func (b *builder) sheet(s sheet.Sheet) {
	at := minute(s.Published)
	made := &Sheet{ID: b.id(at), Of: b.world.brandOf(s.Holder, s.Brand), Author: b.first[s.Holder], At: at, Sheet: s}
	for _, p := range s.Pairs {
		ids := [2]string{b.id(at)}
		if !p.GenuineOnly {
			ids[1] = b.id(at)
		}
		made.Pictures = append(made.Pictures, ids)
	}
	if s.CovertPair != nil {
		made.Covered = b.id(at)
	}
	if s.Revised != "" {
		made.Again = minute(s.Revised)
	}
	readers := b.readers()
	for i, note := range s.Misled {
		when := minute("2017-02-08T03:00").Add(time.Duration(i) * 27 * time.Hour)
		who := readers[(i*3+len(s.Name["en"]))%len(readers)]
		made.Marks = append(made.Marks, SheetMark{b.id(when), b.first[who], who, "misleading", note, when})
	}
	if len(s.Misled) == 0 && s.Countries == nil {
		for i := range len(s.Features) % 4 {
			when := minute("2017-02-07T02:00").Add(time.Duration(i*31) * time.Hour)
			who := readers[(i*5+len(s.Name["en"]))%len(readers)]
			made.Marks = append(made.Marks, SheetMark{b.id(when), b.first[who], who, "helped", "", when})
		}
	}
	b.world.Sheets = append(b.world.Sheets, made)
}

// readers are administrations of the library, by code.
func (b *builder) readers() []string {
	var out []string
	for _, m := range b.world.Operation(CodeLibrary).Membership {
		if m.Side == SideEnforcement && !m.AcceptedAt.IsZero() {
			out = append(out, m.Organisation)
		}
	}
	return out
}

func (b *builder) alerts() {
	readers := b.readers()
	for i, a := range sheet.Alerts {
		at := minute(a.At)
		made := &Alert{ID: b.id(at), Author: b.first[a.Holder], Hat: a.Holder, At: at, Alert: a, Of: b.world.brandOf(a.Holder, a.Brand)}
		if a.Holder == OrgRILO {
			made.Author = "coordinator"
		}
		for n, who := range readers {
			if a.Countries == nil && (n+i)%3 > 0 && n > 0 {
				made.Read = append(made.Read, SheetMark{Author: b.first[who], Hat: who, At: at.Add(time.Duration(n) * 47 * time.Minute)})
			}
		}
		b.world.Alerts = append(b.world.Alerts, made)
	}
}

// tellShelf tells what the library holds.
func (w *World) tellShelf(tell func(time.Time, string, string, Step)) {
	for _, h := range w.Holders {
		tell(h.AppliedAt, h.Contact, h.Organisation, HolderApplied{h})
		tell(h.VettedAt, "director", OrgWCO, HolderVetted{h})
	}
	first := map[string]string{}
	for _, h := range w.Holders {
		first[h.Organisation] = h.Contact
	}
	for _, b := range w.Brands {
		tell(b.At, first[b.Holder], b.Holder, BrandRegistered{b})
	}
	for _, s := range w.Sheets {
		tell(s.At, s.Author, s.Holder, SheetPublished{s, false})
		if !s.Again.IsZero() {
			tell(s.Again, s.Author, s.Holder, SheetPublished{s, true})
		}
		for _, m := range s.Marks {
			tell(m.At, m.Author, m.Hat, SheetMarked{s, m})
		}
	}
	for _, a := range w.Alerts {
		tell(a.At, a.Author, a.Hat, AlertIssued{a})
		for _, r := range a.Read {
			tell(r.At, r.Author, r.Hat, AlertRead{a})
		}
	}
	for _, c := range w.Contacts {
		tell(c.At, c.Author, c.Holder, ContactSet{c})
	}
}

// productLibrary is the operation in which right holders' information stands.
func productLibrary() *Operation {
	return &Operation{Code: CodeLibrary, Kind: "library", Sponsor: OrgWCO, Directing: []string{OrgWCO, OrgRILO},
		Name:     Text{"en": "Library of product sheets", "fr": "Bibliothèque de fiches produits", "ar": "مكتبة بطاقات المنتجات"},
		Purpose:  Text{"en": "What right holders tell customs so that officers see the fake.", "fr": "Ce que les titulaires de droits disent à la douane pour que les agents reconnaissent le faux.", "ar": "ما يبلّغه أصحاب الحقوق للجمارك كي يميّز الموظفون المقلد."},
		Region:   Text{"en": "Any", "fr": "Toutes", "ar": "جميع المناطق"},
		Phases:   []Phase{{PhaseOperational, "2016-10-01", "2026-12-31"}},
		Counting: CountingRule{NotCounted: reasons, Duplicates: DuplicatesOnce},
		Handling: handling, Languages: []string{"en", "fr"}}
}
