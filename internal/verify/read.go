package verify

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// readRows reads WeCom's reports of some members: of each the days in their
// order, then the windows that lie within the days asked for.
func readRows(ctx context.Context, a *app.App, q *Query, users []attendance.UserID) (map[attendance.UserID][]*row, error) {
	rows := map[attendance.UserID][]*row{}
	err := a.Verdicts(ctx, q.Corp, users, q.First, q.Last, func(v app.Verdict) error {
		w := &row{user: v.User, first: v.Day, last: v.Day, fetchedAt: v.FetchedAt}
		if err := json.Unmarshal(v.Doc, &w.day); err != nil || w.day == nil {
			return fmt.Errorf("verdict of %q on %s: not a day report: %w", v.User, v.Day, err)
		}
		rows[v.User] = append(rows[v.User], w)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = a.MonthVerdicts(ctx, q.Corp, users, q.First, q.Last, func(v app.MonthVerdict) error {
		if v.First < q.First || v.Last > q.Last {
			return nil
		}
		w := &row{user: v.User, first: v.First, last: v.Last, fetchedAt: v.FetchedAt}
		if err := json.Unmarshal(v.Doc, &w.month); err != nil || w.month == nil {
			return fmt.Errorf("verdict of %q from %s to %s: not a month report: %w", v.User, v.First, v.Last, err)
		}
		rows[v.User] = append(rows[v.User], w)
		return nil
	})
	return rows, err
}

// strangers counts the members who have verdicts and are not among the known.
func strangers(ctx context.Context, a *app.App, q *Query, known []attendance.UserID) (int64, error) {
	folded := map[string]bool{}
	for _, u := range known {
		folded[u.Fold()] = true
	}
	strange := map[string]bool{}
	err := a.Verdicts(ctx, q.Corp, nil, q.First, q.Last, func(v app.Verdict) error {
		if name := v.User.Fold(); !folded[name] {
			strange[name] = true
		}
		return nil
	})
	return int64(len(strange)), err
}
