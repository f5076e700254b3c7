package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Erasure is what is left of a member that was erased: when and by whom, how
// much there was, and the keyed hash of the userid.
type Erasure = store.Erasure

// Erase removes a person: the member, punches and the media files that they
// name, shifts, corrections, approvals, face, the days of closed months,
// quarantined lines that begin with the userid, the userid wherever a rule or
// an app's range names it or it closed a month, and the snapshots of the
// corporation. What is left is the tombstone and an entry of the audit log; a
// SQLite file is written anew (see store.DB.Rewrite). It cannot be undone.
//
// A member who was erased before is answered with the tombstone, and what may
// have failed then, the writing anew, is done again. It returns
// attendance.ErrUnknownUser for an id that was never a member's.
func (a *App) Erase(ctx context.Context, corp *Corp, user attendance.UserID) (left Erasure, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		id, err := tx.EverMember(corp.ID, user)
		if errors.Is(err, store.ErrNotFound) {
			left, err = tombstone(tx, corp, user)
			return err
		}
		if err != nil {
			return err
		}
		left, err = a.erase(ctx, tx, corp, id)
		return err
	})
	if err != nil {
		return Erasure{}, err
	}
	a.forget() // rules that are kept prepared name the member
	// The member is gone by now: nobody's impatience may leave the traces.
	if err := a.db.Rewrite(context.WithoutCancel(ctx)); err != nil {
		return left, fmt.Errorf("the member is erased, but the file may hold traces until the member is erased again: %w", err)
	}
	return left, nil
}

// erase is Erase for a member in the contacts' spelling, in a transaction.
func (a *App) erase(ctx context.Context, tx *store.Tx, corp *Corp, id attendance.UserID) (left Erasure, err error) {
	if err := tx.OverwriteFreed(); err != nil {
		return left, err
	}
	for _, step := range []func(*store.Tx, *Corp, attendance.UserID) error{
		eraseFromRules, eraseFromMirror, a.eraseFromApps, eraseFromQuarantine, eraseMedia,
	} {
		if err := step(tx, corp, id); err != nil {
			return left, err
		}
	}
	if err := tx.DropSnapshots(corp.ID); err != nil {
		return left, err
	}
	key, err := auditKey(tx, corp.ID)
	if err != nil {
		return left, err
	}
	left = Erasure{Subject: keyedHash(key, userSubject(id)), At: a.Now(), Agent: actor(ctx)}
	if left.Erased, err = tx.EraseMember(corp.ID, id); err != nil {
		return left, err
	}
	if err := tx.AddErasure(corp.ID, left); err != nil {
		return left, err
	}
	return left, a.note(ctx, tx, corp.ID, act{"member.erase", []string{userSubject(id)}, left.Erased})
}

// tombstone returns the latest one of a userid that is nobody's any more.
func tombstone(tx *store.Tx, corp *Corp, user attendance.UserID) (left Erasure, err error) {
	key, err := auditKey(tx, corp.ID)
	if err != nil {
		return left, err
	}
	all, err := tx.Erasures(corp.ID)
	if err != nil {
		return left, err
	}
	subject := keyedHash(key, userSubject(user))
	for _, e := range slices.Backward(all) {
		if e.Subject == subject {
			return e, nil
		}
	}
	return left, fmt.Errorf("userid %q: %w", user, attendance.ErrUnknownUser)
}

// Erasures returns the tombstones of a corporation in their order.
func (a *App) Erasures(ctx context.Context, corp *Corp) (all []Erasure, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) { all, err = tx.Erasures(corp.ID); return err })
	return all, err
}

// eraseFromApps takes a userid out of the ranges of apps. An app that saw this
// member alone would see everybody then, and is disabled instead.
func (a *App) eraseFromApps(tx *store.Tx, corp *Corp, user attendance.UserID) error {
	apps, err := tx.Apps(corp.ID)
	if err != nil {
		return err
	}
	for i := range apps {
		access, err := accessOf(&apps[i])
		if err != nil {
			return err
		}
		named := func(u attendance.UserID) bool { return u.Fold() == user.Fold() }
		if !slices.ContainsFunc(access.Range.Users, named) {
			continue
		}
		access.Range.Users = slices.DeleteFunc(access.Range.Users, named)
		text, err := access.text()
		if err != nil {
			return err
		}
		if err := tx.SetAppAccess(corp.ID, apps[i].Agent, text); err != nil {
			return err
		}
		if access.Range.Everybody() {
			if err := tx.DisableApp(corp.ID, apps[i].Agent, a.Now()); err != nil {
				return err
			}
		}
	}
	return nil
}

// eraseMedia removes the files that a member's punches name: pictures, most of
// them, that would be there for three days otherwise.
func eraseMedia(tx *store.Tx, corp *Corp, user attendance.UserID) error {
	ids, err := tx.PunchMedia(corp.ID, user)
	if err != nil || len(ids) == 0 {
		return err
	}
	return tx.DropMedia(corp.ID, ids)
}

// eraseFromQuarantine forgets the lines that begin with a userid.
func eraseFromQuarantine(tx *store.Tx, corp *Corp, user attendance.UserID) error {
	lines, err := tx.Quarantine(corp.ID)
	if err != nil {
		return err
	}
	for _, l := range lines {
		words := strings.Fields(l.Text)
		if len(words) == 0 || attendance.UserID(words[0]).Fold() != user.Fold() {
			continue
		}
		if err := tx.DropQuarantined(corp.ID, l.File, l.Line); err != nil {
			return err
		}
	}
	return nil
}
