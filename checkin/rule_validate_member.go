package checkin

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxChars is how many characters a name or a place's text may have.
const maxChars = 40

func noText(s string) bool { return s == "" || utf8.RuneCountInString(s) > maxChars }

func badGroupName(v *ruleView) string { return when(noText(deref(v.GroupName)), "groupname") }

func badGroupType(v *ruleView) string {
	return when(outside(v.kind, GroupFixed, GroupFree), "grouptype")
}

// badType follows the tables and what answers print, 0, 2 and 3; the text names
// 1, a kind of terminal that neither of them knows.
func badType(v *ruleView) string {
	return when(!slices.Contains([]int64{ByPhone, ByTerminal, ByPhoneOrTerminal}, deref(v.Type)), "type")
}

func badOutRange(v *ruleView) string {
	return when(outside(deref(v.OptionOutRange), OutRangeException, OutRangeForbidden), "option_out_range")
}

func emptyRange(v *ruleView) string {
	r := deref(v.Range)
	named := slices.ContainsFunc(r.PartyID, func(id string) bool { return id != "" }) ||
		slices.ContainsFunc(r.UserID, func(id string) bool { return id != "" }) ||
		slices.ContainsFunc(r.TagID, func(id int64) bool { return id != 0 })
	return when(!named, "range")
}

// noReporter is about new rules alone: in an update the empty value is how the
// reporters are taken away. A null list is one that was not sent.
func noReporter(v *ruleView) string {
	list := deref(v.ReporterInfo).Reporters
	return when(v.isNew && list != nil && len(list) == 0, "reporterinfo.reporters")
}

func namelessReporter(v *ruleView) string {
	for i, r := range deref(v.ReporterInfo).Reporters {
		if r.UserID == "" && r.TagID == 0 {
			return fmt.Sprintf("reporterinfo.reporters[%d]", i)
		}
	}
	return ""
}

func liveWithoutFace(v *ruleView) string {
	return when(deref(v.OpenFaceLiveDetect) && !deref(v.UseFaceDetect), "open_face_live_detect")
}

// maxPlaces is how many networks, and how many circles, a rule may have.
const maxPlaces = 500

func noPlace(v *ruleView) string {
	return when(len(v.WifimacInfos)+len(v.LocInfos) == 0, "wifimac_infos")
}

func tooManyPlaces(v *ruleView) string {
	if len(v.WifimacInfos) > maxPlaces {
		return "wifimac_infos"
	}
	return when(len(v.LocInfos) > maxPlaces, "loc_infos")
}

// badWifiMac leaves an empty address to badWifi.
func badWifiMac(v *ruleView) string {
	for i, w := range v.WifimacInfos {
		if w.WifiMac != "" && !macAddress.MatchString(w.WifiMac) {
			return fmt.Sprintf("wifimac_infos[%d].wifimac", i)
		}
	}
	return ""
}

func sameWifiMac(v *ruleView) string {
	seen := map[string]bool{"": false}
	for i, w := range v.WifimacInfos {
		mac := strings.ToLower(w.WifiMac)
		if seen[mac] {
			return fmt.Sprintf("wifimac_infos[%d].wifimac", i)
		}
		seen[mac] = mac != ""
	}
	return ""
}

func badWifi(v *ruleView) string {
	for i, w := range v.WifimacInfos {
		if noText(w.WifiName) || w.WifiMac == "" {
			return fmt.Sprintf("wifimac_infos[%d]", i)
		}
	}
	return ""
}

// distances are the radii that may be chosen, in metres.
var distances = []int64{100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1500, 2000, 2500, 3000}

func badDistance(v *ruleView) string {
	for i := range v.LocInfos {
		if !slices.Contains(distances, v.LocInfos[i].Distance) {
			return fmt.Sprintf("loc_infos[%d].distance", i)
		}
	}
	return ""
}

// badLocation takes 0, 0 for missing: a point in the open sea.
func badLocation(v *ruleView) string {
	for i := range v.LocInfos {
		p := &v.LocInfos[i]
		if p.Lat == 0 && p.Lng == 0 || outside(p.Lat, -90_000_000, 90_000_000) || outside(p.Lng, -180_000_000, 180_000_000) ||
			noText(p.LocTitle) || noText(p.LocDetail) {
			return fmt.Sprintf("loc_infos[%d]", i)
		}
	}
	return ""
}
