package mirror

import (
	"context"
	"slices"
	"strings"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
)

// A list tells of the forms that were handed in on some days. A long leave may
// have been handed in before the first of them; the reports of its days name it.

// requestsTold returns the numbers of the requests that day reports name, each
// once. Corrections are left to their own list: they come after their day.
func requestsTold(reports []checkin.DayData) (numbers []string) {
	for i := range reports {
		for _, info := range reports[i].HolidayInfos {
			correction := len(info.SPTitle.Data) > 0 && strings.HasPrefix(info.SPTitle.Data[0].Text, "补卡")
			if info.SPNumber != "" && !correction {
				numbers = append(numbers, info.SPNumber)
			}
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// askTold asks about the requests that reports have told of in this round and no
// list has. Where the app may not read forms they are made of the reports.
func (m *Mirror) askTold(ctx context.Context, _ []attendance.UserID) error {
	refused, err := m.app.MirrorState(ctx, m.corp, refusedState(requests))
	if err != nil || refused != "" {
		return err
	}
	err = m.patiently(ctx, func() error { return m.askForms(ctx, &requestForms) })
	return m.permitted(ctx, requests, false, err)
}
