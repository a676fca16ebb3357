// Package analysispage is the room of the web door where people ask questions of an
// operation's cases: chips for what to group by, a filter with counts, one sentence
// that states the finding, a picture that equals its table and its file, a map of
// flows without any boundary, published figures beside one's own, and questions that
// are kept.
//
// page.go is the question and its answer, words.go says both, filter.go narrows,
// figure.go draws, file.go hands out, keep.go keeps, map.go is the map. Nothing is
// counted here: package analysis does.
package analysispage
