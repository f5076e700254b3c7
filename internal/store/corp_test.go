package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

func TestMetaIsSetOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		err := db.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.Meta()
			return err
		})
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("before: %v", err)
		}
		want := store.Meta{Kind: store.Test, Created: 1700000000}
		write(t, db, func(tx *store.Tx) error { return tx.SetMeta(want) })
		if err := db.Write(ctx, func(tx *store.Tx) error { return tx.SetMeta(store.Meta{Kind: store.Live}) }); !errors.Is(err, store.ErrConflict) {
			t.Errorf("second time: %v", err)
		}
		if got := get(t, db, (*store.Tx).Meta); got != want {
			t.Errorf("got %+v", got)
		}
	})
}

func TestApps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		a := store.App{Corp: corp, Agent: 3010011, Name: "打卡", Kind: "checkin", SecretHash: "aa", Created: 5}
		write(t, db, func(tx *store.Tx) error {
			if err := tx.AddCorp(store.Corp{ID: corp, Name: "公司", Zone: "Asia/Shanghai", Created: 4}); err != nil {
				return err
			}
			return tx.AddApp(a)
		})
		for name, other := range map[string]store.App{
			"same agent":  {Corp: corp, Agent: a.Agent, SecretHash: "bb"},
			"same secret": {Corp: corp, Agent: 2, SecretHash: a.SecretHash},
		} {
			if err := db.Write(ctx, func(tx *store.Tx) error { return tx.AddApp(other) }); !errors.Is(err, store.ErrConflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		got := get(t, db, func(tx *store.Tx) (store.App, error) { return tx.AppBySecret(corp, "aa") })
		if got != a {
			t.Errorf("got %+v", got)
		}
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.SetAppSecret(corp, a.Agent, "cc"), tx.DisableApp(corp, a.Agent, 9))
		})
		a.SecretHash, a.Disabled = "cc", 9
		if got := get(t, db, func(tx *store.Tx) ([]store.App, error) { return tx.Apps(corp) }); !cmp.Equal(got, []store.App{a}) {
			t.Errorf("got %+v", got)
		}
		read(t, db, func(tx *store.Tx) error {
			if _, err := tx.AppBySecret(corp, "aa"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("by the old secret: %v", err)
			}
			if _, err := tx.App("ww2", a.Agent); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("in another corp: %v", err)
			}
			if _, err := tx.Corp("ww2"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("another corp: %v", err)
			}
			return nil
		})
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		token := func(hash store.Hash, issued, expires int64) store.Token {
			return store.Token{Hash: hash, Corp: corp, Agent: 1, Nonce: "n" + string(hash), Issued: issued, Expires: expires}
		}
		old, live, other := token("aa", 100, 7300), token("bb", 7300, 14500), token("cc", 7300, 14500)
		other.Agent = 2
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddToken(old), tx.AddToken(live), tx.AddToken(other))
		})
		find := func(now int64) (hash store.Hash, err error) {
			err = db.Read(context.Background(), func(tx *store.Tx) error {
				got, err := tx.LiveToken(corp, 1, now)
				hash = got.Hash
				return err
			})
			return hash, err
		}
		if h, err := find(7300); h != "bb" || err != nil {
			t.Errorf("at 7300: %q, %v", h, err)
		}
		if _, err := find(14500); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("at its end: %v", err)
		}
		write(t, db, func(tx *store.Tx) error { return tx.RevokeToken("bb", 8000) })
		if h, err := find(7000); h != "aa" || err != nil {
			t.Errorf("after one was revoked: %q, %v", h, err)
		}
		live.Revoked = 8000
		if got := get(t, db, func(tx *store.Tx) (store.Token, error) { return tx.TokenByHash("bb") }); got != live {
			t.Errorf("got %+v", got)
		}
		write(t, db, func(tx *store.Tx) error {
			if n, err := tx.RevokeTokens(corp, 1, 9000); n != 1 || err != nil {
				t.Errorf("revoked %d: %v", n, err)
			}
			return tx.DropTokens(corp, 1, 10000)
		})
		read(t, db, func(tx *store.Tx) error {
			if _, err := tx.TokenByHash("aa"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("an expired token is still there: %v", err)
			}
			_, err := tx.TokenByHash("cc")
			return err
		})
	})
}

func TestImports(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		run := store.Import{File: "a.dat", At: 5, SHA256: "ff", Inserted: 10, Repeated: 2, Quarantined: 2}
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddImport(corp, run), tx.AddImport(corp, run),
				tx.SetQuarantine(corp, "a.dat", []store.Quarantined{{Line: 1, Text: "old"}, {Line: 2}}),
				tx.SetQuarantine(corp, "a.dat", []store.Quarantined{{Line: 7, Text: "a\xff\x00b", Reason: "no time", At: 5}}))
		})
		if got := get(t, db, func(tx *store.Tx) ([]store.Import, error) { return tx.Imports(corp) }); !cmp.Equal(got, []store.Import{run, run}) {
			t.Errorf("imports: %+v", got)
		}
		want := []store.Quarantined{{File: "a.dat", Line: 7, Text: "a\uFFFD\uFFFDb", Reason: "no time", At: 5}}
		if got := get(t, db, func(tx *store.Tx) ([]store.Quarantined, error) { return tx.Quarantine(corp) }); !cmp.Equal(got, want) {
			t.Errorf("quarantine: %+v", got)
		}
	})
}
