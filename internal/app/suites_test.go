package app_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// suites is an App with a key.
type suites struct{ *app.App }

func newSuites(t *testing.T, db *store.DB) (*fixture, suites) {
	t.Helper()
	f := newFixture(t, db)
	key, err := app.ParseKey(app.NewKey())
	must(t, err)
	return f, suites{app.New(db, f.clock.now, app.WithKey(key))}
}

// local is a call from this machine itself.
var local netip.Addr

func (s suites) add(t *testing.T, n app.NewSuite) app.SuiteCredential {
	t.Helper()
	c, err := s.AddSuite(t.Context(), n)
	must(t, err)
	return c
}

func third(id app.SuiteID) app.NewSuite {
	return app.NewSuite{Suite: app.Suite{ID: id, Kind: app.SuiteApp}}
}

// authorized returns the permanent code of a suite that ww1 authorises.
func (s suites) authorized(t *testing.T, id app.SuiteID) *app.Grant {
	t.Helper()
	event, err := s.AuthorizeSuite(t.Context(), "ww1", id, app.Authorization{})
	must(t, err)
	g, err := s.PermanentCode(t.Context(), id, event.AuthCode)
	must(t, err)
	return g
}

// callerOf returns the caller that an app of a provider is.
func (s suites) callerOf(t *testing.T, f *fixture, kind app.AppKind, permissions []app.Permission) *app.Caller {
	t.Helper()
	c := s.add(t, app.NewSuite{Suite: app.Suite{Kind: kind, Permissions: permissions}})
	g := s.authorized(t, c.ID)
	token, _, err := s.CorpToken(t.Context(), local, c.ID, "ww1", g.PermanentCode)
	if kind == app.ProviderApp {
		token, _, err = f.Token(t.Context(), "ww1", g.PermanentCode)
	}
	must(t, err)
	caller, err := f.Caller(t.Context(), token)
	must(t, err)
	return caller
}

func TestAddSuite(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		c := s.add(t, third(""))
		if !strings.HasPrefix(string(c.ID), "ww") || len(c.Secret) < 32 || len(c.EncodingAESKey) != 43 || len(c.CallbackToken) == 0 {
			t.Errorf("made %+v, a key of %d", c, len(c.EncodingAESKey))
		}
		callback, err := s.Callback(t.Context(), c.ID)
		if err != nil || callback.Token != c.CallbackToken || callback.EncodingAESKey != c.EncodingAESKey {
			t.Errorf("callback %+v, %v", callback, err)
		}
		with := func(change func(*app.NewSuite)) app.NewSuite {
			n := third("wwx")
			change(&n)
			return n
		}
		for _, tt := range []struct {
			name string
			n    app.NewSuite
			want error
		}{
			{"the same id", third(c.ID), app.ErrSuiteExists},
			{"no kind", app.NewSuite{}, app.ErrBadInput},
			{"a self-built kind", app.NewSuite{Suite: app.Suite{Kind: app.CheckinApp}}, app.ErrBadInput},
			{"a template's id", third("dk1"), app.ErrBadInput},
			{"a third-party app's id", app.NewSuite{Suite: app.Suite{ID: "ww1", Kind: app.ProviderApp}}, app.ErrBadInput},
			{"no http", with(func(n *app.NewSuite) { n.CallbackURL = "ftp://x/" }), app.ErrBadInput},
			{"a user in the URL", with(func(n *app.NewSuite) { n.CallbackURL = "https://u:hunter2@x/" }), app.ErrBadInput},
			{"a short key", with(func(n *app.NewSuite) { n.EncodingAESKey = "hunter2" }), app.ErrBadInput},
			{"a token of signs", with(func(n *app.NewSuite) { n.CallbackToken = "hunter2-" }), app.ErrBadInput},
			{"a permission", with(func(n *app.NewSuite) { n.Permissions = []app.Permission{"all"} }), app.ErrBadInput},
		} {
			if _, err := s.AddSuite(t.Context(), tt.n); !errors.Is(err, tt.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if _, err := f.AddSuite(t.Context(), third("")); !errors.Is(err, app.ErrNoKey) {
			t.Errorf("without a key: %v", err)
		}
		other, err := app.ParseKey(app.NewKey())
		must(t, err)
		if _, err := app.New(db, nil, app.WithKey(other)).Callback(t.Context(), c.ID); err == nil || errors.Is(err, app.ErrNoKey) {
			t.Errorf("with another key: %v", err)
		}
		if all, err := s.Suites(t.Context()); err != nil || len(all) != 1 || all[0].ID != c.ID {
			t.Errorf("suites %+v, %v", all, err)
		}
		for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
			if text := fmt.Sprintf(format, c); strings.Contains(text, c.Secret.Reveal()) || strings.Contains(text, c.EncodingAESKey.Reveal()) {
				t.Errorf("%s prints the secrets", format)
			}
		}
	})
}

// A ticket counts for half an hour, a token for two.
func TestSuiteToken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		c := s.add(t, third("ww2"))
		other := s.add(t, third("ww3"))
		event, err := s.NewTicket(t.Context(), "ww2")
		must(t, err)
		get := func(id app.SuiteID, secret, ticket app.Secret) (app.Token, int64, error) {
			return s.SuiteToken(t.Context(), local, id, secret, ticket)
		}
		for _, tt := range []struct {
			name           string
			id             app.SuiteID
			secret, ticket app.Secret
			want           error
		}{
			{"no suite", "ww9", c.Secret, event.Ticket, app.ErrSuite},
			{"another's secret", "ww2", other.Secret, event.Ticket, app.ErrSuiteSecret},
			{"another's ticket", "ww3", other.Secret, event.Ticket, app.ErrSuiteTicket},
			{"no ticket", "ww2", c.Secret, "x", app.ErrSuiteTicket},
		} {
			if _, _, err := get(tt.id, tt.secret, tt.ticket); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		first, life, err := get("ww2", c.Secret, event.Ticket)
		if err != nil || life != 7200 {
			t.Fatalf("life %d, %v", life, err)
		}
		f.clock.at = noon.Add(1799 * time.Second)
		if again, life, err := get("ww2", c.Secret, event.Ticket); err != nil || again != first || life != 7200-1799 {
			t.Errorf("with a ticket's last second: same %v, life %d, %v", again == first, life, err)
		}
		f.clock.at = noon.Add(1800 * time.Second)
		if _, _, err := get("ww2", c.Secret, event.Ticket); !errors.Is(err, app.ErrSuiteTicket) {
			t.Errorf("after half an hour: %v", err)
		}
		if found, err := s.SuiteByToken(t.Context(), first); err != nil || found.ID != "ww2" {
			t.Errorf("whose token: %+v, %v", found, err)
		}
		if _, err := f.Caller(t.Context(), first); !errors.Is(err, app.ErrInvalidToken) {
			t.Errorf("as an access token: %v", err)
		}
		f.clock.at = noon.Add(7200 * time.Second)
		if _, err := s.SuiteByToken(t.Context(), first); !errors.Is(err, app.ErrExpiredSuiteToken) {
			t.Errorf("after its life: %v", err)
		}
		_, err = s.RotateSuiteSecret(t.Context(), "ww2")
		must(t, err)
		if _, err := s.SuiteByToken(t.Context(), first); !errors.Is(err, app.ErrSuiteToken) {
			t.Errorf("with a new secret: %v", err)
		}
	})
}

func TestDueTickets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		due := func() (ids []app.SuiteID) {
			t.Helper()
			events, err := s.DueTickets(t.Context())
			must(t, err)
			for _, e := range events {
				ids = append(ids, e.Suite)
			}
			return ids
		}
		s.add(t, third("ww1quiet"))
		if ids := due(); ids != nil {
			t.Errorf("without a callback: %v", ids)
		}
		n := third("ww2")
		n.CallbackURL = "https://example.com/callback"
		s.add(t, n)
		if _, err := f.DueTickets(t.Context()); !errors.Is(err, app.ErrNoKey) {
			t.Errorf("without a key: %v", err)
		}
		for _, tt := range []struct {
			second int
			want   int
		}{{0, 1}, {0, 0}, {599, 0}, {600, 1}, {1199, 0}, {1200, 1}} {
			f.clock.at = noon.Add(time.Duration(tt.second) * time.Second)
			if ids := due(); len(ids) != tt.want {
				t.Errorf("after %d s: %v", tt.second, ids)
			}
		}
	})
}

// A provider-developed app's permanent code is its secret (document 97163).
func TestProviderDeveloped(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		c := s.add(t, app.NewSuite{Suite: app.Suite{Kind: app.ProviderApp}})
		if !strings.HasPrefix(string(c.ID), "dk") {
			t.Errorf("a template's id is %s", c.ID)
		}
		g := s.authorized(t, c.ID)
		if _, _, err := s.CorpToken(t.Context(), local, c.ID, "ww1", g.PermanentCode); !errors.Is(err, app.ErrUseGetToken) {
			t.Errorf("at get_corp_token: %v", err)
		}
		if _, _, err := f.Token(t.Context(), "ww1", g.PermanentCode); err != nil {
			t.Errorf("at gettoken: %v", err)
		}
	})
}

func TestProviderToken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		secret, err := s.MakeProvider(t.Context(), "ww1")
		must(t, err)
		first, life, err := s.ProviderToken(t.Context(), local, "ww1", secret)
		if err != nil || life != 7200 {
			t.Fatalf("life %d, %v", life, err)
		}
		f.clock.at = noon.Add(7199 * time.Second)
		if again, life, err := s.ProviderToken(t.Context(), local, "ww1", secret); err != nil || again != first || life != 1 {
			t.Errorf("within its life: same %v, life %d, %v", again == first, life, err)
		}
		if _, _, err := s.ProviderToken(t.Context(), local, "ww1", "x"); !errors.Is(err, app.ErrWrongSecret) {
			t.Errorf("wrong secret: %v", err)
		}
		if _, _, err := s.ProviderToken(t.Context(), local, "ww9", secret); !errors.Is(err, app.ErrUnknownCorp) {
			t.Errorf("no provider: %v", err)
		}
		if _, err := s.MakeProvider(context.Background(), "ww9"); !errors.Is(err, app.ErrUnknownCorp) {
			t.Errorf("no corporation: %v", err)
		}
	})
}

func TestParseKey(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text app.Secret
		ok   bool
	}{
		"base64":       {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", true},
		"base64 bare":  {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", true},
		"URL's base64": {"__79_Pv6-fj39vX08_Lx8O_u7ezr6uno5-bl5OPi4eA\n", true},
		"hexadecimal":  {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", true},
		"made":         {app.NewKey(), true},
		"short":        {"AAECAwQFBgcICQoLDA0ODw==", false},
		"long":         {app.NewKey() + app.NewKey(), false},
		"nothing":      {"", false},
	} {
		if _, err := app.ParseKey(tt.text); (err == nil) != tt.ok || tt.text != "" && err != nil && strings.Contains(err.Error(), tt.text.Reveal()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
