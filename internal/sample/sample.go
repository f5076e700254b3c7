package sample

import (
	"context"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// Spec says which company is made: the same one for the same Spec, but for its
// secrets.
type Spec struct {
	Seed   uint64
	People int            // 1 to MaxPeople; the first three are in three groups
	Months int            // full months before Today's, 1 to MaxMonths
	Today  attendance.Day // the history ends at its noon
}

// The largest company.
const (
	MaxPeople = 20_000
	MaxMonths = 36
)

// Noon is where the history of Today ends: no punch is later.
const Noon attendance.TimeOfDay = 12 * 3600

// corpID is the company's; it has a store of its own.
const corpID attendance.CorpID = "wwdakasample"

// Company is what was made.
type Company struct {
	Corp    *app.Corp
	Admin   app.Credential
	Checkin app.Credential // the app that made the rules and the corrections
	Users   []attendance.UserID
	Groups  []Group
	First   attendance.Day // of the history
	Today   attendance.Day
}

// Group is a check-in rule with the members it is made for.
type Group struct {
	ID     attendance.GroupID
	Type   attendance.RuleType
	Name   string
	Shifts []attendance.ShiftID // shift rules only, without rest
	Users  []attendance.UserID
}

// Build makes the company in an empty database, whose clock must stand at
// Today's Noon or later. An error leaves it half made.
func Build(ctx context.Context, a *app.App, spec Spec) (*Company, error) {
	if err := spec.check(); err != nil {
		return nil, fmt.Errorf("sample company: %w", err)
	}
	c := &Company{Today: spec.Today, First: spec.first()}
	b := &builder{ctx: ctx, app: a, spec: spec, company: c}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"corporation", b.corporation}, {"members", b.members}, {"rules", b.rules},
		{"shifts", b.shifts}, {"punches", b.punches}, {"corrections", b.corrections},
	} {
		if err := step.do(); err != nil {
			return nil, fmt.Errorf("sample company: %s: %w", step.name, err)
		}
	}
	return c, nil
}

func (s *Spec) check() error {
	switch {
	case s.People < 1 || s.People > MaxPeople:
		return fmt.Errorf("%d people: want 1 to %d", s.People, MaxPeople)
	case s.Months < 1 || s.Months > MaxMonths:
		return fmt.Errorf("%d months: want 1 to %d", s.Months, MaxMonths)
	case s.Today < attendance.DayOf(2005, 1, 1) || !s.Today.Valid():
		return errors.New("today: want a day from 2005 to 2199")
	}
	return nil
}

func (s *Spec) first() attendance.Day {
	year, month, _ := s.Today.Date()
	for range s.Months {
		if month--; month == 0 {
			year, month = year-1, 12
		}
	}
	return attendance.DayOf(year, month, 1)
}

// builder is a company in the making.
type builder struct {
	ctx     context.Context
	app     *app.App
	spec    Spec
	company *Company
	people  []person
	forgot  []forgotten
}

// person is a member with the habits that all of the member's days are made from.
type person struct {
	id     attendance.UserID
	team   team
	joined attendance.Day
	habits habits
}

// index returns the places of the people by their userid.
func (b *builder) index() map[attendance.UserID]int {
	at := make(map[attendance.UserID]int, len(b.people))
	for i := range b.people {
		at[b.people[i].id] = i
	}
	return at
}

func (b *builder) corporation() error {
	corp, credentials, err := b.app.CreateCorp(b.ctx, app.NewCorp{ID: corpID, Name: "示例精工有限公司", Test: true})
	if err != nil {
		return err
	}
	b.company.Corp = corp
	for _, c := range credentials {
		switch c.Kind {
		case app.AdminApp:
			b.company.Admin = c
		case app.CheckinApp:
			b.company.Checkin = c
		}
	}
	return nil
}
