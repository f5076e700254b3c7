package dakatest_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

// Nothing of a server is left when its test is over. It runs alone: no test
// beside it may have goroutines of its own.
func TestNothingIsLeft(t *testing.T) {
	t.Run("servers", func(t *testing.T) {
		for range 8 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				s := dakatest.NewServer(t, dakatest.At(noon))
				s.Members("zhangsan")
				if _, err := day(t, s); err != nil {
					t.Error(err)
				}
			})
		}
	})
	var stacks string
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		buf := make([]byte, 1<<20)
		stacks = string(buf[:runtime.Stack(buf, true)])
		if !strings.Contains(stacks, "internal/server.") && !strings.Contains(stacks, "net/http.(*persistConn)") && !strings.Contains(stacks, "net/http.(*Server)") {
			return
		}
	}
	t.Errorf("goroutines are left:\n%s", stacks)
}

// Under a frozen clock a minute never ends, so quotas are off unless asked for:
// getcheckin_daydata has 100 calls a minute.
func TestLimited(t *testing.T) {
	t.Parallel()
	free, limited := dakatest.NewServer(t, dakatest.At(noon)), dakatest.NewServer(t, dakatest.At(noon), dakatest.Limited())
	for _, s := range []*dakatest.Server{free, limited} {
		s.Members("zhangsan")
		for range 100 {
			if _, err := day(t, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := day(t, free); err != nil {
		t.Errorf("the 101st call: %v", err)
	}
	if _, err := day(t, limited); !errors.Is(err, wecom.CodeRateLimit) {
		t.Errorf("the 101st call of a limited server: %v", err)
	}
	limited.Clock.Advance(time.Minute)
	if _, err := day(t, limited); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}
