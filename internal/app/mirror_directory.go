package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Directory is the contacts of a corporation as they are listed.
type Directory struct {
	Depts   []attendance.Department
	Members []Contact
	// Quit are those who are listed as having quit the corporation, apart from the
	// Members.
	Quit []Contact
	// Hidden are departments whose members may not be listed. Who was known to be
	// in none but them stays as known.
	Hidden []attendance.DeptID
	// Before is the day on which they were listed last, everybody who is known to
	// be employed among them; 0 = this is the first time.
	Before attendance.Day
	// AcceptShrinking takes contacts that list nobody, or many fewer than before,
	// for the truth.
	AcceptShrinking bool
}

// DirectoryNews is what a Directory told that was not known.
type DirectoryNews struct {
	Changed int // departments and members
	// Joined were never listed before, and are employed from the day First on:
	// MinDay when they are so many that rather the app may see more than before.
	// It is empty for the first Directory.
	Joined []attendance.UserID
	First  attendance.Day
	// Left are not listed any more. Their last day is Last, or their first if
	// that is later.
	Left []attendance.UserID
	Last attendance.Day
	// Quit are listed as having quit and were not: their last day is as of those
	// who Left. QuitBefore were never listed otherwise: theirs is LastBefore.
	Quit       []attendance.UserID
	QuitBefore []attendance.UserID
	LastBefore attendance.Day
	Back       []attendance.UserID // had left, and count as if they never had
	Kept       []attendance.UserID // cannot be listed any more
	// Renamed are pairs of one who left and one who joined with the same name in
	// the same departments.
	Renamed [][2]attendance.UserID
}

// ErrShrunk is returned for a Directory that has lost more members than leave in
// a while.
var ErrShrunk = errors.New("the contacts have lost too many members")

// normalChange is how many of the known members may come or go at once without
// a doubt: a fifth, or ten.
func normalChange(known int) int { return max(10, known/5) }

// MirroredQuit is the kind of coverage that says who was listed as having quit,
// and when: WeCom may still tell of their days.
const MirroredQuit = "quit"

// MirrorDirectory makes the departments and members of a corporation those that
// are listed. A member who is not listed any more, or has quit, has left on the
// day on which the contacts were listed last, and keeps the history; a last day
// that is known and over stands. Of one who had quit before the first list the
// last day is yesterday, for want of a better one. One who was erased stays so. It returns ErrShrunk, and stores nothing, where nobody is listed, or more
// members are gone than a fifth of those who were employed, and more than ten.
func (a *App) MirrorDirectory(ctx context.Context, corp *Corp, listed Directory) (news *DirectoryNews, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		d := directoryMirror{tx: tx, corp: corp, now: a.Now(), listed: &listed}
		d.today, _ = corp.Zone.DayAt(d.now)
		depts, err := d.departments(listed.Depts)
		if err != nil {
			return err
		}
		members, err := d.members()
		if err != nil {
			return err
		}
		news = &d.news
		if news.Changed = len(depts) + len(members); news.Changed == 0 {
			return d.coverQuit()
		}
		if err := tx.AddDepartments(corp.ID, depts); err != nil {
			return err
		}
		if err := tx.AddMembers(corp.ID, members); err != nil {
			return err
		}
		if d.strangers { // forms that were read before told of nobody who was known
			if err := tx.AskStrangersForms(corp.ID, []attendance.ApprovalStatus{attendance.Passed, attendance.Paid}); err != nil {
				return err
			}
		}
		if err := d.coverQuit(); err != nil {
			return err
		}
		subjects := userSubjects(len(members), func(i int) attendance.UserID { return members[i].ID })
		return a.note(ctx, tx, corp.ID, act{"directory.mirror", subjects, []any{depts, members}})
	})
	return news, err
}

// Strangers returns those of some userids that are no members', each once.
func (a *App) Strangers(ctx context.Context, corp *Corp, users []attendance.UserID) (list []attendance.UserID, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		known, err := tx.ResolveUsers(corp.ID, users)
		seen := map[attendance.UserID]bool{}
		for _, u := range users {
			if _, ok := known[u.Fold()]; !ok && !seen[u] {
				seen[u] = true
				list = append(list, u)
			}
		}
		return err
	})
	return list, err
}

// directoryMirror compares a directory with the one that is known.
type directoryMirror struct {
	tx        *store.Tx
	corp      *Corp
	now       int64
	today     attendance.Day
	listed    *Directory
	news      DirectoryNews
	quit      map[string]*Contact // those who quit, by their folded ids, without the erased
	strangers bool                // somebody is listed who was no member
}

func (d *directoryMirror) departments(depts []attendance.Department) (changed []store.DepartmentVersion, err error) {
	have, err := d.tx.Departments(d.corp.ID, d.now)
	if err != nil {
		return nil, err
	}
	for _, dept := range depts {
		if dept.ID <= 0 {
			return nil, badInput("department %d: an id above 0 is needed", dept.ID)
		}
		if !slices.Contains(have, dept) {
			changed = append(changed, store.DepartmentVersion{Department: dept, KnownAt: d.now})
		}
	}
	for _, dept := range have {
		gone := !slices.ContainsFunc(depts, func(n attendance.Department) bool { return n.ID == dept.ID })
		if gone && dept.ID != attendance.RootDept {
			changed = append(changed, store.DepartmentVersion{Department: dept, KnownAt: d.now, Deleted: true})
		}
	}
	return changed, nil
}

// erased returns what tells who was erased.
func (d *directoryMirror) erased() (func(attendance.UserID) bool, error) {
	all, err := d.tx.Erasures(d.corp.ID)
	if err != nil {
		return nil, err
	}
	key, err := auditKey(d.tx, d.corp.ID)
	if err != nil {
		return nil, fmt.Errorf("who was erased: %w", err)
	}
	subjects := map[string]bool{}
	for _, e := range all {
		subjects[e.Subject] = true
	}
	return func(u attendance.UserID) bool { return len(subjects) > 0 && subjects[keyedHash(key, userSubject(u))] }, nil
}
