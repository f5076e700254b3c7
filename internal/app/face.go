package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// Errors of storing faces.
var (
	ErrFaceImage   = errors.New("the face is not a picture that can be taken")
	ErrFaceSimilar = errors.New("the face was stored, and another member has the same picture")
)

// Limits of a face's picture beside its bytes. Decoding takes up to 16 bytes a
// pixel, and in JPEG the time of a pass over the whole picture for every scan.
const (
	MaxFacePixels = 4096 * 3072 // what a telephone's camera takes
	maxFaceScans  = 64
)

// Face is what is kept of a member's face. The picture itself never is.
type Face struct {
	User     attendance.UserID
	SHA256   string // of the picture as it came, in hexadecimal
	Format   string // "jpeg" or "png"
	Width    int64  // pixels
	Height   int64  // pixels
	Size     int64  // bytes
	Agent    int64  // the app that stored it, whose act is the member's consent
	StoredAt int64  // Unix seconds
}

// SetFace checks a picture of a member's face and keeps what Face says of it,
// over an earlier one (document 93378). It returns attendance.ErrUnknownUser;
// ErrFaceImage for what is no JPEG or PNG, or too large in bytes
// (checkin.MaxFaceBytes) or pixels (MaxFacePixels); and, with the face stored,
// ErrFaceSimilar when the same picture is another member's.
func (a *App) SetFace(ctx context.Context, caller *Caller, user attendance.UserID, picture []byte) error {
	row := store.Face{App: store.AgentID(caller.Agent)}
	// Who may be named is asked before anything is decoded.
	find := func(tx *store.Tx) error {
		ids, err := resolve(tx, caller.Corp, []attendance.UserID{user}, a.Now())
		if err == nil {
			row.User = ids[0]
		}
		return err
	}
	if err := a.db.Read(ctx, find); err != nil {
		return err
	}
	if err := a.inspectFace(picture, &row); err != nil {
		return err
	}
	row.StoredAt = a.Now()
	var similar bool
	err := a.db.Write(ctx, func(tx *store.Tx) (err error) {
		if err = find(tx); err != nil {
			return err
		}
		if similar, err = tx.FaceOfAnother(caller.Corp.ID, row.SHA256, row.User); err != nil {
			return err
		}
		if err := tx.SetFace(caller.Corp.ID, row); err != nil {
			return err
		}
		return a.note(by(ctx, caller.Agent), tx, caller.Corp.ID, act{"face.set", []string{userSubject(row.User)}, row})
	})
	if err == nil && similar {
		err = ErrFaceSimilar
	}
	return err
}

// inspectFace describes a picture. Its size is read from its head before it is
// decoded, and one picture is decoded at a time: so much memory is needed, and
// no more.
func (a *App) inspectFace(picture []byte, f *store.Face) error {
	if len(picture) > checkin.MaxFaceBytes {
		return fmt.Errorf("%w: %d bytes, at most %d", ErrFaceImage, len(picture), checkin.MaxFaceBytes)
	}
	format, ok := pictureFormat(picture)
	if !ok {
		return fmt.Errorf("%w: neither JPEG nor PNG", ErrFaceImage)
	}
	head, decode := png.DecodeConfig, png.Decode
	if format == "jpeg" {
		head, decode = jpeg.DecodeConfig, jpeg.Decode
		// In a JPEG's data FF is followed by 00: FF DA begins a scan.
		if n := bytes.Count(picture, []byte{0xff, 0xda}); n > maxFaceScans {
			return fmt.Errorf("%w: %d scans, at most %d", ErrFaceImage, n, maxFaceScans)
		}
	}
	size, err := head(bytes.NewReader(picture))
	if err != nil {
		return fmt.Errorf("%w: its head cannot be read", ErrFaceImage)
	}
	if size.Width < 1 || size.Height < 1 || int64(size.Width)*int64(size.Height) > MaxFacePixels {
		return fmt.Errorf("%w: %d x %d pixels, at most %d", ErrFaceImage, size.Width, size.Height, MaxFacePixels)
	}
	if err := a.decodable(picture, size, decode); err != nil {
		return err
	}
	sum := sha256.Sum256(picture)
	f.SHA256, f.Format = store.Hash(hex.EncodeToString(sum[:])), format
	f.Width, f.Height, f.Size = int64(size.Width), int64(size.Height), int64(len(picture))
	return nil
}

func (a *App) decodable(picture []byte, size image.Config, decode func(io.Reader) (image.Image, error)) error {
	a.decoding.Lock()
	defer a.decoding.Unlock()
	got, err := decode(bytes.NewReader(picture))
	if err != nil || got.Bounds().Dx() != size.Width || got.Bounds().Dy() != size.Height {
		return fmt.Errorf("%w: it cannot be decoded", ErrFaceImage)
	}
	return nil
}

// pictureFormat tells a picture by how it begins.
func pictureFormat(head []byte) (format string, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return "jpeg", true
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return "png", true
	}
	return "", false
}

// Faces returns what is kept of the faces of the members whom corp's caller
// sees, in the order of their userids.
func (a *App) Faces(ctx context.Context, corp *Corp) (all []Face, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Faces(corp.ID)
		if err != nil {
			return err
		}
		users := make([]attendance.UserID, len(rows))
		for i := range rows {
			users[i] = rows[i].User
		}
		seen, err := corp.usersIn(tx, users)
		for _, r := range rows {
			if seen[r.User.Fold()] != "" {
				all = append(all, faceOf(&r))
			}
		}
		return err
	})
	return all, err
}
