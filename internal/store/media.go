package store

import "github.com/dakahq/daka/internal/attendance"

// Media is an uploaded file. It is kept in pieces, so that nobody ever holds
// all of it, and does not exist for readers until it is complete.
type Media struct {
	ID          string
	Kind        string // image, voice, video or file
	Name        string // of the file
	ContentType string
	Size        int64 // bytes
	App         AgentID
	Created     int64 // Unix seconds
	Expires     int64 // Unix seconds; from then on it may be gone
}

// AddMedia begins a file: its pieces follow, then CompleteMedia.
func (tx *Tx) AddMedia(corp attendance.CorpID, m Media) error {
	_, err := tx.exec(`INSERT INTO media (corp_id, media_id, kind, name, content_type, size, complete, app_id, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7, $8)`,
		string(corp), m.ID, m.Kind, m.Name, m.ContentType, int64(m.App), m.Created, m.Expires)
	return wrap(err, "begin media file")
}

// AddMediaPiece adds the n-th piece of a file, counted from 0.
func (tx *Tx) AddMediaPiece(corp attendance.CorpID, id string, n int64, data []byte) error {
	_, err := tx.exec("INSERT INTO media_chunks (corp_id, media_id, n, data) VALUES ($1, $2, $3, $4)", string(corp), id, n, data)
	return wrap(err, "store piece %d of media file", n)
}

// CompleteMedia says that all pieces of a file are there.
func (tx *Tx) CompleteMedia(corp attendance.CorpID, id string, size int64) error {
	n, err := tx.exec("UPDATE media SET complete = 1, size = $3 WHERE corp_id = $1 AND media_id = $2", string(corp), id, size)
	return orNotFound(n > 0, err, "media file")
}

// Media returns a complete file without its content, or ErrNotFound.
func (tx *Tx) Media(corp attendance.CorpID, id string) (m Media, err error) {
	found, err := tx.one(`SELECT media_id, kind, name, content_type, size, app_id, created_at, expires_at FROM media
		WHERE corp_id = $1 AND media_id = $2 AND complete = 1`, func(r row) error {
		m = Media{r.text(0), r.text(1), r.text(2), r.text(3), r.int(4), AgentID(r.int(5)), r.int(6), r.int(7)}
		return nil
	}, string(corp), id)
	return m, orNotFound(found, err, "media file")
}

// MediaPiece puts the n-th piece of a file into buf, which grows if need be, or
// returns ErrNotFound.
func (tx *Tx) MediaPiece(corp attendance.CorpID, id string, n int64, buf []byte) (data []byte, err error) {
	found, err := tx.one("SELECT data FROM media_chunks WHERE corp_id = $1 AND media_id = $2 AND n = $3", func(r row) error {
		data = r.bytes(0, buf)
		return nil
	}, string(corp), id, n)
	return data, orNotFound(found, err, "piece of a media file")
}

// ExpiredMedia returns the ids of files whose time is over, complete or not,
// the oldest first.
func (tx *Tx) ExpiredMedia(corp attendance.CorpID, now, most int64) (ids []string, err error) {
	err = tx.query("SELECT media_id FROM media WHERE corp_id = $1 AND expires_at <= $2 ORDER BY expires_at, media_id LIMIT $3",
		func(r row) error {
			ids = append(ids, r.text(0))
			return nil
		}, string(corp), now, most)
	return ids, wrap(err, "list expired media files of corp %q", corp)
}

// DropMedia removes files with their pieces.
func (tx *Tx) DropMedia(corp attendance.CorpID, ids []string) error {
	_, err := tx.exec("DELETE FROM media_chunks WHERE corp_id = $1 AND media_id = ANY($2)", string(corp), ids)
	if err == nil {
		_, err = tx.exec("DELETE FROM media WHERE corp_id = $1 AND media_id = ANY($2)", string(corp), ids)
	}
	return wrap(err, "remove media files of corp %q", corp)
}
