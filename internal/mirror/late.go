package mirror

import (
	"context"
	"fmt"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// What comes late, a punch or the end of a form, has the days that were told
// without it asked for again, and the calls of a round are planned before it is
// told. So a round may end with days that are the next one's.

// lateState keeps for how many days of members that is so since the last round.
const lateState = "late"

// noteLate counts the days of members that the next round asks for again.
func (m *Mirror) noteLate(ctx context.Context, users []attendance.UserID) error {
	cover, err := m.coverage(ctx)
	if err != nil {
		return err
	}
	type userDay struct {
		user attendance.UserID
		day  attendance.Day
	}
	late := map[userDay]bool{}
	for i := range kinds {
		k := &kinds[i]
		if k.name != records && k.name != days {
			continue
		}
		refused, err := m.app.MirrorState(ctx, m.corp, refusedState(k.name))
		if err != nil {
			return err
		}
		if refused != "" {
			continue
		}
		first, last := m.reach(k)
		for _, u := range users {
			for _, s := range m.missing(k, cover[k.name][u], first, m.until(u, last, k.margin)) {
				for d := s.first; d <= s.last; d++ {
					late[userDay{u, d}] = true
				}
			}
		}
	}
	m.tally.late(len(late))
	text := ""
	if len(late) > 0 {
		text = strconv.Itoa(len(late))
	}
	return m.app.SetMirrorState(ctx, m.corp, lateState, text)
}

// Late returns how many days of members the last round that came through left to
// the next one, for what came late may have changed them.
func Late(ctx context.Context, a *app.App, corp *app.Corp) (int, error) {
	text, err := a.MirrorState(ctx, corp, lateState)
	if err != nil || text == "" {
		return 0, err
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("days that were told of late: %w", err)
	}
	return n, nil
}
