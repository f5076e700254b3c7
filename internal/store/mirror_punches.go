package store

import "github.com/dakahq/daka/internal/attendance"

// RewritePunch puts what a source says of a punch now in the place of what it
// said before: another source, device, slot or detail. When it became known, and
// how often it was received, stays.
func (tx *Tx) RewritePunch(corp attendance.CorpID, was, is *attendance.PunchRecord) error {
	if err := checkPunch(is); err != nil {
		return wrap(err, "rewrite a punch of %q", is.User)
	}
	text, err := encodeDetail(&is.PunchDetail)
	if err == nil {
		_, err = tx.exec(`UPDATE punches SET source = $6, device = $7, flags = $8, slot = $9, section = $10, detail = $11
			WHERE corp_id = $1 AND user_id = $2 AND at = $3 AND source = $4 AND device = $5`,
			string(corp), string(was.User), was.At, int64(was.Source), was.Device,
			int64(is.Source), is.Device, int64(is.Flags), int64(is.Slot), int64(is.Section), text)
	}
	return wrap(err, "rewrite a punch of %q", is.User)
}
