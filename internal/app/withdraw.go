package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// The ways in which a correction cannot be taken back.
var (
	ErrNoCorrection        = errors.New("no such correction")
	ErrCorrectionWithdrawn = errors.New("the correction was taken back already")
)

// Withdrawal asks for what was corrected in a slot to be taken back.
type Withdrawal struct {
	User   attendance.UserID
	Day    attendance.Day
	Slot   attendance.TimeOfDay // due time; NoTime on days without slots
	At     int64                // the punch that the correction stands for, Unix seconds; 0 = any
	Remark string
}

// WithdrawCorrection takes back the corrections of a slot that stand, however
// they came about, and returns them: from now on the slot is as if there had
// been none, and what was known before stays to be asked for. It returns
// attendance.ErrUnknownUser, ErrNoCorrection, or ErrCorrectionWithdrawn where
// none stands any more.
func (a *App) WithdrawCorrection(ctx context.Context, caller *Caller, w Withdrawal) (taken []attendance.Correction, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		taken = nil // of a try before, which came to nothing
		now := a.Now()
		standing, err := withdrawn(tx, caller, &w, now)
		if err != nil {
			return err
		}
		for i := range standing {
			c := &standing[i]
			taken = append(taken, c.Correction.Correction)
			end := store.CorrectionEnd{User: c.User, Day: c.Day, Seq: c.Seq, KnownAt: now, Remark: w.Remark, App: store.AgentID(caller.Agent)}
			if err := tx.EndCorrection(caller.Corp.ID, end); err != nil {
				return err
			}
		}
		user := standing[0].User
		return a.note(by(ctx, caller.Agent), tx, caller.Corp.ID, act{"correction.withdraw", []string{userSubject(user)}, w})
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// CheckWithdrawal is WithdrawCorrection without taking anything back.
func (a *App) CheckWithdrawal(ctx context.Context, caller *Caller, w Withdrawal) (standing []attendance.Correction, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		found, err := withdrawn(tx, caller, &w, a.Now())
		for i := range found {
			standing = append(standing, found[i].Correction.Correction)
		}
		return err
	})
	return standing, err
}

// withdrawn returns the corrections that a withdrawal takes back: one at least.
func withdrawn(tx *store.Tx, caller *Caller, w *Withdrawal, now int64) (standing []store.NumberedCorrection, err error) {
	fail := func(err error) ([]store.NumberedCorrection, error) {
		return nil, fmt.Errorf("take back what was corrected at %s on %s of %q: %w", w.Slot, w.Day, w.User, err)
	}
	users, err := resolve(tx, caller.Corp, []attendance.UserID{w.User}, now)
	if err != nil {
		return nil, err
	}
	all, err := tx.Corrections(caller.Corp.ID, users, w.Day, w.Day, now)
	if err != nil {
		return nil, err
	}
	ended := false
	for i := range all {
		switch c := &all[i]; {
		case c.Slot != w.Slot || w.At != 0 && c.At != w.At:
		case c.Withdrawn != 0:
			ended = true
		default:
			standing = append(standing, *c)
		}
	}
	switch {
	case len(standing) > 0:
		return standing, nil
	case ended:
		return fail(ErrCorrectionWithdrawn)
	}
	return fail(ErrNoCorrection)
}
