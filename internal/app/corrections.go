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
// ErrCorrectionRest, ErrCorrectionSlot or ErrCorrectionWindow.
func (a *App) Correct(ctx context.Context, caller *Caller, req CorrectionRequest) error {
	now := a.Now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		users, err := resolve(tx, caller.Corp, []attendance.UserID{req.User}, now)
		if err != nil {
			return err
		}
		s, err := a.share(tx, caller.Corp, now)
		if err != nil {
			return err
		}
		before, after := s.corp.Margin()
		people, err := tx.Facts(caller.Corp.ID, users, req.Day-before, req.Day+after, now, caller.Corp.Zone)
		if err != nil {
			return err
		}
		c := attendance.Correction{Day: req.Day, Slot: req.Slot, At: req.At, KnownAt: now, By: attendance.ByAPI, Remark: req.Remark}
		if err := check(s.corp.NewEvaluator(), &people[0], &c, req.Open); err != nil {
			return fmt.Errorf("correct %s of %q: %w", req.Day, req.User, err)
		}
		return tx.AddCorrections(caller.Corp.ID, []store.Correction{{User: users[0], Correction: c, App: store.AgentID(caller.Agent)}})
	})
}

func check(e *engine.Evaluator, p *attendance.Person, c *attendance.Correction, open bool) error {
	if open {
		c.Slot = e.OpenSlot(p, c.Day, c.At)
	}
	return e.CheckCorrection(p, c)
}
