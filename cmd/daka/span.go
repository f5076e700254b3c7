package main

import (
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// spanFlags say which days a command is about: --from and --to, or a period,
// as --period or as the command's arguments ("daka report month last month").
//
//	span := spanFlags{fallback: "this month"} // what counts when nothing is said; "" = something must be
//	span.bind(cmd)
//	...
//	if err := span.take(cmd, args); err != nil { return err }   // before anything is opened
//	first, last, err := span.days(cmd, corp.Zone)               // when the zone is known
type spanFlags struct {
	from, to, period whenFlag
	fallback         string
}

func (s *spanFlags) bind(cmd *cobra.Command) {
	bind(cmd, "from", &s.from)
	bind(cmd, "to", &s.to)
	bind(cmd, "period", &s.period)
}

// take reads the arguments of a command as a period and checks what can be
// without a zone.
func (s *spanFlags) take(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		if cmd.Flags().Changed("period") {
			return usagef("%s: the period is given twice: %q and --period %s", cmd.CommandPath(), strings.Join(args, " "), s.period.text)
		}
		if err := s.period.Set(strings.Join(args, " ")); err != nil {
			return usagef("%s: %w", cmd.CommandPath(), err)
		}
	}
	for _, end := range []*whenFlag{&s.from, &s.to} {
		if end.stretch {
			return usagef("%s: %q has both ends: say it without --from and --to", cmd.CommandPath(), end.text)
		}
	}
	bounded := s.from.set() || s.to.set()
	if bounded && s.period.set() {
		said := len(args) > 0 || cmd.Flags().Changed("period")
		if said && (cmd.Flags().Changed("from") || cmd.Flags().Changed("to")) {
			return usagef("%s: a period and --from or --to exclude each other", cmd.CommandPath())
		}
		if said {
			s.from, s.to = whenFlag{}, whenFlag{} // the command line counts before the environment
		} else {
			s.period = whenFlag{}
		}
	}
	if !bounded && !s.period.set() {
		if s.fallback == "" {
			return usagef("%s: which days? Say a period like 2026-10 or last month, or --from and --to", cmd.CommandPath())
		}
		if err := s.period.Set(s.fallback); err != nil {
			return err
		}
	}
	if s.from.set() && s.from.fixed && s.to.set() && s.to.fixed {
		_, _, err := s.resolve(0)
		return err
	}
	return nil
}

// days returns the first and the last day and says on stderr which they are.
func (s *spanFlags) days(cmd *cobra.Command, zone *attendance.Zone) (first, last attendance.Day, err error) {
	if first, last, err = s.resolve(today(zone)); err != nil || isQuiet(cmd) {
		return first, last, err
	}
	_, err = fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "%s, %s", daysText(cmd, first, last), zone.Name()))
	return first, last, err
}

// resolve returns the days, where today is known.
func (s *spanFlags) resolve(today attendance.Day) (first, last attendance.Day, err error) {
	switch {
	case s.period.set():
		first, last = s.period.days(today)
	case s.from.set() && s.to.set():
		first, _ = s.from.days(today)
		last = s.to.endOf(first, today)
	case s.from.set():
		first, last = s.from.days(today)
		last = max(last, today)
	default:
		_, last = s.to.days(today)
		first, _ = last.Month()
	}
	if !first.Valid() || !last.Valid() {
		return 0, 0, usagef("the days %s to %s are not between 1970 and 2199", first, last)
	}
	if last < first {
		return 0, 0, usagef("--to %s is before --from %s", last, first)
	}
	return first, last, nil
}
