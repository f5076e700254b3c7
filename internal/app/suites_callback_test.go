package app_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A callback is changed in part or whole; what is not said stays, and the act is
// on record with the corporations that have the suite.
func TestSetCallback(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, s := newSuites(t, db)
		made := s.add(t, third("wws"))
		s.authorized(t, "wws")
		url, nowhere := "https://example.com/callback", ""
		aesKey := app.Secret(strings.Repeat("a", 43))
		for _, step := range []struct {
			name     string
			edit     app.CallbackEdit
			url      string
			token    app.Secret
			aesKey   app.Secret
			replaced bool // by random ones
		}{
			{"the URL", app.CallbackEdit{URL: &url}, url, made.CallbackToken, made.EncodingAESKey, false},
			{"the secrets", app.CallbackEdit{Token: "chosen", EncodingAESKey: aesKey}, url, "chosen", aesKey, false},
			{"nothing", app.CallbackEdit{}, url, "chosen", aesKey, false},
			{"no URL", app.CallbackEdit{URL: &nowhere}, "", "chosen", aesKey, false},
			{"random ones", app.CallbackEdit{Renew: true}, "", "", "", true},
		} {
			must(t, s.CheckCallback(t.Context(), "wws", step.edit))
			c, err := s.SetCallback(t.Context(), "wws", step.edit)
			must(t, err)
			got, err := s.Callback(t.Context(), "wws")
			must(t, err)
			if got.Token != c.CallbackToken || got.EncodingAESKey != c.EncodingAESKey || got.URL != step.url || c.CallbackURL != step.url {
				t.Errorf("%s: stored %+v, told %+v", step.name, got, c)
			}
			if step.replaced && (got.Token == "chosen" || got.EncodingAESKey == aesKey || len(got.EncodingAESKey) != 43) ||
				!step.replaced && (got.Token != step.token || got.EncodingAESKey != step.aesKey) {
				t.Errorf("%s: token and key are not what they should be", step.name)
			}
		}
		entries, err := f.Audit(t.Context(), f.corp, 0, app.MaxAudit)
		must(t, err)
		noted := 0
		for _, e := range entries {
			if e.Action == "suite.callback" {
				noted++
			}
		}
		if noted != 5 {
			t.Errorf("%d entries, want 5", noted)
		}

		ftp := "ftp://x/"
		for _, tt := range []struct {
			name string
			id   app.SuiteID
			edit app.CallbackEdit
			want error
		}{
			{"no such suite", "wwz", app.CallbackEdit{Renew: true}, app.ErrSuite},
			{"no http", "wws", app.CallbackEdit{URL: &ftp}, app.ErrBadInput},
			{"a token of signs", "wws", app.CallbackEdit{Token: "hunter2-"}, app.ErrBadInput},
			{"a short key", "wws", app.CallbackEdit{EncodingAESKey: "hunter2"}, app.ErrBadInput},
		} {
			_, err := s.SetCallback(t.Context(), tt.id, tt.edit)
			if check := s.CheckCallback(t.Context(), tt.id, tt.edit); !errors.Is(err, tt.want) || !errors.Is(check, tt.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: %v, %v", tt.name, err, check)
			}
		}
		if _, err := f.SetCallback(t.Context(), "wws", app.CallbackEdit{Renew: true}); !errors.Is(err, app.ErrNoKey) {
			t.Errorf("without a key: %v", err)
		}
	})
}
