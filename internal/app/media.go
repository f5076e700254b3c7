package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dakahq/daka/internal/store"
)

// Errors of uploading and fetching media files.
var (
	ErrMediaType    = errors.New("the type is none of image, voice, video and file")
	ErrMediaContent = errors.New("the file is not of its type")
	ErrMediaEmpty   = errors.New("the file is empty")
	ErrMediaShort   = errors.New("the file is too short: it needs more than 5 bytes")
	ErrMediaLarge   = errors.New("the file is too large")
	ErrNoMedia      = errors.New("no such media file, or its three days are over")
)

// MediaLife is how long a media file can be fetched, in seconds (document 90253).
const MediaLife = 3 * 86_400

const (
	minMedia   = 6       // bytes
	mediaPiece = 1 << 20 // bytes of a stored piece; the last may be shorter
)

// MediaType says what a media file is.
type MediaType string

// The types of media files.
const (
	ImageMedia MediaType = "image" // JPEG or PNG, 10 MiB
	VoiceMedia MediaType = "voice" // AMR, 2 MiB
	VideoMedia MediaType = "video" // MP4, 10 MiB
	FileMedia  MediaType = "file"  // anything, 20 MiB
)

// limit is the most that a file of a type may have, in bytes.
func (t MediaType) limit() int64 {
	switch t {
	case VoiceMedia:
		return 2 << 20
	case FileMedia:
		return 20 << 20
	}
	return 10 << 20
}

// contentType returns what a file that begins with head is sent as; ok is false
// when it is not of type t.
func (t MediaType) contentType(head []byte) (name string, ok bool) {
	switch t {
	case ImageMedia:
		format, ok := pictureFormat(head)
		return "image/" + format, ok
	case VoiceMedia:
		return "audio/amr", bytes.HasPrefix(head, []byte("#!AMR"))
	case VideoMedia:
		return "video/mp4", len(head) >= 8 && string(head[4:8]) == "ftyp"
	}
	// A file of any kind is never shown as what it may claim to be.
	return "application/octet-stream", true
}

// Media is a media file as it was stored.
type Media struct {
	ID          string
	Type        MediaType
	Name        string // of the file, as a header may carry it; may be empty
	ContentType string
	Size        int64 // bytes
	Created     int64 // Unix seconds
}

// AddMedia stores what r holds for MediaLife, for all apps of the corporation,
// or nothing of it (document 90253). It holds a piece of 1 MiB at a time and no
// transaction while it reads. It returns one of the errors above, or r's.
func (a *App) AddMedia(ctx context.Context, caller *Caller, t MediaType, name string, r io.Reader) (*Media, error) {
	if t != ImageMedia && t != VoiceMedia && t != VideoMedia && t != FileMedia {
		return nil, fmt.Errorf("%w: %q", ErrMediaType, t)
	}
	piece := make([]byte, mediaPiece)
	n, last, err := readPiece(r, piece)
	switch {
	case err != nil:
		return nil, err
	case n == 0:
		return nil, ErrMediaEmpty
	case n < minMedia:
		return nil, ErrMediaShort
	}
	now := a.Now()
	m := &Media{ID: randomText(33), Type: t, Name: headerName(name), Created: now}
	var ok bool
	if m.ContentType, ok = t.contentType(piece[:n]); !ok {
		return nil, fmt.Errorf("%w: %s", ErrMediaContent, t)
	}
	corp := caller.Corp.ID
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropExpired(tx, caller.Corp, now); err != nil {
			return err
		}
		row := store.Media{
			ID: m.ID, Kind: string(t), Name: m.Name, ContentType: m.ContentType, App: store.AgentID(caller.Agent),
			Created: now, Expires: now + MediaLife,
		}
		if err := tx.AddMedia(corp, row); err != nil {
			return err
		}
		return tx.AddMediaPiece(corp, m.ID, 0, piece[:n])
	})
	if err != nil {
		return nil, err
	}
	m.Size = int64(n)
	if !last {
		err = a.addPieces(ctx, caller.Corp, m, r, piece)
	}
	if err == nil {
		err = a.db.Write(ctx, func(tx *store.Tx) error { return tx.CompleteMedia(corp, m.ID, m.Size) })
	}
	if err != nil {
		// The caller may be gone; what is left of the file goes all the same.
		drop := a.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.DropMedia(corp, []string{m.ID}) })
		return nil, errors.Join(err, drop)
	}
	return m, nil
}

// addPieces stores what follows a file's first piece.
func (a *App) addPieces(ctx context.Context, corp *Corp, m *Media, r io.Reader, piece []byte) error {
	for i := int64(1); ; i++ {
		n, last, err := readPiece(r, piece)
		if err != nil {
			return err
		}
		if m.Size += int64(n); m.Size > m.Type.limit() {
			return fmt.Errorf("%w: over %d bytes", ErrMediaLarge, m.Type.limit())
		}
		if n > 0 {
			err = a.db.Write(ctx, func(tx *store.Tx) error { return tx.AddMediaPiece(corp.ID, m.ID, i, piece[:n]) })
		}
		if err != nil || last {
			return err
		}
	}
}

// readPiece fills piece, or as much of it as there is. Unlike io.ReadFull it
// tells the end of r from an r that broke off.
func readPiece(r io.Reader, piece []byte) (n int, last bool, err error) {
	for n < len(piece) {
		more, err := r.Read(piece[n:])
		n += more
		if errors.Is(err, io.EOF) {
			return n, true, nil
		}
		if err != nil {
			return n, false, err
		}
	}
	return n, false, nil
}

// dropAtOnce bounds how many expired files go with one upload.
const dropAtOnce = 16

// dropExpired removes files whose time is over, and what a process that ended
// amid an upload left behind.
func dropExpired(tx *store.Tx, corp *Corp, now int64) error {
	ids, err := tx.ExpiredMedia(corp.ID, now, dropAtOnce)
	if err != nil || len(ids) == 0 {
		return err
	}
	return tx.DropMedia(corp.ID, ids)
}

// maxName bounds a file's name, in bytes.
const maxName = 200

// headerName returns a file's name without what no header may carry.
func headerName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '"' || r == '\\' || r == '/' || r == utf8.RuneError || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, name)
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	return name
}
