package store

import (
	"encoding/json"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// detail is the JSON of what a punch record says beside the engine's facts.
// The names are stored: never change them.
type detail struct {
	DeviceName     string    `json:"device_name,omitempty"`
	LocationTitle  string    `json:"location_title,omitempty"`
	LocationDetail string    `json:"location_detail,omitempty"`
	WifiName       string    `json:"wifiname,omitempty"`
	WifiMAC        string    `json:"wifimac,omitempty"`
	Notes          string    `json:"notes,omitempty"`
	MediaIDs       []string  `json:"mediaids,omitempty"`
	Position       *[2]int64 `json:"position,omitempty"` // latitude, longitude
}

// encodeDetail returns "" for a detail that says nothing.
func encodeDetail(d *attendance.PunchDetail) (string, error) {
	if d.DeviceName == "" && d.LocationTitle == "" && d.LocationDetail == "" && d.WifiName == "" &&
		d.WifiMAC == "" && d.Notes == "" && len(d.MediaIDs) == 0 && !d.HasPosition {
		return "", nil
	}
	stored := detail{
		DeviceName: d.DeviceName, LocationTitle: d.LocationTitle, LocationDetail: d.LocationDetail,
		WifiName: d.WifiName, WifiMAC: d.WifiMAC, Notes: d.Notes, MediaIDs: d.MediaIDs,
	}
	if d.HasPosition {
		stored.Position = &[2]int64{d.Lat, d.Lng}
	}
	text, err := json.Marshal(stored)
	if err != nil {
		return "", fmt.Errorf("encode detail: %w", err)
	}
	return string(text), nil
}

func decodeDetail(text string) (d attendance.PunchDetail, err error) {
	if text == "" {
		return d, nil
	}
	var stored detail
	if err := json.Unmarshal([]byte(text), &stored); err != nil {
		return d, fmt.Errorf("decode detail: %w", err)
	}
	d = attendance.PunchDetail{
		DeviceName: stored.DeviceName, LocationTitle: stored.LocationTitle, LocationDetail: stored.LocationDetail,
		WifiName: stored.WifiName, WifiMAC: stored.WifiMAC, Notes: stored.Notes, MediaIDs: stored.MediaIDs,
	}
	if p := stored.Position; p != nil {
		d.HasPosition, d.Lat, d.Lng = true, p[0], p[1]
	}
	return d, nil
}
