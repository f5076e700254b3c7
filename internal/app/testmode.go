package app

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Errors of what only a test database allows.
var (
	ErrLive       = errors.New("the database is a live one: only one made for tests may be turned")
	ErrNoSnapshot = errors.New("no such snapshot")
)

// RequireTest returns ErrLive unless the database was made for tests, or holds
// nothing yet.
func (a *App) RequireTest(ctx context.Context) error {
	return a.db.Read(ctx, requireTest)
}

func requireTest(tx *store.Tx) error {
	meta, err := tx.Meta()
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return err
	case meta.Kind != store.Test:
		return ErrLive
	}
	return nil
}

var snapshotName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,32}$`)

// Snapshot keeps the facts of a corporation under a name, over an earlier
// snapshot of that name. It returns ErrLive.
func (a *App) Snapshot(ctx context.Context, corp *Corp, name string) error {
	if !snapshotName.MatchString(name) {
		return badInput("name: 1 to 32 letters, digits, - and _")
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := requireTest(tx); err != nil {
			return err
		}
		if err := tx.Snapshot(corp.ID, name); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{action: "corp.snapshot", detail: name})
	})
}

// Restore puts a snapshot in the place of a corporation's facts. It returns
// ErrLive and ErrNoSnapshot. Other processes on the same database keep what
// they have prepared of rules.
func (a *App) Restore(ctx context.Context, corp *Corp, name string) error {
	return a.replace(ctx, corp, "corp.restore", func(tx *store.Tx) error {
		err := tx.Restore(corp.ID, name)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("snapshot %q: %w", name, ErrNoSnapshot)
		}
		return err
	})
}

// Reset removes the facts of a corporation, but for its root department. It
// returns ErrLive; for the rest it is like Restore.
func (a *App) Reset(ctx context.Context, corp *Corp) error {
	return a.replace(ctx, corp, "corp.reset", func(tx *store.Tx) error {
		if err := tx.DropFacts(corp.ID); err != nil {
			return err
		}
		root := store.DepartmentVersion{Department: attendance.Department{ID: attendance.RootDept, Name: corp.Name}, KnownAt: a.Now()}
		return tx.AddDepartments(corp.ID, []store.DepartmentVersion{root})
	})
}

// replace changes all facts at once. Numbers of versions begin anew, so nothing
// that was prepared from them may be kept.
func (a *App) replace(ctx context.Context, corp *Corp, action string, do func(*store.Tx) error) error {
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		if err := requireTest(tx); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return a.note(ctx, tx, corp.ID, act{action: action})
	})
	a.forget()
	return err
}

// forget gives up what is kept prepared of rules and settings.
func (a *App) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.prepared)
	clear(a.made)
}

// RevokeTokens ends the tokens of an app of a corporation before their time,
// with agent 0 those of all apps but one, and returns how many those were. It
// returns ErrLive.
func (a *App) RevokeTokens(ctx context.Context, corp *Corp, agent, but int64) (revoked int64, err error) {
	now := a.Now()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		revoked = 0
		var subjects []string
		if err := requireTest(tx); err != nil {
			return err
		}
		apps, err := tx.Apps(corp.ID)
		if err != nil {
			return err
		}
		for i := range apps {
			id := int64(apps[i].Agent)
			if agent != 0 && id != agent || agent == 0 && id == but {
				continue
			}
			n, err := tx.RevokeTokens(corp.ID, apps[i].Agent, now)
			if err != nil {
				return err
			}
			revoked += n
			subjects = append(subjects, appSubject(id))
		}
		return a.note(ctx, tx, corp.ID, act{action: "tokens.revoke", subjects: subjects})
	})
	return revoked, err
}
