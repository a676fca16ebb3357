// Package life is what of the story's warnings is not in their own table: what led
// to each, when and where its shipment comes, who acknowledged it and to which post
// it was assigned, whither the goods moved on. It is data, told by package story.
package life

// Life is what of a warning is not in its row.
type Life struct {
	Source  string // what led to it
	Place   string
	Zone    string // of the place
	Arrives int    // hours after it was sent; 0: not said
	Expires int    // hours after it was sent; 0: it holds on
	Urgent  bool
	Acts    []Act
	Moved   map[string]string // whither the goods moved on, by who says so
	Reason  map[string]string // why they were not checked
}

// Act is an acknowledgement, or with a post an assignment.
type Act struct {
	Organisation string
	After        int // hours
	Post         string
}

// Of gives the lives by the key of the warning.
var Of = map[string]Life{
	"w-mail-tablets": {Source: "targeting", Acts: []Act{{"XY", 2, ""}, {"XY", 3, "国际邮件互换局"}}},
	"w-cosmetics-sea": {Source: "risk-profile", Place: "Port Lemina", Zone: "Asia/Bangkok", Arrives: 10, Acts: []Act{{"XT", 3, ""}, {"XT", 4, "ท่าเรือหลัก"}, {"QM", 15, ""}},
		Moved: map[string]string{"XT": "QM"}},
	"w-parts-sea":         {Source: "risk-profile", Place: "Hanil Port", Zone: "Asia/Seoul", Arrives: 36, Acts: []Act{{"XM", 5, ""}}},
	"w-phones-express":    {Source: "targeting", Acts: []Act{{"QN", 1, ""}}},
	"w-bags-mail":         {Source: "earlier-case"},
	"w-food-sea":          {Source: "risk-profile", Arrives: 40, Place: "Chalong", Zone: "Asia/Bangkok", Urgent: true, Acts: []Act{{"XT", 2, ""}}},
	"w-toys-sea":          {Source: "partner", Acts: []Act{{"XJ", 4, ""}}},
	"w-food-air":          {Source: "risk-profile", Acts: []Act{{"XB", 3, ""}}},
	"w-parts-road":        {Source: "intelligence", Reason: map[string]string{"XD": "too-late"}},
	"w-cosmetics-mail":    {Source: "targeting"},
	"w-medicine-air":      {Source: "intelligence", Urgent: true, Acts: []Act{{"QP", 2, ""}}, Moved: map[string]string{"QP": "QM"}},
	"w-lamps-sea":         {Source: "risk-profile"},
	"w-tobacco-sea":       {Source: "intelligence", Acts: []Act{{"XQ", 2, ""}, {"XQ", 3, "Vigilancia portuaria"}}},
	"w-drinks-sea":        {Source: "right-holder", Expires: 96},
	"w-malaria-mail":      {Source: "open-source", Urgent: true, Acts: []Act{{"XG", 6, ""}}},
	"w-soap-mail":         {Source: "targeting"},
	"w-lenses-express":    {Source: "partner"},
	"w-bearings-road":     {Source: "risk-profile", Acts: []Act{{"QR", 4, ""}}},
	"w-cases-air":         {Source: "earlier-case", Arrives: 60, Place: "Bai Tan", Zone: "Asia/Shanghai"},
	"w-watches-passenger": {Source: "intelligence", Acts: []Act{{"XA", 3, ""}}},
}
