package main

import (
	"errors"

	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// ruleMeanings are what texts of WeCom's error list (document 98041) mean, where
// they do not say what is to be done.
var ruleMeanings = map[string]string{
	"need wifi or location":                               "a server wants a location (loc_infos) or a Wi-Fi (wifimac_infos) even where people punch on terminals; a database does not",
	"empty checkin range":                                 "range says for whom the rule is: departments (party_id, where 1 is everybody), userid or tagid",
	"invalid group type":                                  "grouptype is 1 for fixed times, 2 for shifts, 3 for free times",
	"conflict time id":                                    "each section of a rule has its own time_id",
	"conflict schedule id":                                "each shift has its own schedule_id; the one without counts as 0, the day of rest",
	"invalid rest schedule name":                          "the shift with schedule_id 0, or with none, is the day of rest, and is called 休息",
	"rest schedule should not have checkin time":          "the shift with schedule_id 0, or with none, is the day of rest: give this one a schedule_id above 0",
	"a rest schedule with id 0 is required for freegroup": `a shift rule has the day of rest among its shifts: {"schedule_id": 0, "schedule_name": "休息"}`,
	"a valid schedule is required for freegroup":          "a shift rule (grouptype 2) has a shift with a schedule_id above 0",
	"only freegroup has schedulelist":                     "shifts (schedulelist) are for grouptype 2 alone",
	"freegroup do not have checkindate":                   "a shift rule (grouptype 2) has shifts (schedulelist) and no checkindate",
	"unrestrain checkingroup do not have schedule":        "a rule of free times (grouptype 3) has no shifts (schedulelist)",
	"checkindate workdays invalid, checkin time size must greater than 0 and less than or equal to 7":        "workdays are 0 for Sunday to 6 for Saturday, each once",
	"checkin time work_sec or off_work_sec invalid":                                                          "off_work_sec comes after work_sec, by less than 24 hours: after midnight count on, so that 08:00 of the next day is 115200",
	"invalid earliest_work_sec/latest_work_sec or earliest_off_work_sec/latest_off_work_sec":                 "earliest comes before latest",
	"invalid earliest_work_sec or latest_work_sec":                                                           "earliest_work_sec is before work_sec, and latest_work_sec between work_sec and off_work_sec",
	"invalid earliest_off_work_sec":                                                                          "it lies between work_sec and off_work_sec",
	"invalid latest_off_work_sec":                                                                            "it is off_work_sec or up to 24 hours later",
	"fixgroup, invalid checkin time earliest_work_sec or earliest_off_work_sec":                              "with fixed times (grouptype 1) the card before work is taken from 0 on, the one after work until 100800 at most, 04:00 of the next day: who works longer has a shift rule (grouptype 2)",
	"invalid checkin time, need earliest_work_sec/latest_work_sec/earliest_off_work_sec/latest_off_work_sec": "each section says from when until when its two cards are taken",
	"checkin time need remind_work_sec and remind_off_work_sec":                                              "each section has two reminders: those who want none take the times themselves",
	"checkin time remind_work_sec invalid":                                                                   "it is a time of day: work_sec, or 5, 10, 15 or 20 minutes before it",
	"checkin time remind_off_work_sec invalid":                                                               "it is a time of day: off_work_sec, or 10, 20, 30 or 60 minutes after it",
	"invalid ot_info_v2, ot_info_v2 is necessary":                                                            `without overtime: {"workdayconf": {"allow_ot": false}, "restdayconf": {"allow_ot": false}, "holidayconf": {"allow_ot": false}}`,
	"invalid ot_info_v2, workdayconf/restdayconf/holidayconf is necessary":                                   "all three are there, if only as {\"allow_ot\": false}",
}

// WeCom's lines about what a database does not ask for: places in no rule, and in
// one as WeCom answers it neither reminders nor the members of requests.
const noPlaceText = "need wifi or location"

var requestTexts = map[string]bool{
	"ot_info is old feature use ot_info_v2":                                                  true,
	"invalid ot_info_v2, ot_info_v2 is necessary":                                            true,
	"invalid ot_info_v2, workdayconf/restdayconf/holidayconf is necessary":                   true,
	"flex_time/limit_aheadtime/limit_offtime/noneed_offwork is old feature, use new feature": true,
	"flex_time/limit_aheadtime/noneed_offwork is old feature, use new feature":               true,
	"checkin time need remind_work_sec and remind_off_work_sec":                              true,
	"checkin time remind_work_sec invalid":                                                   true,
	"checkin time remind_off_work_sec invalid":                                               true,
}

// excused reports whether a database takes a rule in spite of a problem. answered
// says that it is a rule as WeCom answers it.
func excused(problem error, answered bool) bool {
	line, ok := errors.AsType[*wecom.Error](problem)
	return ok && (line.Msg == noPlaceText || answered && requestTexts[line.Msg])
}

// problemText says a problem of a rule, with what it means.
func problemText(cmd *cobra.Command, problem error) string {
	line, ok := errors.AsType[*wecom.Error](problem)
	if !ok {
		return errorText(langOf(cmd), problem)
	}
	text := problem.Error()
	if ruleMeanings[line.Msg] != "" {
		text = say(cmd, "%s: %s", text, translate(langOf(cmd), ruleMeanings[line.Msg]))
	}
	return text
}
