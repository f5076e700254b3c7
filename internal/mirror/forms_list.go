package mirror

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/dakahq/daka/wecom"
)

// formWindows returns the windows of days that were not listed to their end.
func (m *Mirror) formWindows(l *formList, cover coverage) []span {
	first, last := m.reach(&l.kind)
	return m.windows(&l.kind, m.missing(&l.kind, cover[l.name][""], first, last), span{first, last})
}

// listForms notes the numbers of the forms that were handed in on days that
// were not listed to their end.
func (m *Mirror) listForms(ctx context.Context, l *formList, cover coverage) error {
	windows := m.formWindows(l, cover)
	m.tally.plan(l.name, l.perMinute, len(windows)*len(l.records))
	return each(ctx, m, windows, func(ctx context.Context, s span) error { return m.listWindow(ctx, l, s) })
}

// listWindow notes the numbers of a window, one kind of form after the other: a
// call takes one. The window is covered when all are.
func (m *Mirror) listWindow(ctx context.Context, l *formList, s span) error {
	at := m.app.Now()
	for _, record := range l.records {
		resumed, err := m.listRecord(ctx, l, record, s)
		if err != nil {
			return err
		}
		if resumed {
			at = min(at, m.round) // when some of it was listed is not known better
		}
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	if err := m.covered(ctx, l.name, s, at); err != nil {
		return err
	}
	for _, record := range l.records {
		if err := m.app.SetMirrorState(ctx, m.corp, pageState(l, record, s), ""); err != nil {
			return err
		}
	}
	return nil
}

// seconds are those of days, both ends included.
func (m *Mirror) seconds(s span) (from, to int64) {
	return m.corp.Zone.Midnight(s.first), m.corp.Zone.Midnight(s.last + 1)
}

// pageState names how far a window is read of a kind of form.
func pageState(l *formList, record int, s span) string {
	return fmt.Sprintf("page %s %d %s %s", l.name, record, s.first, s.last)
}

// place is how far a list is read, as it is kept: in which round, and the cursor
// of the next page, "" when there is none.
func (m *Mirror) place(cursor string) string { return fmt.Sprintf("%d %s", m.round, cursor) }

// placeOf is the inverse of place for this round. What an earlier one has left
// is begun anew.
func (m *Mirror) placeOf(text string) (cursor string, begun bool) {
	return strings.CutPrefix(text, m.place(""))
}

// listRecord notes the numbers of a window's forms of one kind page by page,
// going on where a run before has ended; resumed reports that one had begun.
func (m *Mirror) listRecord(ctx context.Context, l *formList, record int, s span) (resumed bool, err error) {
	state := pageState(l, record, s)
	text, err := m.app.MirrorState(ctx, m.corp, state)
	if err != nil {
		return false, err
	}
	cursor, resumed := m.placeOf(text)
	if resumed && cursor == "" {
		return true, nil
	}
	filter := wecom.ApprovalFilter{Key: wecom.ApprovalByKind, Value: strconv.Itoa(record)}
	kept := cursor != "" // it is of an earlier run; one that was just given cannot have expired
	for {
		page, err := m.page(ctx, s, cursor, filter)
		switch {
		case errors.Is(err, wecom.CodeApprovalWindow) && s.first < s.last:
			return resumed, m.listHalves(ctx, l, record, s)
		case isBadParameter(err) && kept:
			cursor, kept = "", false // it has expired
			continue
		case err != nil:
			return resumed, err
		case page.NewNextCursor != "" && page.NewNextCursor == cursor:
			return resumed, fmt.Errorf("forms handed in from %s to %s: the answer's cursor is the one it was asked with", s.first, s.last)
		}
		cursor, kept = page.NewNextCursor, false
		if err := m.heard(ctx, l, page.SPNoList, state, cursor); err != nil {
			return resumed, err
		}
		m.tally.add(l.name, 1, 0, 0)
		if cursor == "" {
			return resumed, nil
		}
	}
}

// isBadParameter reports whether a call was refused for what it asked for, as a
// cursor that has expired is.
func isBadParameter(err error) bool {
	return errors.Is(err, wecom.CodeInvalidParameter) || errors.Is(err, wecom.CodeApprovalParameter)
}

// listHalves is listRecord for a window that has too many forms.
func (m *Mirror) listHalves(ctx context.Context, l *formList, record int, s span) error {
	middle := s.first + (s.last-s.first)/2
	halves := []span{{s.first, middle}, {middle + 1, s.last}}
	for _, half := range halves {
		if _, err := m.listRecord(ctx, l, record, half); err != nil {
			return err
		}
	}
	if err := m.heard(ctx, l, nil, pageState(l, record, s), ""); err != nil {
		return err
	}
	m.writing.Lock()
	defer m.writing.Unlock()
	for _, half := range halves {
		if err := m.app.SetMirrorState(ctx, m.corp, pageState(l, record, half), ""); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mirror) heard(ctx context.Context, l *formList, numbers []string, state, cursor string) error {
	m.writing.Lock()
	defer m.writing.Unlock()
	return m.app.HearOfForms(ctx, m.corp, l.form, numbers, state, m.place(cursor))
}

func (m *Mirror) page(ctx context.Context, s span, cursor string, filter wecom.ApprovalFilter) (*wecom.ApprovalInfoResponse, error) {
	from, to := m.seconds(s)
	return m.w.ApprovalNumbers(ctx, wecom.ApprovalInfoRequest{
		StartTime: strconv.FormatInt(from, 10), EndTime: strconv.FormatInt(to, 10),
		NewCursor: cursor, Size: wecom.MaxApprovalPage, Filters: []wecom.ApprovalFilter{filter},
	})
}
