package wecom_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// processes is how many a storm over a file store comes from, and processCalls
// how many calls each of them makes at once.
const (
	processes    = 4
	processCalls = 32
)

// processVariable holds the processStorm of a process that is part of one.
const processVariable = "DAKA_TEST_STORM"

type processStorm struct {
	URL string // of a stormCorp
	Dir string // of the file store
}

const readyPath = "/ready"

// Processes that start at once, with one file store among them, meet what calls
// within one process meet in TestStorms, and fetch no token more.
func TestStormsOfProcesses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		corp  *stormCorp
		event func(*stormCorp)
		given int // tokens in all
		asked int // gettokens in all
	}{
		{"no token yet", &stormCorp{}, nil, 1, 1},
		{"revoked on their way", &stormCorp{}, (*stormCorp).revoke, 2, 2},
		{"expired on their way", &stormCorp{}, (*stormCorp).expire, 2, 2},
		{"slow gettoken", &stormCorp{delay: 300 * time.Millisecond}, (*stormCorp).revoke, 2, 2},
		{"gettoken fails once", &stormCorp{failures: 1}, (*stormCorp).revoke, 2, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := tt.corp
			f.now = time.Now
			if tt.event != nil {
				f.gate = newGate(processes*processCalls, func() { tt.event(f) })
			}
			start := newGate(processes, func() {})
			h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == readyPath {
					start.pass(r)
					return
				}
				f.ServeHTTP(w, r)
			}))
			t.Cleanup(h.Close)
			text, err := json.Marshal(processStorm{h.URL, t.TempDir()})
			must(t, err)
			var group sync.WaitGroup
			for range processes {
				group.Go(func() {
					cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestStormProcess$", "-test.timeout=60s")
					cmd.Env = append(os.Environ(), processVariable+"="+string(text))
					if out, err := cmd.CombinedOutput(); err != nil {
						t.Errorf("%v\n%s", err, out)
					}
				})
			}
			group.Wait()
			if f.asked != tt.asked || len(f.tokens) != tt.given {
				t.Errorf("%d gettokens gave %d tokens, want %d and %d", f.asked, len(f.tokens), tt.asked, tt.given)
			}
		})
	}
}

// TestStormProcess is one of the processes; in the test itself it does nothing.
func TestStormProcess(t *testing.T) {
	text := os.Getenv(processVariable)
	if text == "" {
		return
	}
	var storm processStorm
	must(t, json.Unmarshal([]byte(text), &storm))
	resp, err := http.Get(storm.URL + readyPath)
	must(t, err)
	must(t, resp.Body.Close())
	w := newWatch(t, http.DefaultTransport, realClock{})
	w.shared = true
	c := (&stormCorp{}).client(t, wecom.WithBaseURL(storm.URL), wecom.WithHTTPClient(&http.Client{Transport: w}),
		wecom.WithTokenStore(newFileStore(t, storm.Dir)), wecom.OnTokenStoreError(func(err error) { t.Errorf("store: %v", err) }))
	w.calls(c, "storm", processCalls)
	w.calls(c, "after", processCalls)
}
