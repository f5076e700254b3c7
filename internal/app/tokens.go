package app

import (
	"context"
	"errors"
	"fmt"
	"net/netip"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// TokenLife is how long an access token counts, in seconds (document 91039).
const TokenLife = 7200

// Caller is the app behind an access token.
type Caller struct {
	Corp  *Corp
	Agent int64
	Kind  AppKind

	access Access
}

// Token returns the access token of the app with the given secret and the
// seconds it still counts. Within its life every call returns the same token.
// It returns ErrUnknownCorp or ErrWrongSecret. The app of a third-party suite
// gets its tokens from CorpToken.
func (a *App) Token(ctx context.Context, corp attendance.CorpID, secret Secret) (token Token, life int64, err error) {
	return a.appToken(ctx, corp, secret, func(_ *store.Tx, app *store.App) error {
		if AppKind(app.Kind) == SuiteApp {
			return ErrWrongSecret
		}
		return nil
	})
}

// TokenFrom is Token for a call from an address. It also returns ErrUntrusted,
// and ErrBanned after too many wrong secrets.
func (a *App) TokenFrom(ctx context.Context, from netip.Addr, corp attendance.CorpID, secret Secret) (token Token, life int64, err error) {
	err = a.guard(ctx, from, func() error {
		token, life, err = a.appToken(ctx, corp, secret, func(_ *store.Tx, app *store.App) error {
			if AppKind(app.Kind) == SuiteApp {
				return ErrWrongSecret
			}
			return trusted(app, from)
		})
		return err
	})
	return token, life, err
}

func trusted(app *store.App, from netip.Addr) error {
	access, err := accessOf(app)
	if err == nil && !access.trusts(from) {
		err = ErrUntrusted
	}
	return err
}

// appToken is Token for the apps that admit lets through.
func (a *App) appToken(ctx context.Context, corp attendance.CorpID, secret Secret, admit func(*store.Tx, *store.App) error) (token Token, life int64, err error) {
	now := a.Now()
	var row store.Token
	find := func(tx *store.Tx) error {
		if _, err := tx.Corp(corp); errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("corporation %q: %w", corp, ErrUnknownCorp)
		} else if err != nil {
			return err
		}
		app, err := tx.AppBySecret(corp, secret.hash())
		if err == nil {
			err = admit(tx, &app)
		}
		if errors.Is(err, store.ErrNotFound) || err == nil && app.Disabled != 0 {
			return ErrWrongSecret
		}
		if err != nil {
			return err
		}
		row, err = tx.LiveToken(corp, app.Agent, now)
		if errors.Is(err, store.ErrNotFound) {
			row, err = store.Token{Corp: corp, Agent: app.Agent}, nil
		}
		return err
	}
	if err := a.db.Read(ctx, find); err != nil {
		return "", 0, err
	}
	if row.Hash == "" {
		err = a.db.Write(ctx, func(tx *store.Tx) error {
			if err := find(tx); err != nil || row.Hash != "" {
				return err
			}
			row.Nonce, row.Issued, row.Expires = randomText(16), now, now+TokenLife
			row.Hash = hashOf(deriveToken(secret, corp, row.Agent, row.Nonce).Reveal())
			if err := tx.DropTokens(corp, row.Agent, now-TokenLife); err != nil {
				return err
			}
			return tx.AddToken(row)
		})
		if err != nil {
			return "", 0, err
		}
	}
	return deriveToken(secret, corp, row.Agent, row.Nonce), row.Expires - now, nil
}

// Caller returns the app that a token was given to. It returns ErrInvalidToken
// for a token that is unknown, revoked or long gone, and ErrExpiredToken for
// one whose life is over.
func (a *App) Caller(ctx context.Context, token Token) (*Caller, error) {
	var (
		row  store.Token
		app  store.App
		corp store.Corp
	)
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		if row, err = tx.TokenByHash(hashOf(token.Reveal())); err != nil {
			return err
		}
		if app, err = tx.App(row.Corp, row.Agent); err != nil {
			return err
		}
		corp, err = tx.Corp(row.Corp)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, ErrInvalidToken
	case err != nil:
		return nil, err
	case row.Revoked != 0 || app.Disabled != 0:
		return nil, ErrInvalidToken
	case row.Expires <= a.Now():
		return nil, ErrExpiredToken
	}
	c, err := a.corp(corp)
	if err != nil {
		return nil, err
	}
	caller := &Caller{Corp: c, Agent: int64(app.Agent), Kind: AppKind(app.Kind)}
	if caller.access, err = accessOf(&app); err != nil {
		return nil, err
	}
	if !caller.access.Range.Everybody() {
		c.scope = &scope{caller.access.Range, a.Now()}
	}
	return caller, nil
}
