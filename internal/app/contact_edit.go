package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Errors of editing the contacts.
var (
	ErrUnknownDept = errors.New("no such department")
	ErrDeptPlace   = errors.New("the department cannot be put or taken there")
)

// Limits of the contacts (documents 90195 and 90205).
const (
	maxContactName = 64 // characters of a name or alias
	maxMemberDepts = 100
	maxDeptOrder   = 1<<32 - 1
)

// MemberEdit is a change of a member. What is nil or empty stays as it is.
type MemberEdit struct {
	User  attendance.UserID
	Name  *string
	Alias *string
	Depts []attendance.DeptID // at most 100
	First *attendance.Day     // first day of a new member; nil = today
}

// CreateMember adds a member to the contacts from the first day on, today unless
// the edit says another: no day before has a report (document 90195). Without a department it is the root. It returns
// ErrUnknownDept, and ErrBadInput for a userid that is taken, if only in
// another case.
func (a *App) CreateMember(ctx context.Context, corp *Corp, e MemberEdit) error {
	if e.Name == nil {
		return badInput("name: a name is needed")
	}
	if len(e.Depts) == 0 {
		e.Depts = []attendance.DeptID{attendance.RootDept}
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		known, err := tx.ResolveUsers(corp.ID, []attendance.UserID{e.User})
		if err != nil {
			return err
		}
		if len(known) > 0 {
			return badInput("userid %q: there is such a member", e.User)
		}
		first, _ := corp.Zone.DayAt(a.Now())
		if e.First != nil {
			first = *e.First
		}
		return a.addVersion(ctx, tx, corp, "member.create", store.Member{ID: e.User, Joined: first, Left: attendance.MaxDay}, e)
	})
}

// UpdateMember changes a member from today on: the days before keep the
// departments that they had (document 90197). It returns
// attendance.ErrUnknownUser, ErrUnknownDept or ErrBadInput.
func (a *App) UpdateMember(ctx context.Context, corp *Corp, e MemberEdit) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		m, err := a.memberNow(tx, corp, e.User)
		if err != nil {
			return err
		}
		return a.addVersion(ctx, tx, corp, "member.update", m, e)
	})
}

// DeleteMember takes a member out of the contacts (document 90198). What was
// recorded stays, for reports as they were known before; the face is forgotten.
// It returns attendance.ErrUnknownUser.
func (a *App) DeleteMember(ctx context.Context, corp *Corp, user attendance.UserID) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		m, err := a.memberNow(tx, corp, user)
		if err != nil {
			return err
		}
		today, _ := corp.Zone.DayAt(a.Now())
		m.Left, m.Deleted = max(min(m.Left, today), m.Joined), true
		if err := tx.DropFace(corp.ID, m.ID); err != nil {
			return err
		}
		return a.addVersion(ctx, tx, corp, "member.delete", m, MemberEdit{})
	})
}

// EndMember gives a member a last day, in the past or to come. The days until then
// keep their reports, unlike those of a member who is deleted. It returns
// attendance.ErrUnknownUser, and ErrBadInput for a day before the first.
func (a *App) EndMember(ctx context.Context, corp *Corp, user attendance.UserID, last attendance.Day) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		m, err := a.memberNow(tx, corp, user)
		if err != nil {
			return err
		}
		if last < m.Joined {
			return badInput("userid %q: leaves on %s, before joining on %s", m.ID, last, m.Joined)
		}
		m.Left = last
		return a.addVersion(ctx, tx, corp, "member.end", m, MemberEdit{})
	})
}

// memberNow returns the latest version of a member.
func (a *App) memberNow(tx *store.Tx, corp *Corp, user attendance.UserID) (m store.Member, err error) {
	ids, err := resolve(tx, corp, []attendance.UserID{user}, a.Now())
	if err != nil {
		return m, err
	}
	versions, err := tx.Members(corp.ID, a.Now(), ids)
	if err != nil {
		return m, err
	}
	if len(versions) == 0 { // added by a fact that is known only later
		return m, fmt.Errorf("userid %q: %w", user, attendance.ErrUnknownUser)
	}
	return versions[0], nil
}

// addVersion adds what an edit makes of a member, and notes the act.
func (a *App) addVersion(ctx context.Context, tx *store.Tx, corp *Corp, action string, m store.Member, e MemberEdit) error {
	if !m.ID.Valid() {
		return badInput("userid: 1 to 64 letters, digits and _-@., the first a letter or digit")
	}
	if e.Name != nil {
		m.Name = *e.Name
		if err := checkName("name", m.Name, 1); err != nil {
			return err
		}
	}
	if e.Alias != nil {
		m.Alias = *e.Alias
		if err := checkName("alias", m.Alias, 0); err != nil {
			return err
		}
	}
	if len(e.Depts) > 0 {
		var err error
		if m.Depts, err = a.deptsNamed(tx, corp, e.Depts); err != nil {
			return err
		}
	}
	m.KnownAt = a.Now()
	m.From, _ = corp.Zone.DayAt(m.KnownAt)
	if e.First != nil {
		m.From = min(m.From, *e.First) // the department holds as long as the member does
	}
	err := tx.AddMembers(corp.ID, []store.Member{m})
	if errors.Is(err, store.ErrConflict) {
		return badInput("userid %q: a member who was deleted is known in another spelling", m.ID)
	}
	if err != nil {
		return err
	}
	return a.note(ctx, tx, corp.ID, act{action, []string{userSubject(m.ID)}, m})
}

// deptsNamed returns departments that exist, each once.
func (a *App) deptsNamed(tx *store.Tx, corp *Corp, ids []attendance.DeptID) (named []attendance.DeptID, err error) {
	if len(ids) > maxMemberDepts {
		return nil, badInput("department: %d departments, at most %d are allowed", len(ids), maxMemberDepts)
	}
	depts, err := tx.Departments(corp.ID, a.Now())
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, err := departmentOf(depts, id); err != nil {
			return nil, err
		}
		if !slices.Contains(named, id) {
			named = append(named, id)
		}
	}
	return named, nil
}

func checkName(field, name string, least int) error {
	if n := utf8.RuneCountInString(name); n < least || n > maxContactName {
		return badInput("%s: %d characters, %d to %d are allowed", field, n, least, maxContactName)
	}
	return nil
}
