package app_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

func TestPreAuthCode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		s.add(t, third("ww2"))
		s.add(t, third("ww3"))
		code, life, err := s.PreAuthCode(t.Context(), "ww2")
		if err != nil || life != 1200 {
			t.Fatalf("life %d, %v", life, err)
		}
		must(t, s.SetSession(t.Context(), "ww2", code, true))
		if err := s.SetSession(t.Context(), "ww3", code, true); !errors.Is(err, app.ErrPreAuthCode) {
			t.Errorf("another suite's: %v", err)
		}
		event, err := s.AuthorizeSuite(t.Context(), "ww1", "ww2", app.Authorization{PreAuthCode: code, User: "zhangsan", State: "s1"})
		must(t, err)
		if _, err := s.AuthorizeSuite(t.Context(), "ww1", "ww2", app.Authorization{PreAuthCode: code}); !errors.Is(err, app.ErrPreAuthCode) {
			t.Errorf("used again: %v", err)
		}
		g, err := s.PermanentCode(t.Context(), "ww2", event.AuthCode)
		if err != nil || !g.Test || g.User != "ZhangSan" || g.UserName != "张三" || g.State != "s1" || g.Corp.ID != "ww1" {
			t.Errorf("granted %+v, %v", g, err)
		}
		late, _, err := s.PreAuthCode(t.Context(), "ww2")
		must(t, err)
		f.clock.at = noon.Add(1200 * time.Second)
		if err := s.SetSession(t.Context(), "ww2", late, false); !errors.Is(err, app.ErrExpiredPreAuth) {
			t.Errorf("after 20 minutes: %v", err)
		}
		for name, auth := range map[string]app.Authorization{
			"user": {User: "none"}, "state": {State: strings.Repeat("x", 129)}, "control": {State: "\x01"}, "range": {Range: app.Range{Depts: []attendance.DeptID{99}}},
		} {
			if _, err := s.AuthorizeSuite(t.Context(), "ww1", "ww2", auth); !errors.Is(err, app.ErrBadInput) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := s.AuthorizeSuite(t.Context(), "ww9", "ww2", app.Authorization{}); !errors.Is(err, app.ErrUnknownCorp) {
			t.Errorf("no corporation: %v", err)
		}
		if _, err := s.AuthorizeSuite(t.Context(), "ww1", "ww9", app.Authorization{}); !errors.Is(err, app.ErrSuite) {
			t.Errorf("no suite: %v", err)
		}
	})
}

func TestPermanentCode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		s.add(t, third("ww2"))
		s.add(t, third("ww3"))
		event, err := s.AuthorizeSuite(t.Context(), "ww1", "ww2", app.Authorization{})
		must(t, err)
		if len(event.AuthCode) < 64 || len(event.AuthCode) > 512 {
			t.Errorf("an auth_code of %d bytes, want 64 to 512", len(event.AuthCode))
		}
		if _, err := s.PermanentCode(t.Context(), "ww3", event.AuthCode); !errors.Is(err, app.ErrAuthCode) {
			t.Errorf("another suite's: %v", err)
		}
		g, err := s.PermanentCode(t.Context(), "ww2", event.AuthCode)
		must(t, err)
		if _, err := s.PermanentCode(t.Context(), "ww2", event.AuthCode); !errors.Is(err, app.ErrAuthCode) {
			t.Errorf("used again: %v", err)
		}
		token := func(id app.SuiteID, corp attendance.CorpID, code app.Secret) (app.Token, error) {
			token, _, err := s.CorpToken(t.Context(), local, id, corp, code)
			return token, err
		}
		first, err := token("ww2", "ww1", g.PermanentCode)
		must(t, err)
		if again, err := token("ww2", "ww1", g.PermanentCode); err != nil || again != first {
			t.Errorf("within its life: same %v, %v", again == first, err)
		}
		other := s.authorized(t, "ww3")
		for _, tt := range []struct {
			name string
			id   app.SuiteID
			corp attendance.CorpID
			code app.Secret
			want error
		}{
			{"a wrong code", "ww2", "ww1", "x", app.ErrPermanentCode},
			{"no corporation", "ww2", "ww9", g.PermanentCode, app.ErrPermanentCode},
			{"a self-built app's secret", "ww2", "ww1", f.creds[1].Secret, app.ErrPermanentCode},
			{"another suite's", "ww2", "ww1", other.PermanentCode, app.ErrOtherSuite},
		} {
			if _, err := token(tt.id, tt.corp, tt.code); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if _, _, err := f.Token(t.Context(), "ww1", g.PermanentCode); !errors.Is(err, app.ErrWrongSecret) {
			t.Errorf("at gettoken: %v", err)
		}
		next := s.authorized(t, "ww2")
		if next.Agent != g.Agent {
			t.Errorf("authorised again: app %d, want %d", next.Agent, g.Agent)
		}
		if _, err := token("ww2", "ww1", g.PermanentCode); !errors.Is(err, app.ErrPermanentCode) {
			t.Errorf("the code before: %v", err)
		}
		if _, err := f.Caller(t.Context(), first); !errors.Is(err, app.ErrInvalidToken) {
			t.Errorf("its token: %v", err)
		}
		late, err := s.AuthorizeSuite(t.Context(), "ww1", "ww2", app.Authorization{})
		must(t, err)
		f.clock.at = noon.Add(600 * time.Second)
		if _, err := s.PermanentCode(t.Context(), "ww2", late.AuthCode); !errors.Is(err, app.ErrAuthCode) {
			t.Errorf("after 10 minutes: %v", err)
		}
	})
}

func TestCancelSuite(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		s.add(t, third("ww2"))
		if _, err := s.CancelSuite(t.Context(), "ww1", "ww2"); !errors.Is(err, app.ErrBadInput) {
			t.Errorf("before it was authorised: %v", err)
		}
		g := s.authorized(t, "ww2")
		token, _, err := s.CorpToken(t.Context(), local, "ww2", "ww1", g.PermanentCode)
		must(t, err)
		pending, err := s.AuthorizeSuite(t.Context(), "ww1", "ww2", app.Authorization{})
		must(t, err)
		event, err := s.ChangeSuite(t.Context(), "ww1", "ww2", app.Access{Range: app.Range{Users: []attendance.UserID{"night1"}}})
		if err != nil || event.Type != app.ChangeAuth {
			t.Errorf("changed: %+v, %v", event, err)
		}
		if event, err = s.CancelSuite(t.Context(), "ww1", "ww2"); err != nil || event.Type != app.CancelAuth || event.Corp != "ww1" {
			t.Errorf("cancelled: %+v, %v", event, err)
		}
		if _, err := f.Caller(t.Context(), token); !errors.Is(err, app.ErrInvalidToken) {
			t.Errorf("its token: %v", err)
		}
		if _, _, err := s.CorpToken(t.Context(), local, "ww2", "ww1", g.PermanentCode); !errors.Is(err, app.ErrCancelled) {
			t.Errorf("its permanent code: %v", err)
		}
		if _, err := s.PermanentCode(t.Context(), "ww2", pending.AuthCode); !errors.Is(err, app.ErrCancelled) {
			t.Errorf("an auth_code: %v", err)
		}
		again := s.authorized(t, "ww2")
		if _, _, err := s.CorpToken(t.Context(), local, "ww2", "ww1", again.PermanentCode); err != nil || again.Agent != g.Agent {
			t.Errorf("authorised again: app %d, want %d: %v", again.Agent, g.Agent, err)
		}
		if _, _, err := s.CorpToken(t.Context(), local, "ww2", "ww1", g.PermanentCode); !errors.Is(err, app.ErrPermanentCode) {
			t.Errorf("the code of before: %v", err)
		}
	})
}
