package app

import (
	"context"
	"errors"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Grant is what a provider gets for an auth_code.
type Grant struct {
	PermanentCode Secret
	Corp          *Corp
	Agent         int64
	Kind          AppKind
	Name          string // of the app
	Access        Access
	User          attendance.UserID // who authorised; "" = not said
	UserName      string
	State         string
	Test          bool // a test authorisation
}

// PermanentCode exchanges an auth_code, which counts once, for the
// permanent_code of a corporation (document 100776). An earlier permanent code
// of the two, and the tokens made with it, end. It returns ErrAuthCode or
// ErrCancelled.
func (a *App) PermanentCode(ctx context.Context, id SuiteID, code Secret) (*Grant, error) {
	now := a.Now()
	secret := Secret(randomText(32))
	var grant *Grant
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		c, err := tx.SuiteCode(store.SuiteID(id), store.AuthCode, code.hash())
		if errors.Is(err, store.ErrNotFound) || err == nil && (c.Used != 0 || c.Expires <= now) {
			return ErrAuthCode
		}
		if err != nil {
			return err
		}
		auth, err := tx.SuiteAuth(c.Corp, c.Suite)
		if err != nil {
			return err
		}
		if auth.Cancelled != 0 {
			return ErrCancelled
		}
		c.Used = now
		if err := tx.SetSuiteCode(c); err != nil {
			return err
		}
		if err := tx.SetAppSecret(auth.Corp, auth.Agent, secret.hash()); err != nil {
			return err
		}
		if _, err := tx.RevokeTokens(auth.Corp, auth.Agent, now); err != nil {
			return err
		}
		grant, err = a.grant(tx, &auth)
		return err
	})
	if err != nil {
		return nil, err
	}
	grant.PermanentCode = secret
	return grant, nil
}

// grant describes an authorisation.
func (a *App) grant(tx *store.Tx, auth *store.SuiteAuth) (*Grant, error) {
	row, err := tx.Corp(auth.Corp)
	if err != nil {
		return nil, err
	}
	corp, err := a.corp(row)
	if err != nil {
		return nil, err
	}
	app, err := tx.App(auth.Corp, auth.Agent)
	if err != nil {
		return nil, err
	}
	access, err := accessOf(&app)
	if err != nil {
		return nil, err
	}
	g := &Grant{
		Corp: corp, Agent: int64(app.Agent), Kind: AppKind(app.Kind), Name: app.Name, Access: access,
		User: auth.User, State: auth.State, Test: auth.AuthType != 0,
	}
	if auth.User != "" {
		members, err := tx.Members(auth.Corp, a.Now(), []attendance.UserID{auth.User})
		if err != nil {
			return nil, err
		}
		for i := range members {
			g.UserName = members[i].Name
		}
	}
	return g, nil
}
