package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// formOutput is an approval form in full, whichever source it came from.
type formOutput struct {
	formRow
	Vacation string    `json:"vacation,omitzero"` // kind of leave
	From     string    `json:"from,omitzero"`     // of what has a span; by half days as 2026-10-08 am
	To       string    `json:"to,omitzero"`       // by half days the last one
	ByDay    bool      `json:"by_day,omitzero"`   // the span is of half days
	Seconds  int64     `json:"seconds,omitzero"`  // of the span; a day is 86,400 where it is by half days
	Days     []formDay `json:"days,omitzero"`
	Day      string    `json:"day,omitzero"` // of a correction
	At       string    `json:"at,omitzero"`  // the punch that a correction stands for
	Was      string    `json:"was,omitzero"` // what a correction answers, as WeCom has it

	Members []formMember `json:"members,omitzero"` // where several share it, all of them
}

// formMember is a request of one of the members who share a number.
type formMember struct {
	UserID   string `json:"userid"`
	Kind     string `json:"kind"`
	Vacation string `json:"vacation,omitzero"`
	From     string `json:"from"`
	To       string `json:"to"`
	State    string `json:"state"`
}

// share takes in the members who share the form.
func (f *formOutput) share(forms []*app.Form, zone *attendance.Zone) {
	if len(forms) < 2 {
		return
	}
	for _, form := range forms {
		one := localFormOutput(form, zone)
		f.Members = append(f.Members, formMember{one.UserID, one.Kind, one.Vacation, one.From, one.To, one.State})
	}
}

func (m *formMember) text(cmd *cobra.Command) string {
	what := say(cmd, m.Kind)
	if m.Vacation != "" {
		what += " (" + m.Vacation + ")"
	}
	return say(cmd, "%s: %s, %s to %s, %s", m.UserID, what, endText(cmd, m.From), endText(cmd, m.To), say(cmd, m.State))
}

// formDay is the part of a span on a day.
type formDay struct {
	Date    string `json:"date"`
	Seconds int64  `json:"seconds"`
}

var (
	formKinds = map[attendance.ApprovalKind]string{
		attendance.LeaveApproval: "leave", app.CorrectionForm: "correction", attendance.TripApproval: "trip",
		attendance.OutingApproval: "outing", attendance.OvertimeApproval: "overtime",
	}
	// formNames are the names of daka's own forms.
	formNames = map[attendance.ApprovalKind]string{
		attendance.LeaveApproval: "请假", app.CorrectionForm: "打卡补卡", attendance.TripApproval: "出差",
		attendance.OutingApproval: "外出", attendance.OvertimeApproval: "加班",
	}
	formStates = map[int64]string{
		wecom.ApprovalPending: "pending", wecom.ApprovalPassed: "passed", wecom.ApprovalRefused: "refused",
		wecom.ApprovalWithdrawn: "withdrawn", wecom.ApprovalRevoked: "revoked", wecom.ApprovalDeleted: "deleted", wecom.ApprovalPaid: "paid",
	}
	correctionStates = map[attendance.Slot]string{attendance.NoSlot: "未打卡", attendance.On: "上班-未打卡", attendance.Off: "下班-未打卡"}
)

func localForm(h *app.FormHead, zone *attendance.Zone) formRow {
	return formRow{
		Number: h.No, UserID: string(h.User), Kind: formKinds[h.Kind], Form: formNames[h.Kind],
		State: formStates[int64(h.Status)], Applied: clockText(zone, h.Applied),
	}
}

func localFormOutput(f *app.Form, zone *attendance.Zone) formOutput {
	out := formOutput{formRow: localForm(&f.FormHead, zone)}
	if c := f.Correction; c != nil {
		out.Day, out.At, out.Was = c.Day.String(), clockText(zone, c.At), correctionStates[f.Slot]
		return out
	}
	r := f.Request
	out.Vacation, out.ByDay = r.Vacation.Name, r.ByDay
	out.From, out.To = spanEnd(zone, r.From, r.ByDay), spanEnd(zone, r.To, r.ByDay)
	for _, d := range f.Days {
		out.Days = append(out.Days, formDay{d.Day.String(), int64(d.Seconds)})
		out.Seconds += int64(d.Seconds)
	}
	return out
}

// serverForm tells what kind of form it is from the field that touches
// attendance.
func serverForm(f *wecom.Approval, zone *attendance.Zone) formRow {
	row := formRow{
		Number: f.SPNo, UserID: f.Applyer.UserID, Kind: "other", Form: f.SPName,
		State: wordForState(f.SPStatus), Applied: clockText(zone, f.ApplyTime),
	}
	for _, u := range f.BatchApplyer { // handed in for several: there is no Applyer
		row.UserID = strings.TrimPrefix(row.UserID+" "+u.UserID, " ")
	}
	for i := range f.ApplyData.Contents {
		switch v := &f.ApplyData.Contents[i].Value; {
		case v.Vacation != nil:
			row.Kind = "leave"
		case v.PunchCorrection != nil:
			row.Kind = "correction"
		case v.Attendance != nil && formKinds[attendance.ApprovalKind(v.Attendance.Type)] != "":
			row.Kind = formKinds[attendance.ApprovalKind(v.Attendance.Type)]
		}
	}
	return row
}

func wordForState(status int64) string {
	if word, ok := formStates[status]; ok {
		return word
	}
	return fmt.Sprint(status)
}

func serverFormOutput(f *wecom.Approval, zone *attendance.Zone) formOutput {
	out := formOutput{formRow: serverForm(f, zone)}
	for i := range f.ApplyData.Contents {
		switch v := &f.ApplyData.Contents[i].Value; {
		case v.Vacation != nil:
			out.Vacation = chosen(&v.Vacation.Selector)
			out.span(&v.Vacation.Attendance, zone)
		case v.Attendance != nil:
			out.span(v.Attendance, zone)
		case v.PunchCorrection != nil:
			out.At, out.Was = clockText(zone, v.PunchCorrection.Time), v.PunchCorrection.State
			if v.PunchCorrection.DayMonthYear != 0 {
				out.Day = dayText(zone, v.PunchCorrection.DayMonthYear)
			}
		}
	}
	return out
}

// chosen is the text of what was chosen.
func chosen(s *wecom.ApprovalSelector) string {
	for _, option := range s.Options {
		for _, text := range option.Value {
			return text.Text
		}
	}
	return ""
}

func (f *formOutput) span(v *wecom.AttendanceValue, zone *attendance.Zone) {
	r := &v.DateRange
	f.ByDay, f.Seconds = r.Type == wecom.RangeHalfDays, r.NewDuration
	f.From, f.To = spanEnd(zone, r.NewBegin, f.ByDay), spanEnd(zone, r.NewEnd, f.ByDay)
	for _, d := range v.SliceInfo.DayItems {
		f.Days = append(f.Days, formDay{dayText(zone, d.Daytime), d.Duration})
	}
}

func dayText(zone *attendance.Zone, at int64) string {
	d, _ := zone.DayAt(at)
	return d.String()
}

// spanEnd is an end of a span: a half day, or an instant.
func spanEnd(zone *attendance.Zone, at int64, byDay bool) string {
	if !byDay {
		return clockText(zone, at)
	}
	return time.Unix(at, 0).In(zone.Location()).Format("2006-01-02 pm")
}

// endText is an end of a span in the language of a command.
func endText(cmd *cobra.Command, end string) string {
	if day, half, ok := strings.Cut(end, " "); ok && (half == "am" || half == "pm") {
		return day + " " + say(cmd, half)
	}
	return end
}

// length is a time in days or in hours.
func (f *formOutput) length(cmd *cobra.Command, seconds int64) string {
	if f.ByDay {
		return say(cmd, "%.1f d", float64(seconds)/attendance.SecondsPerDay)
	}
	return hours(seconds)
}
