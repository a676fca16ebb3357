package door

// Description is the door for other systems as a page shows it.
type Description struct {
	Calls   []Call
	Objects []Object
}

// Call is one route of that door.
type Call struct {
	Name, Method, Path string
	Summary            string // in the reader's language
	Command            string // permission; empty: public
	Params             []Param
	Takes, Gives       string // names of objects; empty: none
	Answers            []Answer
}

// Param is a parameter of a call.
type Param struct {
	Name, In, Text string
	Required       bool
}

// Answer is one status that a call may have.
type Answer struct {
	Status, Text string
}

// Object is what travels.
type Object struct {
	Name   string
	Fields []Member
}

// Member is a field of an object. Of names the object that it holds, if it does.
type Member struct {
	Name, Kind, Of string
	Required       bool
	Codes          []string
}
