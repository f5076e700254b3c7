package wire

import (
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// recordFlags are the words of exception_type that are facts about a punch.
// 时间异常 is none: it is a judgement.
var recordFlags = map[string]attendance.PunchFlags{
	checkin.WrongPlace:    attendance.OutOfRange,
	checkin.WrongWifi:     attendance.WrongWifi,
	checkin.UnusualDevice: attendance.NewDevice,
}

// RecordIn is a punch as getcheckindata tells of it (document 90262), the other
// way round than RecordOut. It was made for the slot that is told, where a due
// time goes with it. ok is false for an element that stands for a punch which
// was not made (未打卡).
//
// By which door it came in is not told: it counts as one from a phone, until
// get_hardware_checkin_data tells of it too.
func RecordIn(r *checkin.Record) (p attendance.PunchRecord, ok bool) {
	p = attendance.PunchRecord{
		User:  attendance.UserID(r.UserID),
		Punch: attendance.Punch{At: r.CheckinTime, Source: attendance.SourcePhone, Device: r.DeviceID},
		PunchDetail: attendance.PunchDetail{
			LocationTitle: r.LocationTitle, LocationDetail: r.LocationDetail,
			WifiName: r.WifiName, WifiMAC: r.WifiMAC, Notes: r.Notes,
		},
	}
	for _, word := range r.Exceptions() {
		if word == checkin.NoPunch {
			return p, false
		}
		p.Flags |= recordFlags[word]
	}
	if r.CheckinType == checkin.TypeOutside {
		p.Flags |= attendance.Outside
	}
	if r.SchCheckinTime != 0 {
		p.Section = attendance.SectionID(r.TimelineID)
		switch r.CheckinType {
		case checkin.TypeOn:
			p.Slot = attendance.On
		case checkin.TypeOff:
			p.Slot = attendance.Off
		}
	}
	if len(r.MediaIDs) > 0 {
		p.MediaIDs = r.MediaIDs
	}
	if r.Lat != nil && r.Lng != nil {
		p.HasPosition, p.Lat, p.Lng = true, *r.Lat, *r.Lng
	}
	return p, r.CheckinTime > 0
}

// HardwareIn is a punch as get_hardware_checkin_data tells of it (document 94126).
func HardwareIn(r *checkin.HardwareRecord) attendance.PunchRecord {
	return attendance.PunchRecord{
		User:        attendance.UserID(r.UserID),
		Punch:       attendance.Punch{At: r.CheckinTime, Source: attendance.SourceDevice, Device: r.DeviceSN},
		PunchDetail: attendance.PunchDetail{DeviceName: r.DeviceName},
	}
}
