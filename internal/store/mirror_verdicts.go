package store

import "github.com/dakahq/daka/internal/attendance"

// A mirrored corporation keeps what WeCom itself computed beside the facts.

// Verdict is a document that is about days of one member: about one, or, as
// sums, about all from First to Last.
type Verdict struct {
	User        attendance.UserID
	First, Last attendance.Day // equal for a day's
	Doc         []byte
	FetchedAt   int64 // Unix seconds
}

// PutVerdicts keeps documents about single days, each in the place of the one
// that was there. Users are in the contacts' spelling (ResolveUsers).
func (tx *Tx) PutVerdicts(corp attendance.CorpID, verdicts []Verdict) error {
	for i := range verdicts {
		v := &verdicts[i]
		_, err := tx.exec(`INSERT INTO verdicts (corp_id, user_id, day, fetched_at, doc) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (corp_id, user_id, day) DO UPDATE SET fetched_at = excluded.fetched_at, doc = excluded.doc`,
			string(corp), string(v.User), v.First.YMD(), v.FetchedAt, string(v.Doc))
		if err != nil {
			return wrap(err, "keep the verdict on %q on %s", v.User, v.First)
		}
	}
	return nil
}

// PutMonthVerdicts is PutVerdicts for sums.
func (tx *Tx) PutMonthVerdicts(corp attendance.CorpID, verdicts []Verdict) error {
	for i := range verdicts {
		v := &verdicts[i]
		_, err := tx.exec(`INSERT INTO month_verdicts (corp_id, user_id, first_day, last_day, fetched_at, doc)
			VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (corp_id, user_id, first_day, last_day) DO UPDATE SET fetched_at = excluded.fetched_at, doc = excluded.doc`,
			string(corp), string(v.User), v.First.YMD(), v.Last.YMD(), v.FetchedAt, string(v.Doc))
		if err != nil {
			return wrap(err, "keep the verdict on %q from %s to %s", v.User, v.First, v.Last)
		}
	}
	return nil
}

// DropShorterMonthVerdicts forgets the sums of a member that begin with the
// same day as others and end earlier, and those that share some of their days
// and have others beside: a month that is told in halves now was told up to a
// day in the middle of one.
func (tx *Tx) DropShorterMonthVerdicts(corp attendance.CorpID, user attendance.UserID, first, last attendance.Day) error {
	_, err := tx.exec(`DELETE FROM month_verdicts WHERE corp_id = $1 AND user_id = $2 AND (first_day = $3 AND last_day < $4
		OR first_day < $3 AND last_day >= $3 AND last_day < $4 OR first_day > $3 AND first_day <= $4 AND last_day > $4)`,
		string(corp), string(user), first.YMD(), last.YMD())
	return wrap(err, "forget verdicts on %q", user)
}

// DropVerdicts forgets the documents about days of members, or the sums of days
// that lie within them, that were kept before an instant, and returns how many
// those were.
func (tx *Tx) DropVerdicts(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, before int64, sums bool) (int, error) {
	where := "verdicts WHERE day >= $2 AND day <= $3"
	if sums {
		where = "month_verdicts WHERE first_day >= $2 AND last_day <= $3"
	}
	n, err := tx.exec("DELETE FROM "+where+" AND corp_id = $1 AND fetched_at < $4 AND user_id = ANY($5)",
		string(corp), first.YMD(), last.YMD(), before, plainIDs(users))
	return int(n), wrap(err, "forget verdicts from %s to %s", first, last)
}

// Verdicts calls visit with the documents about the days of members, both days
// included, in the order of members and days; nil users means all.
func (tx *Tx) Verdicts(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, visit func(Verdict) error) error {
	sql := `SELECT user_id, day, day, fetched_at, doc FROM verdicts
		WHERE corp_id = $1 AND day BETWEEN $2 AND $3`
	return wrap(tx.verdicts(sql, " ORDER BY user_id, day", corp, users, first, last, visit), "read verdicts of corp %q", corp)
}

// MonthVerdicts is Verdicts for the sums that begin and end within the days.
func (tx *Tx) MonthVerdicts(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, visit func(Verdict) error) error {
	sql := `SELECT user_id, first_day, last_day, fetched_at, doc FROM month_verdicts
		WHERE corp_id = $1 AND first_day >= $2 AND last_day <= $3`
	return wrap(tx.verdicts(sql, " ORDER BY user_id, first_day, last_day", corp, users, first, last, visit), "read month verdicts of corp %q", corp)
}

func (tx *Tx) verdicts(sql, order string, corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, visit func(Verdict) error) error {
	args := []any{string(corp), first.YMD(), last.YMD()}
	if users != nil {
		sql += " AND user_id = ANY($4)"
		args = append(args, plainIDs(users))
	}
	return tx.query(sql+order, func(r row) error {
		v := Verdict{User: attendance.UserID(r.text(0)), FetchedAt: r.int(3), Doc: r.bytes(4, nil)}
		var err error
		if v.First, err = attendance.DayFromYMD(r.int(1)); err == nil {
			v.Last, err = attendance.DayFromYMD(r.int(2))
		}
		if err != nil {
			return err
		}
		return visit(v)
	}, args...)
}
