package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// ImportPlan is what becomes of the rows of a table, or would.
type ImportPlan struct {
	Added       int
	Changed     int
	Unchanged   int
	Departments []string // paths of the departments that are made
	Issues      []RowIssue
}

// RowIssue is why a row cannot be taken.
type RowIssue struct {
	Index  int    // of the row, from 0
	Field  string // userid, name, department, joined, left, date, shift or time
	Reason string
}

func (p *ImportPlan) issue(index int, field, format string, args ...any) {
	p.Issues = append(p.Issues, RowIssue{index, field, fmt.Sprintf(format, args...)})
}

// refusal is the error of a plan with issues, which is not carried out.
func (p *ImportPlan) refusal() error {
	if len(p.Issues) == 0 {
		return nil
	}
	first := p.Issues[0]
	return badInput("%d rows cannot be taken: row %d, %s: %s", len(p.Issues), first.Index+1, first.Field, first.Reason)
}

// writes reports whether carrying the plan out changes something.
func (p *ImportPlan) writes() bool { return p.Added+p.Changed+len(p.Departments) > 0 }

// keep notes a run over a table and keeps its bad rows.
func (p *ImportPlan) keep(tx *store.Tx, corp *Corp, f *ImportFile, now int64) error {
	if !p.writes() && len(f.Bad) == 0 {
		return nil
	}
	return recordImport(tx, corp, f, ImportResult{p.Added + p.Changed, p.Unchanged, len(f.Bad)}, now)
}

// people finds members by what tables call them.
type people struct {
	byKey  map[string]attendance.UserID
	byName map[string][]attendance.UserID
}

func newPeople(members []store.Member) *people {
	p := &people{map[string]attendance.UserID{}, map[string][]attendance.UserID{}}
	for i := range members {
		m := &members[i]
		p.byKey[m.ID.Fold()] = m.ID
		p.byName[m.Name] = append(p.byName[m.Name], m.ID)
	}
	return p
}

// find returns the member with a userid, or with "" the one with a name. For
// none or several of them it says so, of the field that is at fault.
func (p *people) find(id attendance.UserID, name string) (found attendance.UserID, field, fault string) {
	if id != "" {
		if found, ok := p.byKey[id.Fold()]; ok {
			return found, "", ""
		}
		return "", "userid", "there is no such member"
	}
	switch ids := p.byName[name]; len(ids) {
	case 0:
		return "", "name", "there is no member of that name"
	case 1:
		return ids[0], "", ""
	default:
		return "", "name", fmt.Sprintf("%d members have that name: %s; a column with userids tells them apart", len(ids), listed(ids))
	}
}

// listed names the first few of some userids.
func listed(ids []attendance.UserID) string {
	var b strings.Builder
	for i, id := range ids {
		if i == 5 {
			b.WriteString(", …")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(id))
	}
	return b.String()
}

// NamedPunch is who has punched, by the userid or with "" the name, and when.
type NamedPunch struct {
	User attendance.UserID
	Name string
	At   int64 // Unix seconds
}

// CheckPunches puts the contacts' userids into punches that are to be imported,
// and returns those that cannot be: of nobody, or before 2000 or after tomorrow.
func (a *App) CheckPunches(ctx context.Context, corp *Corp, punches []NamedPunch) ([]RowIssue, error) {
	var plan ImportPlan
	var who *people
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		members, err := tx.Members(corp.ID, a.Now(), nil)
		who = newPeople(members)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range punches {
		p := &punches[i]
		id, field, fault := who.find(p.User, p.Name)
		switch {
		case fault != "":
			plan.issue(i, field, "%s", fault)
			continue
		case p.At < earliestPunch || p.At > a.Now()+latestAhead:
			plan.issue(i, "time", "the time is not between 2000 and tomorrow")
		}
		p.User = id
	}
	return plan.Issues, nil
}
