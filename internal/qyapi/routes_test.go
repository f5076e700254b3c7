package qyapi

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// Every path of the contract is answered, once.
func TestOperationsHaveRoutes(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, r := range routes {
		count[r.path]++
		if r.call == nil || r.limit < maxBody {
			t.Errorf("%s: %+v", r.path, r)
		}
	}
	for path, n := range count {
		if n != 1 {
			t.Errorf("%s has %d routes", path, n)
		}
	}
	for _, op := range checkin.Operations {
		for _, path := range op.Paths {
			if count[path] != 1 {
				t.Errorf("%s %s: no route to %s", op.Key, op.Name, path)
			}
		}
	}
}

// Every error of the use cases that callers tell apart has its code, except
// those that no call of this edge can meet.
func TestErrorsHaveCodes(t *testing.T) {
	t.Parallel()
	elsewhere := []string{"app.ErrNoCorp", "app.ErrManyCorps", "app.ErrCorpExists", "app.ErrSuiteExists", "app.ErrNoKey"}
	table, err := os.ReadFile("errcode.go")
	if err != nil {
		t.Fatal(err)
	}
	for pkg, file := range map[string]string{"attendance": "../attendance/errors.go", "app": "../app/app.go"} {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || !strings.HasPrefix(spec.Names[0].Name, "Err") {
				return true
			}
			name := pkg + "." + spec.Names[0].Name
			if !strings.Contains(string(table), "{"+name+",") && !strings.Contains(strings.Join(elsewhere, " "), name) {
				t.Errorf("%s has no errcode", name)
			}
			return true
		})
	}
}

func TestFailureOf(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("爱", 1000)
	tests := []struct {
		name string
		err  error
		code wecom.Code
		text string // part of the text; "" = none but the code's own
	}{
		{"a code", wecom.CodeMissingToken, 41001, ""},
		{"an answer of a validator", wecom.Errorf(wecom.CodeCheckinSpan, "too long"), 301024, "too long"},
		{"unknown user", fmt.Errorf("userid %q: %w", "x", attendance.ErrUnknownUser), 301021, `userid "x"`},
		{"rule", fmt.Errorf("add: %w", &app.RuleError{Err: errors.New("group.grouptype is 9")}), 301093, "group.grouptype is 9"},
		{"secret", fmt.Errorf("corp ww1: %w", app.ErrWrongSecret), 40001, ""},
		{"token", app.ErrExpiredToken, 42001, ""},
		{"anything else", errors.New("postgres://daka:hunter2@db is down"), -1, ""},
		{"a long quotation", wecom.Errorf(wecom.CodeInvalidParameter, "%s", long), 40058, "爱…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := failureOf(tt.err)
			if got.Code != tt.code || tt.text == "" && got.Msg != "" || !strings.Contains(got.Msg, tt.text) || len(got.Msg) > maxText+3 {
				t.Errorf("got %d %q", got.Code, got.Msg)
			}
		})
	}
}

func TestHeaderText(t *testing.T) {
	t.Parallel()
	if got := headerText("a\r\nb 爱\x7f"); got != "a??b ??" {
		t.Errorf("got %q", got)
	}
}
