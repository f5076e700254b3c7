package app

import (
	"context"
	"errors"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// ResetPermanentCode begins the change of a permanent_code and returns the event
// to be pushed (document 94758): its auth_code, which counts for AuthCodeLife
// and once, is exchanged for the new code by PermanentCode. Until then the old
// one goes on. Its errors are those of CancelSuite.
func (a *App) ResetPermanentCode(ctx context.Context, corp attendance.CorpID, id SuiteID) (SuiteEvent, error) {
	event := SuiteEvent{Suite: id, Type: ResetCode, At: a.Now(), Corp: corp}
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		auth, err := standingAuth(tx, corp, id)
		if err != nil {
			return err
		}
		if event.AuthCode, err = a.newAuthCode(tx, &auth); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{"suite.reset", []string{appSubject(int64(auth.Agent))}, id})
	})
	return event, err
}

// SuiteOf returns the suite that an app of a corporation stands for, whether the
// authorisation still counts or not; "" for an app of the corporation's own.
func (a *App) SuiteOf(ctx context.Context, corp attendance.CorpID, agent int64) (id SuiteID, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		auth, err := tx.SuiteAuthOf(corp, store.AgentID(agent))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		id = SuiteID(auth.Suite)
		return err
	})
	return id, err
}
