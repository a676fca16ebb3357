package codelist

import "slices"

// List is one code list. The zero List is empty.
type List struct {
	name  string
	codes []string
	index map[string]int
}

func newList(name string, codes ...string) List {
	l := List{name: name, codes: codes, index: make(map[string]int, len(codes))}
	for i, code := range codes {
		l.index[code] = i
	}
	if len(l.index) != len(codes) {
		panic("codelist: " + name + " holds a code twice")
	}
	return l
}

// Name is the list's name, the middle part of its labels' keys.
func (l List) Name() string { return l.name }

// Codes lists the codes in display order. The slice is the caller's own.
func (l List) Codes() []string { return slices.Clone(l.codes) }

// Len is the number of codes.
func (l List) Len() int { return len(l.codes) }

// Has tells whether the list holds the code, exactly as written.
func (l List) Has(code string) bool {
	_, ok := l.index[code]
	return ok
}

// Index is the code's place in display order, or -1.
func (l List) Index(code string) int {
	if i, ok := l.index[code]; ok {
		return i
	}
	return -1
}

// Key is the catalogue key of a code's label.
func (l List) Key(code string) string { return "code." + l.name + "." + code }
