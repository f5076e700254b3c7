package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// explainOptions are those of explain.
type explainOptions struct {
	sourceOptions
	asOf   momentFlag
	output format
}

func newExplainCommand() *cobra.Command {
	o := explainOptions{output: asTable}
	cmd := &cobra.Command{
		Use:   "explain USER DAY",
		Short: "Tell why a member's day is judged as it is",
		Long: `Tells one member's day: why it is a working day or a day off, what was asked for,
where each punch and correction went, what requests changed, the verdicts, hours
and overtime with their arithmetic, and what would change a verdict.

DAY is a date like 2026-01-31, or today, yesterday, 昨天. --as-of tells the day as it
was known at a moment: seconds since 1970, 2026-01-31T18:00:00+08:00, or 2026-01-31
18:00:00 in the corporation's zone. A daka server tells the same in the same words.
It is no table: -o csv is not for it.

` + namesHelp + `

` + deskHelp + `

` + exitHelp,
		Example: "  daka explain zhangsan 2026-01-31 --lang zh",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usagef("%s: want USER and DAY, got %d arguments", cmd.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := parseWhen(strings.Join(args[1:], " "))
			if err != nil {
				return usagef("%s: %w", cmd.CommandPath(), err)
			}
			return runExplain(cmd, args[0], &day, &o)
		},
	}
	o.bind(cmd)
	bind(cmd, "as-of", &o.asOf)
	bindTo(cmd.Flags(), "output", &o.output)
	return cmd
}

func runExplain(cmd *cobra.Command, user string, when *when, o *explainOptions) error {
	if o.output == asCSV {
		return usagef("%s: an explanation is no table: want text, json, ndjson or yaml", cmd.CommandPath())
	}
	o.names(cmd, &user)
	return o.administer(cmd, toRead, errTellsNoReason, func(ctx context.Context, d desk) error {
		day, err := when.day(d.zone())
		if err != nil {
			return err
		}
		text, err := d.explain(ctx, user, day, o.asOf.in(d.zone()), langOf(cmd))
		if err != nil {
			return failf("explain %s: %w", day, err)
		}
		return writeObject(cmd, o.output, text, text.String())
	})
}

// momentFlag is a moment; the zero value is none. One without an offset is on
// the clock of a zone that is known later.
type momentFlag struct {
	text  string
	at    int64 // Unix seconds
	local bool  // at is what the clock shows
}

func (m *momentFlag) String() string { return m.text }

func (m *momentFlag) Type() string { return "moment" }

func (m *momentFlag) Set(text string) error {
	text = halfWidth(text)
	if at, err := strconv.ParseInt(text, 10, 64); err == nil && at > 0 && at < int64(attendance.MaxDay)*attendance.SecondsPerDay {
		*m = momentFlag{text: text, at: at}
		return nil
	}
	for _, layout := range []string{time.RFC3339, time.DateTime, "2006-01-02 15:04", "2006-01-02T15:04:05"} {
		t, err := time.Parse(layout, text)
		if err != nil || t.Year() < 1971 || t.Year() > 2199 {
			continue
		}
		*m = momentFlag{text: text, at: t.Unix(), local: layout != time.RFC3339}
		return nil
	}
	return failf("%q is not a moment like 2026-01-31T18:00:00+08:00, 2026-01-31 18:00:00 or Unix seconds", text)
}

// in returns the moment in Unix seconds, read on the clock of a zone where it
// says none itself; 0 for none.
func (m *momentFlag) in(zone *attendance.Zone) int64 {
	if !m.local {
		return m.at
	}
	day := attendance.Day(m.at / attendance.SecondsPerDay)
	return zone.At(day, attendance.TimeOfDay(m.at%attendance.SecondsPerDay))
}
