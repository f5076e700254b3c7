package app

import (
	"context"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// ApprovalRow is a request as a table has it. Without a number it is another
// state of the request for the very same that there is, else a new one. The kind
// of leave has an id, a name, or both.
type ApprovalRow struct {
	User attendance.UserID // "" = whoever has the name
	Name string            // beside a userid it is compared
	attendance.Approval
	Status attendance.ApprovalStatus
	// How long the table says that it is, in one of the two; nil = it does not.
	Days, Hours *float64
}

// PlanApprovals says what ImportApprovals would do.
func (a *App) PlanApprovals(ctx context.Context, corp *Corp, rows []ApprovalRow) (plan *ImportPlan, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		p, err := a.planApprovals(tx, corp, rows)
		if err == nil {
			plan = &p.ImportPlan
		}
		return err
	})
	return plan, err
}

// ImportApprovals stores the requests of a table as known now, all or none; what
// is known already stays as it is. Of f, which is the table, the punches and the
// rule are not looked at; its bad rows are kept. A row that cannot be taken is an
// ErrBadInput.
func (a *App) ImportApprovals(ctx context.Context, corp *Corp, f ImportFile, rows []ApprovalRow) (plan *ImportPlan, err error) {
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		p, err := a.planApprovals(tx, corp, rows)
		if err != nil {
			return err
		}
		plan = &p.ImportPlan
		if err := p.refusal(); err != nil {
			return fmt.Errorf("import %s: %w", f.Name, err)
		}
		if len(p.entries) > 0 {
			if err := a.addApprovals(tx, corp, p.entries); err != nil {
				return fmt.Errorf("import %s: %w", f.Name, err)
			}
			subjects := userSubjects(len(p.entries), func(i int) attendance.UserID { return p.entries[i].User })
			if err := a.note(ctx, tx, corp.ID, act{"approvals.add", subjects, p.entries}); err != nil {
				return err
			}
		}
		return p.keep(tx, corp, &f, a.Now())
	})
	return plan, err
}

// requestKey is the identity of a request.
type requestKey struct {
	user attendance.UserID
	no   string
}

// approvalsPlan is what a table of requests comes to.
type approvalsPlan struct {
	ImportPlan
	book    *requestBook
	who     *people
	shared  *shared
	persons map[attendance.UserID]*attendance.Person // who ask for leave by days
	said    map[requestKey]bool
	entries []ApprovalEntry
}

func (a *App) planApprovals(tx *store.Tx, corp *Corp, rows []ApprovalRow) (*approvalsPlan, error) {
	now := a.Now()
	members, err := tx.Members(corp.ID, now, nil)
	if err != nil {
		return nil, err
	}
	p := &approvalsPlan{who: newPeople(members), said: map[requestKey]bool{}, persons: map[attendance.UserID]*attendance.Person{}}
	if p.book, err = openBook(tx, corp, now); err != nil {
		return nil, err
	}
	var users []attendance.UserID
	seen := map[attendance.UserID]bool{}
	for i := range rows {
		id, _, wrong := p.who.find(rows[i].User, rows[i].Name)
		if wrong == nil && !seen[id] {
			seen[id] = true
			users = append(users, id)
		}
	}
	if err := p.book.read(users); err != nil {
		return nil, err
	}
	if err := p.readDays(a, tx, rows); err != nil {
		return nil, err
	}
	for i := range rows {
		if err := p.row(i, &rows[i]); err != nil {
			return nil, err
		}
	}
	return p, p.refuseHeld(tx)
}

// refuseHeld notes the rows whose number another member's different request has,
// in the database or in an earlier row.
func (p *approvalsPlan) refuseHeld(tx *store.Tx) error {
	held, err := heldNumbers(tx, p.book.corp, p.entries)
	if err != nil {
		return err
	}
	for i := range p.entries {
		if r, ok := held[i]; ok {
			p.issue(p.Requests[i].Index, "number", "%s is the number of another request, of %s: members share one only where it asks for the same of each", r.No, r.User)
		}
	}
	return nil
}

// row plans one request.
func (p *approvalsPlan) row(i int, row *ApprovalRow) (err error) {
	id, field, wrong := p.who.find(row.User, row.Name)
	if wrong != nil {
		p.failed(i, field, wrong)
		return nil
	}
	zone := p.book.corp.Zone
	first, _ := zone.DayAt(row.From)
	last, _ := zone.DayAt(row.To)
	p.consider(p.who, i, id, "from", first, last)
	e := ApprovalEntry{User: id, Approval: row.Approval, Status: row.Status}
	if !p.vacation(i, &e) {
		return nil
	}
	old := p.book.numbered(id, e.No)
	if e.No == "" {
		if old = p.book.alike(&e); old != nil {
			e.No = old.No
		} else if was := p.book.takenBack(&e); was != nil && !p.said[requestKey{id, was.No}] {
			p.Unchanged++
			p.doubt(i, "from", "%s for the very same was withdrawn, and stays so: with its number it is entered again", was.No)
			return nil
		} else if e.No, err = p.book.number(); err != nil {
			return err
		}
	}
	key := requestKey{id, e.No}
	if p.said[key] {
		p.issue(i, "number", "an earlier row is of the same request")
		return nil
	}
	p.said[key] = true
	if _, _, err := checkApproval(p.book.corp.Zone, &e); err != nil {
		p.failed(i, "to", err)
		return nil
	}
	planned := p.measure(i, &e)
	if wrong := row.disagreement(&planned); wrong != nil {
		p.failed(i, "duration", wrong)
		return nil
	}
	fewer := row.Vacation.WorkdaysOnly && old != nil && !old.Vacation.WorkdaysOnly
	if old != nil && !fewer && asksAlike(&old.Approval, &e.Approval) {
		if was, _ := old.StatusAt(p.book.now); was == e.Status {
			p.Unchanged++
			return nil
		}
		e.Approval = old.Approval
		e.States = nil
		planned = p.measure(i, &e)
	}
	if other := p.book.overlapped(&e); other != nil && p.said[requestKey{id, other.No}] {
		p.issue(i, "from", "an earlier row asks for some of that time")
		return nil
	} else if other != nil {
		p.issue(i, "from", "%s has asked for some of that time already: %s", id, other.No)
		return nil
	}
	if old == nil {
		p.Added++
	} else {
		p.Changed++
		planned.Was = &ApprovalEntry{User: id, Approval: old.Approval}
		planned.Was.Status, _ = old.StatusAt(p.book.now)
	}
	p.book.add(&e)
	p.entries, p.Requests = append(p.entries, e), append(p.Requests, planned)
	return nil
}

// vacation fills in the kind of leave, and reports whether it can be taken.
func (p *approvalsPlan) vacation(i int, e *ApprovalEntry) bool {
	if e.Kind != attendance.LeaveApproval {
		return true
	}
	if e.Vacation.ID == 0 && e.Vacation.Name == "" {
		p.issue(i, "vacation", "of which kind is the leave? There are %s", p.book.vacationNames())
		return false
	}
	v, ok := p.book.vacation(e.Vacation)
	if !ok {
		p.issue(i, "vacation", "there is no such kind of leave: there are %s; a new one is written as 9=育儿假", p.book.vacationNames())
		return false
	}
	e.Vacation = v
	return true
}
