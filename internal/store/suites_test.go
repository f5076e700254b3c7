package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

func TestSuites(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := store.Suite{ID: "ww2", Kind: "third-party", Name: "应用", SecretHash: "aa", URL: "https://x", Sealed: "zz", Permissions: "[]", Created: 5}
		other := s
		other.ID = "dk1"
		write(t, db, func(tx *store.Tx) error { return errors.Join(tx.AddSuite(s), tx.AddSuite(other)) })
		if err := db.Write(context.Background(), func(tx *store.Tx) error { return tx.AddSuite(s) }); !errors.Is(err, store.ErrConflict) {
			t.Errorf("the same id again: %v", err)
		}
		write(t, db, func(tx *store.Tx) error { return tx.SetSuiteSecret("ww2", "bb") })
		s.SecretHash = "bb"
		if diff := cmp.Diff([]store.Suite{other, s}, get(t, db, (*store.Tx).Suites)); diff != "" {
			t.Error(diff)
		}
		read(t, db, func(tx *store.Tx) error {
			if got, err := tx.Suite("ww2"); err != nil || got != s {
				t.Errorf("got %+v, %v", got, err)
			}
			if _, err := tx.Suite("ww3"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("no suite: %v", err)
			}
			return nil
		})
		if err := db.Write(context.Background(), func(tx *store.Tx) error { return tx.SetSuiteSecret("ww3", "x") }); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("secret of no suite: %v", err)
		}
	})
}

func TestSuiteTickets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		latest := func() int64 {
			return get(t, db, func(tx *store.Tx) (int64, error) { return tx.LatestSuiteTicket("ww2") })
		}
		if got := latest(); got != 0 {
			t.Errorf("before the first: %d", got)
		}
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddSuiteTicket("ww2", "a", 100), tx.AddSuiteTicket("ww2", "b", 200), tx.AddSuiteTicket("ww3", "c", 300))
		})
		if got := latest(); got != 200 {
			t.Errorf("latest at %d, want 200", got)
		}
		write(t, db, func(tx *store.Tx) error { return tx.DropSuiteTickets("ww2", 200) })
		read(t, db, func(tx *store.Tx) error {
			for ticket, want := range map[store.Hash]int64{"a": 0, "b": 200, "c": 0} {
				if at, err := tx.SuiteTicket("ww2", ticket); at != want || (err == nil) != (want != 0) {
					t.Errorf("ticket %s of %d: %v", ticket, at, err)
				}
			}
			return nil
		})
	})
}

func TestSuiteCodesAndAuths(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := store.SuiteCode{Suite: "ww2", Hash: "a", Kind: store.AuthCode, Corp: corp, AuthType: 1, Expires: 100}
		write(t, db, func(tx *store.Tx) error { return tx.AddSuiteCode(c) })
		c.Used, c.AuthType = 50, 0
		write(t, db, func(tx *store.Tx) error { return tx.SetSuiteCode(c) })
		auth := store.SuiteAuth{Corp: corp, Suite: "ww2", Agent: 7, User: "alice", State: "s", AuthType: 1, Created: 9}
		write(t, db, func(tx *store.Tx) error { return tx.PutSuiteAuth(auth) })
		auth.State, auth.Cancelled = "", 10
		write(t, db, func(tx *store.Tx) error { return tx.PutSuiteAuth(auth) })
		read(t, db, func(tx *store.Tx) error {
			if got, err := tx.SuiteCode("ww2", store.AuthCode, "a"); err != nil || got != c {
				t.Errorf("got %+v, %v", got, err)
			}
			_, err1 := tx.SuiteCode("ww3", store.AuthCode, "a")
			_, err2 := tx.SuiteCode("ww2", store.PreAuthCode, "a")
			_, err3 := tx.SuiteAuth("ww9", "ww2")
			_, err4 := tx.SuiteAuthOf(corp, 8)
			for i, err := range []error{err1, err2, err3, err4} {
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%d: %v", i, err)
				}
			}
			byAgent, err := tx.SuiteAuthOf(corp, 7)
			bySuite, err2 := tx.SuiteAuth(corp, "ww2")
			if byAgent != auth || bySuite != auth {
				t.Errorf("got %+v and %+v, want %+v: %v %v", byAgent, bySuite, auth, err, err2)
			}
			return nil
		})
		write(t, db, func(tx *store.Tx) error { return tx.DropSuiteCodes("ww2", 101) })
		if err := db.Write(context.Background(), func(tx *store.Tx) error { return tx.SetSuiteCode(c) }); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a code that was dropped: %v", err)
		}
	})
}

func TestServiceTokensAndProviders(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		old := store.ServiceToken{Hash: "a", Kind: store.SuiteService, Owner: "ww2", Nonce: "n", Expires: 100}
		next := store.ServiceToken{Hash: "b", Kind: store.SuiteService, Owner: "ww2", Nonce: "m", Expires: 200}
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddServiceToken(old), tx.AddServiceToken(next),
				tx.PutProvider(corp, "x", 1), tx.PutProvider(corp, "y", 2))
		})
		read(t, db, func(tx *store.Tx) error {
			if got, err := tx.LiveServiceToken(store.SuiteService, "ww2", 99); err != nil || got != next {
				t.Errorf("got %+v, %v", got, err)
			}
			if got, err := tx.ServiceTokenByHash(store.SuiteService, "a"); err != nil || got != old {
				t.Errorf("got %+v, %v", got, err)
			}
			if got, err := tx.Provider(corp); err != nil || got != "y" {
				t.Errorf("provider's secret %q, %v", got, err)
			}
			_, err1 := tx.LiveServiceToken(store.SuiteService, "ww2", 200)
			_, err2 := tx.ServiceTokenByHash(store.ProviderService, "a")
			_, err3 := tx.Provider("ww9")
			for i, err := range []error{err1, err2, err3} {
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%d: %v", i, err)
				}
			}
			return nil
		})
		write(t, db, func(tx *store.Tx) error { return tx.DropServiceTokens(store.SuiteService, "ww2", 101) })
		read(t, db, func(tx *store.Tx) error {
			if _, err := tx.ServiceTokenByHash(store.SuiteService, "a"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("after it was dropped: %v", err)
			}
			return nil
		})
	})
}

func TestWrongSecretsAndAccess(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := store.WrongSecrets{Address: "192.0.2.1", Since: 10, Failures: 3, BannedUntil: 40}
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.PutWrongSecrets(store.WrongSecrets{Address: w.Address}), tx.PutWrongSecrets(w), tx.DropWrongSecrets(40))
		})
		read(t, db, func(tx *store.Tx) error {
			if got, err := tx.WrongSecrets(w.Address); err != nil || got != w {
				t.Errorf("got %+v, %v", got, err)
			}
			return nil
		})
		write(t, db, func(tx *store.Tx) error { return tx.DropWrongSecrets(41) })
		read(t, db, func(tx *store.Tx) error {
			if _, err := tx.WrongSecrets(w.Address); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("forgotten: %v", err)
			}
			return nil
		})
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddApp(store.App{Corp: corp, Agent: 1, SecretHash: "a"}), tx.SetAppAccess(corp, 1, `{"x":1}`))
		})
		read(t, db, func(tx *store.Tx) error {
			if got, err := tx.App(corp, 1); err != nil || got.Access != `{"x":1}` {
				t.Errorf("got %+v, %v", got, err)
			}
			return nil
		})
	})
}
