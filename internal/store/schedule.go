package store

import (
	"fmt"
	"slices"

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
// in the order of users, days and when they became known: of each day the latest
// entry of each group, and none where that is attendance.NoShift. Who changes
// groups may have shifts of both.
func (tx *Tx) Schedules(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, asOf int64) (all []Scheduled, err error) {
	err = tx.query(`SELECT user_id, day, known_at, group_id, shift_id FROM schedules
		WHERE corp_id = $1 AND user_id = ANY($2) AND day BETWEEN $3 AND $4 AND known_at <= $5
		ORDER BY user_id, day, known_at, seq`, func(r row) error {
		day, err := attendance.DayFromYMD(r.int(1))
		s := Scheduled{attendance.UserID(r.text(0)), attendance.Scheduled{
			Day: day, KnownAt: r.int(2), Group: attendance.GroupID(r.int(3)), Shift: attendance.ShiftID(r.int(4)),
		}}
		all = planned(all, s)
		return err
	}, string(corp), plainIDs(users), first.YMD(), last.YMD(), asOf)
	return all, wrap(err, "read schedules of corp %q", corp)
}

// planned adds what became known of a day, whose entries are the last of all, in
// the place of what it changes: its group's entry, or where it names no group,
// which stands for any, those of all.
func planned(all []Scheduled, s Scheduled) []Scheduled {
	day := len(all)
	for day > 0 && all[day-1].User == s.User && all[day-1].Day == s.Day {
		day--
	}
	rest := slices.DeleteFunc(all[day:], func(was Scheduled) bool {
		return s.Group == 0 || was.Group == s.Group || was.Group == 0 && s.Shift == attendance.NoShift
	})
	all = all[:day+len(rest)]
	if s.Shift == attendance.NoShift {
		return all
	}
	return append(all, s)
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
