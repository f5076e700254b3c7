package qyapi_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dakahq/daka/checkin"
)

// Where examples of requests and answers lie: WeCom's, when they are there, and
// those of the same kind that belong to the project.
const (
	payloads    = "../../../shared/spec/payloads/"
	ownPayloads = "testdata/golden/"
)

func skipWithoutPayloads(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(payloads); err != nil {
		t.Skip("no " + payloads + ": WeCom's examples are not here")
	}
}

// examples lists the files in a folder that begin with a name, without .json.
func examples(t testing.TB, dir, name string) (files []string) {
	t.Helper()
	paths, err := filepath.Glob(dir + name + "*.json")
	must(t, err)
	for _, path := range paths {
		files = append(files, strings.TrimSuffix(filepath.Base(path), ".json"))
	}
	slices.Sort(files)
	return files
}

func example(t testing.TB, dir, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(dir + file + ".json")
	must(t, err)
	return text
}

// Every example is proved by one row or exempt from it with a reason. A file that
// is new has no row yet.
func TestEveryExampleHasARow(t *testing.T) {
	t.Parallel()
	rows := map[string]int{}
	for i := range goldenCalls {
		for kind := range strings.FieldsSeq(goldenCalls[i].files) {
			rows[goldenCalls[i].name+"."+kind]++
		}
	}
	for _, row := range goldenErrors {
		rows[row.file]++
	}
	for file := range goldenCallbacks {
		rows[file]++
	}
	for file, why := range goldenExempt {
		rows[file]++
		if why == "" {
			t.Errorf("%s is exempt without a reason", file)
		}
	}
	skipWithoutPayloads(t)
	for _, file := range examples(t, payloads, "") {
		if rows[file] != 1 {
			t.Errorf("%s has %d rows", file, rows[file])
		}
		delete(rows, file)
	}
	if len(rows) > 0 {
		t.Errorf("rows without a file: %v", rows)
	}
}

// Every call of the contract, and every row that is not exempt, has examples of
// ours, and those are of nothing else.
func TestOwnExamples(t *testing.T) {
	t.Parallel()
	missing := map[string]bool{} // from the files, until they turn up
	for _, op := range checkin.Operations {
		missing[op.Name+".request"], missing[op.Name+".response"] = true, true
	}
	for i := range goldenCalls {
		if c := &goldenCalls[i]; c.absent == "" {
			missing[c.name+".request"], missing[c.name+".response"] = true, true
		}
	}
	for _, row := range goldenErrors {
		missing[row.file] = true
	}
	for file := range goldenCallbacks {
		missing[file] = true
	}
	for _, file := range examples(t, ownPayloads, "") {
		first, _, more := strings.Cut(file, ".request.v")
		if _, known := missing[file]; !known && !more {
			t.Errorf("%s has no row", file)
		} else if _, known := missing[first+".request"]; more && !known {
			t.Errorf("%s has no row", file)
		}
		missing[file] = false
	}
	for file, is := range missing {
		if is {
			t.Errorf("%s%s.json is missing", ownPayloads, file)
		}
	}
}

// What WeCom's responses lack is named by the section of the protocol that its
// row says.
func TestAdditionsAreNamed(t *testing.T) {
	t.Parallel()
	const protocol = "../../../shared/spec/protocol.md"
	text, err := os.ReadFile(protocol)
	if err != nil {
		t.Skip("no " + protocol + ": the protocol is not here")
	}
	sections := map[string]string{}
	for _, part := range strings.Split(strings.ReplaceAll(string(text), "\n### ", "\n## "), "\n## ") {
		number, _, _ := strings.Cut(part, " ")
		sections[strings.TrimSuffix(number, ".")] = part
	}
	for i := range goldenCalls {
		for _, gap := range goldenCalls[i].adds {
			for path := range strings.FieldsSeq(gap.paths) {
				name := strings.TrimSuffix(path[strings.LastIndex(path, ".")+1:], "[]")
				if !strings.Contains(sections[gap.why], name) {
					t.Errorf("%s: section %s does not name %s", goldenCalls[i].name, gap.why, name)
				}
			}
		}
	}
}
