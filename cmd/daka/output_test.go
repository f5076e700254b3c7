package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

type inner struct {
	Used int `json:"used"`
}

type outputRow struct {
	Name   string   `json:"name"`
	Number float64  `json:"number"`
	List   []string `json:"list"`
	hidden int
	inner
	Deep *inner `json:"deep,omitzero"`
	Skip string `json:"-"`
}

func written(t *testing.T, write func(*cobra.Command) error) string {
	t.Helper()
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	if err := write(cmd); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFormats(t *testing.T) {
	t.Parallel()
	rows := []outputRow{
		{Name: "=1+1", Number: 1.5, List: []string{"a", "b,c"}, inner: inner{1}, Deep: &inner{2}},
		{Name: "a \"b\"\n郭<", hidden: 1},
	}
	for output, want := range map[format]string{
		asTable: "name  n\n=1+1  1\na \"b\"\uFFFD郭<  0\n",
		asJSON: `[{"name":"=1+1","number":1.5,"list":["a","b,c"],"used":1,"deep":{"used":2}},` +
			`{"name":"a \"b\"\n郭<","number":0,"list":null,"used":0}]` + "\n",
		asNDJSON: `{"name":"=1+1","number":1.5,"list":["a","b,c"],"used":1,"deep":{"used":2}}` + "\n" +
			`{"name":"a \"b\"\n郭<","number":0,"list":null,"used":0}` + "\n",
		asCSV: "name,number,list,used,deep.used\n" +
			`'=1+1,1.5,"a; b,c",1,2` + "\n" +
			"\"a \"\"b\"\"\n郭<\",0,,0,\n",
		asYAML: "- name: \"=1+1\"\n  number: 1.5\n  list:\n    - \"a\"\n    - \"b,c\"\n  used: 1\n  deep:\n    used: 2\n" +
			"- name: \"a \\\"b\\\"\\n郭<\"\n  number: 0\n  list: null\n  used: 0\n",
	} {
		got := written(t, func(cmd *cobra.Command) error {
			return writeRows(cmd, output, []column{{head: "name"}, {head: "n", right: true}}, rows, func(r outputRow) []string {
				return []string{r.Name, strings.Repeat(" ", 0) + string(rune('0'+r.Used))}
			})
		})
		if output == asTable { // its widths are TestWriteTable's
			got = strings.ReplaceAll(strings.ReplaceAll(got, "       ", "  "), "     ", "  ")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", output, diff)
		}
	}
}

// An error among rows ends ndjson after the rows before it, and leaves nothing
// of the formats that are one document.
func TestSeqFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for output, want := range map[format]string{asNDJSON: "{\"used\":1}\n", asCSV: "used\n1\n", asJSON: "", asYAML: "", asTable: ""} {
		got := written(t, func(cmd *cobra.Command) error {
			err := writeSeq(cmd, output, []column{{head: "n"}}, func(yield func(inner, error) bool) {
				_ = yield(inner{1}, nil) && yield(inner{}, broken)
			}, func(inner) []string { return []string{"1"} })
			if !errors.Is(err, broken) {
				t.Errorf("%s: %v", output, err)
			}
			return nil
		})
		if got != want {
			t.Errorf("%s: %q, want %q", output, got, want)
		}
	}
}

// Lists and objects in a cell of CSV are written as people read them, and run
// no formula.
func TestCSVCells(t *testing.T) {
	t.Parallel()
	type cells struct {
		Texts   []string         `json:"texts"`
		Numbers []int64          `json:"numbers"`
		Things  []any            `json:"things"`
		Names   map[string]any   `json:"names"`
		Raw     json.RawMessage  `json:"raw"`
		None    *[]string        `json:"none"`
		Rows    []map[string]any `json:"rows"`
	}
	got := written(t, func(cmd *cobra.Command) error {
		return writeRows(cmd, asCSV, nil, []cells{
			{
				[]string{"=cmd", "b"}, []int64{9007199254740993, -2}, []any{true, nil, []int{1, 2}}, map[string]any{"a": 1, "b": ""},
				json.RawMessage(`{"x":[1,"y"]}`), nil, []map[string]any{{"day": "2026-10-08", "n": 1.50}, {}, {"day": "2026-10-09"}},
			}, {},
		}, nil)
	})
	want := "texts,numbers,things,names,raw,none,rows\n" +
		"'=cmd; b,9007199254740993; -2,true; 1; 2,a: 1,x: 1; y,,\"day: 2026-10-08, n: 1.5; day: 2026-10-09\"\n" +
		",,,,,,\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestHarmless(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "a": "a", "=1": "'=1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "+x": "'+x", "-x": "'-x", "-": "'-",
		"-5": "-5", "+5.25": "+5.25", "-5.": "'-5.", "-1+1": "'-1+1", "--5": "'--5", "+1 06:00": "+1 06:00", "+1 06:00:30": "+1 06:00:30",
		"+1 6:00": "'+1 6:00", "+1 06:00+1": "'+1 06:00+1", "+1 06:00\n": "'+1 06:00\n", "=+1 06:00": "'=+1 06:00", "+11 06:00": "'+11 06:00",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Texts come out of YAML as the texts that went in, whatever they look like.
func TestYAMLTexts(t *testing.T) {
	t.Parallel()
	want := []string{"yes", "08:30", "2026-10-08", "1e3", "null", "~", "", "- a", "a: b", "#", "\u2028\u0001", "😀", "多\n行", " "}
	var b bytes.Buffer
	if err := writeYAML(&b, want); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := yaml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	err := writeTable(&out, []column{{head: "late", right: true, mark: true}, {head: "end"}}, [][]string{{"1", "a"}, {"", "b"}})
	if want := "late  end\n   \x1b[31m1\x1b[0m  a\n      b\n"; err != nil || out.String() != want {
		t.Errorf("%q, %v", out.String(), err)
	}
	if coloured(&out) {
		t.Error("what is no terminal is coloured")
	}
}

func TestFailure(t *testing.T) {
	t.Parallel()
	refused := wecom.Errorf(wecom.CodeRateLimit, "api freq out of limit")
	refused.Hint, refused.Endpoint, refused.FromIP = "x1", "/cgi-bin/gettoken", "192.0.2.1"
	for name, tt := range map[string]struct {
		err  error
		want failure
	}{
		"refused for a while": {refused, failure{
			Message: refused.Error(), Kind: "refused", ExitCode: 4, Retry: true,
			ErrCode: 45009, Hint: "x1", Endpoint: "/cgi-bin/gettoken", FromIP: "192.0.2.1",
		}},
		"refused for good": {wecom.Errorf(wecom.CodeInvalidToken, "x"), failure{Message: "40014 x", Kind: "refused", ExitCode: 4, ErrCode: 40014}},
		"no answer":        {&wecom.TransportError{Endpoint: "/a", Reason: "b"}, failure{Message: "/a: b", Kind: "no_answer", ExitCode: 4, Retry: true, Endpoint: "/a"}},
		"not found":        {&wecom.TransportError{Endpoint: "/a", Status: 404}, failure{Message: "/a: HTTP status 404", Kind: "no_answer", ExitCode: 4, Endpoint: "/a"}},
		"busy":             {store.ErrBusy, failure{Message: "the database is busy", Kind: "database", ExitCode: 3, Retry: true}},
		"lines":            {errors.New("a\nb"), failure{Message: "a; b", Kind: "failed", ExitCode: 1}},
	} {
		if diff := cmp.Diff(tt.want, newFailure(explain.English, tt.err)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	var b bytes.Buffer
	writeFailure(&b, asJSON, explain.English, errors.New("x"))
	var object map[string]failure
	if err := json.Unmarshal(b.Bytes(), &object); err != nil || object["error"].Message != "x" {
		t.Errorf("%s, %v", b.String(), err)
	}
}

func TestFailureFormat(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]format{
		"corp list":                 asTable,
		"corp list -o json":         asJSON,
		"corp list -ojson":          asJSON,
		"corp list --output=ndjson": asNDJSON,
		"corp list --output csv":    asCSV,
		"corp list -- -o json":      asTable,
		"corp list -o":              asTable,
	} {
		if got := failureFormat(nil, strings.Fields(line)); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}
