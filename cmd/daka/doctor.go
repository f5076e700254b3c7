package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
)

func newDoctorCommand() *cobra.Command {
	o := sourceOptions{both: true}
	output := asTable
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Find out what is wrong, and what to do",
		Long: `Examines a database, or the way to WeCom or a server like it, and says of each
point whether it is in order and what to do where it is not. It changes nothing.

Of a database: its schema, damage, the space and the log on disk, whether writes
reach the disk, clocks, the audit logs, and the public calendar of this year and the
next. Of a server: whether it answers, clocks, whose secret it is, whether the app may call
check-in, whether this address is trusted, and what is known of the limits. It
makes about seven calls, none of which changes anything.

` + sourceHelp + `

With --db and a server named it examines both.

` + exitHelp + `

It is 1 too when a check has failed; warnings leave it at 0.`,
		Example: "  daka doctor --db sqlite:daka.db",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runDoctor(cmd, &o, output)
		},
	}
	o.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// The states of a point.
const (
	isWell    = "ok"
	isWarning = "warn"
	hasFailed = "fail"
	isSkipped = "skipped"
)

// checkRow is a point that was examined.
type checkRow struct {
	Check   string `json:"check"`
	State   string `json:"state"` // ok, warn, fail or skipped
	Finding string `json:"finding"`
	Advice  string `json:"advice"`
}

// examination is what the doctor found so far.
type examination struct {
	cmd  *cobra.Command
	rows []checkRow
}

// note adds a point. Its texts are said already.
func (x *examination) note(check, state, finding, advice string) {
	x.rows = append(x.rows, checkRow{check, state, finding, advice})
}

func (x *examination) ok(check, finding string) { x.note(check, isWell, finding, "") }

func (x *examination) skip(check, why string) { x.note(check, isSkipped, why, "") }

// broke adds a point that could not be examined.
func (x *examination) broke(check string, err error) {
	x.note(check, isWarning, errorText(langOf(x.cmd), err), x.say("it could not be examined"))
}

func (x *examination) say(text string, args ...any) string { return say(x.cmd, text, args...) }

func runDoctor(cmd *cobra.Command, o *sourceOptions, output format) error {
	x := &examination{cmd: cmd}
	if err := o.choose(cmd); err != nil {
		return err
	}
	if !o.fromServer() || originOf(cmd, "db") == fromFlag {
		x.database(cmd.Context(), o.db)
	}
	if o.fromServer() {
		w, _, err := o.remote.dial()
		if err != nil {
			return err
		}
		x.server(cmd.Context(), w, o.remote.baseURL)
	}
	if err := x.write(output); err != nil {
		return err
	}
	if slices.ContainsFunc(x.rows, func(r checkRow) bool { return r.State == hasFailed }) {
		return reportedError{failf("a check has failed")}
	}
	return nil
}

// write writes the points; in a table the advice stands below the finding.
func (x *examination) write(output format) error {
	if output != asTable {
		return writeRows(x.cmd, output, nil, x.rows, nil)
	}
	var cells [][]string
	for _, r := range x.rows {
		cells = append(cells, []string{r.Check, r.State, r.Finding})
		if r.Advice != "" {
			cells = append(cells, []string{"", "", "-> " + r.Advice})
		}
	}
	return writeCells(x.cmd, []column{{head: "check", words: true}, {head: "state", words: true}, {head: "finding"}}, cells)
}

// mebibytes writes a size for people.
func mebibytes(n int64) string {
	if n >= 10<<30 {
		return fmt.Sprintf("%d GiB", n>>30)
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}
