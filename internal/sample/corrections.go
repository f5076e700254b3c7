package sample

import (
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// correctionsPerMonth is how many a member may ask for.
const correctionsPerMonth = 3

// forgotten is a card that a member did not make.
type forgotten struct {
	member int
	day    attendance.Day
	missed
}

// corrections puts most of the forgotten cards right, in the days after.
func (b *builder) corrections() error {
	caller := &app.Caller{Corp: b.company.Corp, Agent: b.company.Checkin.Agent, Kind: app.CheckinApp}
	type month struct {
		member int
		first  attendance.Day
	}
	used := map[month]int{}
	for _, f := range b.forgot {
		first, _ := f.day.Month()
		key := month{f.member, first}
		d := stream(b.spec.Seed, aboutRepair, f.member, f.day)
		willing := d.chance(650)
		if f.day >= b.company.Today-1 || used[key] == correctionsPerMonth || !willing {
			continue
		}
		used[key]++
		err := b.app.Correct(b.ctx, caller, app.CorrectionRequest{
			User: b.people[f.member].id, Day: f.day, Slot: f.slot,
			At: b.company.Corp.Zone.At(f.day, f.at), Remark: "忘记打卡",
		})
		if err != nil {
			return err
		}
	}
	return nil
}
