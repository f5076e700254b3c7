package store

import "github.com/dakahq/daka/internal/attendance"

// FirstPunches returns when each member made the first punch that is known.
func (tx *Tx) FirstPunches(corp attendance.CorpID) (first map[attendance.UserID]int64, err error) {
	first = map[attendance.UserID]int64{}
	err = tx.query("SELECT user_id, min(at) FROM punches WHERE corp_id = $1 GROUP BY user_id", func(r row) error {
		first[attendance.UserID(r.text(0))] = r.int(1)
		return nil
	}, string(corp))
	return first, wrap(err, "read the first punches of corp %q", corp)
}
