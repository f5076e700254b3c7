package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// A mirrored corporation is an ordinary one without apps, whose facts come
// from WeCom. What is fetched is stored together with the note that it was, in
// one transaction: who is killed in between has lost nothing but the call, and
// who comes back knows what is left. Storing the same again changes nothing.

// Covered says that something was fetched: of a kind, about a member ("" = of
// none in particular), for some days, at an instant.
type Covered = store.Covered

// MirrorBatch is what one call brought: of a kind of fact, about all of the
// members and days that it was asked about.
type MirrorBatch struct {
	Kind        string
	Users       []attendance.UserID
	First, Last attendance.Day
	At          int64 // when it was asked, Unix seconds
	Round       int64 // when the round in which it was asked began, Unix seconds
	// Disputed are days on which a report has another rule than the member was
	// thought to be under. They are kept until SettleDisputes.
	Disputed []Covered
	// Told are the numbers of the requests that reports tell of. They are asked
	// about if no list told of them.
	Told []string
}

// disputed is the kind of coverage under which disputed days are kept.
const disputed = "disputed"

// mirrorMark is the state that only a mirrored corporation has.
const mirrorMark = "mirror"

// ErrNotMirrored is returned for a corporation with facts of its own.
var ErrNotMirrored = errors.New("the corporation was made here, not mirrored: its facts are its own")

// MirrorCorp returns the mirrored corporation with an id, and makes it when the
// database has none. It returns ErrNotMirrored, and ErrBadInput for another zone
// than the one that it was made with.
func (a *App) MirrorCorp(ctx context.Context, n NewCorp) (*Corp, error) {
	if !corpIDPattern.MatchString(string(n.ID)) {
		return nil, badInput("corp id %q: 1 to 64 letters, digits, - and _", n.ID)
	}
	if n.Name == "" {
		n.Name = string(n.ID)
	}
	if n.Zone == "" {
		n.Zone = attendance.DefaultZone
	}
	if _, err := a.zone(n.Zone); err != nil {
		return nil, badInput("zone: %v", err)
	}
	now := a.Now()
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		have, err := tx.Corp(n.ID)
		if err == nil {
			return sameMirror(tx, &have, &n)
		}
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if meta, err := tx.Meta(); err == nil {
			n.Test = meta.Kind == store.Test
		}
		if err := bear(tx, n.Test, now); err != nil {
			return err
		}
		if err := tx.AddCorp(store.Corp{ID: n.ID, Name: n.Name, Zone: n.Zone, Created: now}); err != nil {
			return err
		}
		root := store.DepartmentVersion{Department: attendance.Department{ID: attendance.RootDept, Name: n.Name}, KnownAt: now}
		if err := tx.AddDepartments(n.ID, []store.DepartmentVersion{root}); err != nil {
			return err
		}
		if err := tx.SetMirrorState(n.ID, mirrorMark, "1"); err != nil {
			return err
		}
		return a.note(ctx, tx, n.ID, act{"corp.mirror", []string{"corp:" + string(n.ID)}, n})
	})
	if err != nil {
		return nil, err
	}
	return a.Corp(ctx, n.ID)
}

func sameMirror(tx *store.Tx, have *store.Corp, want *NewCorp) error {
	mark, err := tx.MirrorState(have.ID, mirrorMark)
	switch {
	case err != nil:
		return err
	case mark == "":
		return fmt.Errorf("corporation %q: %w", have.ID, ErrNotMirrored)
	case have.Zone != want.Zone:
		return badInput("zone %s: the corporation was mirrored in %s", want.Zone, have.Zone)
	}
	return nil
}

// MirroredRecords is the kind of raw punches, as MirrorCoverage has it.
const MirroredRecords = "records"

// MirrorCoverage returns what was fetched, in the order of kinds, members and days.
func (a *App) MirrorCoverage(ctx context.Context, corp *Corp) (all []Covered, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) { all, err = tx.Coverage(corp.ID); return err })
	return all, err
}

// Disputes returns the days of members that are disputed.
func (a *App) Disputes(ctx context.Context, corp *Corp) (days []Covered, err error) {
	all, err := a.MirrorCoverage(ctx, corp)
	for _, c := range all {
		if c.Kind == disputed {
			days = append(days, c)
		}
	}
	return days, err
}

// SettleDisputes forgets that days are disputed.
func (a *App) SettleDisputes(ctx context.Context, corp *Corp, days []Covered) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		for _, d := range days {
			if err := tx.Uncover(corp.ID, d, []attendance.UserID{d.User}, 1<<62); err != nil {
				return err
			}
		}
		return nil
	})
}

// MirrorState returns a value that mirroring keeps under a name; "" = none.
func (a *App) MirrorState(ctx context.Context, corp *Corp, name string) (value string, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) { value, err = tx.MirrorState(corp.ID, name); return err })
	return value, err
}

// SetMirrorState keeps a value under a name; "" forgets it.
func (a *App) SetMirrorState(ctx context.Context, corp *Corp, name, value string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return tx.SetMirrorState(corp.ID, name, value) })
}

// NoteFetched notes that something of no member in particular was fetched.
func (a *App) NoteFetched(ctx context.Context, corp *Corp, c Covered) error {
	return a.db.Write(ctx, func(tx *store.Tx) error { return tx.Cover(corp.ID, c, []attendance.UserID{""}) })
}

// cover notes what a batch brought, and returns its members in the contacts'
// spelling. Those who are none are passed over.
func (b *MirrorBatch) cover(tx *store.Tx, corp *Corp) (ids []attendance.UserID, err error) {
	known, err := tx.ResolveUsers(corp.ID, b.Users)
	if err != nil {
		return nil, err
	}
	for _, u := range b.Users {
		if id, ok := known[u.Fold()]; ok {
			ids = append(ids, id)
		}
	}
	return ids, tx.Cover(corp.ID, Covered{Kind: b.Kind, First: b.First, Last: b.Last, At: b.At}, ids)
}

// MirrorVerdicts keeps reports that a batch brought, and returns how many are
// others than those that were kept. Those that WeCom was asked about and tells no
// more are forgotten. Of sums that begin with the same day the longest stays, and
// none that shares days with a new one and ends elsewhere.
func (a *App) MirrorVerdicts(ctx context.Context, corp *Corp, b MirrorBatch, days []Verdict, months []MonthVerdict) (changed int, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) (err error) {
		ids, err := b.cover(tx, corp)
		if err != nil {
			return err
		}
		for _, d := range b.Disputed {
			user := d.User
			d.Kind, d.At = disputed, b.At
			if err := tx.Cover(corp.ID, d, []attendance.UserID{user}); err != nil {
				return err
			}
		}
		if err := tx.HearOfForms(corp.ID, 0, b.Told); err != nil {
			return err
		}
		if changed, err = addVerdicts(tx, corp, days, months); err != nil {
			return err
		}
		for i := range months {
			if err := tx.DropShorterMonthVerdicts(corp.ID, months[i].User, months[i].First, months[i].Last); err != nil {
				return err
			}
		}
		untold, err := tx.DropVerdicts(corp.ID, ids, b.First, b.Last, b.At, b.Kind == MirroredMonths)
		changed += untold
		return err
	})
	return changed, err
}
