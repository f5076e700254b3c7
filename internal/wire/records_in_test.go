package wire

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

func TestRecordIn(t *testing.T) {
	t.Parallel()
	lat, lng := int64(31_000_000), int64(121_000_000)
	for _, tt := range []struct {
		name string
		in   checkin.Record
		want attendance.Punch
		ok   bool
	}{
		{
			"on duty, late, on a phone", checkin.Record{
				CheckinType: "上班打卡", ExceptionType: "时间异常", CheckinTime: 100, SchCheckinTime: 90, TimelineID: 2, DeviceID: "d",
			},
			attendance.Punch{At: 100, Source: attendance.SourcePhone, Device: "d", Slot: attendance.On, Section: 2}, true,
		},
		{
			"off duty, both semicolons", checkin.Record{
				CheckinType: "下班打卡", ExceptionType: "地点异常;wifi异常；非常用设备", CheckinTime: 100, SchCheckinTime: 90, TimelineID: 1,
			},
			attendance.Punch{
				At: 100, Source: attendance.SourcePhone, Slot: attendance.Off, Section: 1,
				Flags: attendance.OutOfRange | attendance.WrongWifi | attendance.NewDevice,
			}, true,
		},
		{"no due time: no slot", checkin.Record{CheckinType: "上班打卡", CheckinTime: 100}, attendance.Punch{At: 100, Source: attendance.SourcePhone}, true},
		{"outside", checkin.Record{CheckinType: "外出打卡", CheckinTime: 100}, attendance.Punch{At: 100, Source: attendance.SourcePhone, Flags: attendance.Outside}, true},
		{"not made", checkin.Record{CheckinType: "上班打卡", ExceptionType: "未打卡", CheckinTime: 100, SchCheckinTime: 90}, attendance.Punch{}, false},
		{"without a time", checkin.Record{CheckinType: "上班打卡"}, attendance.Punch{}, false},
	} {
		got, ok := RecordIn(&tt.in)
		if ok != tt.ok {
			t.Errorf("%s: ok is %v", tt.name, ok)
		}
		if diff := cmp.Diff(tt.want, got.Punch); ok && diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	full, _ := RecordIn(&checkin.Record{
		UserID: "u", CheckinTime: 1, LocationTitle: "t", LocationDetail: "l", WifiName: "w", WifiMAC: "m", Notes: "n",
		MediaIDs: []string{"x"}, Lat: &lat, Lng: &lng,
	})
	want := attendance.PunchDetail{
		LocationTitle: "t", LocationDetail: "l", WifiName: "w", WifiMAC: "m", Notes: "n", MediaIDs: []string{"x"}, HasPosition: true, Lat: lat, Lng: lng,
	}
	if diff := cmp.Diff(want, full.PunchDetail); diff != "" || full.User != "u" {
		t.Errorf("detail (-want +got):\n%s", diff)
	}
}

func TestJoinRule(t *testing.T) {
	t.Parallel()
	member := `{"groupid":1,"groupname":"was","checkindate":[]}`
	whole := `{"groupname":"is","white_users":["x"],"range":{"party_id":["1"]},"allow_apply_bk_cnt":3}`
	for _, tt := range []struct {
		name          string
		member, whole string
		named         *checkin.Range
		want          string
	}{
		{"both", member, whole, nil, `{"allow_apply_bk_cnt":3,"checkindate":[],"groupid":1,"groupname":"was","range":{"party_id":["1"]},"white_users":["x"]}`},
		{"whole alone", "", `{"b":1, "a":2.0}`, nil, `{"a":2.0,"b":1}`},
		{"member alone", member, "", nil, `{"checkindate":[],"groupid":1,"groupname":"was"}`},
		{"named", member, whole, &checkin.Range{UserID: []string{"u"}}, `{"allow_apply_bk_cnt":3,"checkindate":[],"groupid":1,"groupname":"was","range":{"party_id":[],"userid":["u"],"tagid":[]}}`},
	} {
		bytesOf := func(s string) []byte {
			if s == "" {
				return nil
			}
			return []byte(s)
		}
		got, err := JoinRule(bytesOf(tt.member), bytesOf(tt.whole), tt.named)
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %s, %v, want %s", tt.name, got, err, tt.want)
		}
	}
}
