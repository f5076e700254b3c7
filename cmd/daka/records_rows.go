package main

import (
	"strings"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// recordRow is a punch as it is printed, whichever source it came from.
type recordRow struct {
	UserID      string   `json:"userid"`
	At          string   `json:"at"`           // by the corporation's clock; "" = it was not made
	CheckinTime int64    `json:"checkin_time"` // the same, Unix seconds
	Type        string   `json:"type"`         // on, off, outside or record; another as the server has it
	Exceptions  []string `json:"exceptions"`   // off time, place, missing, wifi, device
	GroupID     int64    `json:"groupid"`
	Rule        string   `json:"rule"`
	ScheduleID  int64    `json:"schedule_id"`
	Due         string   `json:"due"` // "" = none
	Location    string   `json:"location"`
	Detail      string   `json:"location_detail"`
	Wifi        string   `json:"wifi"`
	Device      string   `json:"device"`
	Notes       string   `json:"notes"`
}

// punchTypes and punchExceptions are our words for WeCom's.
var (
	punchTypes = map[string]string{
		checkin.TypeOn: "on", checkin.TypeOff: "off", checkin.TypeOutside: "outside", checkin.TypeRecord: "record",
	}
	punchExceptions = map[string]string{
		checkin.WrongTime: "off time", checkin.WrongPlace: "place", checkin.NoPunch: "missing",
		checkin.WrongWifi: "wifi", checkin.UnusualDevice: "device",
	}
)

// wordFor returns our word for one of WeCom's, or that where we have none.
func wordFor(words map[string]string, text string) string {
	if word, ok := words[text]; ok {
		return word
	}
	return text
}

// clockText is an instant by a zone's clock; "" for 0.
func clockText(zone *attendance.Zone, at int64) string {
	if at == 0 {
		return ""
	}
	return time.Unix(at, 0).In(zone.Location()).Format(time.DateTime)
}

func newRecordRow(r *checkin.Record, zone *attendance.Zone) recordRow {
	row := recordRow{
		UserID: r.UserID, At: clockText(zone, r.CheckinTime), CheckinTime: r.CheckinTime,
		Type: wordFor(punchTypes, r.CheckinType), Exceptions: []string{},
		GroupID: r.GroupID, Rule: r.GroupName, ScheduleID: r.ScheduleID, Due: clockText(zone, r.SchCheckinTime),
		Location: r.LocationTitle, Detail: r.LocationDetail, Wifi: r.WifiName, Device: r.DeviceID, Notes: r.Notes,
	}
	for _, x := range r.Exceptions() {
		row.Exceptions = append(row.Exceptions, wordFor(punchExceptions, x))
	}
	return row
}

var recordColumns = []column{
	{head: "userid"}, {head: "at"}, {head: "type", words: true}, {head: "due"}, {head: "exceptions", mark: true}, {head: "rule"},
	{head: "location"}, {head: "from device"}, {head: "notes"},
}

func recordCells(cmd *cobra.Command) func(recordRow) []string {
	return func(r recordRow) []string {
		exceptions := make([]string, len(r.Exceptions))
		for i, x := range r.Exceptions {
			exceptions[i] = say(cmd, x)
		}
		return []string{r.UserID, r.At, r.Type, r.Due, strings.Join(exceptions, ","), r.Rule, r.Location, r.Device, r.Notes}
	}
}

// deviceRow is a punch as a device sent it.
type deviceRow struct {
	UserID      string `json:"userid"`
	At          string `json:"at"`
	CheckinTime int64  `json:"checkin_time"`
	DeviceSN    string `json:"device_sn"`
	DeviceName  string `json:"device_name"`
}

func newDeviceRow(r *checkin.HardwareRecord, zone *attendance.Zone) deviceRow {
	return deviceRow{r.UserID, clockText(zone, r.CheckinTime), r.CheckinTime, r.DeviceSN, r.DeviceName}
}

var deviceColumns = []column{{head: "userid"}, {head: "at"}, {head: "serial number"}, {head: "from device"}}

func (r deviceRow) cells() []string { return []string{r.UserID, r.At, r.DeviceSN, r.DeviceName} }
