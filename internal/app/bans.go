package app

import (
	"context"
	"errors"
	"net/netip"

	"github.com/dakahq/daka/internal/store"
)

// DefaultWrongSecrets is how many wrong secrets an address may send within an
// hour before it is banned. WeCom does not say its own number.
const DefaultWrongSecrets = 100

// secretWindow is the time over which wrong secrets are counted, and that for
// which an address is banned (document 90313, at 45009), in seconds.
const secretWindow = 3600

// guard does what takes a secret, unless the address has sent too many wrong
// ones: ErrBanned. A caller whose address is not known is this machine itself.
func (a *App) guard(ctx context.Context, from netip.Addr, try func() error) error {
	if !from.IsValid() || a.wrongSecrets <= 0 {
		return try()
	}
	address := from.Unmap().WithZone("").String()
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		w, err := tx.WrongSecrets(address)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return nil
		case err == nil && a.Now() < w.BannedUntil:
			return ErrBanned
		}
		return err
	})
	if err != nil {
		return err
	}
	err = try()
	if errors.Is(err, ErrWrongSecret) || errors.Is(err, ErrSuiteSecret) || errors.Is(err, ErrPermanentCode) {
		err = errors.Join(err, a.countWrongSecret(ctx, address))
	}
	return err
}

// countWrongSecret counts one, and bans the address at the last it may send.
func (a *App) countWrongSecret(ctx context.Context, address string) error {
	now := a.Now()
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DropWrongSecrets(now - secretWindow); err != nil {
			return err
		}
		w, err := tx.WrongSecrets(address)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err != nil || now-w.Since >= secretWindow {
			w = store.WrongSecrets{Address: address, Since: now}
		}
		if w.Failures++; w.Failures >= a.wrongSecrets {
			w = store.WrongSecrets{Address: address, Since: now, BannedUntil: now + secretWindow}
		}
		return tx.PutWrongSecrets(w)
	})
}
