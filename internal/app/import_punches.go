package app

import (
	"context"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// NamedPunch is who has punched, by the userid or with "" the name, when and
// on which device.
type NamedPunch struct {
	User   attendance.UserID
	Name   string
	At     int64 // Unix seconds
	Device string
}

// PlanPunches puts the contacts' userids into punches of devices that are to be
// imported, and says which are new and which there are already. Those that
// cannot be taken, of nobody, or before 2000 or after tomorrow, are issues.
func (a *App) PlanPunches(ctx context.Context, corp *Corp, punches []NamedPunch) (plan *ImportPlan, err error) {
	plan = &ImportPlan{}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		members, err := tx.Members(corp.ID, a.Now(), nil)
		if err != nil {
			return err
		}
		plan.checkPunches(newPeople(members), punches, a.Now())
		return plan.countPunches(tx, corp, punches)
	})
	return plan, err
}

// checkPunches finds the members of the punches; those that cannot be taken
// have none afterwards.
func (p *ImportPlan) checkPunches(who *people, punches []NamedPunch, now int64) {
	for i := range punches {
		punch := &punches[i]
		id, field, wrong := who.find(punch.User, punch.Name)
		switch {
		case wrong != nil:
			p.failed(i, field, wrong)
		case punch.At < earliestPunch || punch.At > now+latestAhead:
			p.issue(i, "time", "the time is not between 2000 and tomorrow")
			id = ""
		}
		punch.User = id
	}
}

// devicePunch is the identity of a punch of a device.
type devicePunch struct {
	user   attendance.UserID
	at     int64
	device string
}

// countPunches counts what is new, and what is there or stands in the table
// before.
func (p *ImportPlan) countPunches(tx *store.Tx, corp *Corp, punches []NamedPunch) error {
	from, to := int64(endOfTime), int64(0)
	wanted, users := map[devicePunch]bool{}, []attendance.UserID(nil)
	known := map[attendance.UserID]bool{}
	for _, punch := range punches {
		if punch.User == "" {
			continue
		}
		if !known[punch.User] {
			known[punch.User] = true
			users = append(users, punch.User)
		}
		from, to = min(from, punch.At), max(to, punch.At)
		key := devicePunch{punch.User, punch.At, punch.Device}
		if wanted[key] {
			p.Unchanged++
		}
		wanted[key] = true
	}
	p.Added = len(wanted)
	for part := range slices.Chunk(users, punchersAtOnce) {
		there, err := tx.DeviceRecords(corp.ID, part, from, to, false)
		if err != nil {
			return err
		}
		for i := range there {
			r := &there[i]
			if r.Source == attendance.SourceDevice && wanted[devicePunch{r.User, r.At, r.Device}] {
				p.Added--
				p.Unchanged++
			}
		}
	}
	return nil
}

// punchersAtOnce bounds how much of what is there already is held in memory.
const punchersAtOnce = 100

// NewPuncher is a userid of a file of punches that is nobody's: ImportPunches
// makes a member of it.
type NewPuncher struct {
	ID   attendance.UserID
	Like attendance.UserID // the member whose userid differs in zeros before the number; "" = none
}

// NewPunchers returns those who have punched and are no members, each once, in
// the order in which they come.
func (a *App) NewPunchers(ctx context.Context, corp *Corp, punches []attendance.PunchRecord) (unknown []NewPuncher, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		members, err := tx.Members(corp.ID, a.Now(), nil)
		if err != nil {
			return err
		}
		unknown = newPunchers(members, punches)
		return nil
	})
	return unknown, err
}

// AllNewPunchers is NewPunchers where nobody is a member yet.
func AllNewPunchers(punches []attendance.PunchRecord) []NewPuncher { return newPunchers(nil, punches) }

func newPunchers(members []store.Member, punches []attendance.PunchRecord) (unknown []NewPuncher) {
	seen, bare := map[string]bool{}, map[string]attendance.UserID{}
	for i := range members {
		id := members[i].ID
		seen[id.Fold()] = true
		bare[strings.TrimLeft(string(id), "0")] = id
	}
	for i := range punches {
		id := punches[i].User
		if seen[id.Fold()] {
			continue
		}
		seen[id.Fold()] = true
		unknown = append(unknown, NewPuncher{id, bare[strings.TrimLeft(string(id), "0")]})
	}
	return unknown
}
