package qyapi

import "github.com/dakahq/daka/wecom"

// formResponse is the answer of getapprovaldetail.
type formResponse struct {
	wecom.Envelope
	Info *approvalForm `json:"info,omitempty"`
}

// approvalForm is an approval form. Who approved and who was told is not known
// to daka, and nobody comments.
type approvalForm struct {
	SPNo       string               `json:"sp_no"`
	SPName     string               `json:"sp_name"`
	SPStatus   int64                `json:"sp_status"`
	TemplateID string               `json:"template_id"`
	ApplyTime  int64                `json:"apply_time"`
	Applyer    applicant            `json:"applyer"`
	SPRecord   wecom.List[struct{}] `json:"sp_record"`
	Notifyer   wecom.List[struct{}] `json:"notifyer"`
	ApplyData  formData             `json:"apply_data"`
	Comments   wecom.List[struct{}] `json:"comments"`
}

type applicant struct {
	UserID  string `json:"userid"`
	PartyID string `json:"partyid"`
}

type formData struct {
	Contents wecom.List[formControl] `json:"contents"`
}

// formControl is what a form says in one of its fields.
type formControl struct {
	Control string               `json:"control"`
	ID      string               `json:"id"`
	Title   wecom.List[formText] `json:"title"`
	Value   formValue            `json:"value"`
}

type formText struct {
	Text string `json:"text"`
	Lang string `json:"lang"`
}

// formValue has the one member that its control is for.
type formValue struct {
	Vacation        *vacationValue   `json:"vacation,omitempty"`
	Attendance      *attendanceValue `json:"attendance,omitempty"`
	PunchCorrection *correctionValue `json:"punch_correction,omitempty"`
}

type vacationValue struct {
	Selector   formSelector    `json:"selector"`
	Attendance attendanceValue `json:"attendance"`
}

type formSelector struct {
	Type    string                 `json:"type"`
	Options wecom.List[formOption] `json:"options"`
}

type formOption struct {
	Key   string               `json:"key"`
	Value wecom.List[formText] `json:"value"`
}

type attendanceValue struct {
	DateRange dateRange `json:"date_range"`
	Type      int64     `json:"type"` // 1 leave, 3 trip, 4 outing, 5 overtime
	SliceInfo sliceInfo `json:"slice_info"`
}

type dateRange struct {
	Type        string        `json:"type"`      // halfday or hour
	NewBegin    int64         `json:"new_begin"` // Unix seconds
	NewEnd      int64         `json:"new_end"`   // Unix seconds; by half days where the last one begins
	NewDuration int64         `json:"new_duration"`
	Timezone    *timezoneInfo `json:"timezone_info,omitempty"` // only where it is not UTC+8
}

type timezoneInfo struct {
	ZoneOffset string `json:"zone_offset"` // hours to UTC: "-9" for UTC+9
	ZoneDesc   string `json:"zone_desc"`
}

type sliceInfo struct {
	DayItems wecom.List[dayItem] `json:"day_items"`
	Duration int64               `json:"duration"`
	State    int64               `json:"state"` // 1 computed, 2 given with the request
}

type dayItem struct {
	Daytime  int64 `json:"daytime"` // second at which the day begins
	Duration int64 `json:"duration"`
}

type correctionValue struct {
	State        string `json:"state"`
	Time         int64  `json:"time"`
	Version      int64  `json:"version"`
	DayMonthYear int64  `json:"daymonthyear"` // second at which the day begins
}
