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
// is known now. One that stands already, of the same slot and time, is not stored
// again. It returns attendance.ErrUnknownUser, ErrCorrectionFuture,
// ErrCorrectionRest, a SlotError (ErrCorrectionSlot, ErrCorrectionWindow), or one of the
// ErrClosed errors.
func (a *App) Correct(ctx context.Context, caller *Caller, req CorrectionRequest) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		c, stands, err := a.correction(tx, caller, req)
		if err != nil || stands {
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
	_, err := a.Corrected(ctx, caller, req)
	return err
}

// Corrected is CheckCorrection that reports whether the correction stands
// already, so that Correct would not store it again.
func (a *App) Corrected(ctx context.Context, caller *Caller, req CorrectionRequest) (stands bool, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		_, stands, err = a.correction(tx, caller, req)
		return err
	})
	return stands, err
}

// correction makes the fact of a request that can be applied, and reports
// whether it stands already.
func (a *App) correction(tx *store.Tx, caller *Caller, req CorrectionRequest) (c store.Correction, stands bool, err error) {
	now := a.Now()
	users, err := resolve(tx, caller.Corp, []attendance.UserID{req.User}, now)
	if err != nil {
		return c, false, err
	}
	s, err := a.share(tx, caller.Corp, now)
	if err != nil {
		return c, false, err
	}
	before, after := s.corp.Margin()
	people, err := tx.Facts(caller.Corp.ID, users, req.Day-before, req.Day+after, now, caller.Corp.Zone)
	if err != nil {
		return c, false, err
	}
	c = store.Correction{User: users[0], App: store.AgentID(caller.Agent), Correction: attendance.Correction{
		Day: req.Day, Slot: req.Slot, At: req.At, KnownAt: now, By: attendance.ByAPI, Remark: req.Remark,
	}}
	e := s.corp.NewEvaluator()
	if req.Open {
		c.Slot = e.OpenSlot(&people[0], c.Day, c.At)
	}
	if err := e.CheckCorrection(&people[0], &c.Correction); err != nil {
		return c, false, fmt.Errorf("correct %s of %q: %w", req.Day, req.User, err)
	}
	if standing(people[0].Corrections, &c.Correction) {
		return c, true, nil
	}
	if err := restricted(e, &people[0], &c.Correction); err != nil {
		return c, false, fmt.Errorf("correct %s of %q: %w", req.Day, req.User, err)
	}
	return c, false, nil
}

// standing reports whether a correction is what its slot says already: of those
// of the slot that were not taken back the one that became known last, or, where
// there are no slots and each adds a punch, any. Who remarks something else repeats
// it all the same.
func standing(known []attendance.Correction, c *attendance.Correction) bool {
	found := false
	for i := range known { // in the order in which they became known
		k := &known[i]
		if k.Day != c.Day || k.Slot != c.Slot || k.Withdrawn != 0 {
			continue
		}
		same := k.At == c.At && k.By == c.By
		found = same || found && c.Slot == attendance.NoTime
	}
	return found
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
