package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Whatever a table can be refused for has a Chinese text, and no text is there
// for nothing: the formats are read from the source that makes them.
func TestReasons(t *testing.T) {
	t.Parallel()
	makers := []string{"because", "mapError", "lacking", "problem", "issue", "doubt", "faultf"}
	texts := map[string]bool{}
	for _, pattern := range []string{"../../internal/sheet/*.go", "../../internal/app/import*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BasicLit:
					note(texts, n)
				case *ast.CallExpr:
					if format := formatOf(n, makers); format != "" && chineseReasons[format] == "" {
						t.Errorf("%s: no Chinese text for %q", name, format)
					}
				}
				return true
			})
		}
	}
	for text := range chineseReasons {
		if !texts[text] {
			t.Errorf("nobody says %q", text)
		}
	}
}

// formatOf returns the first argument of a call of one of some functions that
// looks like a format: the names of fields are not.
func formatOf(call *ast.CallExpr, functions []string) string {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	if !slices.Contains(functions, name) {
		return ""
	}
	for _, arg := range call.Args {
		lit, ok := arg.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			continue
		}
		if text, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(text, " ") {
			return text
		}
	}
	return ""
}
