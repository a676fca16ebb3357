package chapter

import _ "embed" // a file beside this one

// Operations are published results of earlier joint operations, each with its source,
// as facts. They are loaded to compare with.
//
//go:embed operations.json
var Operations []byte
