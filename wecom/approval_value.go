package wecom

import (
	"bytes"
	"encoding/json"
)

// The controls of a form that touch attendance.
const (
	ControlVacation        = "Vacation"        // leave
	ControlAttendance      = "Attendance"      // trip, outing or overtime
	ControlPunchCorrection = "PunchCorrection" // 补卡
)

// ApprovalData is what a form says.
type ApprovalData struct {
	Contents List[ApprovalControl] `json:"contents"`
}

// ApprovalControl is what a form says in one of its fields.
type ApprovalControl struct {
	Control string             `json:"control"` // ControlVacation and so on, or one that only Raw holds
	ID      string             `json:"id"`
	Title   List[ApprovalText] `json:"title"`
	Value   ApprovalValue      `json:"value"`
}

// ApprovalText is a text in one language.
type ApprovalText struct {
	Text string `json:"text"`
	Lang string `json:"lang"`
}

// ApprovalValue has the one member that its control is for. Of a control that
// has no type here it has Raw alone.
type ApprovalValue struct {
	Vacation        *VacationValue   `json:"vacation,omitempty"`
	Attendance      *AttendanceValue `json:"attendance,omitempty"`
	PunchCorrection *CorrectionValue `json:"punch_correction,omitempty"`
	// Raw is the whole value as it came. Unless it is nil it is what is
	// written: who changes another member sets it to nil.
	Raw json.RawMessage `json:"-"`
}

// plainValue is an ApprovalValue without its methods.
type plainValue ApprovalValue

// MarshalJSON writes Raw, or the other members when it is nil.
func (v ApprovalValue) MarshalJSON() ([]byte, error) {
	if v.Raw != nil {
		return v.Raw, nil
	}
	return json.Marshal(plainValue(v))
}

// UnmarshalJSON reads any JSON: what is no object leaves the typed members nil.
func (v *ApprovalValue) UnmarshalJSON(text []byte) error {
	*v = ApprovalValue{Raw: bytes.Clone(text)}
	if !bytes.HasPrefix(text, []byte("{")) {
		return nil
	}
	return json.Unmarshal(text, (*plainValue)(v))
}

// VacationValue is the value of a leave.
type VacationValue struct {
	Selector   ApprovalSelector `json:"selector"` // the kind of leave: Vacation.ID as the key
	Attendance AttendanceValue  `json:"attendance"`
}

// ApprovalSelector is what was chosen.
type ApprovalSelector struct {
	Type    string               `json:"type"` // single or multi
	Options List[ApprovalOption] `json:"options"`
}

// ApprovalOption is one choice.
type ApprovalOption struct {
	Key   string             `json:"key"`
	Value List[ApprovalText] `json:"value"`
}

// The types of an ApprovalRange.
const (
	RangeHalfDays = "halfday"
	RangeHours    = "hour"
)

// The states of an ApprovalSlices.
const (
	SlicesComputed = 1
	SlicesGiven    = 2 // by the applicant
)

// AttendanceValue is the time that a form is for.
type AttendanceValue struct {
	DateRange ApprovalRange  `json:"date_range"`
	Type      int64          `json:"type"`       // ApprovalLeave, ApprovalTrip, ApprovalOuting or ApprovalOvertime
	SliceInfo ApprovalSlices `json:"slice_info"` // may be missing
}

// ApprovalRange is a span of time.
type ApprovalRange struct {
	Type        string            `json:"type"`                    // RangeHalfDays or RangeHours
	NewBegin    int64             `json:"new_begin"`               // Unix seconds; by half days a midnight or noon
	NewEnd      int64             `json:"new_end"`                 // Unix seconds; by half days where the last one begins
	NewDuration int64             `json:"new_duration"`            // seconds; a day where it is by half days: 86,400
	Timezone    *ApprovalTimezone `json:"timezone_info,omitempty"` // only where it is not UTC+8
}

// ApprovalTimezone is the zone of a form's times.
type ApprovalTimezone struct {
	ZoneOffset string `json:"zone_offset"` // hours to UTC: "-9" for UTC+9
	ZoneDesc   string `json:"zone_desc"`   // such as UTC+9
}

// ApprovalSlices say how much of a span falls on which day.
type ApprovalSlices struct {
	DayItems List[ApprovalSlice] `json:"day_items"`
	Duration int64               `json:"duration"` // seconds, all days together
	State    int64               `json:"state"`    // SlicesComputed or SlicesGiven
}

// ApprovalSlice is the part of a span that falls on one day.
type ApprovalSlice struct {
	Daytime  int64 `json:"daytime"`  // Unix second at which the day begins
	Duration int64 `json:"duration"` // seconds
}

// CorrectionValue is the value of a correction (补卡).
type CorrectionValue struct {
	State        string `json:"state"`                 // such as 上班-未打卡
	Time         int64  `json:"time"`                  // the punch it stands for, Unix seconds
	Version      int64  `json:"version,omitzero"`      // 1 for forms of the new kind
	DayMonthYear int64  `json:"daymonthyear,omitzero"` // Unix second at which the corrected day begins; new kind only
}
