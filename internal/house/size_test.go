package house_test

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"
)

const (
	maxFile     = 400
	maxFunction = 60
	maxHandler  = 25
	maxPackage  = 2500
)

func TestFilesStaySmall(t *testing.T) {
	w := newWall(t, "split the file by what people talk about", fileExceptions)
	for _, s := range parsed(t) {
		if !s.generated && s.lines > maxFile {
			w.broken(s.path, "%d lines, at most %d", s.lines, maxFile)
		}
	}
}

func TestPackagesStaySmall(t *testing.T) {
	w := newWall(t, "split the package by what people talk about, never by layer", packageExceptions)
	lines := map[string]int{}
	for _, s := range parsed(t) {
		if !s.generated && !s.test {
			lines[s.dir] += s.lines
		}
	}
	for dir, n := range lines {
		if n > maxPackage {
			w.broken(dir, "%d lines, at most %d (tests and generated files apart)", n, maxPackage)
		}
	}
}

func TestFunctionsStaySmall(t *testing.T) {
	w := newWall(t, "give a part of it a name of its own; a handler decodes, calls one command and shows its answer", functionExceptions)
	eachFunction(t, func(s source, f *ast.FuncDecl) {
		if f.Body == nil {
			return
		}
		n := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1
		door := strings.HasPrefix(s.room(), "web") || s.room() == "api"
		switch {
		case door && isHandler(f) && n > maxHandler:
			w.broken(functionName(s, f), "a handler of %d lines, at most %d", n, maxHandler)
		case n > maxFunction:
			w.broken(functionName(s, f), "%d lines, at most %d", n, maxFunction)
		}
	})
}

// TestFirstParameterTellsTheRoom: a row function begins with its unit of work
// and takes no context; a command says who after its context.
func TestFirstParameterTellsTheRoom(t *testing.T) {
	w := newWall(t, `the first parameter is "tx *db.Tx" (rows), "ctx, who access.Actor" (command, query) or "w, r" (door): never a mixture`, parameterExceptions)
	eachFunction(t, func(s source, f *ast.FuncDecl) {
		var kinds []string
		for _, p := range f.Type.Params.List {
			for range max(1, len(p.Names)) {
				kinds = append(kinds, types.ExprString(p.Type))
			}
		}
		for i, k := range kinds {
			place := functionName(s, f)
			switch {
			case k == "*db.Tx" && i != 0:
				w.broken(place, "a unit of work is the first parameter")
			case k == "context.Context" && kinds[0] == "*db.Tx":
				w.broken(place, "a function of a unit of work takes no context: one that ends inside would roll back its neighbours")
			case k == "access.Actor" && i == 1 && kinds[0] != "context.Context" && kinds[0] != "*db.Tx" && kinds[0] != "http.ResponseWriter":
				w.broken(place, "a command begins with ctx, who")
			}
		}
	})
}

// eachFunction calls f with every function that people wrote, tests apart.
func eachFunction(t *testing.T, f func(s source, f *ast.FuncDecl)) {
	t.Helper()
	for _, s := range parsed(t) {
		if s.test || s.generated {
			continue
		}
		for _, d := range s.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				f(s, fn)
			}
		}
	}
}

// functionName is "internal/seizure/store.go:Store.Report".
func functionName(s source, f *ast.FuncDecl) string {
	name := f.Name.Name
	if f.Recv != nil && len(f.Recv.List) > 0 {
		name = strings.TrimPrefix(types.ExprString(f.Recv.List[0].Type), "*") + "." + name
	}
	return s.path + ":" + name
}

// isHandler tells whether a function is a door.
func isHandler(f *ast.FuncDecl) bool {
	var w, r bool
	for _, p := range f.Type.Params.List {
		switch types.ExprString(p.Type) {
		case "http.ResponseWriter":
			w = true
		case "*http.Request":
			r = true
		}
	}
	return w && r
}
