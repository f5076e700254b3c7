package wire

import (
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// exceptionSeparator joins the parts of exception_type. The documents only say
// "semicolon".
const exceptionSeparator = ";"

// PunchIn is the punch that add_checkin_record asks to store. The device's name
// is all the identity its record gives it.
func PunchIn(r *checkin.NewRecord) attendance.PunchRecord {
	p := attendance.PunchRecord{
		User: attendance.UserID(r.UserID),
		Punch: attendance.Punch{
			At:     r.CheckinTime,
			Source: deviceSource(r.DeviceType),
			Device: r.DeviceDetail,
		},
		PunchDetail: attendance.PunchDetail{
			DeviceName:     r.DeviceDetail,
			LocationTitle:  r.LocationTitle,
			LocationDetail: r.LocationDetail,
			WifiName:       r.WifiName,
			WifiMAC:        r.WifiMAC,
			Notes:          r.Notes,
			MediaIDs:       r.MediaIDs,
		},
	}
	if r.Lat != nil && r.Lng != nil {
		p.HasPosition, p.Lat, p.Lng = true, *r.Lat, *r.Lng
	}
	return p
}

func deviceSource(deviceType int64) attendance.Source {
	switch deviceType {
	case checkin.DeviceAccess:
		return attendance.SourceAccess
	case checkin.DeviceTerminal:
		return attendance.SourceDevice
	}
	return attendance.SourceOther
}

// RecordOut is a punch as getcheckindata answers it.
func RecordOut(zone *attendance.Zone, m *attendance.MatchedPunch) checkin.Record {
	r := checkin.Record{
		UserID:         string(m.User),
		CheckinType:    checkinType(m),
		ExceptionType:  exceptionType(m),
		CheckinTime:    m.At,
		LocationTitle:  m.LocationTitle,
		LocationDetail: m.LocationDetail,
		WifiName:       m.WifiName,
		WifiMAC:        m.WifiMAC,
		Notes:          m.Notes,
		MediaIDs:       m.MediaIDs,
		DeviceID:       m.Device,
		TimelineID:     int64(m.Use.Section),
	}
	if m.HasPosition {
		r.Lat, r.Lng = &m.Lat, &m.Lng
	}
	if m.Kind != nil && m.Kind.Rule != nil {
		r.GroupID, r.GroupName = int64(m.Kind.Rule.ID), m.Kind.Rule.Name
		if m.Kind.Shift != nil {
			r.ScheduleID = int64(m.Kind.Shift.ID)
		}
		if m.Use.Slot != attendance.NoSlot && len(m.Kind.Sections) > 0 {
			r.SchCheckinTime = zone.At(m.Day, m.Use.Scheduled)
		}
	}
	return r
}

func checkinType(m *attendance.MatchedPunch) string {
	slot := m.Use.Slot
	if slot == attendance.NoSlot {
		slot = m.Slot
	}
	switch {
	case m.Flags&attendance.Outside != 0:
		return checkin.TypeOutside
	case m.RecordOnly:
		return checkin.TypeRecord
	case slot == attendance.Off:
		return checkin.TypeOff
	}
	return checkin.TypeOn
}

func exceptionType(m *attendance.MatchedPunch) string {
	var parts []string
	add := func(is bool, text string) {
		if is {
			parts = append(parts, text)
		}
	}
	add(m.OffTime, checkin.WrongTime)
	add(m.Flags&attendance.OutOfRange != 0, checkin.WrongPlace)
	add(m.Flags&attendance.WrongWifi != 0, checkin.WrongWifi)
	add(m.Flags&attendance.NewDevice != 0, checkin.UnusualDevice)
	add(m.Flags&attendance.Placeholder != 0, checkin.NoPunch)
	return strings.Join(parts, exceptionSeparator)
}

// HardwareOut is a punch as get_hardware_checkin_data answers it.
func HardwareOut(p *attendance.PunchRecord) checkin.HardwareRecord {
	return checkin.HardwareRecord{
		UserID: string(p.User), CheckinTime: p.At, DeviceSN: p.Device, DeviceName: p.DeviceName,
	}
}
