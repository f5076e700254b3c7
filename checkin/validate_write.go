package checkin

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dakahq/daka/wecom"
)

// Validate refuses a missing userid or image (301021, which means a parameter
// error here) and an image that is no base64 or too large (301072).
func (r FaceRequest) Validate() error {
	switch {
	case r.Member() == "":
		return wecom.Errorf(wecom.CodeCheckinUser, "body.userid is missing")
	case r.UserFace == "":
		return wecom.Errorf(wecom.CodeCheckinUser, "body.userface is missing")
	}
	text := strings.NewReplacer("\r", "", "\n", "").Replace(r.UserFace)
	if len(text) > base64.StdEncoding.EncodedLen(MaxFaceBytes) {
		return wecom.Errorf(wecom.CodeFaceImage, "body.userface is larger than %d bytes", MaxFaceBytes)
	}
	if _, err := base64.StdEncoding.DecodeString(text); err != nil {
		return wecom.Errorf(wecom.CodeFaceImage, "body.userface is not base64")
	}
	return nil
}

// Validate refuses missing members, times that are not seconds and a remark
// over 512 bytes, all with 301083.
func (r CorrectionRequest) Validate() error {
	bad := func(format string, args ...any) error {
		return wecom.Errorf(wecom.CodeCorrectionParameter, "body."+format, args...)
	}
	if r.Short() && r.Offset == nil {
		return bad("offset is missing")
	}
	if r.Short() && !isDaySecond(*r.Offset) {
		return bad("offset is %d, want seconds of the day", *r.Offset)
	}
	o := r.Official()
	switch {
	case o.UserID == "":
		return bad("userid is missing")
	case !isTime(o.ScheduleDateTime):
		return bad("schedule_date_time is %d, want Unix seconds", o.ScheduleDateTime)
	case !isTime(o.CheckinTime):
		return bad("checkin_time is %d, want Unix seconds", o.CheckinTime)
	case o.ScheduleCheckinTime != nil && !isDaySecond(*o.ScheduleCheckinTime):
		return bad("schedule_checkin_time is %d, want seconds of the day", *o.ScheduleCheckinTime)
	case len(o.Remark) > 512:
		return bad("remark exceed max length 512")
	}
	return nil
}

// isDaySecond reports whether s can be counted from a day's midnight: a day's
// last punch can lie in the day after.
func isDaySecond(s int64) bool { return 0 <= s && s < 2*86_400 }

// Validate refuses fewer than 1 or more than 200 records, and a record with a
// member missing or outside its limits, naming it (40058).
func (r AddRecordsRequest) Validate() error {
	if n := len(r.Records); n < 1 || n > MaxRecords {
		return parameter("records", "expect array size in [1, %d], got %d", MaxRecords, n)
	}
	for i := range r.Records {
		if err := r.Records[i].validate(fmt.Sprintf("records[%d].", i)); err != nil {
			return err
		}
	}
	return nil
}

var macAddress = regexp.MustCompile(`^[A-Fa-f0-9]{2}(:[A-Fa-f0-9]{2}){5}$`)

func (r *NewRecord) validate(path string) error {
	texts := []struct {
		name, value string
		min, max    int
	}{
		{"userid", r.UserID, 1, 64},
		{"location_title", r.LocationTitle, 1, 1024},
		{"location_detail", r.LocationDetail, 1, 1024},
		{"device_detail", r.DeviceDetail, 1, 40},
		{"notes", r.Notes, 0, 1024},
		{"wifiname", r.WifiName, 0, 1024},
	}
	for _, t := range texts {
		switch n := utf8.RuneCountInString(t.value); {
		case n < t.min:
			return parameter(path+t.name, "is missing")
		case n > t.max:
			return parameter(path+t.name, "exceed max length %d", t.max)
		}
	}
	numbers := []struct {
		name        string
		value       *int64
		least, most int64
	}{
		{"checkin_time", &r.CheckinTime, 1, maxTime - 1},
		{"device_type", &r.DeviceType, DeviceAccess, DeviceOther},
		{"lat", r.Lat, -90_000_000, 90_000_000},
		{"lng", r.Lng, -180_000_000, 180_000_000},
	}
	for _, n := range numbers {
		if n.value != nil && (*n.value < n.least || *n.value > n.most) {
			return parameter(path+n.name, "is %d, want %d to %d", *n.value, n.least, n.most)
		}
	}
	if (r.WifiName != "" || r.WifiMAC != "") && !macAddress.MatchString(r.WifiMAC) {
		return parameter(path+"wifimac", "is not like a2:8b:7f:c0:27:4b")
	}
	if len(r.MediaIDs) > 1 {
		return parameter(path+"mediaids", "expect array size in [0, 1], got %d", len(r.MediaIDs))
	}
	return nil
}

// Validate refuses a rule that breaks the error list of document 98041, as
// RuleWrite.Validate does. Dates are left to RuleWrite.ValidateAt.
func (r AddOptionRequest) Validate() error { return validateRule(&r.Group, true) }

// Problems returns all that Validate could say, as RuleWrite.Problems does.
func (r AddOptionRequest) Problems() []error { return slices.Collect(ruleProblems(&r.Group, true)) }

// Validate refuses a rule without its groupid (301089). What is sent may be a
// part: RuleWrite.Validate judges the rule that it leaves behind, and
// RuleWrite.ValidateAt the special days that are sent.
func (r UpdateOptionRequest) Validate() error {
	if r.Group.GroupID == nil {
		return groupID(0)
	}
	return groupID(*r.Group.GroupID)
}

// Validate refuses a groupid that is none (301089), and an array that is none
// or no array at all (301093).
func (r ClearOptionRequest) Validate() error {
	if err := groupID(r.GroupID); err != nil {
		return err
	}
	if len(r.ClearField) == 0 {
		return wecom.Errorf(wecom.CodeRuleInvalid, "body.clear_field is missing")
	}
	for i, f := range r.ClearField {
		if f < ClearSpeWorkdays || f > ClearLocations {
			return wecom.Errorf(wecom.CodeRuleInvalid, "body.clear_field[%d] is %d, want 1 to 4", i, f)
		}
	}
	return nil
}

// Validate refuses a groupid that is none (301089).
func (r DeleteOptionRequest) Validate() error { return groupID(r.GroupID) }

func groupID(id int64) error {
	if id <= 0 {
		return wecom.Errorf(wecom.CodeRuleGroupID, "invalid groupid %d", id)
	}
	return nil
}
