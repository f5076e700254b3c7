package archtest

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the exported API as it is to testdata/api")

// public are the packages that programs outside this module may import.
var public = []string{"wecom", "checkin", "admin", "dakatest"}

// parsed returns a package as go doc sees it, without its tests.
func parsed(t *testing.T, name string) (*doc.Package, *token.FileSet) {
	t.Helper()
	paths, err := filepath.Glob("../../" + name + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, module+"/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return p, fset
}

// declaration prints a declaration without comments and bodies.
func declaration(t *testing.T, fset *token.FileSet, decl ast.Node) string {
	t.Helper()
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			n.Doc, n.Body = nil, nil
		case *ast.GenDecl:
			n.Doc = nil
		case *ast.TypeSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.ValueSpec:
			n.Doc, n.Comment, n.Values = nil, nil, nil
		case *ast.Field:
			n.Doc, n.Comment = nil, nil
		}
		return true
	})
	// Columns that line up would change with a neighbour's length.
	var lines []string
	for line := range strings.Lines(printed(t, fset, decl)) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n\t")
}

func printed(t *testing.T, fset *token.FileSet, node ast.Node) string {
	t.Helper()
	var b bytes.Buffer
	if err := printer.Fprint(&b, fset, node); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// exported lists what a package offers, sorted within its kinds.
func exported(t *testing.T, name string) string {
	p, fset := parsed(t, name)
	var out []string
	values := func(kind string, list []*doc.Value) {
		for _, v := range list {
			for _, spec := range v.Decl.Specs {
				s := spec.(*ast.ValueSpec)
				for i, id := range s.Names {
					line := kind + " " + id.Name
					if kind == "const" && i < len(s.Values) {
						line += " = " + printed(t, fset, s.Values[i])
					}
					if id.IsExported() {
						out = append(out, line)
					}
				}
			}
		}
	}
	funcs := func(list []*doc.Func) {
		for _, f := range list {
			out = append(out, declaration(t, fset, f.Decl))
		}
	}
	values("const", p.Consts)
	values("var", p.Vars)
	funcs(p.Funcs)
	for _, typ := range p.Types {
		out = append(out, declaration(t, fset, typ.Decl))
		values("const", typ.Consts)
		values("var", typ.Vars)
		funcs(typ.Funcs)
		funcs(typ.Methods)
	}
	slices.Sort(out)
	return strings.Join(out, "\n") + "\n"
}

// What other programs build on changes only on purpose: go test
// ./internal/archtest -run TestPublicAPI -update writes it down, and the diff
// is the review.
func TestPublicAPI(t *testing.T) {
	for _, name := range public {
		path := filepath.Join("testdata", "api", name+".txt")
		got := exported(t, name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("the exported API of %s has changed (-written +is); if it should, run this test with -update:\n%s", name, diff)
		}
	}
}

// Every exported name is explained, and none repeats the name of its package.
func TestPublicDocs(t *testing.T) {
	t.Parallel()
	for _, name := range public {
		for _, f := range undocumented(t, name) {
			t.Error(f)
		}
	}
}

func undocumented(t *testing.T, name string) (faults []string) {
	p, _ := parsed(t, name)
	check := func(kind, symbol, text string) {
		if strings.TrimSpace(text) == "" {
			faults = append(faults, fmt.Sprintf("%s: %s %s has no doc comment", name, kind, symbol))
		}
		last := symbol[strings.LastIndex(symbol, ".")+1:]
		if strings.HasPrefix(strings.ToLower(last), name) && len(last) > len(name) {
			faults = append(faults, fmt.Sprintf("%s: %s %s says the package's name again", name, kind, symbol))
		}
	}
	values := func(list []*doc.Value) {
		for _, v := range list {
			for _, spec := range v.Decl.Specs {
				s := spec.(*ast.ValueSpec)
				for _, id := range s.Names {
					if id.IsExported() {
						check("value", id.Name, v.Doc+s.Doc.Text()+s.Comment.Text())
					}
				}
			}
		}
	}
	values(p.Consts)
	values(p.Vars)
	for _, f := range p.Funcs {
		check("func", f.Name, f.Doc)
	}
	for _, typ := range p.Types {
		check("type", typ.Name, typ.Doc)
		values(typ.Consts)
		values(typ.Vars)
		for _, f := range typ.Funcs {
			check("func", f.Name, f.Doc)
		}
		for _, m := range typ.Methods {
			if m.Level == 0 { // a promoted one is explained where it is declared
				check("method", typ.Name+"."+m.Name, m.Doc)
			}
		}
	}
	return faults
}
