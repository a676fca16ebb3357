package publication

import (
	"time"

	"github.com/tidewaiter/tidewaiter/internal/analysis"
)

// The editions that a section may stand in.
const (
	Enforcement = "enforcement" // administrations and coordination
	Holder      = "holder"      // right holders: each its own
	Public      = "public"
)

// Figure is a question placed in a section. Its words are content: by language.
type Figure struct {
	ID       string            `json:"id"`              // in the report: "f1"; texts name it {{f1}}, {{f1.cases}}, {{f1.H87}}
	Title    map[string]string `json:"title,omitempty"` // empty: made from the question
	Question analysis.Question `json:"question"`
	Show     string            `json:"show"` // ShowNumber, ShowTable, ShowBars, ShowLine
}

// How a figure is shown.
const (
	ShowNumber = "number" // its cases and totals in one sentence
	ShowTable  = "table"
	ShowBars   = "bars"
	ShowLine   = "line"
)

// Section is one chapter of the report. Its heading comes from the catalogue
// (report.section.KIND) unless Title says otherwise.
type Section struct {
	ID       string            `json:"id"`   // stays when sections are moved
	Kind     string            `json:"kind"` // of Outline; "own" has a Title
	Title    map[string]string `json:"title,omitempty"`
	Texts    map[string]string `json:"texts,omitempty"` // Markdown subset by language
	Figures  []Figure          `json:"figures,omitempty"`
	Editions []string          `json:"editions"` // that hold it
}

// Basis is one case behind a version, as it stood then.
type Basis struct {
	Seq          int64  `json:"seq"`     // of the case
	Version      int64  `json:"version"` // of the case
	Reference    string `json:"reference"`
	Organisation int64  `json:"organisation"` // that reported it
	Class        string `json:"class"`        // counted, or why not
	State        string `json:"state"`        // of the case
	DuplicateOf  int64  `json:"duplicate_of,omitempty"`
}

// Contribution is what an administration says for the report.
type Contribution struct {
	Organisation int64     `json:"organisation"`
	Language     string    `json:"language"`
	Challenges   string    `json:"challenges,omitempty"`
	Lessons      string    `json:"lessons,omitempty"`
	Interest     string    `json:"interest,omitempty"` // cases of interest, in words
	Cases        []string  `json:"cases,omitempty"`    // their references
	Done         bool      `json:"done"`               // handed in; otherwise a draft that only its organisation reads
	Author       string    `json:"author"`
	At           time.Time `json:"at"`
	Edit         int64     `json:"edit"` // grows with every change
}

// Version is a frozen report: everything that its editions are made of. It is the
// content of the entry that froze it.
type Version struct {
	Number        int64                      `json:"number"`   // 1, 2, ... in the operation
	Seq           int64                      `json:"-"`        // index of the entry that froze it
	AsOf          int64                      `json:"as_of"`    // journal index whose cases were counted
	At            time.Time                  `json:"at"`       //
	Author        string                     `json:"author"`   //
	Note          string                     `json:"note"`     // why: what was corrected
	Language      string                     `json:"language"` // of the report; texts may have others
	Sections      []Section                  `json:"sections"`
	Answers       map[string]analysis.Answer `json:"answers"`                 // by figure
	Official      analysis.Answer            `json:"official"`                // of all that counts: the figure of figures (ByAll)
	Classes       analysis.Answer            `json:"classes"`                 // ByClass of all cases: counted, not counted, why
	Contributions []Contribution             `json:"contributions,omitempty"` // those handed in
	Basis         []Basis                    `json:"basis"`                   // every case that coordination read, counted or not
	Changes       []Change                   `json:"changes,omitempty"`       // against the version before
	ClearBy       string                     `json:"clear_by,omitempty"`      // local day by which administrations answer
}

// Change is what one version says otherwise than the one before.
type Change struct {
	Kind    string `json:"kind"`             // ChangedCase, ChangedFigure, ChangedText
	Subject string `json:"subject"`          // a case's reference; a figure's or section's id; an organisation's number
	Value   string `json:"value,omitempty"`  // what of it: see the kinds
	Before  string `json:"before,omitempty"` // empty: was not there
	After   string `json:"after,omitempty"`
}

// The kinds of changes, and what Value says of each.
const (
	// ChangedCase: a unit (decimals before and after); a dimension of package analysis
	// (its values, joined by a comma; "class" among them); a dimension, value and unit
	// joined by "|" where only lines moved; empty for a case that came or went (class).
	ChangedCase = "case"
	// ChangedFigure: a group's value, split and unit joined by "|", unit empty for cases;
	// "||UNIT" and "||" are the whole figure's. ChangedQuestion: it asks something else.
	ChangedFigure = "figure"
	// ChangedText: the language; "title.LANG"; "editions". Characters before and after.
	ChangedText = "text"
	// ChangedContribution: an administration's, by its number. Characters.
	ChangedContribution = "contribution"
)

// ChangedQuestion is the Value of a figure whose question is another one.
const ChangedQuestion = "question"

// Clearance is an administration's word on a version. The newest stands.
type Clearance struct {
	Seq          int64     `json:"-"`      // index of the entry that said it
	Number       int64     `json:"number"` // of the version
	Organisation int64     `json:"organisation"`
	State        string    `json:"state"`           // Cleared, Dissents, Embargoes
	Until        string    `json:"until,omitempty"` // of an embargo: the local day on which it ends
	Words        string    `json:"words,omitempty"` // the dissent, printed in the edition for enforcement
	Language     string    `json:"language,omitempty"`
	Author       string    `json:"author"`
	At           time.Time `json:"at"`
}

// What an administration may say of a version.
const (
	Cleared   = "cleared"
	Dissents  = "dissents"
	Embargoes = "embargoes"
)
