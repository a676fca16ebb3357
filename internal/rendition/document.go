package rendition

// Text is words in one language.
type Text struct {
	Words string `json:"words"`
	Lang  string `json:"lang"` // BCP 47: tells the direction, too
}

// Span is a part of a paragraph.
type Span struct {
	Words  string `json:"words"`
	Strong bool   `json:"strong,omitempty"`
	Em     bool   `json:"em,omitempty"`
	Code   bool   `json:"code,omitempty"`
}

// The kinds of blocks.
const (
	Heading   = "heading"   // Level 1 to 4
	Paragraph = "paragraph" // Spans
	List      = "list"      // Items; Ordered
	Quote     = "quote"     // Blocks
	TableKind = "table"
	Chart     = "chart" // a Table and how it is drawn
	Note      = "note"  // set apart: a dissent, what was suppressed, a caution
	Break     = "break" // a new page where there are pages
)

// Block is one piece of a document.
type Block struct {
	Kind    string   `json:"kind"`
	ID      string   `json:"id,omitempty"` // of a figure: anchors lead there
	Lang    string   `json:"lang,omitempty"`
	Level   int      `json:"level,omitempty"`
	Spans   []Span   `json:"spans,omitempty"`
	Items   [][]Span `json:"items,omitempty"`
	Ordered bool     `json:"ordered,omitempty"`
	Blocks  []Block  `json:"blocks,omitempty"`
	Table   *Table   `json:"table,omitempty"`
	Draw    string   `json:"draw,omitempty"` // of a chart: "bars" or "line"
}

// Cell is one cell: what is read, and what is computed with.
type Cell struct {
	Text   string `json:"text"`             // as its reader's language prints it
	Number string `json:"number,omitempty"` // decimal; empty: no number
	Code   string `json:"code,omitempty"`   // of the value, in data files
	Hidden bool   `json:"hidden,omitempty"` // suppressed: Text says so, Number is empty
}

// Table is a table with a caption that states the finding.
type Table struct {
	ID      string   `json:"id"` // name of the data annex: "f1"
	Caption Text     `json:"caption"`
	Heads   []string `json:"heads"`
	Numeric []bool   `json:"numeric"` // by column
	Rows    [][]Cell `json:"rows"`
	Foot    []Cell   `json:"foot,omitempty"` // totals
	Notes   []Text   `json:"notes,omitempty"`
}

// Document is a whole document in one reader's language.
type Document struct {
	Title    string            `json:"title"`
	Lang     string            `json:"lang"`
	Handling string            `json:"handling,omitempty"` // the classification line, on every page
	About    []Cell            `json:"about,omitempty"`    // head: label and value in turn: operation, version, as of, edition
	Blocks   []Block           `json:"blocks"`
	Words    map[string]string `json:"-"` // fixed words that files need: "contents", "page", "table", "annex"
}
