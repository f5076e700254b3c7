package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/explain"
	"github.com/spf13/cobra"
)

// texts are the string literals of this package's source, but for the catalogue:
// heads of columns, texts that are said, formats of errors, and all of them.
type sourceTexts struct{ heads, said, failed, all map[string]bool }

func readTexts(t *testing.T) sourceTexts {
	t.Helper()
	found := sourceTexts{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") || strings.HasPrefix(f.Name(), "locale_zh") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				note(found.all, n)
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "head" {
					note(found.heads, n.Value)
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "say" {
					note(found.said, n.Args[1])
				}
				if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "failf" || f.Name == "usagef") {
					note(found.failed, n.Args[0])
				}
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "say" {
					note(found.said, n.Args[0])
				}
			}
			return true
		})
	}
	return found
}

func note(set map[string]bool, n ast.Expr) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	if text, err := strconv.Unquote(lit.Value); err == nil {
		set[text] = true
	}
}

// Whatever a person reads in a table, a list of commands or flags, or as an
// answer has a Chinese text, and no Chinese text is there for nothing.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	found := readTexts(t)
	used := map[string]bool{}
	need := func(kind, text string) {
		used[text] = true
		if _, ok := chinese[text]; !ok {
			t.Errorf("%s has no Chinese text: %q", kind, text)
		}
	}
	for text := range found.heads {
		need("head of a column", text)
	}
	for text := range found.said {
		need("text", text)
	}
	for text := range found.failed {
		need("error", text)
	}
	seen := map[string]bool{}
	for _, part := range chineseParts {
		for text := range part {
			if seen[text] {
				t.Errorf("two parts of the catalogue have %q", text)
			}
			seen[text] = true
		}
	}
	root := newRootCommand()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range commandsOf(root) {
		need("command", cmd.Short)
		for _, text := range helpParagraphs(cmd) {
			if text != "" && !spokenAlike(text) {
				need("help", text)
			}
		}
	}
	for i := range settings {
		need("setting", settings[i].usage)
	}
	for _, text := range slices.Concat(helpHeads, slices.Collect(maps.Values(cobraFlags))) {
		need("help", text)
	}
	for _, text := range slices.Sorted(maps.Keys(chinese)) {
		if !used[text] && !found.all[text] {
			t.Errorf("nobody says %q", text)
		}
		if strings.Count(text, "%") != strings.Count(chinese[text], "%") {
			t.Errorf("%q and %q do not take the same", text, chinese[text])
		}
	}
}

// spokenAlike reports whether a paragraph is the same in every language: JSON,
// or what cobra's help of completion has to be typed, and where.
func spokenAlike(text string) bool {
	return strings.HasPrefix(text, "  {") || strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "####")
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		env  map[string]string
		want explain.Lang
	}{
		"none":           {nil, explain.English},
		"C":              {map[string]string{"LANG": "C.UTF-8"}, explain.English},
		"Chinese":        {map[string]string{"LANG": "zh_CN.UTF-8"}, explain.Chinese},
		"LC_ALL first":   {map[string]string{"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, explain.English},
		"then messages":  {map[string]string{"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, explain.Chinese},
		"empty is unset": {map[string]string{"LC_ALL": "", "LANG": "zh"}, explain.Chinese},
	} {
		if got := localeLang(func(name string) string { return tt.env[name] }); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
	cmd := &cobra.Command{}
	lang := langFlag("")
	bind(cmd, "lang", &lang)
	if err := cmd.Flags().Set("lang", "zh"); err != nil || langOf(cmd) != explain.Chinese {
		t.Errorf("--lang zh: %s, %v", langOf(cmd), err)
	}
}
