package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/verify"
	"github.com/spf13/cobra"
)

// writeVerified writes what came of a comparison.
func writeVerified(cmd *cobra.Command, output format, res *verify.Result) error {
	switch output {
	case asCSV:
		return writeStream(cmd.OutOrStdout(), output, sequence(res.Groups))
	case asNDJSON:
		if err := writeStream(cmd.OutOrStdout(), output, sequence(res.Groups)); err != nil {
			return err
		}
		rest := *res
		rest.Groups = nil
		return writeJSON(cmd.OutOrStdout(), struct {
			verify.Result
			Groups *struct{} `json:"groups,omitzero"` // they are the lines before
		}{Result: rest})
	}
	return writeObject(cmd, output, res, verifiedText(cmd, res))
}

// verifiedText tells what came of a comparison.
func verifiedText(cmd *cobra.Command, res *verify.Result) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(strings.Map(printable, text) + "\n") }
	for i := range res.Groups {
		groupText(cmd, &res.Groups[i], line)
	}
	if res.Fit != nil {
		fitText(cmd, res.Fit, line)
	}
	c := &res.Counts
	if c.Provisional.Compared > 0 {
		line(say(cmd, "not counted: %d provisional reports, %d of them equal", c.Provisional.Compared, c.Provisional.Equal))
	}
	if c.WithoutVerdict > 0 {
		line(say(cmd, "not counted: %d days without a report of WeCom's", c.WithoutVerdict))
	}
	if c.WithoutPunches > 0 {
		line(say(cmd, "cannot be compared: %d reports of days whose punches were not fetched: see \"daka sync status\"", c.WithoutPunches))
	}
	if c.UnknownMembers > 0 {
		line(say(cmd, "not counted: %d members who are not in the contacts", c.UnknownMembers))
	}
	if c.KnownLater > 0 {
		line(say(cmd, "%d reports are equal by what was known when WeCom's were fetched", c.KnownLater))
	}
	if c.FieldsApart > 0 {
		line(say(cmd, "%d fields differ for what WeCom's interface does not show", c.FieldsApart))
	}
	if c.Days.Apart+c.Months.Apart > 0 {
		line(say(cmd, "apart: %d person-days and %d months with cards that no record shows", c.Days.Apart, c.Months.Apart))
	}
	if !c.Plausible() {
		line(say(cmd, "these are too many of the %d days with cards to be corrections: are the punches complete? See \"daka sync status\"", c.WithCards))
	}
	line(say(cmd, "%d of %d person-days that are over were compared", c.Days.Compared, c.Due))
	line(say(cmd, "%d of %d fields are equal", c.Fields.Equal, c.Fields.Compared))
	line(say(cmd, "%d of %d months are equal", c.Months.Equal, c.Months.Compared))
	line(say(cmd, "%d of %d person-days are equal: %s", c.Days.Equal, c.Days.Compared, percent(c.Days)))
	return b.String()
}

// percent writes a share, cut down: only all of it is 100.00 %.
func percent(s verify.Share) string {
	if s.Compared == 0 {
		return "-"
	}
	n := s.Equal * 10_000 / s.Compared
	return fmt.Sprintf("%d.%02d %%", n/100, n%100)
}

// groupText tells one cause with its first example.
func groupText(cmd *cobra.Command, g *verify.Group, line func(string)) {
	head := say(cmd, "%d reports of %d members: %s", g.Reports, g.Users, g.Text)
	if g.Apart {
		head = say(cmd, "apart, %s", head)
	}
	line(head)
	for _, f := range g.Fields[:min(len(g.Fields), 5)] {
		line(fmt.Sprintf("  %6d  %s", f.Count, f.Path))
	}
	for _, e := range g.Examples[:min(len(g.Examples), 1)] {
		days := e.First
		if e.Last != e.First {
			days += " - " + e.Last
		}
		for _, d := range e.Differences[:min(len(e.Differences), 5)] {
			line("  " + say(cmd, "%s %s: %s is %v, WeCom's %v", e.User, days, d.Path, shownValue(d.Ours), shownValue(d.Theirs)))
		}
		for _, text := range e.Explanation {
			line("    " + text)
		}
	}
	for _, r := range g.Remedies {
		line("  " + say(cmd, "option %s = %s removes %d of %d", r.Option, r.Value, r.Removes, r.Of))
	}
	line("")
}

// shownValue is a value of a report as people read it.
func shownValue(v any) any {
	if v == nil {
		return "-"
	}
	return v
}

// fitText tells what a search for options found.
func fitText(cmd *cobra.Command, f *verify.Fit, line func(string)) {
	if len(f.Changes) == 0 {
		line(say(cmd, "no other options are better than those in force"))
	} else {
		changesText(cmd, f, line)
	}
	if len(f.Untold) > 0 {
		line("  " + say(cmd, "no report tells of %s: any value is as good", strings.Join(f.Untold, ", ")))
	}
	line("")
}

func changesText(cmd *cobra.Command, f *verify.Fit, line func(string)) {
	line(say(cmd, "the most reports are equal with the options %s", f.Options))
	for _, c := range f.Changes {
		line("  " + say(cmd, "%s: %s instead of %s, by %d reports", c.Option, c.To, c.From, c.Decides))
		if len(c.AsGood) > 0 {
			line("    " + say(cmd, "as good: %s", joinValues(c.AsGood)))
		}
	}
	line("  " + say(cmd, "%d of %d person-days and %d of %d months would be equal",
		f.After.Days.Equal, f.After.Days.Compared, f.After.Months.Equal, f.After.Months.Compared))
}

func joinValues(list []json.RawMessage) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	return strings.Join(texts, ", ")
}
