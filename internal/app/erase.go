package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// Erasure is what is left of a member that was erased: when and by whom, how
// much there was, and the keyed hash of the userid.
type Erasure = store.Erasure

// Erase removes a person: the member, punches, shifts, corrections, approvals,
// face, the days of closed months, quarantined lines that begin with the
// userid, the userid wherever a rule or an app's range names it, and the
// snapshots of the corporation. What is left is the tombstone and an entry of
// the audit log. It cannot be undone. It returns attendance.ErrUnknownUser for
// an id that was never a member's.
func (a *App) Erase(ctx context.Context, corp *Corp, user attendance.UserID) (Erasure, error) {
	var left Erasure
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		id, err := tx.EverMember(corp.ID, user)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("userid %q: %w", user, attendance.ErrUnknownUser)
		}
		if err != nil {
			return err
		}
		if err := tx.OverwriteFreed(); err != nil {
			return err
		}
		for _, step := range []func(*store.Tx, *Corp, attendance.UserID) error{a.eraseFromRules, a.eraseFromApps, eraseFromQuarantine} {
			if err := step(tx, corp, id); err != nil {
				return err
			}
		}
		if err := tx.DropSnapshots(corp.ID); err != nil {
			return err
		}
		key, err := auditKey(tx, corp.ID)
		if err != nil {
			return err
		}
		left = Erasure{Subject: keyedHash(key, userSubject(id)), At: a.Now(), Agent: actor(ctx)}
		if left.Erased, err = tx.EraseMember(corp.ID, id); err != nil {
			return err
		}
		if err := tx.AddErasure(corp.ID, left); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{"member.erase", []string{userSubject(id)}, left.Erased})
	})
	if err == nil {
		a.forget() // rules that are kept prepared name the member
	}
	return left, err
}

// Erasures returns the tombstones of a corporation in their order.
func (a *App) Erasures(ctx context.Context, corp *Corp) (all []Erasure, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) { all, err = tx.Erasures(corp.ID); return err })
	return all, err
}

// eraseFromRules takes a userid out of the documents of all versions. A rule
// that names nobody any more stays, for its days are history.
func (a *App) eraseFromRules(tx *store.Tx, corp *Corp, user attendance.UserID) error {
	heads, err := tx.RuleHeads(corp.ID, 1<<62)
	if err != nil {
		return err
	}
	for _, v := range heads {
		doc, err := tx.RuleDoc(corp.ID, v.Version)
		if err != nil {
			return err
		}
		clean, found, err := withoutUser(doc, user)
		if err != nil {
			return fmt.Errorf("rule %d: %w", v.Group, err)
		}
		if !found {
			continue
		}
		if _, err := wire.CompileRule(clean, wire.RuleForm(v.Form), corp.Zone); err != nil && !v.Deleted {
			return fmt.Errorf("rule %d without the member: %w", v.Group, &RuleError{err})
		}
		if err := tx.SetRuleDoc(corp.ID, v.Version, clean); err != nil {
			return err
		}
	}
	return nil
}

// withoutUser returns a document without the elements of its arrays that are
// the userid or an object with it.
func withoutUser(doc []byte, user attendance.UserID) (clean []byte, found bool, err error) {
	if !strings.Contains(strings.ToLower(string(doc)), user.Fold()) {
		return doc, false, nil
	}
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, false, err
	}
	v = dropUser(v, user, &found)
	clean, err = json.Marshal(v)
	return clean, found, err
}

func dropUser(v any, user attendance.UserID, found *bool) any {
	is := func(e any) bool {
		if o, ok := e.(map[string]any); ok {
			e = o["userid"]
		}
		s, ok := e.(string)
		return ok && attendance.UserID(s).Fold() == user.Fold()
	}
	switch v := v.(type) {
	case map[string]any:
		for name, e := range v {
			v[name] = dropUser(e, user, found)
		}
	case []any:
		rest := slices.DeleteFunc(v, is)
		*found = *found || len(rest) < len(v)
		for i := range rest {
			rest[i] = dropUser(rest[i], user, found)
		}
		return rest
	}
	return v
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
