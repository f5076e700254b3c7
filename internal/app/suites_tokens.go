package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// TicketLife is how long a suite_ticket counts, in seconds (document 90628).
const TicketLife = 1800

// SuiteToken returns the suite_access_token of a suite and the seconds it still
// counts (document 90600), for a call from an address. Within its life every
// call returns the same token. It returns ErrSuite, ErrSuiteSecret,
// ErrSuiteTicket or ErrBanned.
func (a *App) SuiteToken(ctx context.Context, from netip.Addr, id SuiteID, secret, ticket Secret) (token Token, life int64, err error) {
	err = a.guard(ctx, from, func() error {
		token, life, err = a.serviceToken(ctx, store.SuiteService, string(id), secret, func(tx *store.Tx) error {
			row, err := suite(tx, id)
			if err != nil {
				return err
			}
			if row.SecretHash != secret.hash() {
				return ErrSuiteSecret
			}
			issued, err := tx.SuiteTicket(row.ID, ticket.hash())
			if errors.Is(err, store.ErrNotFound) || err == nil && issued+TicketLife <= a.Now() {
				return ErrSuiteTicket
			}
			return err
		})
		return err
	})
	return token, life, err
}

// ProviderToken returns the provider_access_token of a provider and the seconds
// it still counts (document 91200), for a call from an address. It returns
// ErrUnknownCorp, also for a corporation that is no provider, ErrWrongSecret or
// ErrBanned.
func (a *App) ProviderToken(ctx context.Context, from netip.Addr, corp attendance.CorpID, secret Secret) (token Token, life int64, err error) {
	err = a.guard(ctx, from, func() error {
		token, life, err = a.serviceToken(ctx, store.ProviderService, string(corp), secret, func(tx *store.Tx) error {
			hash, err := tx.Provider(corp)
			switch {
			case errors.Is(err, store.ErrNotFound):
				return fmt.Errorf("provider %q: %w", corp, ErrUnknownCorp)
			case err == nil && hash != secret.hash():
				return ErrWrongSecret
			}
			return err
		})
		return err
	})
	return token, life, err
}

// serviceToken returns the live token of an owner, or makes one, where check
// finds nothing wrong.
func (a *App) serviceToken(ctx context.Context, kind store.ServiceKind, owner string, secret Secret, check func(*store.Tx) error) (Token, int64, error) {
	now := a.Now()
	var row store.ServiceToken
	find := func(tx *store.Tx) error {
		err := check(tx)
		if err != nil {
			return err
		}
		row, err = tx.LiveServiceToken(kind, owner, now)
		if errors.Is(err, store.ErrNotFound) {
			row, err = store.ServiceToken{Kind: kind, Owner: owner}, nil
		}
		return err
	}
	if err := a.db.Read(ctx, find); err != nil {
		return "", 0, err
	}
	if row.Hash == "" {
		err := a.db.Write(ctx, func(tx *store.Tx) error {
			if err := find(tx); err != nil || row.Hash != "" {
				return err
			}
			row.Nonce, row.Expires = randomText(16), now+TokenLife
			row.Hash = hashOf(deriveService(secret, &row).Reveal())
			if err := tx.DropServiceTokens(kind, owner, now-TokenLife); err != nil {
				return err
			}
			return tx.AddServiceToken(row)
		})
		if err != nil {
			return "", 0, err
		}
	}
	return deriveService(secret, &row), row.Expires - now, nil
}

// deriveService makes a token of a secret and a nonce, as deriveToken does.
func deriveService(secret Secret, row *store.ServiceToken) Token {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "daka service token\x00%s\x00%s\x00%s", row.Kind, row.Owner, row.Nonce)
	return Token(base64.RawURLEncoding.EncodeToString(mac.Sum(nil)))
}

// SuiteByToken returns the suite that a suite_access_token was given to. It
// returns ErrSuiteToken or ErrExpiredSuiteToken.
func (a *App) SuiteByToken(ctx context.Context, token Token) (s Suite, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.ServiceTokenByHash(store.SuiteService, hashOf(token.Reveal()))
		switch {
		case errors.Is(err, store.ErrNotFound):
			return ErrSuiteToken
		case err != nil:
			return err
		case found.Expires <= a.Now():
			return ErrExpiredSuiteToken
		}
		row, err := suite(tx, SuiteID(found.Owner))
		if err == nil {
			s, err = suiteOf(&row)
		}
		return err
	})
	return s, err
}

// CorpToken returns the access token of the app that a suite is in a
// corporation, and the seconds it still counts (document 90605), for a call
// from an address. It returns ErrPermanentCode, also for a corporation that
// there is not, ErrOtherSuite, ErrCancelled, ErrUseGetToken, ErrUntrusted or
// ErrBanned.
func (a *App) CorpToken(ctx context.Context, from netip.Addr, id SuiteID, corp attendance.CorpID, code Secret) (token Token, life int64, err error) {
	err = a.guard(ctx, from, func() error {
		token, life, err = a.appToken(ctx, corp, code, func(tx *store.Tx, app *store.App) error {
			auth, err := tx.SuiteAuthOf(corp, app.Agent)
			switch {
			case errors.Is(err, store.ErrNotFound):
				return ErrPermanentCode
			case err != nil:
				return err
			case auth.Suite != store.SuiteID(id):
				return ErrOtherSuite
			case auth.Cancelled != 0:
				return ErrCancelled
			case AppKind(app.Kind) == ProviderApp:
				return ErrUseGetToken
			}
			return trusted(app, from)
		})
		if errors.Is(err, ErrUnknownCorp) || errors.Is(err, ErrWrongSecret) {
			return ErrPermanentCode
		}
		return err
	})
	return token, life, err
}
