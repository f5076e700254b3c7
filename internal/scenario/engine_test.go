package scenario

import (
	"bytes"
	"context"
	"os"
	"testing"
)

// The official scenarios, and worked examples from the text of the
// specification, straight into the engine.
func TestEngine(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"scenarios.json", "examples.json"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile("testdata/" + name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := Load(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			passed, failed := Run(context.Background(), f, Engine{}, &out)
			if passed != len(f.Scenarios) || failed != 0 {
				t.Errorf("%s", out.String())
			}
		})
	}
}
