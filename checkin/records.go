package checkin

import (
	"strings"

	"github.com/dakahq/daka/wecom"
)

// RecordsRequest asks for raw punches (document 90262).
type RecordsRequest struct {
	OpenCheckinDataType int64    `json:"opencheckindatatype"` // DutyPunches, OutsidePunches or AllPunches
	StartTime           int64    `json:"starttime"`
	EndTime             int64    `json:"endtime"`    // at most 30 x 86,400 s after StartTime
	UserIDList          []string `json:"useridlist"` // 1 to 100
}

// RecordsResponse holds the punches made in the window, in no promised order.
type RecordsResponse struct {
	wecom.Envelope
	Records wecom.List[Record] `json:"checkindata"`
}

// Record is one punch.
type Record struct {
	UserID         string             `json:"userid"`
	GroupName      string             `json:"groupname"`
	CheckinType    string             `json:"checkin_type"`   // TypeOn and its kind
	ExceptionType  string             `json:"exception_type"` // see Exceptions; empty for a normal punch
	CheckinTime    int64              `json:"checkin_time"`
	LocationTitle  string             `json:"location_title"`
	LocationDetail string             `json:"location_detail"`
	WifiName       string             `json:"wifiname"`
	Notes          string             `json:"notes"`
	WifiMAC        string             `json:"wifimac"`
	MediaIDs       wecom.List[string] `json:"mediaids"`
	Lat            *int64             `json:"lat,omitzero"` // degrees x 1,000,000, GCJ-02
	Lng            *int64             `json:"lng,omitzero"`
	DeviceID       string             `json:"deviceid,omitzero"`
	SchCheckinTime int64              `json:"sch_checkin_time"` // due time; fixed and custom-shift rules only
	GroupID        int64              `json:"groupid"`
	ScheduleID     int64              `json:"schedule_id"` // shift; 0 = none
	TimelineID     int64              `json:"timeline_id"` // section of the shift
}

// Exceptions returns the parts of ExceptionType, none for a normal punch. They
// are joined by a semicolon of either width: the documents do not say which.
func (r Record) Exceptions() []string {
	return strings.FieldsFunc(r.ExceptionType, func(c rune) bool { return c == ';' || c == '；' })
}

// HardwareRequest asks for what devices recorded (document 94126). Userids
// that do not exist are ignored.
type HardwareRequest struct {
	FilterType int64    `json:"filter_type,omitzero"` // ByPunchTime, which 0 stands for, or ByUploadTime
	StartTime  int64    `json:"starttime"`
	EndTime    int64    `json:"endtime"`    // at most 31 x 86,400 s after StartTime
	UserIDList []string `json:"useridlist"` // 1 to 100
}

// HardwareResponse holds the raw punches of devices, those included that
// count for no rule.
type HardwareResponse struct {
	wecom.Envelope
	Records wecom.List[HardwareRecord] `json:"checkindata"`
}

// HardwareRecord is one punch on a device.
type HardwareRecord struct {
	UserID      string `json:"userid"`
	CheckinTime int64  `json:"checkin_time"`
	DeviceSN    string `json:"device_sn"`
	DeviceName  string `json:"device_name"`
}

// AddRecordsRequest stores punches (document 99647).
type AddRecordsRequest struct {
	Records []NewRecord `json:"records"` // 1 to 200
}

// NewRecord is a punch to be stored. Lengths are in characters.
type NewRecord struct {
	UserID         string   `json:"userid"`
	CheckinTime    int64    `json:"checkin_time"`
	LocationTitle  string   `json:"location_title"`  // 1 to 1024
	LocationDetail string   `json:"location_detail"` // 1 to 1024
	MediaIDs       []string `json:"mediaids,omitempty"`
	Notes          string   `json:"notes,omitzero"`    // up to 1024
	DeviceType     int64    `json:"device_type"`       // DeviceAccess, DeviceTerminal or DeviceOther
	Lat            *int64   `json:"lat,omitzero"`      // degrees x 1,000,000, GCJ-02
	Lng            *int64   `json:"lng,omitzero"`      //
	DeviceDetail   string   `json:"device_detail"`     // brand, 1 to 40
	WifiName       string   `json:"wifiname,omitzero"` // up to 1024
	WifiMAC        string   `json:"wifimac,omitzero"`  // required with WifiName
}
