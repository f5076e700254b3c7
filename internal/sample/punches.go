package sample

import (
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// Where the company is. The place is a park.
const (
	siteTitle  = "示例产业园"
	siteDetail = "示例市园区路1号"
	siteLat    = 31_230_400
	siteLng    = 121_473_700
	wifiName   = "example-office"
	wifiMAC    = "02:00:5e:10:00:01"
	terminalID = "EXAMPLE-001"
)

// punches lets every member live through every day, as the rules now ask it,
// and stores the cards that come of it.
func (b *builder) punches() error {
	zone := b.company.Corp.Zone
	until := zone.At(b.company.Today, Noon)
	at := b.index()
	var punches []attendance.PunchRecord
	q := app.Query{Corp: b.company.Corp, First: b.company.First, Last: b.company.Today}
	err := b.app.DayReports(b.ctx, q, func(m *app.Member, r *attendance.DayReport) error {
		i := at[m.ID]
		p := &b.people[i]
		acts, forgot := p.habits.live(stream(b.spec.Seed, aboutDay, i, r.Day), r.Kind)
		for _, a := range acts {
			if when := zone.At(r.Day, a.at); when <= until {
				punches = append(punches, p.punch(when, a.flags))
			}
		}
		for _, f := range forgot {
			b.forgot = append(b.forgot, forgotten{member: i, day: r.Day, missed: f})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(punches, batch) {
		if _, _, err := b.app.AddPunches(b.ctx, b.company.Corp, part); err != nil {
			return err
		}
	}
	return nil
}

// punch makes a member's record: from the terminal in the workshop, from the
// member's phone elsewhere.
func (p *person) punch(at int64, flags attendance.PunchFlags) attendance.PunchRecord {
	r := attendance.PunchRecord{User: p.id, Punch: attendance.Punch{At: at}}
	if p.team == workshop {
		r.Source, r.Device, r.DeviceName = attendance.SourceDevice, terminalID, "车间考勤机"
		return r
	}
	r.Source, r.Device, r.Flags = attendance.SourcePhone, p.habits.device, flags
	if flags&attendance.NewDevice != 0 {
		r.Device += "-new"
	}
	r.HasPosition, r.Lat, r.Lng = true, siteLat, siteLng
	switch {
	case flags&attendance.Outside != 0:
		r.LocationTitle, r.LocationDetail, r.Notes = "客户现场", "示例市商务区2号", "拜访客户"
		r.Lat, r.Lng = siteLat+52_000, siteLng-31_000
	case flags&attendance.OutOfRange != 0:
		r.LocationTitle, r.LocationDetail = "示例地铁站", "示例市园区路地铁站"
		r.Lat += 9_000
	default:
		r.LocationTitle, r.LocationDetail, r.WifiName, r.WifiMAC = siteTitle, siteDetail, wifiName, wifiMAC
	}
	return r
}
