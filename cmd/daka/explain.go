package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
	"github.com/spf13/cobra"
)

// explainOptions are those of explain.
type explainOptions struct {
	databaseOptions
	lang   langFlag
	asOf   momentFlag
	output prose
}

func newExplainCommand() *cobra.Command {
	o := explainOptions{lang: langFlag(explain.English), output: asText}
	cmd := &cobra.Command{
		Use:   "explain USER DAY",
		Short: "Tell why a member's day is judged as it is",
		Long: `Tells one member's day: why it is a working day or a day off, what was asked for,
where each punch and correction went, what requests changed, the verdicts, hours
and overtime with their arithmetic, and what would change a verdict.

DAY is a date like 2026-01-31. --as-of tells the day as it was known at a moment:
seconds since 1970, 2026-01-31T18:00:00+08:00, or 2026-01-31 18:00:00 in the
corporation's zone. It is read from a database alone: a server does not tell.

` + exitHelp,
		Example: "  daka explain zhangsan 2026-01-31 --lang zh",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("%s: want USER and DAY, got %d arguments", cmd.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := attendance.ParseDay(args[1])
			if err != nil {
				return usagef("%s: %w", cmd.CommandPath(), err)
			}
			return runExplain(cmd.Context(), cmd.OutOrStdout(), attendance.UserID(args[0]), day, &o)
		},
	}
	o.bind(cmd)
	bind(cmd, "lang", &o.lang)
	bind(cmd, "as-of", &o.asOf)
	bind(cmd, "output", &o.output)
	return cmd
}

func runExplain(ctx context.Context, out io.Writer, user attendance.UserID, day attendance.Day, o *explainOptions) error {
	return o.withCorp(ctx, toRead, func(a *app.App, corp *app.Corp) error {
		b, err := a.DayBasis(ctx, corp, user, day, o.asOf.in(corp.Zone))
		if err != nil {
			return fmt.Errorf("explain %s: %w", day, err)
		}
		lang := explain.Lang(o.lang)
		text := explain.NoReport(&b.Facts, &b.Person, day, lang)
		if b.Report != nil {
			text = explain.Day(&b.Facts, &b.Person, b.Report, lang)
		}
		if b.Closed {
			text = text.InClosedMonth()
		}
		if o.output == proseJSON {
			return writeJSON(out, text)
		}
		_, err = io.WriteString(out, text.String())
		return err
	})
}

// langFlag is a language that days are explained in.
type langFlag explain.Lang

func (l *langFlag) String() string { return string(*l) }

func (l *langFlag) Type() string { return "language" }

func (l *langFlag) Set(text string) error {
	lang, err := explain.ParseLang(text)
	if err == nil {
		*l = langFlag(lang)
	}
	return err
}

// prose is how a command writes a result that is no table.
type prose string

const (
	asText    prose = "text"
	proseJSON prose = "json"
)

func (p *prose) String() string { return string(*p) }

func (p *prose) Type() string { return "format" }

// Set takes table for text, so that one DAKA_OUTPUT does for all commands.
func (p *prose) Set(text string) error {
	switch text {
	case string(asText), string(asTable):
		*p = asText
	case string(proseJSON):
		*p = proseJSON
	default:
		return errors.New("want text or json")
	}
	return nil
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
	return fmt.Errorf("%q is not a moment like 2026-01-31T18:00:00+08:00, 2026-01-31 18:00:00 or Unix seconds", text)
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
