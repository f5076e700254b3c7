package checkin

import "github.com/dakahq/daka/wecom"

// EmptyResponse is the answer of a call that only succeeds or fails.
type EmptyResponse struct {
	wecom.Envelope
}

// FaceRequest stores a member's face (document 93378), over an earlier one.
type FaceRequest struct {
	UserID    string `json:"userid,omitzero"`
	AltUserID string `json:"userID,omitzero"` // as some clients spell it
	UserFace  string `json:"userface"`        // image in base64, at most 1 MiB decoded
}

// Member returns the userid in whichever spelling it came.
func (r FaceRequest) Member() string {
	if r.UserID != "" {
		return r.UserID
	}
	return r.AltUserID
}

// CorrectionRequest corrects a punch (补卡, document 95803). Two forms are
// understood; see Official.
type CorrectionRequest struct {
	UserID              string `json:"userid"`
	ScheduleDateTime    int64  `json:"schedule_date_time,omitzero"`    // second at which the day due begins
	ScheduleCheckinTime *int64 `json:"schedule_checkin_time,omitzero"` // due punch point, seconds of the day; nil on rest days, without a rule and under a free rule
	CheckinTime         int64  `json:"checkin_time,omitzero"`
	Remark              string `json:"remark,omitzero"` // at most 512 bytes

	Day    int64  `json:"day,omitzero"`    // short form: second at which the day begins
	Offset *int64 `json:"offset,omitzero"` // short form: the punch, seconds after Day
}

// Short reports whether r came in the short form, which names no due point:
// the nearest open one is meant.
func (r CorrectionRequest) Short() bool { return r.ScheduleDateTime == 0 && r.Day != 0 }

// Official returns r in the documented form: the short form's day and offset
// become ScheduleDateTime and CheckinTime.
func (r CorrectionRequest) Official() CorrectionRequest {
	if r.Short() {
		r.ScheduleDateTime, r.CheckinTime, r.ScheduleCheckinTime = r.Day, r.Day, nil
		if r.Offset != nil {
			r.CheckinTime += *r.Offset
		}
	}
	r.Day, r.Offset = 0, nil
	return r
}
