package wecom_test

import (
	"encoding/json"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/dakahq/daka/wecom"
)

func TestListIsNeverNull(t *testing.T) {
	t.Parallel()
	type inner struct {
		B wecom.List[string] `json:"b"`
	}
	type outer struct {
		A wecom.List[inner] `json:"a"`
	}
	for want, value := range map[string]outer{
		`{"a":[]}`:                     {},
		`{"a":[{"b":[]},{"b":["x"]}]}`: {A: []inner{{}, {B: []string{"x"}}}},
	} {
		for name, encode := range map[string]func(any) ([]byte, error){
			"encoding/json":      json.Marshal,
			"go-json-experiment": func(v any) ([]byte, error) { return jsonv2.Marshal(v) },
		} {
			text, err := encode(value)
			if err != nil || string(text) != want {
				t.Errorf("%s: got %s, %v; want %s", name, text, err, want)
			}
		}
	}
}
