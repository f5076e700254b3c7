package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := &progress{out: &out, what: "days", total: 10, begun: time.Now()}
	p.add(1)
	if out.Len() > 0 {
		t.Errorf("what just began is shown: %q", out.String())
	}
	p.begun = time.Now().Add(-2 * progressAfter)
	p.add(4)
	if !strings.Contains(out.String(), "days") || !strings.Contains(out.String(), "5/10") {
		t.Errorf("after two seconds: %q", out.String())
	}
	p.done()
	var none *progress
	none.add(1)
	none.done()
	cmd := &cobra.Command{}
	cmd.SetErr(&out)
	if newProgress(cmd, "days", 10).out != nil {
		t.Error("what is no terminal gets a bar")
	}
}

// Not parallel: the environment is everybody's.
func TestColoured(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil || !isTerminal(terminal) {
		t.Skipf("there is no pseudo-terminal here: %v", err)
	}
	defer terminal.Close()
	for name, tt := range map[string]struct {
		noColor, term string
		want          bool
	}{
		"usual":    {"", "xterm", true},
		"NO_COLOR": {"1", "xterm", false},
		"dumb":     {"", "dumb", false},
	} {
		t.Setenv("NO_COLOR", tt.noColor)
		t.Setenv("TERM", tt.term)
		if got := coloured(terminal); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	quiet := &cobra.Command{}
	silence := true
	bind(quiet, "quiet", &silence)
	quiet.SetErr(terminal)
	if newProgress(quiet, "days", 1).out != nil {
		t.Error("--quiet has a bar")
	}
}
