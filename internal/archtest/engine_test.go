package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// clockFuncs are the functions of package time that ask or wait for the clock.
var clockFuncs = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep"}

// The engine is a pure function: the same facts give the same report, at any
// time and however many computations run at once.
func TestEnginePure(t *testing.T) {
	t.Parallel()
	for _, p := range list(t) {
		if p.ImportPath != module+"/internal/engine" {
			continue
		}
		fset := token.NewFileSet()
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		for _, fault := range impure(fset, files) {
			t.Error(fault)
		}
	}
}

// impure returns the places where a package asks the clock, starts a
// goroutine, or keeps state.
func impure(fset *token.FileSet, files []*ast.File) (faults []string) {
	fault := func(n ast.Node, format string, args ...any) {
		faults = append(faults, fset.Position(n.Pos()).String()+": "+fmt.Sprintf(format, args...))
	}
	vars := map[string]bool{}
	for _, f := range files {
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				vs := spec.(*ast.ValueSpec)
				for _, name := range vs.Names {
					vars[name.Name] = name.Name != "_"
				}
				if !constant(vs) {
					fault(vs, "package variable %s: only error sentinels and constant tables are allowed", vs.Names[0].Name)
				}
			}
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				fault(n, "starts a goroutine")
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains(clockFuncs, n.Sel.Name) {
					fault(n, "time.%s: the moment of a report is one of its facts", n.Sel.Name)
				}
			case *ast.AssignStmt:
				for _, l := range n.Lhs {
					if n.Tok != token.DEFINE && vars[root(l)] {
						fault(n, "writes package variable %s", root(l))
					}
				}
			case *ast.IncDecStmt:
				if vars[root(n.X)] {
					fault(n, "writes package variable %s", root(n.X))
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND && vars[root(n.X)] {
					fault(n, "takes the address of package variable %s", root(n.X))
				}
			}
			return true
		})
	}
	return faults
}

// constant reports whether a variable is an error sentinel or a table written
// out where it is declared.
func constant(vs *ast.ValueSpec) bool {
	if len(vs.Values) != len(vs.Names) {
		return false
	}
	for _, v := range vs.Values {
		switch v := v.(type) {
		case *ast.CompositeLit:
			if _, ok := v.Type.(*ast.ArrayType); !ok {
				return false
			}
		case *ast.CallExpr:
			sel, ok := v.Fun.(*ast.SelectorExpr)
			if !ok || root(sel.X) != "errors" || sel.Sel.Name != "New" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// root returns the name an expression such as a.b[i] starts from.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x.Name
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		default:
			return ""
		}
	}
}

func TestImpure(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, want string }{
		{"pure", `var ErrX = errors.New("x"); var table = [...]int{1, 2}; func f() int { return table[1] }`, ""},
		{"clock", `func f() { _ = time.Now() }`, "time.Now"},
		{"goroutine", `func f() { go f() }`, "goroutine"},
		{"state", `var cache = map[int]int{}`, "package variable cache"},
		{"no value", `var n int`, "package variable n"},
		{"made by a call", `var n = compute()`, "package variable n"},
		{"written table", `var table = [...]int{1}; func f() { table[0] = 2 }`, "writes package variable table"},
		{"address", `var table = [...]int{1}; func f() *int { return &table[0] }`, "takes the address"},
		{"own variable", `func f() { n := 1; n++; _ = n }`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, "x.go", "package engine\n"+tt.body, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			got := impure(fset, []*ast.File{f})
			if tt.want == "" && len(got) == 0 || tt.want != "" && len(got) == 1 && strings.Contains(got[0], tt.want) {
				return
			}
			t.Errorf("got %q, want one fault with %q", got, tt.want)
		})
	}
}
