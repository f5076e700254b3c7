package store

import "github.com/dakahq/daka/internal/attendance"

// Correction is a correction of one member.
type Correction struct {
	User attendance.UserID
	attendance.Correction
	App AgentID // the app that asked for it; 0 for none
}

// NumberedCorrection is a correction with its place among those of its member
// and day.
type NumberedCorrection struct {
	Correction
	Seq int64 // from 1
}

// CorrectionEnd is that a correction was taken back.
type CorrectionEnd struct {
	User    attendance.UserID
	Day     attendance.Day
	Seq     int64 // of the correction, among those of its member and day
	KnownAt int64 // Unix seconds
	Remark  string
	App     AgentID // the app that took it back; 0 for none
}

// AddCorrections adds corrections, in their order, and of those that were taken
// back the ends. Users are in the contacts' spelling (ResolveUsers).
func (tx *Tx) AddCorrections(corp attendance.CorpID, corrections []Correction) error {
	for i := range corrections {
		if _, err := tx.AddCorrection(corp, &corrections[i]); err != nil {
			return err
		}
	}
	return nil
}

// AddCorrection is AddCorrections of one, and returns its place among those of
// its member and day.
func (tx *Tx) AddCorrection(corp attendance.CorpID, c *Correction) (seq int64, err error) {
	if err := validDays(c.Day); err != nil {
		return 0, wrap(err, "add correction of %q", c.User)
	}
	_, err = tx.one("SELECT coalesce(max(seq), 0) + 1 FROM corrections WHERE corp_id = $1 AND user_id = $2 AND day = $3",
		func(r row) error { seq = r.int(0); return nil }, string(corp), string(c.User), c.Day.YMD())
	if err == nil {
		_, err = tx.exec(`INSERT INTO corrections (corp_id, user_id, day, seq, known_at, slot, at, made_by, remark, app_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			string(corp), string(c.User), c.Day.YMD(), seq, c.KnownAt, int64(c.Slot), c.At, int64(c.By), c.Remark, int64(c.App))
	}
	if err == nil && c.Withdrawn != 0 {
		err = tx.EndCorrection(corp, CorrectionEnd{User: c.User, Day: c.Day, Seq: seq, KnownAt: c.Withdrawn, App: c.App})
	}
	return seq, wrap(err, "add correction of %q on %s", c.User, c.Day)
}

// EndCorrection adds that a correction was taken back. One has one end: a second
// fails with ErrConflict.
func (tx *Tx) EndCorrection(corp attendance.CorpID, end CorrectionEnd) error {
	_, err := tx.exec(`INSERT INTO correction_ends (corp_id, user_id, day, seq, known_at, remark, app_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(corp), string(end.User), end.Day.YMD(), end.Seq, end.KnownAt, end.Remark, int64(end.App))
	return wrap(err, "take back correction %d of %q on %s", end.Seq, end.User, end.Day)
}

// correctionColumns reads corrections with their ends as known at $2.
const correctionColumns = `SELECT c.user_id, c.day, c.seq, c.known_at, c.slot, c.at, c.made_by, c.remark, c.app_id, coalesce(e.known_at, 0)
	FROM corrections AS c LEFT JOIN correction_ends AS e ON e.corp_id = c.corp_id AND e.user_id = c.user_id AND e.day = c.day
		AND e.seq = c.seq AND e.known_at <= $2
	WHERE c.corp_id = $1 AND `

// Corrections returns the corrections known at an instant, both days included,
// in the order of users, days and arrival, those that were taken back by then
// among them.
func (tx *Tx) Corrections(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, asOf int64) ([]NumberedCorrection, error) {
	return tx.corrections(correctionColumns+`c.user_id = ANY($3) AND c.day BETWEEN $4 AND $5 AND +c.known_at <= $2
		ORDER BY c.user_id, c.day, c.known_at, c.seq`, string(corp), asOf, plainIDs(users), first.YMD(), last.YMD())
}

// ApprovedCorrections returns the corrections that an approval made and that
// became known from one instant to another, both included, with their ends as
// known at a third.
func (tx *Tx) ApprovedCorrections(corp attendance.CorpID, from, to, asOf int64) ([]NumberedCorrection, error) {
	return tx.corrections(correctionColumns+`c.known_at BETWEEN $3 AND $4 AND c.made_by = $5
		ORDER BY c.user_id, c.day, c.seq`, string(corp), asOf, from, to, int64(attendance.ByApproval))
}

// ApprovedCorrectionsOn returns the corrections that an approval made of some days,
// both included, with their ends, as known at an instant.
func (tx *Tx) ApprovedCorrectionsOn(corp attendance.CorpID, first, last attendance.Day, asOf int64) ([]NumberedCorrection, error) {
	return tx.corrections(correctionColumns+`c.day BETWEEN $3 AND $4 AND +c.known_at <= $2 AND c.made_by = $5
		ORDER BY c.user_id, c.day, c.seq`, string(corp), asOf, first.YMD(), last.YMD(), int64(attendance.ByApproval))
}

// ApprovedCorrection returns a correction that an approval made, by its place
// and as known at an instant; none, or one.
func (tx *Tx) ApprovedCorrection(corp attendance.CorpID, user attendance.UserID, day attendance.Day, seq, asOf int64) ([]NumberedCorrection, error) {
	return tx.corrections(correctionColumns+"c.user_id = $3 AND c.day = $4 AND c.seq = $5 AND +c.known_at <= $2 AND c.made_by = $6",
		string(corp), asOf, string(user), day.YMD(), seq, int64(attendance.ByApproval))
}

func (tx *Tx) corrections(sql string, args ...any) (all []NumberedCorrection, err error) {
	err = tx.query(sql, func(r row) error {
		day, err := attendance.DayFromYMD(r.int(1))
		all = append(all, NumberedCorrection{Seq: r.int(2), Correction: Correction{
			User: attendance.UserID(r.text(0)), App: AgentID(r.int(8)), Correction: attendance.Correction{
				Day: day, KnownAt: r.int(3), Slot: attendance.TimeOfDay(r.int(4)), At: r.int(5),
				By: attendance.CorrectionBy(r.int(6)), Remark: r.text(7), Withdrawn: r.int(9),
			},
		}})
		return err
	}, args...)
	return all, wrap(err, "read corrections")
}
