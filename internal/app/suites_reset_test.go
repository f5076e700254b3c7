package app_test

import (
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// The old permanent code goes on until the new one is fetched, and not after.
func TestResetPermanentCode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		c := s.add(t, app.NewSuite{Suite: app.Suite{ID: "dk2", Kind: app.ProviderApp}})
		if _, err := s.ResetPermanentCode(t.Context(), "ww1", c.ID); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("before it was authorised: %v", err)
		}
		old := s.authorized(t, c.ID)
		token, _, err := f.Token(t.Context(), "ww1", old.PermanentCode)
		must(t, err)
		event, err := s.ResetPermanentCode(t.Context(), "ww1", c.ID)
		if err != nil || event.Type != app.ResetCode || event.Suite != c.ID || len(event.AuthCode) < 64 {
			t.Fatalf("event %+v, %v", event, err)
		}
		if _, err := f.Caller(t.Context(), token); err != nil {
			t.Errorf("before the exchange: %v", err)
		}
		late, err := s.ResetPermanentCode(t.Context(), "ww1", c.ID)
		must(t, err)
		fresh, err := s.PermanentCode(t.Context(), c.ID, event.AuthCode)
		if err != nil || fresh.Agent != old.Agent || fresh.PermanentCode == old.PermanentCode {
			t.Fatalf("exchanged: app %d, want %d: %v", fresh.Agent, old.Agent, err)
		}
		if _, _, err := f.Token(t.Context(), "ww1", old.PermanentCode); !errors.Is(err, app.ErrWrongSecret) {
			t.Errorf("the old code: %v", err)
		}
		if _, err := f.Caller(t.Context(), token); !errors.Is(err, app.ErrInvalidToken) {
			t.Errorf("its token: %v", err)
		}
		if _, _, err := f.Token(t.Context(), "ww1", fresh.PermanentCode); err != nil {
			t.Errorf("the new code: %v", err)
		}
		f.clock.at = noon.Add(600 * time.Second)
		if _, err := s.PermanentCode(t.Context(), c.ID, late.AuthCode); !errors.Is(err, app.ErrAuthCode) {
			t.Errorf("after 10 minutes: %v", err)
		}
	})
}

// The app of a suite goes its suite's ways alone.
func TestSuiteAppsAreTheSuites(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		_, s := newSuites(t, db)
		s.add(t, app.NewSuite{Suite: app.Suite{ID: "dk2", Kind: app.ProviderApp}})
		g := s.authorized(t, "dk2")
		ctx := t.Context()
		bad := map[string]func() error{
			"its secret is rotated": func() error { _, err := s.RotateSecret(ctx, "ww1", g.Agent); return err },
			"its access is set":     func() error { return s.SetAccess(ctx, "ww1", g.Agent, app.Access{}) },
			"it is made":            func() error { _, err := s.CreateApp(ctx, "ww1", app.ProviderApp, ""); return err },
			"a third-party one is":  func() error { _, err := s.CreateApp(ctx, "ww1", app.SuiteApp, ""); return err },
		}
		for name, try := range bad {
			if err := try(); !errors.Is(err, app.ErrBadInput) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for agent, want := range map[int64]app.SuiteID{g.Agent: "dk2", 1000001: "", 9: ""} {
			if got, err := s.SuiteOf(ctx, "ww1", agent); err != nil || got != want {
				t.Errorf("app %d is of suite %q, %v, want %q", agent, got, err, want)
			}
		}
		must(t, s.DisableApp(ctx, "ww1", g.Agent))
		must(t, s.EnableApp(ctx, "ww1", g.Agent))
		_, err := s.CancelSuite(ctx, "ww1", "dk2")
		must(t, err)
		if err := s.EnableApp(ctx, "ww1", g.Agent); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("enabled after it was cancelled: %v", err)
		}
		if got, err := s.SuiteOf(ctx, "ww1", g.Agent); err != nil || got != "dk2" {
			t.Errorf("cancelled: of suite %q, %v", got, err)
		}
	})
}

// The calls of the chain come from anywhere; the addresses that a corporation
// trusts count for its token, and outlive another authorisation.
func TestSuiteAddresses(t *testing.T) {
	t.Parallel()
	trusted, other := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("198.51.100.1")
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		c := s.add(t, third("ww2"))
		s.authorized(t, "ww2")
		_, err := s.ChangeSuite(t.Context(), "ww1", "ww2", app.Access{
			Addresses: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, Permissions: []app.Permission{app.ApprovalPermission},
		})
		must(t, err)
		ticket, err := s.NewTicket(t.Context(), "ww2")
		must(t, err)
		if _, _, err := s.SuiteToken(t.Context(), other, "ww2", c.Secret, ticket.Ticket); err != nil {
			t.Errorf("a suite token from elsewhere: %v", err)
		}
		g := s.authorized(t, "ww2")
		if _, _, err := s.CorpToken(t.Context(), other, "ww2", "ww1", g.PermanentCode); !errors.Is(err, app.ErrUntrusted) {
			t.Errorf("a token from elsewhere: %v", err)
		}
		token, _, err := s.CorpToken(t.Context(), trusted, "ww2", "ww1", g.PermanentCode)
		must(t, err)
		caller, err := f.Caller(t.Context(), token)
		if err != nil || !caller.Trusts(trusted) || caller.Trusts(other) {
			t.Errorf("calls: %v", err)
		}
	})
}

// Who may read approvals: a provider's app with the permission, others by kind.
func TestMayReadApprovals(t *testing.T) {
	t.Parallel()
	approvals := []app.Permission{app.ApprovalPermission}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		for kind, want := range map[app.AppKind]bool{app.AdminApp: true, app.CheckinApp: true, app.SystemApp: true, app.ContactApp: false} {
			if got := (&app.Caller{Kind: kind}).MayReadApprovals(); got != want {
				t.Errorf("%s: %v, want %v", kind, got, want)
			}
		}
		for _, kind := range []app.AppKind{app.ProviderApp, app.SuiteApp} {
			if caller := s.callerOf(t, f, kind, approvals); !caller.MayReadApprovals() {
				t.Errorf("%s with the permission: refused", kind)
			}
			if caller := s.callerOf(t, f, kind, []app.Permission{app.CheckinPermission, app.DevicePermission}); caller.MayReadApprovals() {
				t.Errorf("%s without the permission: let through", kind)
			}
		}
	})
}
