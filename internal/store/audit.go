package store

import (
	"encoding/json"

	"github.com/dakahq/daka/internal/attendance"
)

// AuditEntry is one act as it is kept. All texts but Action are hashes.
type AuditEntry struct {
	Seq      int64 // from 1
	At       int64 // Unix seconds
	Agent    AgentID
	Action   string
	Subjects []string
	Count    int64 // of the subjects, those that are left out included
	Detail   string
	Prev     string
	Hash     string
}

// AuditKey returns the key of a corporation's hashes, or ErrNotFound.
func (tx *Tx) AuditKey(corp attendance.CorpID) (key string, err error) {
	found, err := tx.one("SELECT secret FROM audit_keys WHERE corp_id = $1", func(r row) error {
		key = r.text(0)
		return nil
	}, string(corp))
	return key, orNotFound(found, err, "audit key of corp %q", corp)
}

// SetAuditKey stores the key, once: ErrConflict afterwards.
func (tx *Tx) SetAuditKey(corp attendance.CorpID, key string) error {
	_, err := tx.exec("INSERT INTO audit_keys (corp_id, secret) VALUES ($1, $2)", string(corp), key)
	return wrap(err, "store audit key of corp %q", corp)
}

// AddAudit appends an entry; ErrConflict when its place is taken.
func (tx *Tx) AddAudit(corp attendance.CorpID, e AuditEntry) error {
	subjects, err := json.Marshal(e.Subjects)
	if err == nil {
		_, err = tx.exec(`INSERT INTO audit (corp_id, seq, at, agent_id, action, subjects, subject_count, detail, prev, hash)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			string(corp), e.Seq, e.At, int64(e.Agent), e.Action, string(subjects), e.Count, e.Detail, e.Prev, e.Hash)
	}
	return wrap(err, "append to the audit log of corp %q", corp)
}

const auditColumns = "SELECT seq, at, agent_id, action, subjects, subject_count, detail, prev, hash FROM audit WHERE corp_id = $1 "

// LastAudit returns the latest entry; the zero value when there is none.
func (tx *Tx) LastAudit(corp attendance.CorpID) (e AuditEntry, err error) {
	_, err = tx.one(auditColumns+"ORDER BY seq DESC LIMIT 1", func(r row) (err error) {
		e, err = scanAudit(r)
		return err
	}, string(corp))
	return e, wrap(err, "read the end of the audit log of corp %q", corp)
}

// Audit calls visit with up to limit entries after a place, in their order.
func (tx *Tx) Audit(corp attendance.CorpID, after, limit int64, visit func(AuditEntry) error) error {
	err := tx.query(auditColumns+"AND seq > $2 ORDER BY seq LIMIT $3", func(r row) error {
		e, err := scanAudit(r)
		if err != nil {
			return err
		}
		return visit(e)
	}, string(corp), after, limit)
	return wrap(err, "read the audit log of corp %q", corp)
}

func scanAudit(r row) (AuditEntry, error) {
	e := AuditEntry{
		Seq: r.int(0), At: r.int(1), Agent: AgentID(r.int(2)), Action: r.text(3),
		Count: r.int(5), Detail: r.text(6), Prev: r.text(7), Hash: r.text(8),
	}
	err := json.Unmarshal([]byte(r.text(4)), &e.Subjects)
	return e, wrap(err, "subjects of audit entry %d", e.Seq)
}
