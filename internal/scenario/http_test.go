package scenario_test

import (
	"bytes"
	"net/http"
	"os"
	"testing"

	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/internal/scenario"
	"github.com/dakahq/daka/internal/store/storetest"
)

// The same scenarios over HTTP: facts through /daka/facts, reports through
// WeCom's calls, on both databases.
func TestHTTP(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"scenarios.json", "examples.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := scenario.Load(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if testing.Short() {
			f.Scenarios = some(f.Scenarios)
		}
		t.Run(name, func(t *testing.T) {
			storetest.EachDSN(t, func(t *testing.T, dsn string) {
				srv := dakatest.NewServer(t, dakatest.OnDatabase(dsn))
				client := &http.Client{Transport: &http.Transport{}}
				t.Cleanup(client.CloseIdleConnections)
				target := &scenario.HTTP{Base: srv.URL, Admin: srv.Admin, Client: client}
				var out bytes.Buffer
				passed, failed := scenario.Run(t.Context(), f, target, &out)
				if passed != len(f.Scenarios) || failed != 0 {
					t.Errorf("%s", out.String())
				}
			})
		})
	}
}

// some returns every tenth scenario.
func some(all []scenario.Scenario) (few []scenario.Scenario) {
	for i := 0; i < len(all); i += 10 {
		few = append(few, all[i])
	}
	return few
}
