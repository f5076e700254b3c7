package mirror

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// listForms notes the numbers of the forms that were handed in on days that
// were not listed to their end.
func (m *Mirror) listForms(ctx context.Context, l *formList, cover coverage) error {
	first, last := m.reach(&l.kind)
	windows := l.windows(m.missing(&l.kind, cover[l.name][""], first, last), span{first, last})
	m.tally.plan(l.name, l.perMinute, len(windows))
	return each(ctx, m, windows, func(ctx context.Context, s span) error { return m.listWindow(ctx, l, s) })
}

// seconds are those of days, both ends included.
func (m *Mirror) seconds(s span) (from, to int64) {
	from = m.corp.Zone.Midnight(s.first)
	return from, min(m.corp.Zone.Midnight(s.last+1), from+wecom.MaxApprovalSpan)
}

// pageState keeps how far a window is read.
func pageState(l *formList, s span) string {
	return fmt.Sprintf("page %s %s %s", l.name, s.first, s.last)
}

// listWindow notes the numbers of a window page by page, going on where a run
// before has ended.
func (m *Mirror) listWindow(ctx context.Context, l *formList, s span) error {
	at := m.app.Now()
	state := pageState(l, s)
	cursor, err := m.app.MirrorState(ctx, m.corp, state)
	if err != nil {
		return err
	}
	from, to := m.seconds(s)
	for {
		page, err := m.page(ctx, from, to, cursor, l.filters)
		switch {
		case errors.Is(err, wecom.CodeApprovalWindow) && s.first < s.last:
			half := s.first + (s.last-s.first)/2
			return errors.Join(m.listWindow(ctx, l, span{s.first, half}), m.listWindow(ctx, l, span{half + 1, s.last}))
		case errors.Is(err, wecom.CodeInvalidParameter) && cursor != "":
			cursor = "" // of a run long ago
			continue
		case err != nil:
			return err
		case page.NewNextCursor != "" && page.NewNextCursor == cursor:
			return fmt.Errorf("forms handed in from %s to %s: the answer's cursor is the one it was asked with", s.first, s.last)
		}
		cursor = page.NewNextCursor
		b := app.MirrorBatch{}
		if cursor == "" {
			b = app.MirrorBatch{Kind: l.name, First: s.first, Last: s.last, At: at}
		}
		if err := m.heard(ctx, l, page.SPNoList, b, state, cursor); err != nil {
			return err
		}
		m.tally.add(l.name, 1, 0, 0)
		if cursor == "" {
			return nil
		}
	}
}

func (m *Mirror) heard(ctx context.Context, l *formList, numbers []string, b app.MirrorBatch, state, cursor string) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	return m.app.HearOfForms(ctx, m.corp, l.form, numbers, b, state, cursor)
}

func (m *Mirror) page(ctx context.Context, from, to int64, cursor string, filters []wecom.ApprovalFilter) (*wecom.ApprovalInfoResponse, error) {
	return m.w.ApprovalNumbers(ctx, wecom.ApprovalInfoRequest{
		StartTime: strconv.FormatInt(from, 10), EndTime: strconv.FormatInt(to, 10),
		NewCursor: cursor, Size: wecom.MaxApprovalPage, Filters: filters,
	})
}

// numbers returns the numbers of a window without noting them.
func (m *Mirror) numbers(ctx context.Context, l *formList, s span, filters []wecom.ApprovalFilter) (all []string, err error) {
	from, to := m.seconds(span{max(s.first, attendance.MinDay), s.last})
	for cursor := ""; ; {
		page, err := m.page(ctx, from, to, cursor, filters)
		if err != nil {
			return nil, err
		}
		m.tally.add(l.name, 1, 0, 0)
		all = append(all, page.SPNoList...)
		if page.NewNextCursor == "" || page.NewNextCursor == cursor {
			return all, nil
		}
		cursor = page.NewNextCursor
	}
}
