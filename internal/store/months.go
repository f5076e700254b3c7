package store

import "github.com/dakahq/daka/internal/attendance"

// MonthState is one act of closing or reopening a month.
type MonthState struct {
	Month  int64 // yyyymm
	Seq    int64 // of the month's acts, from 1
	At     int64 // Unix seconds
	Closed bool
	Actor  string
	Reason string
}

// AddMonthState notes an act and returns its place among those of the month.
func (tx *Tx) AddMonthState(corp attendance.CorpID, s MonthState) (seq int64, err error) {
	_, err = tx.one("SELECT coalesce(max(seq), 0) + 1 FROM month_states WHERE corp_id = $1 AND month = $2", func(r row) error {
		seq = r.int(0)
		return nil
	}, string(corp), s.Month)
	if err == nil {
		_, err = tx.exec("INSERT INTO month_states (corp_id, month, seq, at, closed, actor, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
			string(corp), s.Month, seq, s.At, truth(s.Closed), s.Actor, s.Reason)
	}
	return seq, wrap(err, "note state of month %d", s.Month)
}

// MonthStates returns all acts up to an instant, in the order of months and acts.
func (tx *Tx) MonthStates(corp attendance.CorpID, asOf int64) (all []MonthState, err error) {
	err = tx.query("SELECT month, seq, at, closed, actor, reason FROM month_states WHERE corp_id = $1 AND at <= $2 ORDER BY month, seq",
		func(r row) error {
			all = append(all, MonthState{r.int(0), r.int(1), r.int(2), r.int(3) != 0, r.text(4), r.text(5)})
			return nil
		}, string(corp), asOf)
	return all, wrap(err, "read month states of corp %q", corp)
}

// MonthRecord is one row of what was closed: a member's day, or with an empty
// User what all rows share.
type MonthRecord struct {
	User attendance.UserID
	Day  attendance.Day // MinDay where User is empty
	Doc  []byte
}

// AddMonthRecords stores rows of the seq-th act of a month.
func (tx *Tx) AddMonthRecords(corp attendance.CorpID, month, seq int64, rows []MonthRecord) error {
	for i := range rows {
		r := &rows[i]
		_, err := tx.exec("INSERT INTO month_reports (corp_id, month, seq, user_id, day, doc) VALUES ($1, $2, $3, $4, $5, $6)",
			string(corp), month, seq, string(r.User), r.Day.YMD(), string(r.Doc))
		if err != nil {
			return wrap(err, "store record of %q on %s", r.User, r.Day)
		}
	}
	return nil
}

// MonthRecords returns the rows of the given members, and with an empty userid
// among them what all rows share, in the order of members and days.
func (tx *Tx) MonthRecords(corp attendance.CorpID, month, seq int64, users []attendance.UserID) (rows []MonthRecord, err error) {
	err = tx.query(`SELECT user_id, day, doc FROM month_reports
		WHERE corp_id = $1 AND month = $2 AND seq = $3 AND user_id = ANY($4) ORDER BY user_id, day`, func(r row) error {
		d, err := attendance.DayFromYMD(r.int(1))
		rows = append(rows, MonthRecord{attendance.UserID(r.text(0)), d, []byte(r.text(2))})
		return err
	}, string(corp), month, seq, plainIDs(users))
	return rows, wrap(err, "read records of month %d", month)
}
