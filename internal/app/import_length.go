package app

import (
	"math"
	"slices"
	"strconv"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// PlannedRequest is a request that is stored, and what it comes to.
type PlannedRequest struct {
	Index int // of the row, from 0
	ApprovalEntry
	Was     *ApprovalEntry // what goes by its number; nil = it is new
	Name    string         // of the member
	Seconds int64          // as reports count it; by half days a day is 86,400
	DaysOff int64          // the part of that which is of days off; 0 where these do not count
}

// readDays gets what tells how long requests are: the rules, and of those who ask for
// leave by days where they stand and which shifts they have.
func (p *approvalsPlan) readDays(a *App, tx *store.Tx, rows []ApprovalRow) error {
	s, err := a.share(tx, p.book.corp, p.book.now)
	if err != nil {
		return err
	}
	p.shared = s
	zone := p.book.corp.Zone
	var users []attendance.UserID
	first, last := attendance.MaxDay, attendance.MinDay
	for i := range rows {
		row := &rows[i]
		id, _, wrong := p.who.find(row.User, row.Name)
		from, _ := zone.DayAt(row.From)
		to, _ := zone.DayAt(row.To)
		if wrong != nil || row.Kind != attendance.LeaveApproval || !row.ByDay || !from.Valid() || !to.Valid() || to-from > longestApproval {
			continue
		}
		first, last = min(first, from), max(last, to)
		if _, known := p.persons[id]; !known {
			p.persons[id] = nil
			users = append(users, id)
		}
	}
	for part := range slices.Chunk(users, readersAtOnce) {
		people, err := tx.Facts(p.book.corp.ID, part, first, last, p.book.now, zone)
		if err != nil {
			return err
		}
		for i := range people { // their punches are not kept
			m := &people[i]
			p.persons[m.ID] = &attendance.Person{ID: m.ID, Joined: m.Joined, Left: m.Left, Placements: m.Placements, Schedule: m.Schedule}
		}
	}
	return nil
}

// measure says what a request comes to.
func (p *approvalsPlan) measure(i int, e *ApprovalEntry) PlannedRequest {
	r := PlannedRequest{Index: i, ApprovalEntry: *e, Name: p.who.byKey[e.User.Fold()].Name}
	person := p.persons[e.User]
	if person == nil {
		person = &attendance.Person{ID: e.User}
	}
	r.Seconds = p.seconds(person, &e.Approval)
	first, _ := p.book.corp.Zone.DayAt(e.From)
	ruled := p.shared.corp.NewEvaluator().Rule(person, first) != nil // else no day is known to be off
	if ruled && e.Kind == attendance.LeaveApproval && e.ByDay && !e.Vacation.WorkdaysOnly {
		worked := e.Approval
		worked.Vacation.WorkdaysOnly = true
		r.DaysOff = r.Seconds - p.seconds(person, &worked)
	}
	return r
}

func (p *approvalsPlan) seconds(person *attendance.Person, a *attendance.Approval) (sum int64) {
	for _, d := range p.shared.corp.RequestDays(person, a) {
		sum += int64(d.Seconds)
	}
	return sum
}

// roundings is by how much a length in a table may differ from what it is, for
// tables round to a tenth of an hour.
const roundings = attendance.SecondsPerDay / 480

// disagreement is why the length that a row says is not that of its request; nil =
// it is, or the row says none.
func (row *ApprovalRow) disagreement(r *PlannedRequest) *fault {
	elapsed := r.To - r.From
	days, hours := figure(float64(r.Seconds)/attendance.SecondsPerDay), figure(float64(elapsed)/3600)
	switch {
	case row.Days != nil && !r.ByDay:
		return faultf("the table says %s d, and with times it counts hours, %s h: write both ends as days or halves of them; or leave the column alone with --map duration=-", figure(*row.Days), hours)
	case row.Days != nil && !near(*row.Days*attendance.SecondsPerDay, r.Seconds):
		return faultf("the table says %s d, and it is %s d: mend one of the two; or leave the column alone with --map duration=-", figure(*row.Days), days)
	case row.Hours != nil && r.ByDay:
		return faultf("the table says %s h, and without times it counts days, %s d: write both ends with times; or leave the column alone with --map duration=-", figure(*row.Hours), days)
	case row.Hours != nil && !near(*row.Hours*3600, elapsed) && !near(*row.Hours*3600, r.Seconds):
		return faultf("the table says %s h, and all the time from the one to the other counts, %s h: mend one of the two; or leave the column alone with --map duration=-", figure(*row.Hours), hours)
	}
	return nil
}

func near(said float64, seconds int64) bool { return math.Abs(said-float64(seconds)) <= roundings }

// figure writes a number with up to two decimals.
func figure(n float64) string { return strconv.FormatFloat(math.Round(n*100)/100, 'f', -1, 64) }
