package mirror

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// directory copies departments and members: a call for the former, one for the
// members of each, and some for those whom the app sees and no department lists.
func (m *Mirror) directory(ctx context.Context) error {
	cover, err := m.coverage(ctx)
	if err != nil {
		return err
	}
	done := cover[contacts][""]
	if len(done) > 0 && done[len(done)-1].At >= m.round {
		return nil
	}
	at := m.app.Now()
	listed, calls, err := m.everybody(ctx)
	if err != nil {
		return err
	}
	m.tally.plan(contacts, 0, calls)
	if len(done) > 0 {
		listed.Before = done[len(done)-1].Last
	}
	listed.AcceptShrinking = m.opts.AcceptShrinking
	news, err := m.app.MirrorDirectory(ctx, m.corp, listed)
	if err != nil {
		return err
	}
	m.opts.AcceptShrinking = false // it was said of these contacts, not of those of rounds to come
	m.tell(news)
	m.tally.add(contacts, calls, len(listed.Depts)+len(listed.Members), news.Changed)
	return m.covered(ctx, contacts, span{m.today, m.today}, at)
}

// covered notes that something of no member in particular was fetched.
func (m *Mirror) covered(ctx context.Context, kind string, s span, at int64) error {
	return m.app.NoteFetched(ctx, m.corp, app.Covered{Kind: kind, First: s.first, Last: s.last, At: at})
}

// everybody reads the directory, as far as the app sees it.
func (m *Mirror) everybody(ctx context.Context) (listed app.Directory, calls int, err error) {
	depts, err := m.departments(ctx)
	if err != nil {
		return listed, 0, err
	}
	calls = 1
	seen := map[string]bool{}
	for _, d := range depts {
		id := attendance.DeptID(d.ID)
		listed.Depts = append(listed.Depts, attendance.Department{
			ID: id, Parent: attendance.DeptID(d.ParentID), Name: d.Name, Order: d.Order,
		})
		users, err := m.membersOf(ctx, d.ID)
		calls++
		if errors.Is(err, wecom.CodeNoPrivilege) {
			listed.Hidden = append(listed.Hidden, id) // it may be listed for those below it alone
			continue
		}
		if err != nil {
			return listed, 0, err
		}
		for i := range users {
			if u := &users[i]; !seen[u.UserID] {
				seen[u.UserID] = true
				list(&listed, u, d.ID)
			}
		}
	}
	more, err := m.named(ctx, &listed, seen)
	return listed, calls + more, err
}

// hasQuit is the status of who has quit the corporation and is listed still
// (document 90196). Who is disabled (2) or has not activated the app (4) is employed.
const hasQuit = 5

// list adds a member who was listed in a department; 0 = in none.
func list(to *app.Directory, u *wecom.User, dept int64) {
	if u.Status == hasQuit {
		to.Quit = append(to.Quit, contact(u, dept))
	} else {
		to.Members = append(to.Members, contact(u, dept))
	}
}

// departments reads them with their names, or where the app may not see those
// with their ids in the place of names.
func (m *Mirror) departments(ctx context.Context) ([]wecom.Department, error) {
	list, err := m.w.Departments(ctx, 0)
	if isForbidden(err) {
		var ids []wecom.DepartmentID
		ids, err = m.w.DepartmentIDs(ctx, 0)
		for _, d := range ids {
			list = append(list, wecom.Department{ID: d.ID, ParentID: d.ParentID, Order: d.Order})
		}
	}
	for i := range list {
		if list[i].Name == "" {
			list[i].Name = strconv.FormatInt(list[i].ID, 10)
		}
	}
	return list, err
}

// membersOf reads the members of a department, with fewer words where the app
// may not see them in full: who has quit is told by none of them.
func (m *Mirror) membersOf(ctx context.Context, dept int64) ([]wecom.User, error) {
	users, err := m.w.Users(ctx, dept)
	if !isForbidden(err) && !errors.Is(err, wecom.CodeNewContactsIP) {
		return users, err
	}
	members, err := m.w.Members(ctx, dept)
	for _, u := range members {
		users = append(users, wecom.User{UserID: u.UserID, Name: u.Name, Department: u.Department})
	}
	return users, err
}

// contact is a member who was listed in a department; 0 = in none.
func contact(u *wecom.User, dept int64) app.Contact {
	c := app.Contact{ID: attendance.UserID(u.UserID), Name: u.Name, Alias: u.Alias}
	for _, id := range u.Department {
		c.Depts = append(c.Depts, attendance.DeptID(id))
	}
	if dept != 0 && !slices.Contains(u.Department, dept) {
		c.Depts = append(c.Depts, attendance.DeptID(dept))
	}
	return c
}
