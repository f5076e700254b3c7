package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/dakahq/daka"

// listed is what the go command says about a package.
type listed struct {
	ImportPath string
	Name       string
	Dir        string
	Doc        string
	GoFiles    []string
	Imports    []string
}

func list(t *testing.T) []listed {
	t.Helper()
	readAll(t)
	cmd := exec.Command("go", "list", "-json=ImportPath,Name,Dir,Doc,GoFiles,Imports", module+"/...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// readAll opens every folder and Go file of the module: the go command then
// knows that a result kept from an earlier run is out of date. It does not see
// what a process started here reads.
func readAll(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == ".git" || e.Name() == "testdata"):
			return filepath.SkipDir
		case filepath.Ext(path) == ".go" || e.Name() == "go.mod":
			_, err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// within reports whether path is base or lies below it.
func within(path, base string) bool {
	return path == base || strings.HasPrefix(path, base+"/")
}

func withinAny(path string, bases []string) bool {
	return slices.ContainsFunc(bases, func(b string) bool { return within(path, b) })
}

// judge returns what is wrong with a package's place in the module.
func judge(p listed) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
	if doc := strings.TrimSpace(p.Doc); len(doc) < 20 || !strings.HasSuffix(doc, ".") {
		fault("%s: its package comment must say in a sentence what it is for; got %q", name, doc)
	}
	r, ok := table[name]
	if !ok {
		fault("%s: no row in the table of arrows: add one with its reason", name)
		return faults
	}
	for _, imp := range p.Imports {
		ours, isOurs := strings.CutPrefix(imp, module+"/")
		std := !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".")
		switch {
		case isOurs && !slices.Contains(r.may, ours):
			fault("%s imports %s: not in its row; %s", name, ours, r.why)
		case withinAny(imp, r.never):
			fault("%s imports %s: its row says never; %s", name, imp, r.why)
		case !isOurs && !std && r.foreign != nil && !withinAny(imp, r.foreign):
			fault("%s imports %s: only %v are allowed; %s", name, imp, r.foreign, r.why)
		}
		if withinAny(imp, drivers) && driverUser[name] == "" {
			fault("%s imports the database driver %s: only internal/store may", name, imp)
		}
	}
	return faults
}

func TestArrows(t *testing.T) {
	t.Parallel()
	all := list(t)
	if len(all) == 0 {
		t.Fatal("the go command lists no package")
	}
	for _, p := range all {
		for _, f := range judge(p) {
			t.Error(f)
		}
	}
}

// Every row has its reason, and names only packages that have rows.
func TestTable(t *testing.T) {
	t.Parallel()
	for name, r := range table {
		if r.why == "" {
			t.Errorf("%s: a row without a reason", name)
		}
		for _, m := range r.may {
			if _, ok := table[m]; !ok {
				t.Errorf("%s may import %s, which has no row", name, m)
			}
			if within(m, "cmd") || m == "dakatest" {
				t.Errorf("%s may import %s, which nothing built may import", name, m)
			}
		}
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	const doc = "Package x is here to be judged."
	tests := []struct {
		name string
		pkg  listed
		want string // part of the only fault; "" = none
	}{
		{"allowed", listed{ImportPath: module + "/internal/engine", Doc: doc, Imports: []string{"slices", module + "/internal/attendance"}}, ""},
		{"arrow", listed{ImportPath: module + "/internal/engine", Doc: doc, Imports: []string{module + "/internal/wire"}}, "imports internal/wire"},
		{"never", listed{ImportPath: module + "/internal/app", Doc: doc, Imports: []string{"net/http"}}, "imports net/http"},
		{"below never", listed{ImportPath: module + "/internal/attendance", Doc: doc, Imports: []string{"log/slog"}}, "imports log/slog"},
		{"not below never", listed{ImportPath: module + "/internal/app", Doc: doc, Imports: []string{"net/netip"}}, ""},
		{"foreign", listed{ImportPath: module + "/wecom", Doc: doc, Imports: []string{"github.com/x/y"}}, "github.com/x/y"},
		{"foreign allowed", listed{ImportPath: module + "/wecom", Doc: doc, Imports: []string{"golang.org/x/time/rate"}}, ""},
		{"driver", listed{ImportPath: module + "/internal/app", Doc: doc, Imports: []string{"github.com/jackc/pgx/v5"}}, "database driver"},
		{"driver allowed", listed{ImportPath: module + "/internal/store", Doc: doc, Imports: []string{"zombiezen.com/go/sqlite/sqlitex"}}, ""},
		{"no row", listed{ImportPath: module + "/internal/stray", Doc: doc}, "no row"},
		{"no doc", listed{ImportPath: module + "/internal/archtest"}, "package comment"},
		{"no sentence", listed{ImportPath: module + "/internal/archtest", Doc: "Package archtest tests things"}, "package comment"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := judge(tt.pkg)
			if tt.want == "" && len(got) == 0 || tt.want != "" && len(got) == 1 && strings.Contains(got[0], tt.want) {
				return
			}
			t.Errorf("got %q, want one fault with %q", got, tt.want)
		})
	}
}
