package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// notOnRecord names the use cases that write and leave no entry, with the reason.
var notOnRecord = map[string]string{
	"AddPunches":        "a punch is a fact of its own: see AuditEntry",
	"AddMedia":          "a file lives for three days",
	"AddVerdicts":       "nothing is computed from what WeCom computed",
	"MirrorVerdicts":    "the same",
	"MirrorPunches":     "a punch is a fact of its own: see AuditEntry",
	"SetMirrorState":    "how far fetching has come is no fact",
	"SettleDisputes":    "the same",
	"NoteFetched":       "the same",
	"Spend":             "the same",
	"HearOfForms":       "the same",
	"DeferForm":         "the same",
	"AskFormsAgain":     "the same",
	"AskOlderForms":     "the same",
	"SightRules":        "what is made of it is on record by MirrorRules",
	"AddSuite":          "suites belong to no corporation, whose log it would be",
	"RotateSuiteSecret": "the same",
	"NewTicket":         "the same",
	"DueTickets":        "the same",
	"PreAuthCode":       "a step of an authorisation, which is on record",
	"SetSession":        "the same",
	"PermanentCode":     "the same",
	"Token":             "a call's token, not a change",
	"TokenFrom":         "the same",
	"SuiteToken":        "the same",
	"ProviderToken":     "the same",
	"CorpToken":         "the same",
}

// reach says what a function calls, methods of App, whose receiver is a, among
// them, and whether it writes or notes itself.
type reach struct {
	calls         []string
	writes, notes bool
}

// useCases returns the functions and methods of the package; those of App by
// their names after "a.".
func useCases(t *testing.T) map[string]*reach {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*reach{}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil {
				name := fn.Name.Name
				if fn.Recv != nil && len(fn.Recv.List[0].Names) > 0 {
					name = fn.Recv.List[0].Names[0].Name + "." + name
				}
				all[name] = reachOf(fn)
			}
		}
	}
	return all
}

func reachOf(fn *ast.FuncDecl) *reach {
	r := &reach{}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok {
				r.calls = append(r.calls, f.Name)
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "a" {
				r.calls = append(r.calls, "a."+n.Sel.Name)
			}
			if inner, ok := n.X.(*ast.SelectorExpr); ok && inner.Sel.Name == "db" {
				r.writes = r.writes || n.Sel.Name == "Write" || n.Sel.Name == "InsertPunches"
			}
			r.notes = r.notes || n.Sel.Name == "note"
		}
		return true
	})
	return r
}

// Every use case that writes is on record, or says why it is not.
func TestEveryActIsOnRecord(t *testing.T) {
	t.Parallel()
	all := useCases(t)
	// What a function calls counts as its own.
	for again := true; again; {
		again = false
		for _, r := range all {
			for _, name := range r.calls {
				called := all[name]
				if called == nil || (r.writes || !called.writes) && (r.notes || !called.notes) {
					continue
				}
				r.writes, r.notes, again = r.writes || called.writes, r.notes || called.notes, true
			}
		}
	}
	acts := 0
	for name, r := range all {
		name, ok := strings.CutPrefix(name, "a.")
		if !ok || !ast.IsExported(name) || !r.writes {
			continue
		}
		acts++
		if exempt := notOnRecord[name] != ""; r.notes == exempt {
			t.Errorf("%s: on record %v, named with a reason why not: %v", name, r.notes, exempt)
		}
	}
	for name := range notOnRecord {
		if r := all["a."+name]; r == nil || !r.writes {
			t.Errorf("%s does not write", name)
		}
	}
	if acts < 40 {
		t.Errorf("%d use cases that write were found", acts)
	}
}
