package store

import (
	"context"
	"encoding/json"

	"github.com/dakahq/daka/internal/attendance"
)

// Erased counts what was removed of a member.
type Erased struct {
	Punches     int64 `json:"punches"`
	Schedules   int64 `json:"schedules"`
	Corrections int64 `json:"corrections"`
	Approvals   int64 `json:"approvals"`
	Reports     int64 `json:"reports"`  // days of closed months
	Versions    int64 `json:"versions"` // of the member in the directory
}

// Erasure is the tombstone of a member that was erased.
type Erasure struct {
	Subject string // keyed hash of the userid
	At      int64  // Unix seconds
	Agent   AgentID
	Erased
}

// EverMember returns the spelling in which an id was first a member's, one
// deleted since included, or ErrNotFound.
func (tx *Tx) EverMember(corp attendance.CorpID, id attendance.UserID) (attendance.UserID, error) {
	known, err := tx.spellings(corp, []attendance.UserID{id})
	if err != nil {
		return "", err
	}
	first, ok := known[id.Fold()]
	return first, orNotFound(ok, nil, "member %q", id)
}

// OverwriteFreed lets SQLite overwrite what this and later transactions free.
// Copies that earlier moves of rows left in unused parts of the file stay until
// Rewrite.
func (tx *Tx) OverwriteFreed() error {
	if tx.conn.dialect() != onSQLite {
		return nil
	}
	return wrap(tx.conn.script(tx.ctx, "PRAGMA secure_delete = ON"), "overwrite what is freed")
}

// EraseMember removes every row of a member, whose id is in the contacts'
// spelling, and the id where it stands beside other facts. Rule documents are
// left to the caller: see SetRuleDoc.
func (tx *Tx) EraseMember(corp attendance.CorpID, user attendance.UserID) (n Erased, err error) {
	for _, step := range []struct {
		sql   string
		count *int64
		id    string
	}{
		{"DELETE FROM punches WHERE corp_id = $1 AND user_id = $2", &n.Punches, string(user)},
		{"DELETE FROM schedules WHERE corp_id = $1 AND user_id = $2", &n.Schedules, string(user)},
		{"DELETE FROM corrections WHERE corp_id = $1 AND user_id = $2", &n.Corrections, string(user)},
		{"DELETE FROM correction_ends WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"DELETE FROM approvals WHERE corp_id = $1 AND user_id = $2", &n.Approvals, string(user)},
		{"DELETE FROM month_reports WHERE corp_id = $1 AND user_id = $2", &n.Reports, string(user)},
		{"DELETE FROM members WHERE corp_id = $1 AND user_key = $2", &n.Versions, user.Fold()},
		{"DELETE FROM faces WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"DELETE FROM verdicts WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"DELETE FROM month_verdicts WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"DELETE FROM coverage WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"DELETE FROM mirror_forms WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"DELETE FROM mirror_corrections WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"DELETE FROM mirror_rules WHERE corp_id = $1 AND user_id = $2", nil, string(user)},
		{"UPDATE rule_versions SET create_user = '' WHERE corp_id = $1 AND lower(create_user) = $2", nil, user.Fold()},
		{"UPDATE suite_auths SET user_id = '' WHERE corp_id = $1 AND lower(user_id) = $2", nil, user.Fold()},
		{"UPDATE month_states SET actor = '' WHERE corp_id = $1 AND lower(actor) = $2", nil, user.Fold()},
	} {
		changed, err := tx.exec(step.sql, string(corp), step.id)
		if err != nil {
			return Erased{}, wrap(err, "erase member of corp %q", corp)
		}
		if step.count != nil {
			*step.count = changed
		}
	}
	return n, nil
}

// PunchMedia returns the ids of the media files that a member's punches name.
func (tx *Tx) PunchMedia(corp attendance.CorpID, user attendance.UserID) (ids []string, err error) {
	err = tx.query("SELECT detail FROM punches WHERE corp_id = $1 AND user_id = $2 AND detail <> ''", func(r row) error {
		d, err := decodeDetail(r.text(0))
		ids = append(ids, d.MediaIDs...)
		return err
	}, string(corp), string(user))
	return ids, wrap(err, "list the media files of a member's punches in corp %q", corp)
}

// SetRuleDoc replaces the document of a version, for what must not be kept.
func (tx *Tx) SetRuleDoc(corp attendance.CorpID, version int64, doc []byte) error {
	n, err := tx.exec("UPDATE rule_versions SET doc = $3 WHERE corp_id = $1 AND version = $2", string(corp), version, string(doc))
	return orNotFound(n > 0, err, "rule version %d of corp %q", version, corp)
}

// DropQuarantined forgets a line that an import kept.
func (tx *Tx) DropQuarantined(corp attendance.CorpID, file string, line int64) error {
	_, err := tx.exec("DELETE FROM quarantine WHERE corp_id = $1 AND file = $2 AND line = $3", string(corp), file, line)
	return wrap(err, "forget line %d of %q", line, file)
}

// Rewrite writes a SQLite file anew and empties its log, so that what was
// removed is in neither: no free page and no unused part of one outlives it.
// Writers wait meanwhile, ten to fifteen seconds for a gigabyte. It fails when a
// reader keeps the log for longer than the busy timeout; calling it again is
// all there is to do then. On PostgreSQL it does nothing: that rewrites its
// files on its own terms.
func (db *DB) Rewrite(ctx context.Context) error {
	return wrap(translate(db.engine.rewrite(ctx)), "rewrite the database file")
}

// AddErasure keeps a tombstone.
func (tx *Tx) AddErasure(corp attendance.CorpID, e Erasure) error {
	counts, err := json.Marshal(e.Erased)
	if err == nil {
		_, err = tx.exec(`INSERT INTO erasures (corp_id, seq, subject, at, agent_id, counts)
			VALUES ($1, (SELECT coalesce(max(seq), 0) + 1 FROM erasures WHERE corp_id = $1), $2, $3, $4, $5)`,
			string(corp), e.Subject, e.At, int64(e.Agent), string(counts))
	}
	return wrap(err, "note erasure in corp %q", corp)
}

// Erasures returns the tombstones of a corporation in their order.
func (tx *Tx) Erasures(corp attendance.CorpID) (all []Erasure, err error) {
	err = tx.query("SELECT subject, at, agent_id, counts FROM erasures WHERE corp_id = $1 ORDER BY seq", func(r row) error {
		e := Erasure{Subject: r.text(0), At: r.int(1), Agent: AgentID(r.int(2))}
		err := json.Unmarshal([]byte(r.text(3)), &e.Erased)
		all = append(all, e)
		return err
	}, string(corp))
	return all, wrap(err, "read erasures of corp %q", corp)
}
