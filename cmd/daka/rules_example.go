package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// exampleLine is a line of a document with what is said behind it.
type exampleLine struct{ text, note string }

// The parts of the examples. Times are seconds after midnight, those of the next
// day go on: 30:00 is 108000.
var (
	exampleFixed = []exampleLine{
		{`groupname: "Office"`, "any name of up to 40 characters"},
		{`grouptype: 1`, "1 fixed times, 2 shifts, 3 free times"},
	}
	exampleShift = []exampleLine{
		{`groupname: "Shifts"`, "any name of up to 40 characters"},
		{`grouptype: 2`, "1 fixed times, 2 shifts, 3 free times"},
	}
	exampleFree = []exampleLine{
		{`groupname: "Free hours"`, "any name of up to 40 characters"},
		{`grouptype: 3`, "1 fixed times, 2 shifts, 3 free times"},
	}
	exampleRange = []exampleLine{
		{`range:`, "for whom the rule is"},
		{`  party_id: ["1"]`, "departments by their ids; 1 is everybody, see \"daka members departments\""},
		{`  userid: []`, "members by their userids"},
		{`  tagid: []`, "tags by their ids"},
	}
	exampleDays = []exampleLine{
		{`checkindate:`, ""},
		{`  - workdays: [1, 2, 3, 4, 5]`, "0 is Sunday, 6 is Saturday"},
	}
	exampleOffice = []exampleLine{
		{`    checkintime:`, "up to 4 sections a day; times are seconds after midnight"},
		{`      - time_id: 1`, "each section has its own number"},
		{`        work_sec: 32400`, "09:00, work begins"},
		{`        off_work_sec: 64800`, "18:00, work ends"},
		{`        remind_work_sec: 32400`, "a reminder: 0, 5, 10, 15 or 20 minutes before work"},
		{`        remind_off_work_sec: 64800`, "a reminder: 0, 10, 20, 30 or 60 minutes after work"},
		{`        earliest_work_sec: 14400`, "04:00, from when on the card before work is taken"},
		{`        latest_work_sec: 64740`, "17:59, until when"},
		{`        earliest_off_work_sec: 32460`, "09:01, from when on the card after work is taken"},
		{`        latest_off_work_sec: 100740`, "03:59 of the next day, until when: 100800 at most"},
		{`        allow_rest: true`, "a lunch break, which is no work; false for none, without rest_times"},
		{`        rest_times:`, "up to 5"},
		{`          - {rest_begin_time: 43200, rest_end_time: 46800}`, "12:00 to 13:00"},
	}
	exampleTolerance = []exampleLine{
		{`#     allow_flex: true`, "tolerance; for flexible hours max_allow_arrive_early and max_allow_arrive_late in the place of the next two"},
		{`#     flex_on_duty_time: 300`, "so many seconds after work begins nobody is late: whole 5 minutes, up to 6 hours"},
		{`#     flex_off_duty_time: 0`, "so many before work ends nobody leaves early"},
	}
	exampleHolidays = []exampleLine{
		{`sync_holidays: true`, "public holidays are free"},
	}
	exampleShifts = []exampleLine{
		{`schedulelist:`, "the shifts, of which \"daka schedule set\" gives them one a day"},
		{`  - schedule_id: 0`, "the day of rest is always 0 and 休息"},
		{`    schedule_name: "休息"`, ""},
		{`  - schedule_id: 1`, "each shift has its own number above 0"},
		{`    schedule_name: "白班"`, ""},
		{`    time_section:`, "up to 4 sections; times are seconds after midnight"},
		{`      - {time_id: 1, work_sec: 28800, off_work_sec: 72000,`, "08:00 to 20:00"},
		{`         remind_work_sec: 28800, remind_off_work_sec: 72000,`, "reminders, such as the times themselves"},
		{`         earliest_work_sec: 14400, latest_work_sec: 71940,`, "04:00 to 19:59, the card before work: from 4 hours before on"},
		{`         earliest_off_work_sec: 28860, latest_off_work_sec: 93600}`, "08:01 to 02:00 of the next day, the card after work"},
	}
	exampleNights = []exampleLine{
		{`  - schedule_id: 2`, ""},
		{`    schedule_name: "夜班"`, ""},
		{`    time_section:`, ""},
		{`      - {time_id: 2, work_sec: 72000, off_work_sec: 115200,`, "20:00 to 08:00 of the next day, which is 86400 + 28800"},
		{`         remind_work_sec: 72000, remind_off_work_sec: 115200,`, ""},
		{`         earliest_work_sec: 57600, latest_work_sec: 115140,`, ""},
		{`         earliest_off_work_sec: 72060, latest_off_work_sec: 136800}`, ""},
		{`sync_holidays: false`, "public holidays are as planned"},
	}
	exampleHours = []exampleLine{
		{`    checkintime: []`, "no times: people come and go"},
		{`standard_work_duration: 28800`, "8 hours a day are owed; -1 for none"},
		{`span_day_time: 14400`, "the day ends at 04:00"},
		{`checkin_method_type: 0`, "0 cards in pairs, in and out, 1 one pair a day, 2 cards are recorded alone"},
	}
	exampleRest = []exampleLine{
		{`ot_info_v2:`, "overtime: is it counted?"},
		{`  workdayconf: {allow_ot: false}`, "on working days"},
		{`  restdayconf: {allow_ot: false}`, "on days off"},
		{`  holidayconf: {allow_ot: false}`, "on public holidays"},
		{`# ot_info_v2:`, "in its place, with overtime: by type 0 what is both handed in and punched, 1 punched, 2 handed in"},
		{`#   workdayconf: {allow_ot: true, type: 1, checkin: {ot_time_start: 1800, ot_time_min: 1800, ot_time_max: 14400}}`, "from 30 minutes after work on, 30 minutes at least, 4 hours at most"},
		{`#   restdayconf: {allow_ot: true, type: 2}`, ""},
		{`#   holidayconf: {allow_ot: true, type: 2}`, ""},
		{`#   time_unit_config: {ot_time_unit: 2, step_size: 1800, rounding_method: 3}`, "in hours (3 is days), by half hours, rounded 1 to the nearest, 2 up, 3 down"},
		{`# allow_apply_offworkday: true`, "missing cards may be corrected"},
		{`# allow_apply_bk_cnt: 3`, "so many times a month; -1 for any"},
		{`# loc_infos:`, "where phones may punch; a server wants a place, a database does not"},
		{`#   - {lat: 30547030, lng: 104062890, loc_title: "Gate", loc_detail: "Gate 1", distance: 300}`, ""},
	}
	examples = map[string][]exampleLine{
		"fixed": slices.Concat(exampleFixed, exampleRange, exampleDays, exampleOffice, exampleTolerance, exampleHolidays, exampleRest),
		"shift": slices.Concat(exampleShift, exampleRange, exampleShifts, exampleTolerance, exampleNights, exampleRest),
		"free":  slices.Concat(exampleFree, exampleRange, exampleDays, exampleHours, exampleHolidays, exampleRest),
	}
)

func newRulesExampleCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "example [fixed|shift|free]",
		Short: "Print a rule to begin with",
		Long: `Prints the document of a rule, with fixed times unless shifts or free times are
asked for, as YAML with notes. Change it and give it to "daka rules add" as a file
whose name ends with .yaml.

` + exitHelp,
		Example: "  daka rules example shift > rule.yaml\n  daka rules add rule.yaml --dry-run",
		Args:    someArgs(0, 1, "[fixed|shift|free]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind := "fixed"
			if len(args) > 0 {
				kind = args[0]
			}
			lines, ok := examples[kind]
			if !ok {
				return usagef("%s: want fixed, shift or free, not %q", cmd.CommandPath(), kind)
			}
			var b strings.Builder
			for _, l := range lines {
				if b.WriteString(l.text); l.note != "" {
					b.WriteString("  # " + translate(langOf(cmd), l.note))
				}
				b.WriteByte('\n')
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), b.String())
			return err
		},
	}
}
