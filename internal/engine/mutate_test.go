package engine_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mutation is a small fault that the tests of the engine must notice.
type mutation struct {
	file     string // relative to the module
	note     string
	old, new string
}

// readMutations reads a list of mutations: lines "file: note", then the old
// lines behind "- " and the new ones behind "+ ". Lines that begin with "#"
// and empty ones separate.
func readMutations(list string) (all []mutation, err error) {
	for n, line := range strings.Split(list, "\n") {
		mark, text, _ := strings.Cut(line, " ")
		last := len(all) - 1
		switch {
		case mark == "" || mark[0] == '#':
		case last >= 0 && mark == "-":
			all[last].old = joinLine(all[last].old, text)
		case last >= 0 && mark == "+":
			all[last].new = joinLine(all[last].new, text)
		default:
			file, note, ok := strings.Cut(line, ": ")
			if !ok {
				return nil, fmt.Errorf("line %d: %q is neither \"file: note\" nor a line of code", n+1, line)
			}
			all = append(all, mutation{file: file, note: note})
		}
	}
	for _, m := range all {
		if m.old == "" || m.old == m.new {
			return nil, fmt.Errorf("%s: %s: nothing to change", m.file, m.note)
		}
	}
	return all, nil
}

func joinLine(text, line string) string {
	if text == "" {
		return line
	}
	return text + "\n" + line
}

func TestReadMutations(t *testing.T) {
	t.Parallel()
	all, err := readMutations("# the minute\na.go: late\n- x <= y\n+ x < y\n\nb.go: two lines\n- \ta\n- \tb\n+ \tb\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []mutation{{"a.go", "late", "x <= y", "x < y"}, {"b.go", "two lines", "\ta\n\tb", "\tb"}}
	if len(all) != 2 || all[0] != want[0] || all[1] != want[1] {
		t.Errorf("got %q, want %q", all, want)
	}
	for _, bad := range []string{"a.go\n- x\n+ y\n", "a.go: no code\n", "a.go: same\n- x\n+ x\n"} {
		if _, err := readMutations(bad); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

// Every listed mutation fails a test of this package or a scenario. It runs
// only when asked for (./check --mutate), because it compiles the tests once
// for each. The go command reads the mutated file in place of the module's,
// which is not touched.
func TestMutations(t *testing.T) {
	if os.Getenv("DAKA_MUTATE") == "" {
		t.Skip("runs under ./check --mutate")
	}
	list, err := os.ReadFile("testdata/mutations.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, err := readMutations(string(list))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 25 {
		t.Fatalf("only %d mutations are listed", len(all))
	}
	root, err := filepath.Abs("../..") // of the module
	if err != nil {
		t.Fatal(err)
	}
	if out, err := judges(t, root, "{}"); err != nil {
		t.Fatalf("the tests fail without a mutation:\n%s", out)
	}
	for _, m := range all {
		t.Run(m.file+": "+m.note, func(t *testing.T) {
			t.Parallel()
			overlay, err := m.apply(root, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			out, err := judges(t, root, overlay)
			switch {
			case err == nil:
				t.Errorf("SURVIVED: no test notices\n- %s\n+ %s", m.old, m.new)
			case !strings.Contains(out, "--- FAIL") && !strings.Contains(out, "panic: "):
				t.Errorf("no test ran: %v\n%s", err, out)
			}
		})
	}
}

// apply writes the mutated file into dir, and returns what tells the go
// command to read it in place of the module's.
func (m mutation) apply(module, dir string) (overlay string, err error) {
	path := filepath.Join(module, filepath.FromSlash(m.file))
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(text), m.old); n != 1 {
		return "", fmt.Errorf("%s has %d times, not once:\n%s", m.file, n, m.old)
	}
	mutated := filepath.Join(dir, "mutated.go")
	if err := os.WriteFile(mutated, []byte(strings.Replace(string(text), m.old, m.new, 1)), 0o600); err != nil {
		return "", err
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": {path: mutated}})
	return string(data), err
}

// judges runs the tests that must notice a mutation: first those of this
// package, which are built sooner, then the scenarios.
func judges(t *testing.T, module, overlay string) (output string, err error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(file, []byte(overlay), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"./internal/engine", "-rapid.seed=1", "-rapid.nofailfile", "-rapid.shrinktime=0s"},
		{"./internal/scenario"},
	} {
		cmd := exec.CommandContext(t.Context(), "go", append([]string{"test", "-overlay", file, "-short", "-failfast", "-vet=off", "-timeout=60s"}, args...)...)
		cmd.Dir = module
		for _, v := range os.Environ() {
			if !strings.HasPrefix(v, "DAKA_") {
				cmd.Env = append(cmd.Env, v)
			}
		}
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err != nil {
			return out.String(), err
		}
	}
	return "", nil
}
