package mirror

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// formIn is a form as getapprovaldetail tells of it (document 91983). It was
// decided when the last of those who decide acted. What it says beside its first
// control about attendance is left out, and so is a form without one.
func formIn(zone *attendance.Zone, f *formDoc, kinds map[int64]wecom.Vacation) app.MirroredForm {
	out := app.MirroredForm{FormHead: app.FormHead{Applied: int64(f.ApplyTime), Status: attendance.ApprovalStatus(f.SPStatus)}}
	for i, u := range slices.Concat(f.Applyer, f.BatchApplyer) {
		if i == 0 {
			out.User = attendance.UserID(u)
		} else {
			out.Others = append(out.Others, attendance.UserID(u))
		}
	}
	if out.Status != attendance.Pending {
		out.Decided = max(decided(f.SPRecord), decided(f.ProcessList))
	}
	for i := range f.ApplyData.Contents {
		if takeControl(zone, &f.ApplyData.Contents[i], kinds, &out) {
			break
		}
	}
	return out
}

// takeControl reads a control about attendance; ok is false for any other, and
// for one that has another shape.
func takeControl(zone *attendance.Zone, c *formControl, kinds map[int64]wecom.Vacation, out *app.MirroredForm) (ok bool) {
	switch c.Control {
	case wecom.ControlVacation:
		var v vacationDoc
		if ok = json.Unmarshal(c.Value, &v) == nil; ok {
			out.Request = requestIn(zone, &v.Vacation.Attendance)
			out.Request.Kind = attendance.LeaveApproval
			out.Request.Vacation = vacationIn(&v, kinds)
		}
	case wecom.ControlAttendance:
		var v attendanceDoc
		if ok = json.Unmarshal(c.Value, &v) == nil; ok {
			out.Request = requestIn(zone, &v.Attendance)
			out.Request.Kind = attendance.ApprovalKind(v.Attendance.Type)
		}
	case wecom.ControlPunchCorrection:
		var v correctionDoc
		if ok = json.Unmarshal(c.Value, &v) == nil && v.PunchCorrection.Time > 0; ok {
			out.Correction, out.Slot = correctionIn(zone, &v)
		}
	}
	return ok
}

// requestIn is the time that a request is for. Half days are told by where they
// begin, or the last one by its last second. How much of it falls on which day
// is told, and counts in the place of what would be computed.
func requestIn(zone *attendance.Zone, v *spanDoc) *attendance.Approval {
	a := &attendance.Approval{From: int64(v.DateRange.NewBegin), To: int64(v.DateRange.NewEnd)}
	if v.DateRange.Type == wecom.RangeHalfDays {
		a.ByDay = true
		a.From, a.To = halfDay(zone, a.From), halfDay(zone, a.To)
	}
	for _, s := range v.SliceInfo.DayItems {
		d, _ := zone.DayAt(int64(s.Daytime))
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
func vacationIn(doc *vacationDoc, kinds map[int64]wecom.Vacation) (v attendance.Vacation) {
	if len(doc.Vacation.Selector.Options) == 0 {
		return v
	}
	chosen := &doc.Vacation.Selector.Options[0]
	var id looseNumber
	if id.UnmarshalJSON(chosen.Key) != nil {
		return v
	}
	v.ID = int64(id)
	if len(chosen.Value) > 0 {
		v.Name = chosen.Value[0].Text
	}
	if kind, ok := kinds[v.ID]; ok {
		v.WorkdaysOnly = kind.DurationType == wecom.VacationWorkdays
		if v.Name == "" {
			v.Name = kind.Name
		}
	}
	return v
}

// correctionIn is the card that a correction puts in. Old forms do not tell the
// day: it is that of the card.
func correctionIn(zone *attendance.Zone, doc *correctionDoc) (*attendance.Correction, attendance.Slot) {
	v := &doc.PunchCorrection
	at := int64(v.DayMonthYear)
	if at == 0 {
		at = int64(v.Time)
	}
	d, _ := zone.DayAt(at)
	c := &attendance.Correction{Day: d, Slot: attendance.NoTime, At: int64(v.Time)}
	switch {
	case strings.HasPrefix(v.State, "上班"):
		return c, attendance.On
	case strings.HasPrefix(v.State, "下班"):
		return c, attendance.Off
	}
	return c, attendance.NoSlot
}
