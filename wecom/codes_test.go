package wecom

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// Every named code has a text, and no text is without its named code.
func TestEveryCodeHasText(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Code") {
			return true
		}
		named++
		number := int64(-1)
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
			if number, err = strconv.ParseInt(lit.Value, 10, 64); err != nil {
				t.Fatal(err)
			}
		}
		if texts[Code(number)] == "" {
			t.Errorf("%s has no text", spec.Names[0].Name)
		}
		return true
	})
	if named != len(texts) {
		t.Errorf("%d codes, %d texts", named, len(texts))
	}
}
