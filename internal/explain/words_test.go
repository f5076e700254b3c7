package explain

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notCarried are constants of the nouns that no report carries.
var notCarried = map[string][]string{
	// Anomalies is a mask of other flags.
	"PunchFlags": {"Anomalies"},
}

// constants counts the constants of each type in a package's source: a value
// that is added there fails here until it has its words.
func constants(t *testing.T, dir string) map[string]int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source in %s: %v", dir, err)
	}
	counts := map[string]int{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.CONST {
				countSpecs(gen, counts)
			}
		}
	}
	return counts
}

func countSpecs(gen *ast.GenDecl, counts map[string]int) {
	current := ""
	for _, spec := range gen.Specs {
		vs := spec.(*ast.ValueSpec)
		switch typ, ok := vs.Type.(*ast.Ident); {
		case ok:
			current = typ.Name
		case len(vs.Values) > 0:
			current = ""
		}
		for _, name := range vs.Names {
			if current != "" && !slices.Contains(notCarried[current], name.Name) {
				counts[current]++
			}
		}
	}
}

// Both languages have a text for all there is to say, and for every value of
// every type that a report carries.
func TestTablesComplete(t *testing.T) {
	t.Parallel()
	counts := constants(t, "../attendance")
	for name, n := range constants(t, ".") {
		counts[name] = n
	}
	types := map[string]bool{}
	for lang, table := range map[Lang]*words{English: &english, Chinese: &chinese} {
		v := reflect.ValueOf(table).Elem()
		for i := range v.NumField() {
			name, field := v.Type().Field(i).Name, v.Field(i)
			each(field, func(key, text string) {
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s%s is empty", lang, name, key)
				}
			})
			if field.Kind() != reflect.Map || field.Type().Key().Kind() == reflect.Interface {
				continue
			}
			typ := field.Type().Key().Name()
			types[typ] = true
			if counts[typ] == 0 || field.Len() != counts[typ] {
				t.Errorf("%s: %s has %d texts, and %s %d values", lang, name, field.Len(), typ, counts[typ])
			}
		}
	}
	for _, typ := range []string{"Clause", "Why", "Basis", "Outcome", "FindingCode"} {
		if !types[typ] {
			t.Errorf("no table for %s", typ)
		}
	}
	if len(outcomeKinds) != counts["Outcome"] || len(findingKinds) != counts["FindingCode"] {
		t.Error("an outcome or a finding has no kind of line")
	}
}

// each calls do for the texts of a field of words.
func each(field reflect.Value, do func(key, text string)) {
	switch field.Kind() {
	case reflect.Map:
		for it := field.MapRange(); it.Next(); {
			do(fmt.Sprintf("[%v]", it.Key()), it.Value().String())
		}
	case reflect.Array:
		for i := range field.Len() {
			do(fmt.Sprintf("[%d]", i), field.Index(i).String())
		}
	default:
		do("", field.String())
	}
}

var braces = regexp.MustCompile(`\{[^}]*\}`)

// A text has the same things to fill in whatever the language.
func TestLanguagesFillInTheSame(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	collect := func(table *words, do func(key, text string)) {
		v := reflect.ValueOf(table).Elem()
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			each(v.Field(i), func(key, text string) { do(name+key, text) })
		}
	}
	sorted := func(text string) string {
		found := braces.FindAllString(text, -1)
		slices.Sort(found)
		return strings.Join(found, " ")
	}
	collect(&english, func(key, text string) { texts[key] = sorted(text) })
	n := 0
	collect(&chinese, func(key, text string) {
		n++
		if want, ok := texts[key]; !ok || want != sorted(text) {
			t.Errorf("%s: Chinese fills in %q, English %q", key, sorted(text), want)
		}
	})
	if n != len(texts) {
		t.Errorf("%d texts in Chinese, %d in English", n, len(texts))
	}
}

func TestRefusalsHaveTexts(t *testing.T) {
	t.Parallel()
	for _, table := range []*words{&english, &chinese} {
		if len(table.refusals) != 4 || len(table.askAgain) != 4 {
			t.Errorf("refusals: %d, askAgain: %d, want the 4 errors of a correction", len(table.refusals), len(table.askAgain))
		}
	}
}
