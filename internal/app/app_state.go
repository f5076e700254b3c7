package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// AppState is an app as it is listed, without its secret.
type AppState struct {
	Agent    int64
	Kind     AppKind
	Name     string
	Disabled bool
}

// AppStates returns the apps of a corporation, disabled ones too, in the order
// of their ids.
func (a *App) AppStates(ctx context.Context, corp attendance.CorpID) (all []AppState, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Apps(corp)
		for _, r := range rows {
			all = append(all, AppState{int64(r.Agent), AppKind(r.Kind), r.Name, r.Disabled != 0})
		}
		return err
	})
	return all, err
}

// DisableApp ends an app and its tokens until EnableApp. It returns ErrBadInput
// for an app that does not exist.
func (a *App) DisableApp(ctx context.Context, corp attendance.CorpID, agent int64) error {
	return a.setDisabled(ctx, corp, agent, a.Now(), "app.disable")
}

// EnableApp lets a disabled app be used again, with the secret that it had. It
// returns ErrBadInput for an app that does not exist, and for one whose suite
// the corporation has cancelled: only another authorisation brings it back.
func (a *App) EnableApp(ctx context.Context, corp attendance.CorpID, agent int64) error {
	return a.setDisabled(ctx, corp, agent, 0, "app.enable")
}

func (a *App) setDisabled(ctx context.Context, corp attendance.CorpID, agent, at int64, action string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		auth, err := tx.SuiteAuthOf(corp, store.AgentID(agent))
		switch {
		case err == nil && auth.Cancelled != 0 && at == 0:
			return badInput("agent %d: the corporation has cancelled the suite %q", agent, auth.Suite)
		case err != nil && !errors.Is(err, store.ErrNotFound):
			return err
		}
		err = tx.DisableApp(corp, store.AgentID(agent), at)
		if errors.Is(err, store.ErrNotFound) {
			return badInput("agent %d: no such app", agent)
		}
		if err == nil && at != 0 {
			_, err = tx.RevokeTokens(corp, store.AgentID(agent), at)
		}
		if err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{action: action, subjects: []string{appSubject(agent)}})
	})
}

// appSubject is how an app is named before hashing.
func appSubject(agent int64) string { return fmt.Sprintf("app:%d", agent) }

// Device is a device that punches came from.
type Device = store.Device

// Devices returns the devices of a corporation's punches.
func (a *App) Devices(ctx context.Context, corp *Corp) (all []Device, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) { all, err = tx.Devices(corp.ID); return err })
	return all, err
}
