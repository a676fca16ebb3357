package publication

// Remark is something that wants a look before the report is frozen or goes out. It
// has codes, no sentences: report.remark.KIND says what it is.
type Remark struct {
	Kind         string
	Section      string // ID; empty: of no section
	Lang         string // of the text it is about
	At           int    // byte in that text
	Words        string // the place in the text, as typed; a figure's ID for RemarkFigure
	Organisation int64  // of a contribution or a clearance
}

// The kinds of remarks.
const (
	RemarkNumber       = "number"       // a number of cases or of goods that is no figure of the report
	RemarkPerson       = "person"       // looks like data of a person
	RemarkUndated      = "undated"      // a claim about "now", "to date" without a date
	RemarkPlaceholder  = "placeholder"  // names no figure; freezing is refused
	RemarkFigure       = "figure"       // a figure without a single case
	RemarkEmpty        = "empty"        // a chapter without text and figures
	RemarkUntranslated = "untranslated" // no text in the report's language, but in another
	RemarkMissing      = "missing"      // a contribution was asked for and is not there
	RemarkLate         = "late"         // and its day is over
	RemarkUncleared    = "uncleared"    // an administration has not answered on the newest version in time
)

// RemarkKinds lists them in the order in which they are shown.
func RemarkKinds() []string {
	return []string{RemarkPlaceholder, RemarkNumber, RemarkPerson, RemarkUndated, RemarkFigure, RemarkUntranslated, RemarkEmpty, RemarkLate, RemarkMissing, RemarkUncleared}
}
