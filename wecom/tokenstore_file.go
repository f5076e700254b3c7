package wecom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// FileStore keeps tokens in files of a directory, for the processes of one
// machine. The tokens are in clear there, for the owner of the files alone.
type FileStore struct{ dir string }

var _ TokenStore = (*FileStore)(nil)

// lockPause is how long passes between two tries to lock a file.
const lockPause = 5 * time.Millisecond

// NewFileStore returns a store in a directory, which is made, with mode 0700,
// where it does not exist. It fails when it cannot be made.
func NewFileStore(dir string) (*FileStore, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("token store: make the directory: %w", err)
	}
	return &FileStore{dir}, nil
}

// path returns the file of a key. Its name tells nothing of the key.
func (s *FileStore) path(key string) string {
	sum := sha256.Sum256([]byte("daka token file\x00" + key))
	return filepath.Join(s.dir, hex.EncodeToString(sum[:16])+".json")
}

// fileToken is what a file holds.
type fileToken struct {
	Token   string    `json:"access_token"`
	Expires time.Time `json:"expires"`
}

// Load returns the token of a key; none for a file that is damaged. It fails
// when the file cannot be read.
func (s *FileStore) Load(_ context.Context, key string) (StoredToken, error) {
	text, err := os.ReadFile(s.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return StoredToken{}, nil
	}
	if err != nil {
		return StoredToken{}, fmt.Errorf("read the file: %w", err)
	}
	var f fileToken
	if json.Unmarshal(text, &f) != nil || f.Token == "" {
		return StoredToken{}, nil
	}
	return StoredToken{NewToken(f.Token), f.Expires}, nil
}

// Update keeps what f makes of the token of a key, whose file it locks
// meanwhile. It fails with f, when ctx ends before it has the lock, and when
// the file cannot be read or written.
func (s *FileStore) Update(ctx context.Context, key string, f func(StoredToken) (StoredToken, error)) (err error) {
	lock := flock.New(s.path(key)+".lock", flock.SetPermissions(0o600))
	// It fails where it does not have the lock.
	if _, err := lock.TryLockContext(ctx, lockPause); err != nil {
		return fmt.Errorf("lock the file: %w", err)
	}
	defer func() {
		if e := lock.Close(); e != nil && err == nil {
			err = fmt.Errorf("unlock the file: %w", e)
		}
	}()
	was, err := s.Load(ctx, key)
	if err != nil {
		return err
	}
	token, err := f(was)
	if err != nil || token.Token.Reveal() == was.Token.Reveal() && token.Expires.Equal(was.Expires) {
		return err
	}
	if err := s.write(s.path(key), token); err != nil {
		return fmt.Errorf("write the file: %w", err)
	}
	return nil
}

// write replaces a file at once, so that nobody reads half of it.
func (s *FileStore) write(path string, token StoredToken) error {
	text, err := json.Marshal(fileToken{token.Token.Reveal(), token.Expires})
	if err != nil {
		return err
	}
	temporary := path + ".tmp"
	// What a process left that was killed here; whoever has the lock may.
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}
