package mirror

import (
	"context"
	"errors"
	"strconv"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// revokedStates are those to which a form comes after it has passed. A call
// lists the forms of one of them, whatever their kind.
var revokedStates = []attendance.ApprovalStatus{attendance.Revoked, attendance.Removed}

// Forms that were handed in within two windows are asked for in every round
// whether they were taken back, older ones once a day.
const (
	revokedRecently = 2
	revokedEvery    = attendance.SecondsPerDay - 3600 // a daily round may begin early
)

// revokedWindows returns the windows whose forms may have been taken back since
// they were last asked for. first reports that they never were: what this round
// lists is asked about as it is now.
func (m *Mirror) revokedWindows(cover coverage) (windows []span, first bool) {
	l := &requestForms
	begin, end := m.reach(&l.kind)
	covered := cover[revocations][""]
	if len(covered) == 0 {
		return nil, true
	}
	var missing []span
	for d := begin; d <= end; d++ {
		for len(covered) > 0 && covered[0].Last < d {
			covered = covered[1:]
		}
		fresh := m.round
		if d <= end-revokedRecently*l.longest {
			fresh -= revokedEvery
		}
		if len(covered) > 0 && covered[0].First <= d && covered[0].At >= fresh {
			continue
		}
		if n := len(missing); n > 0 && missing[n-1].last == d-1 {
			missing[n-1].last = d
		} else {
			missing = append(missing, span{d, d})
		}
	}
	return m.windows(&l.kind, missing, span{begin, end}), false
}

// listRevoked has the forms asked about again that were withdrawn or deleted
// after they had passed, and once a day those that may have been and that were
// handed in before the days that are listed.
func (m *Mirror) listRevoked(ctx context.Context, cover coverage) error {
	l := &requestForms
	windows, first := m.revokedWindows(cover)
	if first {
		begin, end := m.reach(&l.kind)
		m.writing.Lock()
		defer m.writing.Unlock()
		return m.covered(ctx, revocations, span{begin, end}, m.round)
	}
	if err := m.askOlder(ctx, l); err != nil {
		return err
	}
	m.tally.plan(l.name, l.perMinute, len(windows)*len(revokedStates))
	return each(ctx, m, windows, func(ctx context.Context, s span) error {
		at := m.app.Now()
		var numbers []string
		for _, state := range revokedStates {
			more, err := m.numbers(ctx, s, wecom.ApprovalFilter{Key: wecom.ApprovalByStatus, Value: strconv.Itoa(int(state))})
			if err != nil {
				return err
			}
			numbers = append(numbers, more...)
		}
		m.writing.Lock()
		defer m.writing.Unlock()
		if err := m.app.AskFormsAgain(ctx, m.corp, numbers, revokedStates); err != nil {
			return err
		}
		return m.covered(ctx, revocations, s, at)
	})
}

func (m *Mirror) askOlder(ctx context.Context, l *formList) error {
	begin, _ := m.reach(&l.kind)
	m.writing.Lock()
	defer m.writing.Unlock()
	return m.app.AskOlderForms(ctx, m.corp, m.corp.Zone.Midnight(begin), m.round-revokedEvery, m.opts.From)
}

// numbers returns the numbers of a window without noting them.
func (m *Mirror) numbers(ctx context.Context, s span, filter wecom.ApprovalFilter) (all []string, err error) {
	for cursor := ""; ; {
		page, err := m.page(ctx, s, cursor, filter)
		if errors.Is(err, wecom.CodeApprovalWindow) && s.first < s.last {
			middle := s.first + (s.last-s.first)/2
			early, err := m.numbers(ctx, span{s.first, middle}, filter)
			if err != nil {
				return nil, err
			}
			late, err := m.numbers(ctx, span{middle + 1, s.last}, filter)
			return append(early, late...), err
		}
		if err != nil {
			return nil, err
		}
		m.tally.add(requests, 1, 0, 0)
		all = append(all, page.SPNoList...)
		if page.NewNextCursor == "" || page.NewNextCursor == cursor {
			return all, nil
		}
		cursor = page.NewNextCursor
	}
}
