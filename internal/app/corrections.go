package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/engine"
	"github.com/dakahq/daka/internal/store"
)

// CorrectionRequest asks for a member's punch to be corrected.
type CorrectionRequest struct {
	User   attendance.UserID
	Day    attendance.Day
	Slot   attendance.TimeOfDay // due time; NoTime on days without slots
	Open   bool                 // take the due time nearest to At instead of Slot
	At     int64                // the punch it stands for, Unix seconds
	Remark string
}

// Correct stores a correction if it can be applied to the member's day as it
// is known now. It returns attendance.ErrUnknownUser, ErrCorrectionFuture,
// ErrCorrectionRest, ErrCorrectionSlot, ErrCorrectionWindow, or one of the
// ErrClosed errors.
func (a *App) Correct(ctx context.Context, caller *Caller, req CorrectionRequest) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		c, err := a.correction(tx, caller, req)
		if err != nil {
			return err
		}
		if err := tx.AddCorrections(caller.Corp.ID, []store.Correction{c}); err != nil {
			return err
		}
		return a.note(by(ctx, caller.Agent), tx, caller.Corp.ID, act{"correction.add", []string{userSubject(c.User)}, c})
	})
}

// CheckCorrection is Correct without storing anything.
func (a *App) CheckCorrection(ctx context.Context, caller *Caller, req CorrectionRequest) error {
	return a.db.Read(ctx, func(tx *store.Tx) error {
		_, err := a.correction(tx, caller, req)
		return err
	})
}

// correction makes the fact of a request that can be applied.
func (a *App) correction(tx *store.Tx, caller *Caller, req CorrectionRequest) (c store.Correction, err error) {
	now := a.Now()
	users, err := resolve(tx, caller.Corp, []attendance.UserID{req.User}, now)
	if err != nil {
		return c, err
	}
	s, err := a.share(tx, caller.Corp, now)
	if err != nil {
		return c, err
	}
	before, after := s.corp.Margin()
	people, err := tx.Facts(caller.Corp.ID, users, req.Day-before, req.Day+after, now, caller.Corp.Zone)
	if err != nil {
		return c, err
	}
	c = store.Correction{User: users[0], App: store.AgentID(caller.Agent), Correction: attendance.Correction{
		Day: req.Day, Slot: req.Slot, At: req.At, KnownAt: now, By: attendance.ByAPI, Remark: req.Remark,
	}}
	e := s.corp.NewEvaluator()
	if req.Open {
		c.Slot = e.OpenSlot(&people[0], c.Day, c.At)
	}
	if err := e.CheckCorrection(&people[0], &c.Correction); err != nil {
		return c, fmt.Errorf("correct %s of %q: %w", req.Day, req.User, err)
	}
	if err := restricted(e, &people[0], &c.Correction); err != nil {
		return c, fmt.Errorf("correct %s of %q: %w", req.Day, req.User, err)
	}
	return c, nil
}

// restricted refuses a correction of a kind that the rule closes to all
// (buka_restriction): which kind it is, the slot's card says as it stands.
func restricted(e *engine.Evaluator, p *attendance.Person, c *attendance.Correction) error {
	rule := e.Rule(p, c.Day)
	if rule == nil || rule.Rule().Corrections.Closed == 0 || c.Slot == attendance.NoTime {
		return nil
	}
	abnormal := []attendance.FindingCode{attendance.Missing}
	e.Days(p, c.Day, c.Day, func(r *attendance.DayReport) {
		for i := range r.Cards {
			if r.Cards[i].Scheduled == c.Slot {
				abnormal = nil // there is a card: its findings count
			}
		}
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Reason.Scheduled == c.Slot && f.Code <= attendance.Device {
				abnormal = append(abnormal, f.Code)
			}
		}
	})
	return engine.CheckClosed(rule.Rule().Corrections.Closed, abnormal)
}
