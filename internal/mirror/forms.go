package mirror

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// formList is approval forms that are listed, and asked about, together.
type formList struct {
	kind
	form    attendance.ApprovalKind // under which they are kept; 0 = all that are no correction
	records []int                   // their kinds (record_type), of which a call lists one
}

// formRate is how often a minute each call about forms may be made.
const formRate = 600

var (
	requestForms = formList{
		kind:    kind{name: requests, perMinute: formRate, longest: 31, margin: handedInEarly, byUpload: true},
		records: []int{wecom.ApprovalLeave, wecom.ApprovalTrip, wecom.ApprovalOuting, wecom.ApprovalOvertime},
	}
	correctionForms = formList{
		kind: kind{name: corrections, perMinute: formRate, longest: 31, margin: 1, byUpload: true},
		form: app.CorrectionForm, records: []int{wecom.ApprovalCorrection},
	}
)

// handedInEarly is how many days before the first day forms are listed that may
// be about it. Corrections come after their day.
const handedInEarly = 31

// allForms lists the forms that were handed in and those that were taken back,
// and asks about what is new or was pending; about corrections once a channel is
// closed, unless their own context ends before. What fails of one list leaves the
// other alone.
func (m *Mirror) allForms(ctx, correcting context.Context, cover coverage, ready <-chan struct{}) error {
	lists := []*formList{&requestForms, &correctionForms}
	errs := make([]error, len(lists), len(lists)+1)
	listed := func(i int) bool { return errs[i] == nil || concernsOne(errs[i]) }
	var running sync.WaitGroup
	for i, l := range lists {
		running.Go(func() { errs[i] = m.listForms(ctx, l, cover) })
	}
	running.Wait()
	if listed(0) || listed(1) {
		if err := m.listRevoked(ctx, cover); err != nil && !denied(requests, err) {
			errs = append(errs, fmt.Errorf("%s: %w", revocations, err))
		}
	}
	for i, l := range lists {
		running.Go(func() {
			if listed(i) {
				errs[i] = errors.Join(errs[i], m.askListed(ctx, correcting, l, ready))
			}
			errs[i] = copied(m.permitted(ctx, l.name, true, errs[i]), l.name)
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

// askListed is askForms of a list, which corrections wait for.
func (m *Mirror) askListed(ctx, correcting context.Context, l *formList, ready <-chan struct{}) error {
	if l.form == app.CorrectionForm {
		select {
		case <-ready:
		case <-correcting.Done():
			return nil // there is another failure, which says why
		}
	}
	return m.patiently(ctx, func() error { return m.askForms(ctx, l) })
}

// formCalls returns how many calls a list takes, and whether there may be more
// forms to ask about than are known.
func (m *Mirror) formCalls(ctx context.Context, l *formList, cover coverage) (calls int, more bool, err error) {
	windows := m.formWindows(l, cover)
	numbers, err := m.app.FormsToAsk(ctx, m.corp, l.form, m.round)
	calls = len(windows)*len(l.records) + len(numbers)
	if l == &requestForms {
		taken, _ := m.revokedWindows(cover)
		calls += len(taken) * len(revokedStates)
		more = len(taken) > 0
	}
	return calls, more || len(windows) > 0, err
}
