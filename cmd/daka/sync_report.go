package main

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// intervalFlag is how often something is done, a minute or more; 0 = once.
type intervalFlag time.Duration

func (i *intervalFlag) String() string {
	if *i == 0 {
		return ""
	}
	return time.Duration(*i).String()
}

func (i *intervalFlag) Type() string { return "duration" }

func (i *intervalFlag) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Minute {
		return failf("want a minute or more, such as 15m or 2h, not %q", text)
	}
	*i = intervalFlag(d)
	return nil
}

// syncRow is what a sync did about one kind of fact.
type syncRow struct {
	Kind    string `json:"kind"`
	Calls   int    `json:"calls"`
	Read    int    `json:"read"`
	Changed int    `json:"changed"`
	Refused int64  `json:"refused,omitzero"` // errcode: the app may not ask
}

var syncColumns = []column{
	{head: "kind"}, {head: "calls", right: true}, {head: "read", right: true},
	{head: "changed", right: true}, {head: "refusals", right: true, mark: true},
}

func (r syncRow) cells() []string {
	return []string{r.Kind, strconv.Itoa(r.Calls), strconv.Itoa(r.Read), strconv.Itoa(r.Changed), count(r.Refused)}
}

// writeSynced tells what a sync did, and on stderr what it could not use. Of
// one that failed there may be nothing to tell.
func writeSynced(cmd *cobra.Command, output format, report *mirror.Report, failure error) error {
	var rows []syncRow
	done := failure == nil
	for _, k := range report.Kinds {
		rows = append(rows, syncRow{k.Kind, k.Calls, k.Read, k.Changed, int64(k.Refused)})
		done = done || k.Calls > 0 || k.Changed > 0
	}
	for _, text := range report.Problems {
		if lang := langOf(cmd); lang != explain.English {
			text = phrase(lang, text)
		}
		fmt.Fprintln(cmd.ErrOrStderr(), text)
	}
	if !done {
		return nil
	}
	return writeRows(cmd, output, syncColumns, rows, named(cmd, syncRow.cells))
}

// tellLate says on stderr that days are left to another sync, if there are any.
func tellLate(cmd *cobra.Command, days int) {
	if days > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "punches or approvals came late for %d days of members, which are to be copied again: run daka sync again", days))
	}
}

// kindText is a kind of facts as people read it.
func kindText(cmd *cobra.Command, kind string) string {
	if text, ok := chineseKinds[kind]; ok && langOf(cmd) == explain.Chinese {
		return text
	}
	return kind
}

// named has the first of a row's cells, a kind, said in the command's language.
func named[R any](cmd *cobra.Command, cells func(R) []string) func(R) []string {
	return func(r R) []string {
		list := cells(r)
		list[0] = kindText(cmd, list[0])
		return list
	}
}

// planRow is the calls that a sync is going to make about one kind of fact.
type planRow struct {
	Kind      string `json:"kind"`
	Calls     int    `json:"calls"`
	More      bool   `json:"more"` // one for each form, or some for each change of a rule, too
	PerMinute int    `json:"per_minute"`
	LeastSec  int64  `json:"least_sec"`
}

var planColumns = []column{
	{head: "kind"}, {head: "calls", right: true}, {head: "a minute", right: true}, {head: "takes", right: true},
}

func (r planRow) cells() []string {
	calls := strconv.Itoa(r.Calls)
	if r.More {
		calls += "+"
	}
	return []string{r.Kind, calls, strconv.Itoa(r.PerMinute), hours(r.LeastSec)}
}

// planSync says which calls a sync would make, and on stderr how long they take
// at least.
func planSync(cmd *cobra.Command, a *app.App, corp *app.Corp, w *wecom.Client, opts mirror.Options, output format) error {
	opts.KeepQuotas = false // nothing is written
	m, err := mirror.New(a, corp, w, opts)
	if err != nil {
		return err
	}
	plan, err := m.Plan(cmd.Context())
	if err != nil {
		return err
	}
	var rows []planRow
	var longest time.Duration
	calls := 0
	for _, p := range plan {
		rows = append(rows, planRow{p.Kind, p.Calls, p.More, p.PerMinute, int64(p.Least / time.Second)})
		longest, calls = max(longest, p.Least), calls+p.Calls
	}
	if !isQuiet(cmd) {
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "%d calls or more, %s at least by the quotas", calls, longest))
	}
	return writeRows(cmd, output, planColumns, rows, named(cmd, planRow.cells))
}

// syncLine shows how far a sync is: calls, how fast they go and how long the
// rest takes.
type syncLine struct {
	cmd   *cobra.Command
	out   io.Writer // nil = nothing is shown
	begun time.Time
	shown time.Time // when last
}

func newSyncLine(cmd *cobra.Command) *syncLine {
	l := &syncLine{cmd: cmd, begun: time.Now()}
	if out := cmd.ErrOrStderr(); isTerminal(out) && !isQuiet(cmd) {
		l.out = out
	}
	return l
}

func (l *syncLine) show(p mirror.Progress) {
	spent := time.Since(l.begun)
	if l.out == nil || spent < progressAfter || time.Since(l.shown) < progressAfter/4 {
		return
	}
	l.shown = time.Now()
	rest := time.Duration(float64(spent) / float64(max(p.Done, 1)) * float64(p.Total-p.Done))
	rate := int(float64(p.Done) / spent.Minutes())
	_, _ = fmt.Fprintf(l.out, "\r\x1b[K%s", say(l.cmd, "%d of %d calls, %d a minute, %s left", p.Done, p.Total, rate, max(rest, p.Least).Round(time.Second))) // it is for the eye alone
}

// done takes the line away. The next round begins a new one.
func (l *syncLine) done() {
	if l.out != nil && !l.shown.IsZero() {
		_, _ = io.WriteString(l.out, "\r\x1b[K") // as above
	}
	l.begun, l.shown = time.Now(), time.Time{}
}
