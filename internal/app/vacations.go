package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// VacationKind is a kind of leave of a corporation.
type VacationKind struct {
	attendance.Vacation
	ByDay bool // asked for in days, not in hours
}

// commonVacations are the kinds of leave that a corporation starts with, under
// the numbers that WeCom's examples have for the first three.
var commonVacations = []string{"年假", "事假", "病假", "调休假", "婚假", "产假", "陪产假", "其他"}

// Vacations returns the kinds of leave in the order of their ids: those that a
// corporation starts with, and those that its requests name, as the latest
// request has them.
func (a *App) Vacations(ctx context.Context, corp *Corp) (all []VacationKind, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		all, err = vacations(tx, corp, a.Now())
		return err
	})
	return all, err
}

func vacations(tx *store.Tx, corp *Corp, asOf int64) (all []VacationKind, err error) {
	for i, name := range commonVacations {
		all = append(all, VacationKind{attendance.Vacation{ID: int64(i + 1), Name: name}, true})
	}
	used, err := tx.Vacations(corp.ID, asOf)
	for _, u := range used {
		if u.ID <= 0 || u.Name == "" {
			continue
		}
		all = slices.DeleteFunc(all, func(v VacationKind) bool { return v.ID == u.ID })
		all = append(all, VacationKind{u.Vacation, u.ByDay})
	}
	slices.SortFunc(all, func(a, b VacationKind) int { return cmp.Compare(a.ID, b.ID) })
	return all, err
}
