package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dakahq/daka/internal/attendance"
)

// Member is a member as it is from KnownAt on. Its departments and tags hold
// from the day From on, whatever earlier versions said of that time.
type Member struct {
	ID      attendance.UserID
	KnownAt int64 // Unix seconds
	From    attendance.Day
	Name    string
	Alias   string
	Depts   []attendance.DeptID
	Tags    []attendance.TagID
	Joined  attendance.Day // MinDay when not known
	Left    attendance.Day // MaxDay while employed
	Deleted bool           // no longer in the contacts
}

// AddMembers adds versions of members, in their order. A userid keeps the
// spelling that it was first added with: one that differs in case alone is an
// ErrConflict.
func (tx *Tx) AddMembers(corp attendance.CorpID, versions []Member) error {
	ids := make([]attendance.UserID, len(versions))
	for i := range versions {
		ids[i] = versions[i].ID
	}
	spelling, err := tx.spellings(corp, ids)
	if err != nil {
		return err
	}
	for i := range versions {
		m := &versions[i]
		if first, ok := spelling[m.ID.Fold()]; ok && first != m.ID {
			return fmt.Errorf("add member %q: known as %q: %w", m.ID, first, ErrConflict)
		}
		spelling[m.ID.Fold()] = m.ID
		if err := tx.addMember(corp, m); err != nil {
			return wrap(err, "add member %q", m.ID)
		}
	}
	return nil
}

func (tx *Tx) addMember(corp attendance.CorpID, m *Member) error {
	depts, err1 := json.Marshal(m.Depts)
	tags, err2 := json.Marshal(m.Tags)
	if err := errors.Join(err1, err2, validDays(m.From, m.Joined, m.Left)); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO members (corp_id, user_key, seq, known_at, user_id, from_day, name, alias,
			depts, tags, joined_day, left_day, deleted)
		VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM members WHERE corp_id = $1 AND user_key = $2),
			$3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		string(corp), m.ID.Fold(), m.KnownAt, string(m.ID), m.From.YMD(), m.Name, m.Alias,
		string(depts), string(tags), m.Joined.YMD(), m.Left.YMD(), truth(m.Deleted))
	return err
}

// spellings returns the stored spelling of each id that ever was a member's,
// by its folded form.
func (tx *Tx) spellings(corp attendance.CorpID, ids []attendance.UserID) (map[string]attendance.UserID, error) {
	known := make(map[string]attendance.UserID, len(ids))
	err := tx.query("SELECT user_key, user_id FROM members WHERE corp_id = $1 AND user_key = ANY($2) AND seq = 1",
		func(r row) error {
			known[r.text(0)] = attendance.UserID(r.text(1))
			return nil
		}, string(corp), foldedIDs(ids))
	return known, wrap(err, "look up members of corp %q", corp)
}

// ResolveUsers returns the ids that name members of the contacts now, in the
// contacts' spelling, by their folded form (UserID.Fold).
func (tx *Tx) ResolveUsers(corp attendance.CorpID, ids []attendance.UserID) (map[string]attendance.UserID, error) {
	known := make(map[string]attendance.UserID, len(ids))
	err := tx.query(`SELECT user_key, user_id, deleted FROM members WHERE corp_id = $1 AND user_key = ANY($2)
		ORDER BY user_key, known_at, seq`, func(r row) error {
		if r.int(2) != 0 {
			delete(known, r.text(0))
		} else {
			known[r.text(0)] = attendance.UserID(r.text(1))
		}
		return nil
	}, string(corp), foldedIDs(ids))
	return known, wrap(err, "look up members of corp %q", corp)
}

// Members returns the latest version known at an instant of the given members,
// or of all with nil, in the order of their folded ids. Deleted ones are left
// out.
func (tx *Tx) Members(corp attendance.CorpID, asOf int64, ids []attendance.UserID) ([]Member, error) {
	versions, err := tx.memberVersions(corp, asOf, ids)
	if err != nil {
		return nil, err
	}
	var latest []Member
	for i, m := range versions {
		last := i+1 == len(versions) || versions[i+1].ID != m.ID
		if last && !m.Deleted {
			latest = append(latest, m)
		}
	}
	return latest, nil
}

// memberVersions returns all versions known at an instant, member by member,
// the latest known last.
func (tx *Tx) memberVersions(corp attendance.CorpID, asOf int64, ids []attendance.UserID) (all []Member, err error) {
	sql := `SELECT user_id, known_at, from_day, name, alias, depts, tags, joined_day, left_day, deleted
		FROM members WHERE corp_id = $1 AND known_at <= $2`
	args := []any{string(corp), asOf}
	if ids != nil {
		sql += " AND user_key = ANY($3)"
		args = append(args, foldedIDs(ids))
	}
	err = tx.query(sql+" ORDER BY user_key, known_at, seq", func(r row) error {
		m, err := scanMember(r)
		all = append(all, m)
		return err
	}, args...)
	return all, wrap(err, "read members of corp %q", corp)
}

func scanMember(r row) (m Member, err error) {
	m = Member{ID: attendance.UserID(r.text(0)), KnownAt: r.int(1), Name: r.text(3), Alias: r.text(4), Deleted: r.int(9) != 0}
	var errs [5]error
	m.From, errs[0] = attendance.DayFromYMD(r.int(2))
	m.Joined, errs[1] = attendance.DayFromYMD(r.int(7))
	m.Left, errs[2] = attendance.DayFromYMD(r.int(8))
	errs[3] = json.Unmarshal([]byte(r.text(5)), &m.Depts)
	errs[4] = json.Unmarshal([]byte(r.text(6)), &m.Tags)
	return m, wrap(errors.Join(errs[:]...), "member %q", m.ID)
}

func foldedIDs(ids []attendance.UserID) []string {
	folded := make([]string, len(ids))
	for i, id := range ids {
		folded[i] = id.Fold()
	}
	return folded
}

func plainIDs(ids []attendance.UserID) []string {
	plain := make([]string, len(ids))
	for i, id := range ids {
		plain[i] = string(id)
	}
	return plain
}
