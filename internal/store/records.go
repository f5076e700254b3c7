package store

import "github.com/dakahq/daka/internal/attendance"

const recordColumns = `SELECT user_id, at, source, device, known_at, flags, slot, section, repeats, last_received, detail
	FROM punches WHERE corp_id = $1 AND user_id = ANY($2) `

const recordOrder = ` ORDER BY user_id, at, source, device`

// Records returns the punches of the given members in full, from one instant
// to another, both included, in the order of users, times, sources and devices.
func (tx *Tx) Records(corp attendance.CorpID, users []attendance.UserID, from, to int64) ([]attendance.PunchRecord, error) {
	return tx.records(recordColumns+"AND at BETWEEN $3 AND $4"+recordOrder, corp, users, from, to)
}

// DeviceRecords is Records for what came from machines. byUpload selects by
// when a punch became known instead of when it was made; that reads all
// punches of the members, for an index would cost every insert.
func (tx *Tx) DeviceRecords(corp attendance.CorpID, users []attendance.UserID, from, to int64, byUpload bool) ([]attendance.PunchRecord, error) {
	sql := recordColumns + "AND at BETWEEN $3 AND $4"
	if byUpload {
		sql = recordColumns + "AND known_at BETWEEN $3 AND $4"
	}
	return tx.records(sql+" AND source IN (2, 3, 4)"+recordOrder, corp, users, from, to)
}

func (tx *Tx) records(sql string, corp attendance.CorpID, users []attendance.UserID, from, to int64) (all []attendance.PunchRecord, err error) {
	err = tx.query(sql, func(r row) error {
		rec := attendance.PunchRecord{
			User: attendance.UserID(r.text(0)),
			Punch: attendance.Punch{
				At: r.int(1), Source: attendance.Source(r.int(2)), Device: r.text(3), KnownAt: r.int(4),
				Flags: attendance.PunchFlags(r.int(5)), Slot: attendance.Slot(r.int(6)),
				Section: attendance.SectionID(r.int(7)),
			},
			Repeats: r.int(8), LastReceived: r.int(9),
		}
		var err error
		rec.PunchDetail, err = decodeDetail(r.text(10))
		all = append(all, rec)
		return wrap(err, "punch of %q at %d", rec.User, rec.At)
	}, string(corp), plainIDs(users), from, to)
	return all, wrap(err, "read records of corp %q", corp)
}
