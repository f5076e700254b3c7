package mirror

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// askForms asks about each form that is to be, and stores what it says together
// with what others brought meanwhile. A form that cannot be read is a problem,
// and asked about again a day later.
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
	asked := &answers{troubles: map[string][]string{}}
	defer asked.tell(&m.tally)
	return each(ctx, m, numbers, func(ctx context.Context, no string) error {
		form, err := m.askForm(ctx, l, no, kinds)
		if why := troubleOfOne(err); why != "" {
			asked.trouble(why, no)
			m.tally.add(l.name, 1, 0, 0)
			m.writing.Lock()
			defer m.writing.Unlock()
			return m.app.DeferForm(ctx, m.corp, no, m.app.Now())
		}
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
		done, err := m.app.MirrorForms(ctx, m.corp, forms)
		if err == nil {
			asked.trouble(ofStrangers, done.Unknown...)
			asked.trouble(ofNothing, done.Unusable...)
			m.tally.add(l.name, len(forms), len(forms), done.Changed)
		}
		return err
	})
}

// What is wrong with approved forms that were read.
const (
	ofStrangers = "they are of members who are not in the contacts"
	ofNothing   = "they say nothing that attendance could use"
)

// askForm asks about a form. One that is not there any more counts as removed.
func (m *Mirror) askForm(ctx context.Context, l *formList, no string, kinds map[int64]wecom.Vacation) (app.MirroredForm, error) {
	at := m.app.Now()
	doc, err := m.formDetail(ctx, no)
	if errors.Is(err, wecom.CodeInvalidParameter) {
		return app.MirroredForm{FormHead: app.FormHead{No: no, Kind: l.form, Status: attendance.Removed}, At: at}, nil
	}
	if err != nil {
		return app.MirroredForm{}, fmt.Errorf("form %q: %w", no, err)
	}
	f := formIn(m.corp.Zone, doc, kinds)
	f.No, f.Kind, f.At = no, l.form, at
	return f, nil
}

// troubles of one form say nothing about others: 301055 is also the answer for
// an applicant out of the app's visible range.
var troubles = []wecom.Code{wecom.CodeApprovalForbidden, wecom.CodeApprovalParameter, wecom.CodeApprovalSystem}

// troubleOfOne says why a form could not be read; "" where that is not its own fault.
func troubleOfOne(err error) string {
	if refused, ok := errors.AsType[*wecom.Error](err); ok {
		if slices.Contains(troubles, refused.Code) {
			return fmt.Sprintf("they cannot be read (%d)", refused.Code)
		}
		return ""
	}
	if broken, ok := errors.AsType[*wecom.TransportError](err); ok && broken.Status == http.StatusOK {
		return "they cannot be read: " + broken.Reason
	}
	return ""
}

// answers are forms that are not stored yet, and what is wrong with others.
type answers struct {
	mu       sync.Mutex
	forms    []app.MirroredForm
	troubles map[string][]string // numbers of forms, by what is wrong with them
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

func (a *answers) trouble(why string, numbers ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.troubles[why] = append(a.troubles[why], numbers...)
}

// tell makes a problem of each trouble, with the first of its forms.
func (a *answers) tell(t *tally) {
	const named = 5
	a.mu.Lock()
	defer a.mu.Unlock()
	for why, numbers := range a.troubles {
		if len(numbers) == 0 {
			continue
		}
		slices.Sort(numbers)
		list := strings.Join(numbers[:min(len(numbers), named)], ", ")
		if len(numbers) > named {
			list += ", …"
		}
		t.problem(fmt.Sprintf("%d approval forms are left out, %s: %s", len(numbers), why, list))
	}
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
