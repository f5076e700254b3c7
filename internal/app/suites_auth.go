package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// How long the codes of an authorisation count, in seconds (documents 90601 and
// 90603).
const (
	PreAuthLife  = 1200
	AuthCodeLife = 600
)

// PreAuthCode returns a new pre_auth_code of a suite and the seconds it counts.
func (a *App) PreAuthCode(ctx context.Context, id SuiteID) (code Secret, life int64, err error) {
	now := a.Now()
	code = Secret(randomText(48))
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DropSuiteCodes(store.SuiteID(id), now-TokenLife); err != nil {
			return err
		}
		return tx.AddSuiteCode(store.SuiteCode{Suite: store.SuiteID(id), Hash: code.hash(), Kind: store.PreAuthCode, Expires: now + PreAuthLife})
	})
	return code, PreAuthLife, err
}

// preAuth returns a pre_auth_code that counts: ErrPreAuthCode, ErrExpiredPreAuth.
func (a *App) preAuth(tx *store.Tx, id SuiteID, code Secret) (store.SuiteCode, error) {
	c, err := tx.SuiteCode(store.SuiteID(id), store.PreAuthCode, code.hash())
	switch {
	case errors.Is(err, store.ErrNotFound) || err == nil && c.Used != 0:
		return c, ErrPreAuthCode
	case err == nil && c.Expires <= a.Now():
		return c, ErrExpiredPreAuth
	}
	return c, err
}

// SetSession says whether the authorisation that a pre_auth_code begins is a
// formal or a test one (document 90602). It returns ErrPreAuthCode or
// ErrExpiredPreAuth.
func (a *App) SetSession(ctx context.Context, id SuiteID, code Secret, test bool) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		c, err := a.preAuth(tx, id, code)
		if err != nil {
			return err
		}
		c.AuthType = authType(test)
		return tx.SetSuiteCode(c)
	})
}

func authType(test bool) int64 {
	if test {
		return 1
	}
	return 0
}

// Authorization is what a corporation's administrator says when authorising a
// suite.
type Authorization struct {
	PreAuthCode Secret            // "" = authorised without one, as from the app market
	User        attendance.UserID // who authorises; "" = not said
	State       string            // handed on to the provider as it is, up to 128 bytes
	Range       Range             // whom the app sees
}

// AuthorizeSuite makes a suite an app of a corporation, or renews the one it
// is, and returns the event to be pushed, with the auth_code that the provider
// exchanges for the permanent_code. A code that the provider has goes on until
// then. It returns ErrUnknownCorp, ErrSuite, ErrPreAuthCode, ErrExpiredPreAuth
// or ErrBadInput.
func (a *App) AuthorizeSuite(ctx context.Context, corp attendance.CorpID, id SuiteID, auth Authorization) (event SuiteEvent, err error) {
	if len(auth.State) > 128 || strings.ContainsFunc(auth.State, unicode.IsControl) {
		return event, badInput("state: want 128 bytes at most, without control characters")
	}
	now := a.Now()
	var code Secret
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Corp(corp); errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("corporation %q: %w", corp, ErrUnknownCorp)
		} else if err != nil {
			return err
		}
		row, err := suite(tx, id)
		if err != nil {
			return err
		}
		test, err := a.beginAuth(tx, id, auth.PreAuthCode)
		if err != nil {
			return err
		}
		user, err := authUser(tx, corp, auth.User)
		if err != nil {
			return err
		}
		agent, err := a.suiteApp(tx, corp, &row, auth.Range)
		if err != nil {
			return err
		}
		stored := store.SuiteAuth{
			Corp: corp, Suite: row.ID, Agent: agent, User: user, State: auth.State, AuthType: test, Created: now,
		}
		if err := tx.PutSuiteAuth(stored); err != nil {
			return err
		}
		if code, err = a.newAuthCode(tx, &stored); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{"suite.authorize", []string{appSubject(int64(agent))}, []any{id, auth.Range}})
	})
	if err != nil {
		return event, err
	}
	return SuiteEvent{Suite: id, Type: CreateAuth, At: now, Corp: corp, AuthCode: code, State: auth.State}, nil
}

// newAuthCode makes the code that is exchanged for the permanent code of an
// authorisation.
func (a *App) newAuthCode(tx *store.Tx, auth *store.SuiteAuth) (Secret, error) {
	code := Secret(randomText(48))
	return code, tx.AddSuiteCode(store.SuiteCode{
		Suite: auth.Suite, Hash: code.hash(), Kind: store.AuthCode, Corp: auth.Corp, AuthType: auth.AuthType, Expires: a.Now() + AuthCodeLife,
	})
}

// beginAuth uses a pre_auth_code up and returns the kind of authorisation that
// was set with it.
func (a *App) beginAuth(tx *store.Tx, id SuiteID, code Secret) (authType int64, err error) {
	if code == "" {
		return 0, nil
	}
	c, err := a.preAuth(tx, id, code)
	if err != nil {
		return 0, err
	}
	c.Used = a.Now()
	return c.AuthType, tx.SetSuiteCode(c)
}

// authUser returns a userid in the contacts' spelling.
func authUser(tx *store.Tx, corp attendance.CorpID, user attendance.UserID) (attendance.UserID, error) {
	if user == "" {
		return "", nil
	}
	known, err := tx.ResolveUsers(corp, []attendance.UserID{user})
	if err == nil && known[user.Fold()] == "" {
		err = badInput("userid %q: no such member", user)
	}
	return known[user.Fold()], err
}

// suiteApp returns the app that a suite is in a corporation, enabled and with
// the range now given; one that is new, or was cancelled, has a secret that
// nobody knows.
func (a *App) suiteApp(tx *store.Tx, corp attendance.CorpID, row *store.Suite, r Range) (store.AgentID, error) {
	s, err := suiteOf(row)
	if err != nil {
		return 0, err
	}
	access := Access{Range: r, Permissions: s.Permissions}
	nobodys := Secret(randomText(32)).hash()
	old, err := tx.SuiteAuth(corp, row.ID)
	if errors.Is(err, store.ErrNotFound) {
		apps, err := tx.Apps(corp)
		if err != nil {
			return 0, err
		}
		agent := store.AgentID(nextAgent(apps))
		err = tx.AddApp(store.App{
			Corp: corp, Agent: agent, Name: row.Name, Kind: row.Kind, SecretHash: nobodys, Created: a.Now(),
		})
		if err != nil {
			return 0, err
		}
		return agent, a.setAccess(tx, corp, agent, &access)
	}
	if err != nil {
		return 0, err
	}
	app, err := tx.App(corp, old.Agent)
	if err != nil {
		return 0, err
	}
	before, err := accessOf(&app)
	if err != nil {
		return 0, err
	}
	access.Addresses = before.Addresses
	if old.Cancelled != 0 {
		if err := tx.SetAppSecret(corp, old.Agent, nobodys); err != nil {
			return 0, err
		}
		if err := tx.DisableApp(corp, old.Agent, 0); err != nil {
			return 0, err
		}
	}
	return old.Agent, a.setAccess(tx, corp, old.Agent, &access)
}

// CancelSuite ends a corporation's authorisation of a suite, with all its
// tokens, and returns the event to be pushed. It returns ErrBadInput where
// there is none.
func (a *App) CancelSuite(ctx context.Context, corp attendance.CorpID, id SuiteID) (SuiteEvent, error) {
	now := a.Now()
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		auth, err := standingAuth(tx, corp, id)
		if err != nil {
			return err
		}
		auth.Cancelled = now
		if err := tx.PutSuiteAuth(auth); err != nil {
			return err
		}
		if err := tx.DisableApp(corp, auth.Agent, now); err != nil {
			return err
		}
		if _, err = tx.RevokeTokens(corp, auth.Agent, now); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{"suite.cancel", []string{appSubject(int64(auth.Agent))}, id})
	})
	return SuiteEvent{Suite: id, Type: CancelAuth, At: now, Corp: corp}, err
}

// ChangeSuite changes how far the app of a suite reaches in a corporation, and
// returns the event to be pushed. Its errors are those of CancelSuite and
// SetAccess.
func (a *App) ChangeSuite(ctx context.Context, corp attendance.CorpID, id SuiteID, access Access) (SuiteEvent, error) {
	event := SuiteEvent{Suite: id, Type: ChangeAuth, At: a.Now(), Corp: corp}
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		auth, err := standingAuth(tx, corp, id)
		if err != nil {
			return err
		}
		event.State = auth.State
		if err := a.setAccess(tx, corp, auth.Agent, &access); err != nil {
			return err
		}
		return a.note(ctx, tx, corp, act{"suite.change", []string{appSubject(int64(auth.Agent))}, []any{id, access}})
	})
	return event, err
}

func standingAuth(tx *store.Tx, corp attendance.CorpID, id SuiteID) (store.SuiteAuth, error) {
	auth, err := tx.SuiteAuth(corp, store.SuiteID(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && auth.Cancelled != 0 {
		return auth, badInput("suite %q: corporation %q has not authorised it", id, corp)
	}
	return auth, err
}
