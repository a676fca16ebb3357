package training

// Workshop is one of the two. Moments are UTC, hours of sessions local.
type Workshop struct {
	Key, Kind, Title, Aim string
	Languages             []string
	Sponsor               string // code of an organisation
	Place, Country, Zone  string
	Address               string
	Starts, Ends          string
	NominateBy            string
	PlannedAt, CalledAt   string // 2006-01-02T15:04
	Places                int    // of each administration
	HolderPlaces          int    // of each right holder
	Sessions              []Session
}

// Session is one item of an agenda.
type Session struct {
	Starts, Ends, Title, About, Room string
	Speakers                         []Speaker
}

// Speaker is who holds a session; Login is empty for somebody without an account.
type Speaker struct{ Name, Login, Organisation, Function string }

// The keys of the workshops.
const (
	TrainTheTrainer = "ttt"
	FollowUp        = "follow-up"
)

// Workshops are the two that were held.
var Workshops = []Workshop{
	{
		Key: TrainTheTrainer, Kind: "train-the-trainer", Title: "Train-the-Trainer workshop",
		Aim:       "Officers who will train others at home learn how the operation works, how cases and warnings are reported, and how to tell genuine goods from fake ones.",
		Languages: []string{"en", "fr"}, Sponsor: "WCO", Place: "Customs Training Institute, Seorim", Country: "XM", Zone: "Asia/Seoul",
		Starts: "2016-12-12", Ends: "2016-12-14", NominateBy: "2016-12-02", PlannedAt: "2016-11-14T08:00", CalledAt: "2016-11-15T06:00", Places: 2, HolderPlaces: 1,
		Sessions: []Session{
			{"2016-12-12T09:00", "2016-12-12T10:30", "Opening: scope, dates, counting rule", "What counts, from which day, in which unit; who answers for what.", "Hall A",
				[]Speaker{{"Maren Holtegaard-Vey", "director", "WCO", "coordinator"}}},
			{"2016-12-12T11:00", "2016-12-12T12:30", "How to report: cases, nil reports, warnings", "The short form in the shed, the long form afterwards; what a warning needs to be answered.", "Hall A",
				[]Speaker{{"Hana Ryuseki", "coordinator", "RILO-AP", "coordinator"}}},
			{"2016-12-12T14:00", "2016-12-12T16:30", "Risk indicators in mail, express and freight", "Indicators of the first Action IPR A/P, with two cases of each group.", "Hall A",
				[]Speaker{{"Juwon Byeolsan", "analyst", "RILO-AP", "official"}}},
			{"2016-12-13T09:00", "2016-12-13T10:30", "Reconnaître les produits ORVANELLE", "Sachets, étuis, sceaux et numéros de lot : pièces authentiques et contrefaites en main.", "Room 2",
				[]Speaker{{"Solène Marchavoine", "right-holder", "ORVANELLE", "right-holder"}}},
			{"2016-12-13T11:00", "2016-12-13T12:30", "BROVENTYL and LENSORVE: checks that need no tool", "Blister, batch, leaflet; contact lenses without sterile packing.", "Room 2",
				[]Speaker{{"Gideon Farrowmist", "rival-right-holder", "QUENBROOK", "right-holder"}}},
			{"2016-12-13T14:00", "2016-12-13T17:00", "Product identification: lessons in small groups", "Each group takes the lessons on its own phones; questions go to the experts.", "Rooms 2 and 3",
				[]Speaker{{"Ines Castravalle", "trainer", "WCO", "expert"}}},
			{"2016-12-14T09:00", "2016-12-14T12:00", "Practice cases on the real screens", "Six tasks in the practice operation: a parcel, a container, a warning, a day without cases.", "Hall A",
				[]Speaker{{"Ines Castravalle", "trainer", "WCO", "expert"}, {"Owen Tallisker", "rilo.duty", "RILO-AP", "coordinator"}}},
			{"2016-12-14T14:00", "2016-12-14T16:30", "National plans: whom we train at home", "Each administration says which posts it reaches before the operation begins.", "Hall A",
				[]Speaker{{"Ines Castravalle", "trainer", "WCO", "expert"}}},
		},
	},
	{
		Key: FollowUp, Kind: "follow-up", Title: "Follow-up workshop",
		Aim:       "Members and right holders look at the results together, correct what is to be corrected, and agree on what the next operation does better.",
		Languages: []string{"en", "fr"}, Sponsor: "WCO", Place: "Royal Customs Academy, Kota Senandi", Country: "QM", Zone: "Asia/Kuala_Lumpur",
		Address: "https://meeting.example/action-ipr-ap-2", Starts: "2017-03-21", Ends: "2017-03-23", NominateBy: "2017-03-15", PlannedAt: "2017-03-06T09:00", CalledAt: "2017-03-06T10:00", Places: 2, HolderPlaces: 1,
		Sessions: []Session{
			{"2017-03-21T09:30", "2017-03-21T11:00", "Results of the 19 days", "Totals, categories, routes; what the figures do not show.", "Auditorium",
				[]Speaker{{"Hana Ryuseki", "coordinator", "RILO-AP", "coordinator"}}},
			{"2017-03-21T11:30", "2017-03-21T12:30", "Ce que sont devenues les marchandises ORVANELLE", "Réponses données, suites judiciaires, mise à jour des fiches.", "Auditorium",
				[]Speaker{{"Solène Marchavoine", "right-holder", "ORVANELLE", "right-holder"}}},
			{"2017-03-21T14:00", "2017-03-21T15:30", "What became of the medicines that were held", "Answers given, time they took, what officers could not see on the blister.", "Auditorium",
				[]Speaker{{"Gideon Farrowmist", "rival-right-holder", "QUENBROOK", "right-holder"}}},
			{"2017-03-22T09:30", "2017-03-22T12:30", "Two cases of each member", "Short presentations without names of persons.", "Rooms 1 to 4",
				[]Speaker{{"Owen Tallisker", "rilo.duty", "RILO-AP", "coordinator"}}},
			{"2017-03-22T14:00", "2017-03-22T16:30", "Training at home: whom it reached, what was reported since", "Courses by country and post, beside the reports of the operation.", "Auditorium",
				[]Speaker{{"Ines Castravalle", "trainer", "WCO", "expert"}}},
			{"2017-03-23T09:30", "2017-03-23T12:00", "Lessons for the next operation", "What is to be done otherwise, by whom and by when.", "Auditorium",
				[]Speaker{{"Maren Holtegaard-Vey", "director", "WCO", "coordinator"}}},
		},
	},
}
