package mirror

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// quiet is for how many days everybody may be without a punch: holidays are.
const quiet attendance.Day = 8

// firstDays looks at the first days of members when their punches are there:
// those who became known in this round have them moved if they punched before,
// and on the day of the first copy it says who began to punch later than others.
func (m *Mirror) firstDays(ctx context.Context, _ []attendance.UserID) error {
	m.writing.Lock()
	moved, err := m.app.MirrorFirstDays(ctx, m.corp, m.round)
	m.writing.Unlock()
	if err != nil {
		return err
	}
	m.tellFirst(moved, "punched before they were in the contacts, and count as employed from then on")
	cover, err := m.coverage(ctx)
	if err != nil {
		return err
	}
	if done := cover[contacts][""]; len(done) == 0 || done[0].First < m.today {
		return nil // it was said
	}
	late, err := m.app.LateStarters(ctx, m.corp, m.opts.From, quiet)
	m.tellFirst(late, "no punch before; if that is when they joined, import their first days (daka import members), for now they count as employed from the start")
	return err
}

func (m *Mirror) tellFirst(list []app.FirstDay, what string) {
	if len(list) == 0 {
		return
	}
	users := make([]attendance.UserID, len(list))
	for i, f := range list {
		users[i] = attendance.UserID(fmt.Sprintf("%s (%s)", f.User, f.Day))
	}
	m.tally.problem(some(users) + ": " + what)
}
