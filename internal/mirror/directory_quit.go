package mirror

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// listedAsQuit returns those whom the contacts had as having quit when they were
// listed last.
func (m *Mirror) listedAsQuit(ctx context.Context) (map[attendance.UserID]bool, error) {
	cover, err := m.coverage(ctx)
	if err != nil {
		return nil, err
	}
	quit := map[attendance.UserID]bool{}
	done := cover[contacts][""]
	for user, rows := range cover[app.MirroredQuit] {
		quit[user] = len(done) > 0 && rows[0].At >= done[len(done)-1].At
	}
	return quit, nil
}

// until returns the last day up to another one that a member is asked about.
func (m *Mirror) until(user attendance.UserID, last, margin attendance.Day) attendance.Day {
	if left, ok := m.left[user]; ok {
		return min(last, left+margin)
	}
	return last
}

// lastDays looks at the last days of those who have quit when their reports are
// there, which may end earlier.
func (m *Mirror) lastDays(ctx context.Context, _ []attendance.UserID) error {
	if len(m.left) == 0 {
		return nil
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	moved, err := m.app.MirrorLastDays(ctx, m.corp, slices.Sorted(maps.Keys(m.left)), m.round)
	var users []attendance.UserID
	for _, l := range moved {
		users = append(users, attendance.UserID(fmt.Sprintf("%s (%s)", l.User, l.Day)))
	}
	if len(users) > 0 {
		m.tally.problem(some(users) + ": has quit and is in no report after that day, which counts as the last one until another is imported")
	}
	return err
}
