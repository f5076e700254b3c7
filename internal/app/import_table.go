package app

import (
	"errors"
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
	Doubts      []RowIssue // rows that can be taken and look as if they should not
}

// RowIssue is why a row cannot be taken.
type RowIssue struct {
	Index  int    // of the row, from 0
	Field  string // userid, name, department, joined, left, date, shift or time
	Reason string // Format with Args, in English
	Format string
	Args   []any
}

// fault is why something cannot be taken, as a format with its arguments.
type fault struct {
	format string
	args   []any
}

func (f *fault) Error() string { return fmt.Sprintf(f.format, f.args...) }

func faultf(format string, args ...any) *fault { return &fault{format, args} }

func (f *fault) of(index int, field string) RowIssue {
	return RowIssue{index, field, f.Error(), f.format, f.args}
}

func (p *ImportPlan) issue(index int, field, format string, args ...any) {
	p.Issues = append(p.Issues, faultf(format, args...).of(index, field))
}

// failed notes an error, which may be a fault.
func (p *ImportPlan) failed(index int, field string, err error) {
	f, ok := errors.AsType[*fault](err)
	if !ok {
		f = faultf("%v", err)
	}
	p.Issues = append(p.Issues, f.of(index, field))
}

// doubt notes what is to be looked at before it is done.
func (p *ImportPlan) doubt(index int, field, format string, args ...any) {
	p.Doubts = append(p.Doubts, faultf(format, args...).of(index, field))
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
	zeros  map[string]attendance.UserID // by the digits of the userid without the zeros before them
}

func newPeople(members []store.Member) *people {
	p := &people{map[string]attendance.UserID{}, map[string][]attendance.UserID{}, map[string]attendance.UserID{}}
	for i := range members {
		m := &members[i]
		p.byKey[m.ID.Fold()] = m.ID
		p.byName[m.Name] = append(p.byName[m.Name], m.ID)
		if short, ok := withoutZeros(m.ID); ok {
			p.zeros[short] = m.ID
		}
	}
	return p
}

// withoutZeros returns what a spreadsheet makes of a userid that is a number
// with zeros before it; ok is false for any other.
func withoutZeros(id attendance.UserID) (short string, ok bool) {
	short = strings.TrimLeft(string(id), "0")
	return short, short != "" && len(short) < len(id) && strings.Trim(short, "0123456789") == ""
}

// find returns the member with a userid, or with "" the one with a name. For
// none or several of them it says so, of the field that is at fault.
func (p *people) find(id attendance.UserID, name string) (found attendance.UserID, field string, wrong *fault) {
	if id != "" {
		if found, ok := p.byKey[id.Fold()]; ok {
			return found, "", nil
		}
		if other, ok := p.zeros[string(id)]; ok {
			return "", "userid", faultf("there is no such member, but %s: the zeros before the number are lost", other)
		}
		return "", "userid", faultf("there is no such member")
	}
	switch ids := p.byName[name]; len(ids) {
	case 0:
		return "", "name", faultf("there is no member of that name")
	case 1:
		return ids[0], "", nil
	default:
		return "", "name", faultf("%d members have that name: %s; a column with userids tells them apart", len(ids), listed(ids))
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
