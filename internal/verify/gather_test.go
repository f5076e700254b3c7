package verify

import (
	"fmt"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// However many members have equal reports, and however many one cause meets,
// those of another cause are tried too.
func TestSampleHasRoomForEveryCause(t *testing.T) {
	t.Parallel()
	g := newGatherer(explain.English)
	take := func(user int, found ...Difference) {
		w := &row{user: attendance.UserID(fmt.Sprintf("u%04d", user)), settled: true, month: &checkin.MonthData{}}
		g.take(nil, w, &outcome{found: found})
	}
	for i := range 2 * maxUsers {
		take(i)
	}
	differ := func(c Cause) Difference { return Difference{Path: "x", Ours: int64(1), Theirs: int64(2), cause: c} }
	for i := range 2 * maxUsers {
		take(2*maxUsers+i, differ(CauseHours))
	}
	take(4*maxUsers, differ(CauseLate))
	tried := map[Cause]int{}
	for _, at := range g.groups {
		tried[at.Cause] = len(at.rows)
	}
	if tried[CauseHours] != maxTried || tried[CauseLate] != 1 || len(g.users) > 2*maxUsers {
		t.Errorf("tried %v of %d members", tried, len(g.users))
	}
}
