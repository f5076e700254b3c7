package store

import (
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// Shift plans, and corrections beside them (see corrections.go), are facts of
// one member and one day, so both are read by member and a range of days.

// Scheduled is one entry of the shift plan.
type Scheduled struct {
	User attendance.UserID
	attendance.Scheduled
}

// AddSchedules adds entries to the shift plan, in their order. Users are in the
// contacts' spelling (ResolveUsers).
func (tx *Tx) AddSchedules(corp attendance.CorpID, entries []Scheduled) error {
	for _, s := range entries {
		if err := validDays(s.Day); err != nil {
			return wrap(err, "add schedule of %q", s.User)
		}
		_, err := tx.exec(`INSERT INTO schedules (corp_id, user_id, day, seq, known_at, group_id, shift_id)
			VALUES ($1, $2, $3, (SELECT coalesce(max(seq), 0) + 1 FROM schedules
				WHERE corp_id = $1 AND user_id = $2 AND day = $3), $4, $5, $6)`,
			string(corp), string(s.User), s.Day.YMD(), s.KnownAt, int64(s.Group), int64(s.Shift))
		if err != nil {
			return wrap(err, "add schedule of %q on %s", s.User, s.Day)
		}
	}
	return nil
}

// Schedules returns the shift plan as known at an instant, both days included,
// in the order of users and days: one entry a day, the latest known, and none
// where that is attendance.NoShift.
func (tx *Tx) Schedules(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, asOf int64) (all []Scheduled, err error) {
	err = tx.query(`SELECT user_id, day, known_at, group_id, shift_id FROM schedules
		WHERE corp_id = $1 AND user_id = ANY($2) AND day BETWEEN $3 AND $4 AND known_at <= $5
		ORDER BY user_id, day, known_at, seq`, func(r row) error {
		day, err := attendance.DayFromYMD(r.int(1))
		s := Scheduled{attendance.UserID(r.text(0)), attendance.Scheduled{
			Day: day, KnownAt: r.int(2), Group: attendance.GroupID(r.int(3)), Shift: attendance.ShiftID(r.int(4)),
		}}
		if n := len(all); n > 0 && (all[n-1].User == s.User && all[n-1].Day == s.Day || all[n-1].Shift == attendance.NoShift) {
			all = all[:n-1]
		}
		all = append(all, s)
		return err
	}, string(corp), plainIDs(users), first.YMD(), last.YMD(), asOf)
	if n := len(all); n > 0 && all[n-1].Shift == attendance.NoShift {
		all = all[:n-1]
	}
	return all, wrap(err, "read schedules of corp %q", corp)
}

// validDays refuses what could be stored and not be read again.
func validDays(days ...attendance.Day) error {
	for _, d := range days {
		if !d.Valid() {
			return fmt.Errorf("day %d: %w", d, ErrInvalid)
		}
	}
	return nil
}
