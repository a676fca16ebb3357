package goods

// Coded is a value that has a code list. Typed keeps what stood on the paper or
// in the sheet when no code fits; one of the two may be empty, both empty means
// not stated.
type Coded struct {
	Code  string `json:"code,omitempty"`
	Typed string `json:"typed,omitempty"`
}

// Stated tells whether anything was said at all.
func (c Coded) Stated() bool { return c.Code != "" || c.Typed != "" }

// Quantity is a number and a unit: millionths (at most six decimals, above zero;
// a case stays below MaxQuantity in each unit) and a code of UN/CEFACT
// Recommendation 20. Units are never converted into each other or added together.
type Quantity struct {
	Micro int64  `json:"micro,string"`
	Unit  string `json:"unit"`
	Basis string `json:"basis,omitempty"` // codelist.QuantityBasis: counted, weighed, estimated, as declared; empty: not stated
}

// Value is an amount of money: millionths of a currency (ISO 4217) and what the
// amount means (codelist.ValueBasis). The zero Value is none.
type Value struct {
	Micro    int64  `json:"micro,string,omitempty"`
	Currency string `json:"currency,omitempty"`
	Basis    string `json:"basis,omitempty"`
}

// Stated tells whether a value was given.
func (v Value) Stated() bool { return v != Value{} }

// Declared is what the papers called a line of goods.
type Declared struct {
	Description string   `json:"description,omitempty"`
	HS          string   `json:"hs,omitempty"` // 2, 4 or 6 digits
	Quantity    Quantity `json:"quantity,omitzero"`
	Value       Value    `json:"value,omitzero"` // without a basis: it is the declared value
}

// Stated tells whether anything is known of the papers.
func (d Declared) Stated() bool { return d != Declared{} }

// Line is one line of goods. A line may be measured in several units (12 kg,
// 3 pieces), each at most once; none at all means that no quantity was stated.
type Line struct {
	Category    string     `json:"category"`              // codelist.Category
	Sub         string     `json:"sub,omitempty"`         // the operation's sub-category, in its words
	Description string     `json:"description,omitempty"` // as found
	HS          string     `json:"hs,omitempty"`          // 2, 4 or 6 digits
	HSEdition   string     `json:"hs_edition,omitempty"`  // codelist.HSEdition
	GTIN        string     `json:"gtin,omitempty"`        // as on the package; a wrong check digit is told, never refused
	Batch       string     `json:"batch,omitempty"`       // serial, lot or batch number
	Brand       string     `json:"brand,omitempty"`       //
	Holder      string     `json:"holder,omitempty"`      // of the right
	Violations  []string   `json:"violations,omitempty"`  // codelist.Violation, each once, in the order of the list
	IPR         Coded      `json:"ipr,omitzero"`          // codelist.IPRType
	Right       string     `json:"right,omitempty"`       // number under which the right is registered
	Hazard      bool       `json:"hazard,omitempty"`      // a danger to health or safety
	Quantities  []Quantity `json:"quantities,omitempty"`  //
	Value       Value      `json:"value,omitzero"`        //
	Verdict     string     `json:"verdict,omitempty"`     // codelist.Verdict; suspected when empty
	By          string     `json:"verdict_by,omitempty"`  // codelist.VerdictBy: whose verdict it is
	Declared    Declared   `json:"declared,omitzero"`     // what the papers said instead
}

// Coded is what is left of a line whose words are erased: codes and figures.
func (l Line) Coded() Line {
	return Line{Category: l.Category, HS: l.HS, HSEdition: l.HSEdition, Violations: l.Violations, IPR: Coded{Code: l.IPR.Code}, Hazard: l.Hazard,
		Quantities: l.Quantities, Value: l.Value, Verdict: l.Verdict, By: l.By,
		Declared: Declared{HS: l.Declared.HS, Quantity: l.Declared.Quantity, Value: l.Declared.Value}}
}

// Words are a line's free texts, by which it is found.
func (l Line) Words() []string {
	return []string{l.Brand, l.Description, l.Category, l.HS, l.IPR.Typed, l.Sub, l.GTIN, l.Batch, l.Holder, l.Right, l.Declared.Description}
}
