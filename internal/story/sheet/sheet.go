// Package sheet is what the story's library of products holds, as plain data: the
// sheets of two right holders, their brands, alerts, contacts, and the questions that
// customs asked them. Its pictures are drawn when they are asked for, the same every
// time, so that a demonstration needs no files beside the binary. Marks, firms and
// goods are invented; numbers of goods are of GS1's range for examples.
package sheet

// Text is a text by its language. English is always there.
type Text map[string]string

// Sheet tells how genuine goods are known.
type Sheet struct {
	Holder      string // code of the right holder
	Brand       string
	Name        Text
	Category    string
	HS          []string
	GTINs       []string
	Model       string
	Description Text
	Packaging   Text
	Handling    Text
	Danger      Text
	Features    []Feature
	Pairs       []Pair
	Routes      [][4]string // from, via, to, conveyance
	Traders     [][4]string // role, name, country, "yes" or "no": authorised
	Covert      []Feature   // spots are on CovertPair
	CovertPair  *Pair
	Valid       string   // day
	Published   string   // 2006-01-02T15:04 UTC
	Countries   []string // nil: all of customs
	Revised     string   // when a second version was published; empty: none was
	RevisedNote string
	Misled      []string // what customs wrote when it misled them; three: it is stale
}

// Feature is something by which genuine and fake are told apart.
type Feature struct {
	Title, Genuine, Fake Text
	Spots                []Spot
}

// Spot is a place on a pair of pictures, in thousandths of width and height.
type Spot struct {
	Pair          int // from 1
	Genuine, Fake [2]int
	Diameter      int // thousandths of the width
}

// Pair is a picture of a genuine thing, and of a fake one.
type Pair struct {
	Caption     Text
	Draw        func(fake bool) []byte // a JPEG
	GenuineOnly bool
}

// Brand is a name on goods with what protects it.
type Brand struct {
	Holder, Name string
	Also         []string
	Categories   []string
	Rights       []Right
}

// Right is a registered right.
type Right struct {
	Kind, Number string
	Classes      []int
	Countries    []string
	Since, Until string
}

// Alert asks customs to look at something.
type Alert struct {
	Holder      string // or the regional office
	Brand       string
	Kind, Level string
	Title       string
	Look, Do    string
	Language    string
	Countries   []string
	At, Until   string
}

// Contact is a desk that customs can ask.
type Contact struct {
	Holder, Brand        string
	Countries, Languages []string
	Desk, Email, Phone   string
}

// Question is what customs asked a right holder, and the answer.
type Question struct {
	Holder, Brand      string
	Fields             []string
	Question, Language string
	Verdict, Reasons   string // empty: not answered
	AnswerLanguage     string
	AfterHours         int    // from the question to the answer
	Legal              string // what it does in law: "agrees" to destruction, "sues"; empty: it says nothing
}

// Shelf are the sheets.
var Shelf = append(append([]Sheet{}, orvanelle...), quenbrook...)

// spot is at the same place on both pictures of a pair.
func spot(pair, x, y, diameter int) Spot {
	return Spot{pair, [2]int{x, y}, [2]int{x, y}, diameter}
}

// apart is at two places.
func apart(pair, x, y, fx, fy, diameter int) Spot {
	return Spot{pair, [2]int{x, y}, [2]int{fx, fy}, diameter}
}
