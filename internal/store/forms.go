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

// RequestsTouching returns, as known at asOf, the requests that were for some of the
// time from one instant to another, both included, in one of their states, with all
// of these, in the order of users and numbers. The last half day of one by half days
// is known by its begin.
func (tx *Tx) RequestsTouching(corp attendance.CorpID, from, to, asOf int64) ([]Request, error) {
	return tx.requests(requestColumns+`+known_at <= $4 AND (user_id, no) IN
			(SELECT user_id, no FROM approvals WHERE corp_id = $1 AND from_at <= $3 AND to_at >= $2 AND +known_at <= $4)
		ORDER BY user_id, no, known_at, seq`, string(corp), from, to, asOf)
}

// RequestsNumbered returns the requests with a number as known at an instant:
// none or one, unless members share it.
func (tx *Tx) RequestsNumbered(corp attendance.CorpID, no string, asOf int64) ([]Request, error) {
	return tx.requests(requestColumns+"no = $2 AND +known_at <= $3 ORDER BY user_id, no, known_at, seq",
		string(corp), no, asOf)
}

// RequestsOf returns the requests of members as known at an instant, with all
// their states, in the order of users and numbers.
func (tx *Tx) RequestsOf(corp attendance.CorpID, users []attendance.UserID, asOf int64) ([]Request, error) {
	return tx.requests(requestColumns+"user_id = ANY($2) AND +known_at <= $3 ORDER BY user_id, no, known_at, seq",
		string(corp), plainIDs(users), asOf)
}

// RequestNumbers returns the numbers of requests that begin with some digits.
func (tx *Tx) RequestNumbers(corp attendance.CorpID, digits string) (all []string, err error) {
	err = tx.query("SELECT DISTINCT no FROM approvals WHERE corp_id = $1 AND no LIKE $2 ORDER BY no", func(r row) error {
		all = append(all, r.text(0))
		return nil
	}, string(corp), digits+"%")
	return all, wrap(err, "read numbers of approvals")
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
