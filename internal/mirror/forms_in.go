package mirror

import (
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// formIn is a form as getapprovaldetail tells of it (document 91983). It was
// decided when the last of those who decide acted. What it says beside its first
// control about attendance is left out, and so is a form without one.
func formIn(zone *attendance.Zone, f *wecom.Approval, kinds map[int64]wecom.Vacation) app.MirroredForm {
	out := app.MirroredForm{FormHead: app.FormHead{
		No: f.SPNo, User: attendance.UserID(f.Applyer.UserID), Applied: f.ApplyTime, Status: attendance.ApprovalStatus(f.SPStatus),
	}}
	if out.Status != attendance.Pending {
		for _, step := range f.SPRecord {
			for _, act := range step.Details {
				out.Decided = max(out.Decided, int64(act.SPTime))
			}
		}
	}
	for i := range f.ApplyData.Contents {
		switch v := &f.ApplyData.Contents[i].Value; {
		case v.Vacation != nil:
			out.Request = requestIn(zone, &v.Vacation.Attendance)
			out.Request.Kind = attendance.LeaveApproval
			out.Request.Vacation = vacationIn(&v.Vacation.Selector, kinds)
		case v.Attendance != nil:
			out.Request = requestIn(zone, v.Attendance)
			out.Request.Kind = attendance.ApprovalKind(v.Attendance.Type)
		case v.PunchCorrection != nil:
			out.Correction, out.Slot = correctionIn(zone, v.PunchCorrection)
		default:
			continue
		}
		return out
	}
	return out
}

// requestIn is the time that a request is for. Half days are told by where they
// begin, or the last one by its last second. How much of it falls on which day
// is told, and counts in the place of what would be computed.
func requestIn(zone *attendance.Zone, v *wecom.AttendanceValue) *attendance.Approval {
	a := &attendance.Approval{From: v.DateRange.NewBegin, To: v.DateRange.NewEnd}
	if v.DateRange.Type == wecom.RangeHalfDays {
		a.ByDay = true
		a.From, a.To = halfDay(zone, a.From), halfDay(zone, a.To)
	}
	for _, s := range v.SliceInfo.DayItems {
		d, _ := zone.DayAt(s.Daytime)
		a.Slices = append(a.Slices, attendance.ApprovalSlice{Day: d, Seconds: int32(min(max(s.Duration, 0), attendance.SecondsPerDay))})
	}
	return a
}

// halfDay returns the midnight or noon that begins the half day of an instant.
func halfDay(zone *attendance.Zone, at int64) int64 {
	const noon = attendance.SecondsPerDay / 2
	d, t := zone.DayAt(at)
	return zone.At(d, t/noon*noon)
}

// vacationIn is the kind of leave that was chosen.
func vacationIn(s *wecom.ApprovalSelector, kinds map[int64]wecom.Vacation) (v attendance.Vacation) {
	if len(s.Options) == 0 {
		return v
	}
	id, err := strconv.ParseInt(s.Options[0].Key, 10, 64)
	if err != nil {
		return v
	}
	v.ID = id
	for _, text := range s.Options[0].Value {
		v.Name = text.Text
		break
	}
	if kind, ok := kinds[id]; ok {
		v.WorkdaysOnly = kind.DurationType == wecom.VacationWorkdays
		if v.Name == "" {
			v.Name = kind.Name
		}
	}
	return v
}

// correctionIn is the card that a correction puts in. Old forms do not tell the
// day: it is that of the card.
func correctionIn(zone *attendance.Zone, v *wecom.CorrectionValue) (*attendance.Correction, attendance.Slot) {
	at := v.DayMonthYear
	if at == 0 {
		at = v.Time
	}
	d, _ := zone.DayAt(at)
	c := &attendance.Correction{Day: d, Slot: attendance.NoTime, At: v.Time}
	switch {
	case strings.HasPrefix(v.State, "上班"):
		return c, attendance.On
	case strings.HasPrefix(v.State, "下班"):
		return c, attendance.Off
	}
	return c, attendance.NoSlot
}
