package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/dakahq/daka/internal/store"
)

// MediaFile is an open media file, to be read by one goroutine. It holds one
// piece of it at a time and need not be closed.
type MediaFile struct {
	Media
	ctx   context.Context
	app   *App
	corp  *Corp
	at    int64  // where the next Read begins
	index int64  // of piece
	piece []byte // what was read last
}

var _ io.ReadSeeker = (*MediaFile)(nil)

// OpenMedia opens a media file of the corporation, whichever app stored it
// (document 90254). It can be read as long as ctx lasts. It returns ErrNoMedia.
func (a *App) OpenMedia(ctx context.Context, corp *Corp, id string) (*MediaFile, error) {
	if !storedID(id) {
		return nil, ErrNoMedia
	}
	f := &MediaFile{ctx: ctx, app: a, corp: corp}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		row, err := tx.Media(corp.ID, id)
		if err != nil {
			return err
		}
		if row.Expires <= a.Now() {
			return store.ErrNotFound
		}
		f.Media = Media{row.ID, MediaType(row.Kind), row.Name, row.ContentType, row.Size, row.Created}
		f.piece, err = tx.MediaPiece(corp.ID, id, 0, nil)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, ErrNoMedia
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// storedID reports whether a text may be the id of something that is stored:
// letters, digits, - and _.
func storedID(id string) bool {
	for _, c := range []byte(id) {
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return len(id) > 0 && len(id) <= 64
}

// Read reads on from where the last Read or Seek ended. It fails when the file
// expires and is removed meanwhile.
func (f *MediaFile) Read(p []byte) (int, error) {
	if f.at >= f.Size {
		return 0, io.EOF
	}
	if index := f.at / mediaPiece; index != f.index {
		err := f.app.db.Read(f.ctx, func(tx *store.Tx) (err error) {
			f.piece, err = tx.MediaPiece(f.corp.ID, f.ID, index, f.piece)
			return err
		})
		if err != nil {
			return 0, fmt.Errorf("read media file: %w", err)
		}
		f.index = index
	}
	n := copy(p, f.piece[min(f.at%mediaPiece, int64(len(f.piece))):])
	if n == 0 && len(p) > 0 {
		return 0, io.ErrUnexpectedEOF // a piece is shorter than it was stored
	}
	f.at += int64(n)
	return n, nil
}

// Seek sets where the next Read begins.
func (f *MediaFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.Size
	}
	if offset < 0 {
		return 0, fmt.Errorf("seek in media file to %d: it begins at 0", offset)
	}
	f.at = offset
	return offset, nil
}
