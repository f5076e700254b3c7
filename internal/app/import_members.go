package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// MemberRow is a member as a table has it. What is nil or empty stays as it is
// for a member who exists.
type MemberRow struct {
	ID          attendance.UserID
	Name        string
	Alias       string
	Departments [][]string // paths, the highest first; those that there are not are made
	Tags        []attendance.TagID
	Joined      *attendance.Day
	Left        *attendance.Day
}

// PlanMembers says what ImportMembers would do.
func (a *App) PlanMembers(ctx context.Context, corp *Corp, rows []MemberRow) (plan *ImportPlan, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		p, err := a.planMembers(tx, corp, rows)
		if err == nil {
			plan = &p.ImportPlan
		}
		return err
	})
	return plan, err
}

// ImportMembers adds the members of a table and changes those that it says
// something new of, all or none. A new member has no first day unless the table
// says one, and without a department is in the root; the days before today keep
// their departments. Of f, which is the table, the punches and the
// rule are not looked at; its bad rows are kept. A row that cannot be taken is an
// ErrBadInput.
func (a *App) ImportMembers(ctx context.Context, corp *Corp, f ImportFile, rows []MemberRow) (plan *ImportPlan, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		p, err := a.planMembers(tx, corp, rows)
		if err != nil {
			return err
		}
		plan = &p.ImportPlan
		if err := p.refusal(); err != nil {
			return fmt.Errorf("import %s: %w", f.Name, err)
		}
		if err := a.writeMembers(ctx, tx, corp, p); err != nil {
			return fmt.Errorf("import %s: %w", f.Name, err)
		}
		return p.keep(tx, corp, &f, a.Now())
	})
	return plan, err
}

// membersPlan is what a table of members comes to.
type membersPlan struct {
	ImportPlan
	tree     *deptTree
	known    map[string]*store.Member // by the folded userid
	seen     map[string]bool
	named    map[string]attendance.UserID // of new members, by their names
	who      *people
	versions []store.Member
	moved    []moved
	now      int64
	today    attendance.Day
}

func (a *App) planMembers(tx *store.Tx, corp *Corp, rows []MemberRow) (*membersPlan, error) {
	p := &membersPlan{known: map[string]*store.Member{}, seen: map[string]bool{}, named: map[string]attendance.UserID{}, now: a.Now()}
	p.today, _ = corp.Zone.DayAt(p.now)
	members, err := tx.Members(corp.ID, p.now, nil)
	if err != nil {
		return nil, err
	}
	for i := range members {
		p.known[members[i].ID.Fold()] = &members[i]
	}
	p.who = newPeople(members)
	if p.tree, err = readTree(tx, corp, p.now); err != nil {
		return nil, err
	}
	for i := range rows {
		p.row(i, &rows[i])
	}
	p.Departments = p.tree.madePaths
	return p, p.tellRules(a, tx, corp)
}

// row plans one row.
func (p *membersPlan) row(i int, row *MemberRow) {
	issues, key := len(p.Issues), row.ID.Fold()
	if p.seen[key] {
		p.issue(i, "userid", "an earlier row has the same userid")
		return
	}
	p.seen[key] = true
	m := store.Member{ID: row.ID, Left: attendance.MaxDay, Depts: []attendance.DeptID{attendance.RootDept}}
	old := p.known[key]
	if old != nil {
		m = *old
	} else if row.Name == "" {
		p.issue(i, "name", "a new member needs a name")
	}
	p.fill(i, row, &m)
	if len(p.Issues) > issues {
		return
	}
	switch {
	case old == nil:
		p.Added++
		if other, ok := p.who.zeros[string(row.ID)]; ok {
			p.doubt(i, "userid", "a new member, but there is %s: look whether the zeros before the number are lost", other)
		} else if others := p.who.named(m.Name); len(others) > 0 {
			p.doubt(i, "name", "a new member with the name of %s", listed(others))
		} else if other, ok := p.named[loose(m.Name)]; ok {
			p.doubt(i, "name", "a new member with the name of %s", other)
		}
		p.named[loose(m.Name)] = m.ID
	case sameMember(old, &m):
		p.Unchanged++
		return
	default:
		p.Changed++
		p.tell(i, old, &m)
		m.From = p.today
	}
	m.KnownAt = p.now
	p.versions = append(p.versions, m)
}

// fill puts what a row says into a member.
func (p *membersPlan) fill(i int, row *MemberRow, m *store.Member) {
	if !row.ID.Valid() {
		p.issue(i, "userid", "1 to 64 letters, digits and _-@., the first a letter or digit")
	}
	if row.Name != "" {
		m.Name = row.Name
		if err := checkName("name", m.Name, 1); err != nil {
			p.issue(i, "name", "longer than %d characters", maxContactName)
		}
	}
	if row.Alias != "" {
		m.Alias = row.Alias
		if err := checkName("alias", m.Alias, 0); err != nil {
			p.issue(i, "alias", "longer than %d characters", maxContactName)
		}
	}
	if len(row.Departments) > 0 {
		m.Depts = nil
		for _, path := range row.Departments {
			id, err := p.tree.ensure(path)
			if err != nil {
				p.failed(i, "department", err)
			} else if !slices.Contains(m.Depts, id) {
				m.Depts = append(m.Depts, id)
			}
		}
		if len(m.Depts) > maxMemberDepts {
			p.issue(i, "department", "more than %d departments", maxMemberDepts)
		}
	}
	if len(row.Tags) > 0 {
		m.Tags = row.Tags
	}
	if row.Joined != nil {
		m.Joined = *row.Joined
	}
	if row.Left != nil {
		m.Left = *row.Left
	}
	if m.Left < m.Joined {
		p.issue(i, "left", "the last day %s is before the first, %s", m.Left, m.Joined)
	}
}

func sameMember(a, b *store.Member) bool {
	return a.Name == b.Name && a.Alias == b.Alias && a.Joined == b.Joined && a.Left == b.Left &&
		sameSet(a.Depts, b.Depts) && sameSet(a.Tags, b.Tags)
}

func sameSet[T attendance.DeptID | attendance.TagID](a, b []T) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// writeMembers carries a plan out and notes it.
func (a *App) writeMembers(ctx context.Context, tx *store.Tx, corp *Corp, p *membersPlan) error {
	if len(p.tree.made) > 0 {
		if err := tx.AddDepartments(corp.ID, p.tree.made); err != nil {
			return err
		}
		if err := a.note(ctx, tx, corp.ID, act{action: "departments.put", detail: p.tree.made}); err != nil {
			return err
		}
	}
	if len(p.versions) == 0 {
		return nil
	}
	err := tx.AddMembers(corp.ID, p.versions)
	if errors.Is(err, store.ErrConflict) {
		return badInput("%v: a member who was deleted is known in another spelling", err)
	}
	if err != nil {
		return err
	}
	subjects := userSubjects(len(p.versions), func(i int) attendance.UserID { return p.versions[i].ID })
	return a.note(ctx, tx, corp.ID, act{"members.put", subjects, p.versions})
}
