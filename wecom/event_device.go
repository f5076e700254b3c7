package wecom

import "time"

// DeviceCheckin brings punches at a device, to a third-party app that the corp
// lets read them (document 97214), through the callback of its data. WeCom waits
// for one second.
type DeviceCheckin struct {
	CorpID   string
	At       time.Time
	DeviceSN string
	Punches  []DevicePunch
}

// DevicePunch is a punch at a device.
type DevicePunch struct {
	OpenUserID  string `xml:"OpenUserId"`
	UserType    int64  `xml:"UserType"`    // 0 member, 1 visitor, 2 student
	CheckinTime int64  `xml:"CheckinTime"` // Unix seconds
}

func (e *Event) deviceCheckin() (any, error) {
	var message struct {
		DeviceSN string `xml:"DeviceSn"`
		// The document spells it one way in its example and the other in its table.
		Shown  []DevicePunch `xml:"CheckInDataList>Item"`
		Listed []DevicePunch `xml:"CheckinDataList>Item"`
	}
	if err := e.decodeXML(&message); err != nil {
		return nil, err
	}
	punches := append(message.Shown, message.Listed...)
	return &DeviceCheckin{CorpID: e.ToUserName, At: e.At, DeviceSN: message.DeviceSN, Punches: punches}, nil
}
