package store

import "github.com/dakahq/daka/internal/attendance"

// Face is what is kept of a member's face: never the picture.
type Face struct {
	User     attendance.UserID
	SHA256   Hash   // of the picture as it came
	Format   string // "jpeg" or "png"
	Width    int64  // pixels
	Height   int64  // pixels
	Size     int64  // bytes
	App      AgentID
	StoredAt int64 // Unix seconds
}

// SetFace stores a member's face over an earlier one. The user is in the
// contacts' spelling (ResolveUsers).
func (tx *Tx) SetFace(corp attendance.CorpID, f Face) error {
	_, err := tx.exec(`INSERT INTO faces (corp_id, user_id, sha256, format, width, height, size, app_id, stored_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (corp_id, user_id) DO UPDATE SET sha256 = excluded.sha256, format = excluded.format,
			width = excluded.width, height = excluded.height, size = excluded.size,
			app_id = excluded.app_id, stored_at = excluded.stored_at`,
		string(corp), string(f.User), string(f.SHA256), f.Format, f.Width, f.Height, f.Size, int64(f.App), f.StoredAt)
	return wrap(err, "store face of %q", f.User)
}

// Faces returns the faces of a corporation in the order of the userids.
func (tx *Tx) Faces(corp attendance.CorpID) (all []Face, err error) {
	err = tx.query(`SELECT user_id, sha256, format, width, height, size, app_id, stored_at
		FROM faces WHERE corp_id = $1 ORDER BY user_id`, func(r row) error {
		all = append(all, Face{
			attendance.UserID(r.text(0)), Hash(r.text(1)), r.text(2), r.int(3), r.int(4), r.int(5), AgentID(r.int(6)), r.int(7),
		})
		return nil
	}, string(corp))
	return all, wrap(err, "read faces of corp %q", corp)
}

// FaceOfAnother reports whether a picture is kept for a member other than user.
func (tx *Tx) FaceOfAnother(corp attendance.CorpID, picture Hash, user attendance.UserID) (found bool, err error) {
	found, err = tx.one("SELECT 1 FROM faces WHERE corp_id = $1 AND sha256 = $2 AND user_id <> $3 LIMIT 1",
		func(row) error { return nil }, string(corp), string(picture), string(user))
	return found, wrap(err, "compare face of %q", user)
}

// DropFace forgets a member's face; having none is no error.
func (tx *Tx) DropFace(corp attendance.CorpID, user attendance.UserID) error {
	_, err := tx.exec("DELETE FROM faces WHERE corp_id = $1 AND user_id = $2", string(corp), string(user))
	return wrap(err, "forget face of %q", user)
}
