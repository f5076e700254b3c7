package wecom_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/dakahq/daka/wecom"
)

// eachStore runs a test with each store of ours.
func eachStore(t *testing.T, f func(*testing.T, wecom.TokenStore)) {
	t.Helper()
	t.Parallel()
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		f(t, wecom.NewMemoryStore())
	})
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		f(t, newFileStore(t, t.TempDir()))
	})
}

func newFileStore(t *testing.T, dir string) *wecom.FileStore {
	t.Helper()
	s, err := wecom.NewFileStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var expiry = time.Date(2025, 9, 11, 12, 0, 0, 123456789, time.UTC)

// put returns what Update keeps a token with.
func put(text string) func(wecom.StoredToken) (wecom.StoredToken, error) {
	return func(wecom.StoredToken) (wecom.StoredToken, error) {
		return wecom.StoredToken{Token: wecom.NewToken(text), Expires: expiry}, nil
	}
}

func wantStored(t *testing.T, s wecom.TokenStore, key, token string) {
	t.Helper()
	got, err := s.Load(t.Context(), key)
	if err != nil || got.Token.Reveal() != token || token != "" && !got.Expires.Equal(expiry) {
		t.Errorf("%s: %q until %v, %v; want %q", key, got.Token.Reveal(), got.Expires, err, token)
	}
}

func TestStoreKeepsByKey(t *testing.T) {
	eachStore(t, func(t *testing.T, s wecom.TokenStore) {
		wantStored(t, s, "a", "")
		if err := errors.Join(s.Update(t.Context(), "a", put("ta")), s.Update(t.Context(), "b", put("tb"))); err != nil {
			t.Fatal(err)
		}
		wantStored(t, s, "a", "ta")
		wantStored(t, s, "b", "tb")
		broken := errors.New("broken")
		err := s.Update(t.Context(), "a", func(was wecom.StoredToken) (wecom.StoredToken, error) {
			if was.Token.Reveal() != "ta" {
				t.Errorf("was %q", was.Token.Reveal())
			}
			return wecom.StoredToken{Token: wecom.NewToken("half")}, broken
		})
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		wantStored(t, s, "a", "ta")
	})
}

// Each of 8 callers adds a letter 25 times: none is lost.
func TestStoreUpdatesOneByOne(t *testing.T) {
	eachStore(t, func(t *testing.T, s wecom.TokenStore) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 25 {
					err := s.Update(t.Context(), "a", func(was wecom.StoredToken) (wecom.StoredToken, error) {
						return wecom.StoredToken{Token: wecom.NewToken(was.Token.Reveal() + "x"), Expires: expiry}, nil
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		wantStored(t, s, "a", strings.Repeat("x", 200))
	})
}

// Who waits for his turn leaves with his context; another key is free, and so
// is reading.
func TestStoreWaitsWithContext(t *testing.T) {
	eachStore(t, func(t *testing.T, s wecom.TokenStore) {
		begun, end := make(chan struct{}), make(chan struct{})
		first := make(chan error, 1)
		go func() {
			first <- s.Update(t.Context(), "a", func(was wecom.StoredToken) (wecom.StoredToken, error) {
				close(begun)
				<-end
				return put("ta")(was)
			})
		}()
		<-begun
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if err := s.Update(ctx, "a", put("other")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if err := s.Update(t.Context(), "b", put("tb")); err != nil {
			t.Error(err)
		}
		wantStored(t, s, "a", "")
		close(end)
		if err := <-first; err != nil {
			t.Error(err)
		}
		wantStored(t, s, "a", "ta")
	})
}

func TestFileStoreIsPrivate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "of", "daka")
	s := newFileStore(t, dir)
	if err := s.Update(t.Context(), "ww1/secret", put("ta")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("directory: %v, %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 { // the token and its lock
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || info.Mode() != 0o600 || strings.Contains(e.Name(), "ww1") || strings.Contains(e.Name(), "secret") {
			t.Errorf("%s: %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

// tokenFile returns the file of the only key of a directory.
func tokenFile(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	return files[0]
}

func TestFileStoreTakesDamageForNothing(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty": "", "cut": `{"access_token":"t`, "no token": `{"expires":"2025-09-11T12:00:00Z"}`,
		"no object": "7", "a wrong time": `{"access_token":"t","expires":"noon"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := newFileStore(t, dir)
			if err := s.Update(t.Context(), "a", put("t1")); err != nil {
				t.Fatal(err)
			}
			file := tokenFile(t, dir)
			// What a process that was killed has left lies in nobody's way either.
			if err := errors.Join(os.WriteFile(file, []byte(text), 0o600), os.WriteFile(file+".tmp", []byte("x"), 0o644)); err != nil {
				t.Fatal(err)
			}
			wantStored(t, s, "a", "")
			if err := s.Update(t.Context(), "a", put("t2")); err != nil {
				t.Error(err)
			}
			wantStored(t, s, "a", "t2")
			if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
				t.Errorf("%v, %v", info, err)
			}
		})
	}
}

func TestFileStoreTellsOfItsFailures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newFileStore(t, dir)
	if err := s.Update(t.Context(), "a", put("t1")); err != nil {
		t.Fatal(err)
	}
	file := tokenFile(t, dir)
	if err := errors.Join(os.Remove(file), os.Mkdir(file, 0o700)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context(), "a"); err == nil {
		t.Error("a directory is read")
	}
	if err := s.Update(t.Context(), "a", put("t1")); err == nil {
		t.Error("a directory is updated")
	}
	if err := errors.Join(os.Remove(file), os.Mkdir(file+".tmp", 0o700), os.WriteFile(file+".tmp/x", nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), "a", put("t1")); err == nil {
		t.Error("it is written without a temporary file")
	}
	if _, err := wecom.NewFileStore(filepath.Join(file+".tmp", "x", "y")); err == nil {
		t.Error("a file is a directory")
	}
}

func TestTwoClientsFetchOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		store, s := wecom.NewMemoryStore(), numbered(7200*second)
		a, b := newHolder(t, s, wecom.WithTokenStore(store)), newHolder(t, s, wecom.WithTokenStore(store))
		a.want(0, "t1", 1)
		b.want(0, "t1", 1)
		// One renews it ahead; the other finds what the first has left.
		a.want(7050*second, "t1", 2)
		b.want(7051*second, "t1", 2)
		b.want(7051*second, "t2", 2)
		a.want(7051*second, "t2", 2)
		// Both are refused; one fetch does for both.
		a.Reject(wecom.NewToken("t2"))
		a.want(7052*second, "t3", 3)
		b.Reject(wecom.NewToken("t2"))
		b.want(7052*second, "t3", 3)
		// Its life ends, and again one fetch does.
		b.want((7052+7200)*second, "t4", 4)
		a.want((7052+7200)*second, "t4", 4)
		// Clients of another server have tokens of their own.
		c := newHolder(t, s, wecom.WithTokenStore(store), wecom.WithBaseURL("http://127.0.0.1:1"))
		c.want(0, "t5", 5)
	})
}

// brokenStore fails where it is told to.
type brokenStore struct {
	asked               atomic.Int64
	load, before, after error
	endless             bool
}

func (s *brokenStore) Load(context.Context, string) (wecom.StoredToken, error) {
	s.asked.Add(1)
	return wecom.StoredToken{}, s.load
}

func (s *brokenStore) Update(ctx context.Context, _ string, f func(wecom.StoredToken) (wecom.StoredToken, error)) error {
	s.asked.Add(1)
	switch {
	case s.endless:
		<-ctx.Done()
		return ctx.Err()
	case s.before != nil:
		return s.before
	}
	if _, err := f(wecom.StoredToken{}); err != nil {
		return fmt.Errorf("the store says: %w", err)
	}
	return s.after
}

// Whatever a store does, the app has its token after one fetch, and hears of it.
func TestStoreThatFailsStopsNobody(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, tt := range []struct {
		name  string
		store *brokenStore
		told  int
		after time.Duration
	}{
		{"keeps nothing", &brokenStore{}, 0, 0},
		{"cannot load", &brokenStore{load: broken}, 1, 0},
		{"cannot lock", &brokenStore{before: broken}, 1, 0},
		{"cannot write", &brokenStore{after: broken}, 1, 0},
		{"can nothing", &brokenStore{load: broken, before: broken}, 2, 0},
		{"hangs", &brokenStore{endless: true}, 1, 15 * second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				var told []error
				h := newHolder(t, numbered(7200*second), wecom.WithTokenStore(tt.store), wecom.OnTokenStoreError(func(err error) { told = append(told, err) }))
				h.want(0, "t1", 1)
				if since := time.Since(h.begun); since != tt.after || len(told) != tt.told {
					t.Errorf("after %v: told %v", since, told)
				}
				h.want(100*second, "t1", 1)
				for _, err := range told {
					if !errors.Is(err, broken) && !errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("told %v", err)
					}
				}
			})
		})
	}
}

// A source that fails is the caller's error, and none of the store.
func TestStoreDoesNotHideTheSource(t *testing.T) {
	bubble(t, func(t *testing.T) {
		down := errors.New("down")
		h := newHolder(t, &source{fetch: func(int) (string, time.Duration, error) { return "", 0, down }},
			wecom.WithTokenStore(&brokenStore{}), wecom.OnTokenStoreError(func(err error) { t.Errorf("told %v", err) }))
		if _, err := h.Token(t.Context()); err != down {
			t.Errorf("got %v", err)
		}
		h.wantFetches(1)
	})
}

func TestStoreOptionsRefuseNil(t *testing.T) {
	t.Parallel()
	for _, opt := range []wecom.Option{wecom.WithTokenStore(nil), wecom.OnTokenStoreError(nil)} {
		if _, err := wecom.New(numbered(second), opt); err == nil {
			t.Error("nil is taken")
		}
	}
}

// A lock that a process of another program holds is one too.
func TestFileStoreLockIsTheSystems(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := newFileStore(t, dir)
	if err := s.Update(t.Context(), "a", put("t1")); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(tokenFile(t, dir) + ".lock")
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Update(t.Context(), "a", put("t2")) }()
	select {
	case err := <-done:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(30 * time.Millisecond):
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	wantStored(t, s, "a", "t2")
}
