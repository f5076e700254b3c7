package store

import (
	"encoding/json"

	"github.com/dakahq/daka/internal/attendance"
)

// Approval is one state of one member's request. A request that changes is a
// newer entry with the same number; its ends and its kind are those of the
// newest.
type Approval struct {
	User attendance.UserID
	attendance.Approval
	KnownAt     int64 // Unix seconds
	Status      attendance.ApprovalStatus
	First, Last attendance.Day // the days that the request touches
}

// approvalDetail is what no query asks for.
type approvalDetail struct {
	Slices   []attendance.ApprovalSlice `json:"slices,omitempty"`
	Vacation attendance.Vacation        `json:"vacation,omitzero"`
}

// AddApprovals adds states of requests, in their order. States is not looked
// at: the entry's KnownAt and Status are its state. Users are in the contacts'
// spelling (ResolveUsers).
func (tx *Tx) AddApprovals(corp attendance.CorpID, entries []Approval) error {
	for i := range entries {
		a := &entries[i]
		detail, err := json.Marshal(approvalDetail{a.Slices, a.Vacation})
		if err == nil {
			_, err = tx.exec(`INSERT INTO approvals (corp_id, user_id, no, seq, known_at, status, kind, by_day,
					from_at, to_at, first_day, last_day, detail)
				VALUES ($1, $2, $3, (SELECT coalesce(max(seq), 0) + 1 FROM approvals
					WHERE corp_id = $1 AND user_id = $2 AND no = $3), $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
				string(corp), string(a.User), a.No, a.KnownAt, int64(a.Status), int64(a.Kind), truth(a.ByDay),
				a.From, a.To, a.First.YMD(), a.Last.YMD(), string(detail))
		}
		if err != nil {
			return wrap(err, "add approval %q of %q", a.No, a.User)
		}
	}
	return nil
}

// factApprovals gives people their requests of which any state known at an
// instant touches the days. A request has all its states known then.
func (tx *Tx) factApprovals(corp attendance.CorpID, at map[attendance.UserID]*attendance.Person, ids []attendance.UserID, first, last attendance.Day, asOf int64) error {
	err := tx.query(`SELECT user_id, no, known_at, status, kind, by_day, from_at, to_at, detail FROM approvals AS a
		WHERE corp_id = $1 AND user_id = ANY($2) AND +known_at <= $5
			AND EXISTS (SELECT 1 FROM approvals AS b WHERE b.corp_id = a.corp_id AND b.user_id = a.user_id
				AND b.no = a.no AND +b.known_at <= $5 AND b.last_day >= $3 AND b.first_day <= $4)
		ORDER BY user_id, no, known_at, seq`, func(r row) error {
		var detail approvalDetail
		if err := json.Unmarshal([]byte(r.text(8)), &detail); err != nil {
			return wrap(err, "approval %q", r.text(1))
		}
		a := attendance.Approval{
			No: r.text(1), Kind: attendance.ApprovalKind(r.int(4)), ByDay: r.int(5) != 0, From: r.int(6), To: r.int(7),
			Slices: detail.Slices, Vacation: detail.Vacation,
		}
		state := attendance.ApprovalState{KnownAt: r.int(2), Status: attendance.ApprovalStatus(r.int(3))}
		p := at[attendance.UserID(r.text(0))]
		if n := len(p.Approvals); n > 0 && p.Approvals[n-1].No == a.No {
			a.States = p.Approvals[n-1].States
			p.Approvals = p.Approvals[:n-1]
		}
		a.States = append(a.States, state)
		p.Approvals = append(p.Approvals, a)
		return nil
	}, string(corp), plainIDs(ids), first.YMD(), last.YMD(), asOf)
	return wrap(err, "read approvals of corp %q", corp)
}
