package main

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"

	"github.com/dakahq/daka/internal/explain"
)

// What readers of documents find wrong names no type of Go, and has Chinese.
func TestReaderErrors(t *testing.T) {
	t.Parallel()
	type inner struct {
		Days []int `json:"days" yaml:"days"`
	}
	readJSON := func(text string) error { return json.Unmarshal([]byte(text), &inner{}) }
	readYAML := func(text string) error {
		dec := yaml.NewDecoder(strings.NewReader(text))
		dec.KnownFields(true)
		return dec.Decode(&inner{})
	}
	strict := func(text string) error {
		return jsonv2.Unmarshal([]byte(text), &inner{}, jsonv2.RejectUnknownMembers(true))
	}
	for name, tt := range map[string]struct {
		err              error
		english, chinese string
	}{
		"JSON: a kind":                        {readJSON(`{"days":"x"}`), "days: a JSON string has no place there", "days：这里不能是 JSON 字符串"},
		"JSON: a number that is none of ours": {readJSON(`{"days":[1.5]}`), "days: a JSON number has no place there", "days：这里不能是 JSON 数字"},
		"JSON: the document":                  {readJSON(`[]`), "a JSON array has no place there", "这里不能是 JSON 数组"},
		"JSON: syntax":                        {readJSON(`{"days":[1 2]}`), "invalid character '2' after array element", "元素之后应有逗号或 ]，而非字符 '2'"},
		"JSON: its end":                       {readJSON(`{"days":`), "unexpected end of JSON input", "JSON 不完整"},
		"strict: a name":                      {strict(`{"dayz":1}`), "dayz: there is no such member", "dayz：没有这个成员"},
		"strict: a kind":                      {strict(`{"days":[1,{}]}`), "days[1]: a JSON object has no place there", "days[1]：这里不能是 JSON 对象"},
		"strict: syntax":                      {strict(`{"days" 1}`), "not JSON at byte 8", "第 8 字节处不是 JSON"},
		"YAML: a kind":                        {readYAML("days: 5"), "line 1: a YAML number has no place there", "第 1 行：这里不能是 YAML 数字"},
		"YAML: two":                           {readYAML("days: [x]\ndayz: 1"), "line 1: a YAML string has no place there; line 2: field dayz not found", "第 1 行：这里不能是 YAML 字符串; 第 2 行：没有字段 dayz"},
		"YAML: syntax":                        {readYAML("days: 1\n b: 2"), "line 2: mapping values are not allowed in this context", "第 2 行：这里不能有冒号和值：请检查缩进，值中有冒号时加引号"},
		"another":                             {errors.New("no such member"), "no such member", "没有该成员"},
	} {
		err := failf("%s: %w", "a", plainError(tt.err))
		if got, want := errorText(explain.English, err), "a: "+tt.english; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if got, want := errorText(explain.Chinese, err), "a："+tt.chinese; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	// Where another package wraps it, it is said in Chinese all the same.
	err := failf("%s: %w", "a", errors.Join(&jsontext.SyntacticError{ByteOffset: 7}))
	if got := errorText(explain.Chinese, err); got != "a：第 7 字节处不是 JSON" {
		t.Error(got)
	}
	if err := plainError(nil); err != nil {
		t.Error(err)
	}
}
