package app

import (
	"context"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// CheckNewRule tells how InstallRule would fail, without making the rule.
func (a *App) CheckNewRule(ctx context.Context, corp *Corp, spec RuleSpec) error {
	compiled, err := wire.CompileRule(spec.Doc, spec.Form, corp.Zone)
	if err != nil {
		return &RuleError{err}
	}
	return a.db.Read(ctx, func(tx *store.Tx) error { return a.checkRange(tx, corp, compiled, 0, a.Now()) })
}

// CheckUpdateRule tells how UpdateRule would fail, without changing the rule.
func (a *App) CheckUpdateRule(ctx context.Context, caller *Caller, group attendance.GroupID, doc []byte, check func(rule []byte) error) error {
	return a.tryEdit(ctx, caller, group, check, taking(doc))
}

// CheckClearRule tells how ClearRule would fail, without changing the rule.
func (a *App) CheckClearRule(ctx context.Context, caller *Caller, group attendance.GroupID, arrays []RuleArray) error {
	return a.tryEdit(ctx, caller, group, nil, emptying(group, arrays))
}

func (a *App) tryEdit(ctx context.Context, caller *Caller, group attendance.GroupID, check func([]byte) error, edit ruleEdit) error {
	return a.db.Read(ctx, func(tx *store.Tx) error {
		_, _, err := a.edited(tx, caller, group, a.Now(), check, edit)
		return err
	})
}
