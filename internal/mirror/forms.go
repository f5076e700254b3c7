package mirror

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// formList is approval forms that are listed, and asked about, together.
type formList struct {
	kind
	form     attendance.ApprovalKind // under which they are kept; 0 = all that are no correction
	filters  []wecom.ApprovalFilter
	revoking bool // states are known of them, which may change again
}

// formRate is how often a minute each call about forms may be made.
const formRate = 600

var (
	requestForms = formList{
		kind:     kind{name: requests, perMinute: formRate, longest: 31, margin: handedInEarly, byUpload: true},
		filters:  ofKinds(wecom.ApprovalLeave, wecom.ApprovalTrip, wecom.ApprovalOuting, wecom.ApprovalOvertime),
		revoking: true,
	}
	correctionForms = formList{
		kind: kind{name: corrections, perMinute: formRate, longest: 31, margin: 1, byUpload: true},
		form: app.CorrectionForm, filters: ofKinds(wecom.ApprovalCorrection),
	}
)

// handedInEarly is how many days before the first day forms are listed that may
// be about it. Corrections come after their day.
const handedInEarly = 31

func ofKinds(kinds ...int) (filters []wecom.ApprovalFilter) {
	for _, k := range kinds {
		filters = append(filters, wecom.ApprovalFilter{Key: wecom.ApprovalByKind, Value: strconv.Itoa(k)})
	}
	return filters
}

// forms lists the forms that were handed in, and asks about those that are new
// or were pending: once a channel is closed, if there is one.
func (m *Mirror) forms(ctx context.Context, l *formList, cover coverage, ready <-chan struct{}) error {
	err := m.listForms(ctx, l, cover)
	if err == nil && l.revoking {
		err = m.patiently(ctx, func() error { return m.listRevoked(ctx, l, cover) })
	}
	if err == nil && ready != nil {
		select {
		case <-ready:
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	if err == nil {
		err = m.patiently(ctx, func() error { return m.askForms(ctx, l) })
	}
	if err := m.permitted(ctx, l.name, true, err); err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	return nil
}

// askForms asks about each form that is to be, and stores what it says together
// with what others brought meanwhile.
func (m *Mirror) askForms(ctx context.Context, l *formList) error {
	numbers, err := m.app.FormsToAsk(ctx, m.corp, l.form, m.round)
	if err != nil || len(numbers) == 0 {
		return err
	}
	m.tally.plan(l.name, l.perMinute, len(numbers))
	var kinds map[int64]wecom.Vacation
	if l.form != app.CorrectionForm {
		if kinds, err = m.vacationKinds(ctx); err != nil {
			return err
		}
	}
	asked := &answers{}
	return each(ctx, m, numbers, func(ctx context.Context, no string) error {
		form, err := m.askForm(ctx, l, no, kinds)
		if err != nil {
			return err
		}
		asked.add(form)
		m.writing.Lock()
		defer m.writing.Unlock()
		forms := asked.take()
		if len(forms) == 0 {
			return nil // another one has stored it
		}
		changed, err := m.app.MirrorForms(ctx, m.corp, forms)
		if err == nil {
			m.tally.add(l.name, len(forms), len(forms), changed)
		}
		return err
	})
}

// answers are forms that are not stored yet.
type answers struct {
	mu    sync.Mutex
	forms []app.MirroredForm
}

func (a *answers) add(f app.MirroredForm) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forms = append(a.forms, f)
}

func (a *answers) take() []app.MirroredForm {
	a.mu.Lock()
	defer a.mu.Unlock()
	forms := a.forms
	a.forms = nil
	return forms
}

// askForm asks about a form. One that is not there any more counts as removed.
func (m *Mirror) askForm(ctx context.Context, l *formList, no string, kinds map[int64]wecom.Vacation) (app.MirroredForm, error) {
	at := m.app.Now()
	detail, err := m.w.ApprovalDetail(ctx, no)
	if errors.Is(err, wecom.CodeInvalidParameter) {
		return app.MirroredForm{FormHead: app.FormHead{No: no, Kind: l.form, Status: attendance.Removed}, At: at}, nil
	}
	if err != nil {
		return app.MirroredForm{}, fmt.Errorf("form %q: %w", no, err)
	}
	f := formIn(m.corp.Zone, detail, kinds)
	f.No, f.Kind, f.At = no, l.form, at
	return f, nil
}

// vacationKinds asks for the kinds of leave (document 93375), which say whose
// days count.
func (m *Mirror) vacationKinds(ctx context.Context) (map[int64]wecom.Vacation, error) {
	list, err := m.w.VacationConfig(ctx)
	if err != nil && !isForbidden(err) && !errors.Is(err, wecom.CodeVacationForbidden) {
		return nil, fmt.Errorf("kinds of leave: %w", err)
	}
	kinds := map[int64]wecom.Vacation{}
	for _, v := range list {
		kinds[v.ID] = v
	}
	return kinds, nil
}

// listRevoked has the forms asked about again that were withdrawn or deleted
// after they had passed, as far as they were handed in within two months.
func (m *Mirror) listRevoked(ctx context.Context, l *formList, cover coverage) error {
	if done := cover[revocations][""]; len(done) == 0 {
		return m.covered(ctx, revocations, span{m.today, m.today}, m.round) // none is known as anything else yet
	} else if done[len(done)-1].At >= m.round {
		return nil
	}
	at := m.app.Now()
	states := []attendance.ApprovalStatus{attendance.Revoked, attendance.Removed}
	filters := slices.Clone(l.filters)
	for _, s := range states {
		filters = append(filters, wecom.ApprovalFilter{Key: wecom.ApprovalByStatus, Value: strconv.Itoa(int(s))})
	}
	for back := range attendance.Day(2) {
		last := m.today - back*l.longest
		numbers, err := m.numbers(ctx, l, span{last - l.longest + 1, last}, filters)
		if err != nil {
			return err
		}
		if err := m.app.AskFormsAgain(ctx, m.corp, numbers, states); err != nil {
			return err
		}
	}
	return m.covered(ctx, revocations, span{m.today, m.today}, at)
}
