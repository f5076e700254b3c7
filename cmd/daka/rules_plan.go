package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// newRulePlan is what a dry run says of a rule that is to be added: its hours, and
// for whom it would be. A server does not tell the latter.
type newRulePlan struct {
	DryRun  bool        `json:"dry_run"`
	Plan    string      `json:"plan"`
	Hours   []string    `json:"hours"`
	Day     string      `json:"day,omitzero"` // of which Members are
	Members *int        `json:"members"`
	Taken   []takenOver `json:"taken"`
}

// takenOver is how many members come under a new rule from one that is there.
type takenOver struct {
	GroupID attendance.GroupID `json:"groupid"`
	Rule    string             `json:"rule"`
	Members int                `json:"members"`
}

// planNewRule says on stderr from which rules a new one would take members, and
// ends a dry run. Members are those of its first day, or of today where it begins
// in the past.
func planNewRule(cmd *cobra.Command, o *ruleWriteOptions, book rulebook, zone *attendance.Zone, change ruleChange, rule *checkin.RuleWrite, plan string) error {
	day := max(change.first, today(zone))
	members, taken, err := takenFrom(cmd.Context(), book, change, day)
	if err != nil {
		return err
	}
	for _, t := range taken {
		if !isQuiet(cmd) {
			fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "it takes %d members from rule %s (%d)", t.Members, t.Rule, t.GroupID))
		}
	}
	if !o.write.dryRun {
		return nil
	}
	hours := ruleHours(cmd, rule)
	text := say(cmd, "would %s", plan)
	for _, line := range hours {
		text += "\n  " + line
	}
	p := newRulePlan{DryRun: true, Plan: plan, Hours: hours, Members: members, Taken: append([]takenOver{}, taken...)}
	if members != nil {
		p.Day = day.String()
		text += "\n  " + say(cmd, "%d members on %s", *members, day)
	}
	return firstError(writeObject(cmd, o.output, p, text), errPlanned)
}

// takenFrom returns how many members a new rule would hold on a day, nil where
// that is not told, and the rules that they are under without it.
func takenFrom(ctx context.Context, book rulebook, change ruleChange, day attendance.Day) (members *int, taken []takenOver, err error) {
	counts, err := book.taken(ctx, change, day)
	if err != nil || counts == nil {
		return nil, nil, err
	}
	rules, err := storedRules(ctx, book)
	if err != nil {
		return nil, nil, err
	}
	sum := 0
	for _, n := range counts {
		sum += n
	}
	for _, r := range rules {
		if n := counts[r.ID]; n > 0 {
			taken = append(taken, takenOver{r.ID, r.Name, n})
		}
	}
	return &sum, taken, nil
}

// ruleHours says what a rule asks for, each kind of day and each shift on a line.
func ruleHours(cmd *cobra.Command, r *checkin.RuleWrite) (lines []string) {
	for i := range r.CheckinDate {
		d := &r.CheckinDate[i]
		what := sectionsText(cmd, d.CheckinTime)
		if what == "" && r.StandardWorkDuration != nil && *r.StandardWorkDuration > 0 {
			what = say(cmd, "free times, %s hours a day", hoursText(*r.StandardWorkDuration))
		} else if what == "" {
			what = say(cmd, "free times")
		}
		if b := d.Biweekly; b != nil && b.EnableWeekdayRecurrence {
			lines = append(lines, say(cmd, "odd weeks")+" "+weekdaysText(cmd, b.OddWorkdays)+": "+what, say(cmd, "even weeks")+" "+weekdaysText(cmd, b.EvenWorkdays)+": "+what)
			continue
		}
		lines = append(lines, weekdaysText(cmd, d.Workdays)+": "+what)
	}
	for i := range r.ScheduleList {
		if s := &r.ScheduleList[i]; len(s.TimeSection) > 0 {
			lines = append(lines, s.ScheduleName+": "+sectionsText(cmd, s.TimeSection))
		}
	}
	return lines
}

func hoursText(seconds int64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", float64(seconds)/3600), "0"), ".")
}

func sectionsText(cmd *cobra.Command, sections []checkin.Section) string {
	var parts []string
	for i := range sections {
		s := &sections[i]
		text := spanText(s.WorkSec, s.OffWorkSec)
		rests := []checkin.Rest{}
		if s.AllowRest != nil && *s.AllowRest {
			if s.RestBeginTime != nil && s.RestEndTime != nil {
				rests = append(rests, checkin.Rest{RestBeginTime: *s.RestBeginTime, RestEndTime: *s.RestEndTime})
			}
			for _, rest := range s.RestTimes {
				if !slices.Contains(rests, rest) { // the first may stand in both
					rests = append(rests, rest)
				}
			}
		}
		for _, rest := range rests {
			text += ", " + say(cmd, "rest %s", spanText(rest.RestBeginTime, rest.RestEndTime))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func spanText(from, to int64) string {
	return attendance.TimeOfDay(from).String() + "–" + attendance.TimeOfDay(to).String()
}

var weekdays = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// weekdaysText names weekdays, Monday first; three or more in a row by their ends.
func weekdaysText(cmd *cobra.Command, days []int64) string {
	var parts []string
	for i := int64(1); i <= 7; i++ {
		last := i
		for last <= 7 && slices.Contains(days, last%7) {
			last++
		}
		switch n := last - i; {
		case n >= 3:
			parts = append(parts, weekdayText(cmd, i)+"–"+weekdayText(cmd, last-1))
			i = last
		case n > 0:
			parts = append(parts, weekdayText(cmd, i))
		}
	}
	return strings.Join(parts, ", ")
}

func weekdayText(cmd *cobra.Command, day int64) string {
	return translate(langOf(cmd), weekdays[day%7])
}
