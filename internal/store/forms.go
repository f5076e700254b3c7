package store

import (
	"encoding/json"

	"github.com/dakahq/daka/internal/attendance"
)

// Forms are approvals as they are asked for by time and by number: requests,
// and the corrections that an approval made.

// Request is one member's request with its states.
type Request struct {
	User attendance.UserID
	attendance.Approval
}

const requestColumns = "SELECT user_id, no, known_at, status, kind, by_day, from_at, to_at, detail FROM approvals WHERE corp_id = $1 AND "

// RequestsSince returns, as known at asOf, the requests of which a state became
// known from one instant to another, both included, with all their states, in
// the order of users and numbers.
func (tx *Tx) RequestsSince(corp attendance.CorpID, from, to, asOf int64) ([]Request, error) {
	return tx.requests(requestColumns+`+known_at <= $4 AND (user_id, no) IN
			(SELECT user_id, no FROM approvals WHERE corp_id = $1 AND known_at BETWEEN $2 AND $3)
		ORDER BY user_id, no, known_at, seq`, string(corp), from, to, asOf)
}

// RequestsNumbered returns the requests with a number as known at an instant:
// none or one, unless members share it.
func (tx *Tx) RequestsNumbered(corp attendance.CorpID, no string, asOf int64) ([]Request, error) {
	return tx.requests(requestColumns+"no = $2 AND +known_at <= $3 ORDER BY user_id, no, known_at, seq",
		string(corp), no, asOf)
}

func (tx *Tx) requests(sql string, args ...any) (all []Request, err error) {
	err = tx.query(sql, func(r row) error {
		var detail approvalDetail
		if err := json.Unmarshal([]byte(r.text(8)), &detail); err != nil {
			return wrap(err, "approval %q", r.text(1))
		}
		q := Request{attendance.UserID(r.text(0)), attendance.Approval{
			No: r.text(1), Kind: attendance.ApprovalKind(r.int(4)), ByDay: r.int(5) != 0, From: r.int(6), To: r.int(7),
			Slices: detail.Slices, Vacation: detail.Vacation,
		}}
		state := attendance.ApprovalState{KnownAt: r.int(2), Status: attendance.ApprovalStatus(r.int(3))}
		if n := len(all); n > 0 && all[n-1].User == q.User && all[n-1].No == q.No {
			q.States = all[n-1].States
			all = all[:n-1]
		}
		q.States = append(q.States, state)
		all = append(all, q)
		return nil
	}, args...)
	return all, wrap(err, "read approvals")
}

// NumberedCorrection is a correction with its place among those of its member
// and day.
type NumberedCorrection struct {
	Correction
	Seq int64 // from 1
}

const correctionColumns = "SELECT user_id, day, seq, known_at, slot, at, made_by, remark, app_id FROM corrections WHERE corp_id = $1 AND "

// ApprovedCorrections returns the corrections that an approval made and that
// became known from one instant to another, both included.
func (tx *Tx) ApprovedCorrections(corp attendance.CorpID, from, to int64) ([]NumberedCorrection, error) {
	return tx.numberedCorrections(correctionColumns+`known_at BETWEEN $2 AND $3 AND made_by = $4
		ORDER BY user_id, day, seq`, string(corp), from, to, int64(attendance.ByApproval))
}

// ApprovedCorrection returns a correction that an approval made, by its place
// and as known at an instant; none, or one.
func (tx *Tx) ApprovedCorrection(corp attendance.CorpID, user attendance.UserID, day attendance.Day, seq, asOf int64) ([]NumberedCorrection, error) {
	return tx.numberedCorrections(correctionColumns+"user_id = $2 AND day = $3 AND seq = $4 AND +known_at <= $5 AND made_by = $6",
		string(corp), string(user), day.YMD(), seq, asOf, int64(attendance.ByApproval))
}

func (tx *Tx) numberedCorrections(sql string, args ...any) (all []NumberedCorrection, err error) {
	err = tx.query(sql, func(r row) error {
		day, err := attendance.DayFromYMD(r.int(1))
		all = append(all, NumberedCorrection{Seq: r.int(2), Correction: Correction{
			User: attendance.UserID(r.text(0)), App: AgentID(r.int(8)), Correction: attendance.Correction{
				Day: day, KnownAt: r.int(3), Slot: attendance.TimeOfDay(r.int(4)), At: r.int(5),
				By: attendance.CorrectionBy(r.int(6)), Remark: r.text(7),
			},
		}})
		return err
	}, args...)
	return all, wrap(err, "read corrections")
}

// VacationUse is a kind of leave as requests name it.
type VacationUse struct {
	attendance.Vacation
	ByDay bool
}

// Vacations returns the kinds of leave that requests known at an instant name,
// in the order in which each was named last.
func (tx *Tx) Vacations(corp attendance.CorpID, asOf int64) (all []VacationUse, err error) {
	err = tx.query(`SELECT detail, by_day FROM approvals WHERE corp_id = $1 AND kind = $2 AND known_at <= $3
		GROUP BY detail, by_day ORDER BY max(known_at), detail, by_day`, func(r row) error {
		var detail approvalDetail
		if err := json.Unmarshal([]byte(r.text(0)), &detail); err != nil {
			return err
		}
		all = append(all, VacationUse{detail.Vacation, r.int(1) != 0})
		return nil
	}, string(corp), int64(attendance.LeaveApproval), asOf)
	return all, wrap(err, "read vacations of corp %q", corp)
}
