package sample

import (
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// rota is what a member of the workshop works from day to day. The four crews
// are two days apart in it, so that every shift is manned on every day.
var rota = [8]attendance.ShiftID{early, early, late, late, night, night, rest, rest}

// batch is how much goes into one call.
const batch = 20_000

// shifts plans the workshop from the first day to the end of the present month.
func (b *builder) shifts() error {
	_, last := b.company.Today.Month()
	var items []app.Assignment
	crew := 0
	for i := range b.people {
		if b.people[i].team != workshop {
			continue
		}
		for d := b.company.First; d <= last; d++ {
			shift := rota[(int(d)+2*crew)%len(rota)]
			items = append(items, app.Assignment{User: b.people[i].id, Day: d, Shift: shift})
		}
		crew++
	}
	for part := range slices.Chunk(items, batch) {
		if err := b.app.SetSchedules(b.ctx, b.company.Corp, b.company.Groups[workshop].ID, part, app.AnyDay); err != nil {
			return err
		}
	}
	return nil
}
