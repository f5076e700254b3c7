package qyapi

import (
	"fmt"
	"strconv"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// template is the form of a kind of request. WeCom's ids are made by each
// corporation; daka's are its own.
type template struct{ id, name string }

var templates = map[attendance.ApprovalKind]template{
	attendance.LeaveApproval:    {"daka_leave", "请假"},
	app.CorrectionForm:          {"daka_correction", "打卡补卡"},
	attendance.TripApproval:     {"daka_trip", "出差"},
	attendance.OutingApproval:   {"daka_outing", "外出"},
	attendance.OvertimeApproval: {"daka_overtime", "加班"},
}

// kindOfTemplate returns what a template is for; 0, which no form is, for one
// that is not ours.
func kindOfTemplate(id string) attendance.ApprovalKind {
	for kind, t := range templates {
		if t.id == id {
			return kind
		}
	}
	return 0
}

// newCorrection is the version of corrections that name their day.
const newCorrection = 1

// formOut is a form as getapprovaldetail has it. Who approved and who was told
// is not known to daka, and nobody comments.
func formOut(zone *attendance.Zone, f *app.Form) *wecom.Approval {
	t := templates[f.Kind]
	out := &wecom.Approval{
		SPNo: f.No, SPName: t.name, SPStatus: int64(f.Status), TemplateID: t.id, ApplyTime: f.Applied,
		Applyer: wecom.ApprovalApplicant{UserID: string(f.User)},
	}
	if f.Dept != 0 {
		out.Applyer.PartyID = strconv.FormatInt(int64(f.Dept), 10)
	}
	control := wecom.ApprovalControl{Title: texts(t.name)}
	switch {
	case f.Correction != nil:
		control.Control, control.ID = wecom.ControlPunchCorrection, "punch-correction"
		control.Value.PunchCorrection = &wecom.CorrectionValue{
			State: correctionState(f.Slot), Time: f.Correction.At, Version: newCorrection, DayMonthYear: zone.Midnight(f.Correction.Day),
		}
	case f.Kind == attendance.LeaveApproval:
		control.Control, control.ID = wecom.ControlVacation, "vacation"
		control.Value.Vacation = &wecom.VacationValue{Selector: vacationSelector(&f.Request.Vacation), Attendance: spanOut(zone, f)}
	default:
		control.Control, control.ID = wecom.ControlAttendance, "smart-time"
		span := spanOut(zone, f)
		control.Value.Attendance = &span
	}
	out.ApplyData.Contents = wecom.List[wecom.ApprovalControl]{control}
	return out
}

func texts(text string) wecom.List[wecom.ApprovalText] {
	return wecom.List[wecom.ApprovalText]{{Text: text, Lang: checkin.LangChinese}}
}

// correctionState is what a correction answers. Whether the card was missing or
// late is not kept with it: a card that is corrected counts as missing.
func correctionState(slot attendance.Slot) string {
	switch slot {
	case attendance.On:
		return "上班-未打卡"
	case attendance.Off:
		return "下班-未打卡"
	}
	return "未打卡"
}

func vacationSelector(v *attendance.Vacation) wecom.ApprovalSelector {
	option := wecom.ApprovalOption{Key: strconv.FormatInt(v.ID, 10), Value: texts(v.Name)}
	return wecom.ApprovalSelector{Type: "single", Options: wecom.List[wecom.ApprovalOption]{option}}
}

// spanOut is when a request is for.
func spanOut(zone *attendance.Zone, f *app.Form) wecom.AttendanceValue {
	r := f.Request
	out := wecom.AttendanceValue{
		Type:      int64(r.Kind),
		DateRange: wecom.ApprovalRange{Type: wecom.RangeHours, NewBegin: r.From, NewEnd: r.To, Timezone: timezoneOf(zone, r.From)},
		SliceInfo: wecom.ApprovalSlices{State: wecom.SlicesComputed},
	}
	if r.ByDay {
		out.DateRange.Type = wecom.RangeHalfDays
	}
	if len(r.Slices) > 0 {
		out.SliceInfo.State = wecom.SlicesGiven
	}
	for _, d := range f.Days {
		out.SliceInfo.DayItems = append(out.SliceInfo.DayItems, wecom.ApprovalSlice{Daytime: zone.Midnight(d.Day), Duration: int64(d.Seconds)})
		out.SliceInfo.Duration += int64(d.Seconds)
	}
	out.DateRange.NewDuration = out.SliceInfo.Duration
	return out
}

// timezoneOf describes a zone at an instant; nil for UTC+8.
func timezoneOf(zone *attendance.Zone, at int64) *wecom.ApprovalTimezone {
	const hour, chinese = 3600, 8 * 3600
	offset := zone.Wall(at) - at
	if offset == chinese {
		return nil
	}
	sign, ahead := '+', offset
	if offset < 0 {
		sign, ahead = '-', -offset
	}
	desc := fmt.Sprintf("UTC%c%d", sign, ahead/hour)
	if minutes := ahead % hour / 60; minutes != 0 {
		desc += fmt.Sprintf(":%02d", minutes)
	}
	return &wecom.ApprovalTimezone{ZoneOffset: strconv.FormatFloat(-float64(offset)/hour, 'f', -1, 64), ZoneDesc: desc}
}
