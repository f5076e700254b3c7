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
	Name   string // beside a userid it is compared
	At     int64  // Unix seconds
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
		plan.checkPunches(newPeople(members), corp.Zone, punches, a.Now())
		return plan.countPunches(tx, corp, punches)
	})
	return plan, err
}

// checkPunches finds the members of the punches; those that cannot be taken
// have none afterwards.
func (p *ImportPlan) checkPunches(who *people, zone *attendance.Zone, punches []NamedPunch, now int64) {
	for i := range punches {
		punch := &punches[i]
		id, field, wrong := who.find(punch.User, punch.Name)
		switch {
		case wrong != nil:
			p.failed(i, field, wrong)
		case punch.At < earliestPunch || punch.At > now+latestAhead:
			p.issue(i, "time", "the time is not between 2000 and tomorrow")
			id = ""
		default:
			day, _ := zone.DayAt(punch.At)
			p.consider(who, i, id, "time", day, day)
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

// PlanFile says what ImportPunches would store of the punches of a file, and what is
// there or stands in the file before. Who is no member would be one.
func (a *App) PlanFile(ctx context.Context, corp *Corp, punches []attendance.PunchRecord) (plan *ImportPlan, err error) {
	plan = &ImportPlan{}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		members, err := tx.Members(corp.ID, a.Now(), nil)
		if err != nil {
			return err
		}
		return plan.countPunches(tx, corp, bareOf(newPeople(members), punches))
	})
	return plan, err
}

// PlanNewFile is PlanFile where there is nothing yet.
func PlanNewFile(punches []attendance.PunchRecord) *ImportPlan {
	plan := &ImportPlan{}
	plan.distinct(bareOf(newPeople(nil), punches))
	return plan
}

// bareOf is what tells punches apart, with the userids as the contacts spell them.
func bareOf(who *people, punches []attendance.PunchRecord) []NamedPunch {
	bare, spelt := make([]NamedPunch, len(punches)), map[string]attendance.UserID{}
	for i := range punches {
		p := &punches[i]
		key := p.User.Fold()
		if _, ok := spelt[key]; !ok {
			spelt[key] = p.User
			if m := who.byKey[key]; m != nil {
				spelt[key] = m.ID
			}
		}
		bare[i] = NamedPunch{User: spelt[key], At: p.At, Device: p.Device}
	}
	return bare
}

// distinctPunches are punches without repeats, of whom, and from when to when.
type distinctPunches struct {
	punches  map[devicePunch]bool
	users    []attendance.UserID
	from, to int64
}

// distinct counts punches as new, and those that stand in the table before. Those
// of nobody are passed over.
func (p *ImportPlan) distinct(punches []NamedPunch) distinctPunches {
	d := distinctPunches{punches: map[devicePunch]bool{}, from: endOfTime}
	known := map[attendance.UserID]bool{}
	for _, punch := range punches {
		if punch.User == "" {
			continue
		}
		if !known[punch.User] {
			known[punch.User] = true
			d.users = append(d.users, punch.User)
		}
		d.from, d.to = min(d.from, punch.At), max(d.to, punch.At)
		key := devicePunch{punch.User, punch.At, punch.Device}
		if d.punches[key] {
			p.Unchanged++
		}
		d.punches[key] = true
	}
	p.Added = len(d.punches)
	return d
}

// countPunches is distinct, and does not count as new what the database has.
func (p *ImportPlan) countPunches(tx *store.Tx, corp *Corp, punches []NamedPunch) error {
	d := p.distinct(punches)
	for part := range slices.Chunk(d.users, punchersAtOnce) {
		there, err := tx.DeviceRecords(corp.ID, part, d.from, d.to, false)
		if err != nil {
			return err
		}
		for i := range there {
			r := &there[i]
			if r.Source == attendance.SourceDevice && d.punches[devicePunch{r.User, r.At, r.Device}] {
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
