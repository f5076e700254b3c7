package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
)

// progressAfter is how long something takes before its progress is shown.
const progressAfter = time.Second

// progress shows how far something is, on stderr and only on a terminal. It is
// for one goroutine; nil shows nothing.
type progress struct {
	out   io.Writer // nil = nothing is shown
	what  string
	total int64
	begun time.Time
	so    int64
	bar   *progressbar.ProgressBar // nil until it is worth showing
}

// newProgress begins to count to total, or without an end for a total of -1.
// done must be called at the end.
func newProgress(cmd *cobra.Command, what string, total int64) *progress {
	p := &progress{what: what, total: total, begun: time.Now()}
	if out := cmd.ErrOrStderr(); isTerminal(out) && !isQuiet(cmd) {
		p.out = out
	}
	return p
}

// add says that n more are done.
func (p *progress) add(n int64) {
	if p == nil {
		return
	}
	p.so += n
	if p.out == nil || p.bar == nil && time.Since(p.begun) < progressAfter {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(p.total,
			progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(p.what),
			progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	_ = p.bar.Set64(p.so) // it is for the eye alone
}

// done takes the bar away.
func (p *progress) done() {
	if p != nil && p.bar != nil {
		_ = p.bar.Clear() // as above
	}
}

// isQuiet reports whether a command was told to say nothing beside its result.
func isQuiet(cmd *cobra.Command) bool {
	f := cmd.Flags().Lookup("quiet")
	return f != nil && f.Value.String() == "true"
}
