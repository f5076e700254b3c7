package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
)

func TestErrorText(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err              error
		english, chinese string
	}{
		"a format": {
			usagef("%s: unexpected argument %q", "daka key", "x"),
			`daka key: unexpected argument "x"`, `daka key：多余的参数 "x"`,
		},
		"a format in a format": {
			usagef("%s: %w", "daka report", failf("--to %s is before --from %s", "2026-01-01", "2026-02-01")),
			"daka report: --to 2026-01-01 is before --from 2026-02-01", "daka report：--to 2026-01-01 早于 --from 2026-02-01",
		},
		"a sentinel in a format": {
			failf("rule %q: %w: see \"daka rules list\"", "x", attendance.ErrUnknownGroup),
			`rule "x": no such check-in rule: see "daka rules list"`, `规则 "x"：没有该打卡规则：见 "daka rules list"`,
		},
		"of a use case": {
			fmt.Errorf("corporation %q: %w", "wwa", app.ErrUnknownCorp),
			`corporation "wwa": no such corporation`, `企业 "wwa"：没有该企业`,
		},
		"a kind around it": {
			databaseError{fmt.Errorf("open database: %w", store.ErrBusy)},
			"open database: the database is busy", "打开数据库：数据库忙",
		},
		"two in one": {
			fmt.Errorf("%w (%w)", store.ErrFull, syscall.ENOSPC),
			"the disk of the database is full (no space left on device)", "数据库所在磁盘已满 (磁盘已满)",
		},
		"joined": {
			errors.Join(app.ErrMonthClosed, errors.New("x: y")),
			"the month is closed; x: y", "该月已关账; x：y",
		},
		"of the system": {
			failf("--key-file: %w", &fs.PathError{Op: "open", Path: "a.key", Err: syscall.ENOENT}),
			"--key-file: open a.key: no such file or directory", "--key-file：打开 a.key：没有这个文件或目录",
		},
		"a value that reads like a text": {
			failf("%s: there is no setting %q", "daka config unset", "rules"),
			`daka config unset: there is no setting "rules"`, `daka config unset：没有设置 "rules"`,
		},
		"of a server": {
			fmt.Errorf("list the departments: %w", wecom.Errorf(wecom.CodeUntrustedIP, "not allow to access from your ip")),
			"list the departments: 60020 not allow to access from your ip", "列出部门：60020 not allow to access from your ip（本机地址不在应用的可信 IP 中）",
		},
		"unknown": {
			errors.New("no such thing: at all"), "no such thing: at all", "no such thing：at all",
		},
	} {
		if got := errorText(explain.English, tt.err); got != tt.english {
			t.Errorf("%s: %s, want %s", name, got, tt.english)
		}
		if got := errorText(explain.Chinese, tt.err); got != tt.chinese {
			t.Errorf("%s: %s, want %s", name, got, tt.chinese)
		}
	}
	if err := failf("%s: %w", "a", errUnconfirmed); !errors.Is(err, errUnconfirmed) || exitCode(err) != exitUnconfirmed {
		t.Errorf("what is wrapped is lost: %v", err)
	}
}

// A count of one has no plural behind it.
func TestCounted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		format string
		args   []any
		want   string
	}{
		{"%d rows", []any{1}, "1 row"},
		{"%d rows", []any{0}, "0 rows"},
		{"%d rows", []any{21}, "21 rows"},
		{"%d reports of %d members: %s", []any{2, 1, "1 days"}, "2 reports of 1 member: 1 days"},
		{"%s holds %d rows in %d tables", []any{"1", int64(1), uint8(1)}, "1 holds 1 row in 1 table"},
		{"%d shifts are set", []any{1}, "1 shift is set"},
		{"%d of %d months are equal", []any{1, 2}, "1 of 2 months are equal"},
		{"%d of %d rows", []any{1, 1}, "1 of 1 rows"},
		{"%d entries are whole, head %s", []any{1, "x"}, "1 entry is whole, head x"},
		{"%d %% of %d days", []any{1, 1}, "1 % of 1 day"},
	} {
		if got := fmt.Sprintf(counted(tt.format, tt.args), tt.args...); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.format, got, tt.want)
		}
	}
	if got := usagef("%s: want one %s, got %d arguments", "daka", "FILE", 1).Error(); got != "daka: want one FILE, got 1 argument" {
		t.Error(got)
	}
}

// Every text of another package that has Chinese is one that it says, whole or
// as a part of a longer one.
func TestForeignTexts(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, root := range []string{"../../internal", "../../wecom", "../../checkin", "."} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(d.Name(), "locale_zh") {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					text, err := strconv.Unquote(lit.Value)
					if err == nil {
						all.WriteString(text + "\n")
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	said := all.String()
	for text, other := range chineseForeign {
		if !strings.Contains(said, text) {
			t.Errorf("nobody says %q", text)
		}
		if strings.Count(text, "%") != strings.Count(other, "%") {
			t.Errorf("%q and %q do not take the same", text, other)
		}
	}
	for text, other := range chineseSystem {
		if strings.Count(text, "%") != strings.Count(other, "%") {
			t.Errorf("%q and %q do not take the same", text, other)
		}
	}
}

func TestFailureLang(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	for line, want := range map[string]explain.Lang{
		"corp list":                explain.English,
		"corp list --colour":       explain.English,
		"corp list --x --lang zh":  explain.Chinese,
		"corp list --lang=zh -o x": explain.Chinese,
		"corp list -- --lang zh":   explain.English,
		"corp list --lang fr":      explain.English,
	} {
		if got := failureLang(nil, strings.Fields(line)); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
	t.Setenv("DAKA_LANG", "zh")
	if got := failureLang(nil, nil); got != explain.Chinese {
		t.Errorf("by the environment: %s", got)
	}
}
