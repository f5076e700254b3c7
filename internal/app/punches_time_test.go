package app_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// A time that cannot be is told by the corporation's clock, where it has one.
func TestPunchTimes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		for name, tt := range map[string]struct {
			at   int64
			want string // "" = it can be
		}{
			"now":             {noon.Unix(), ""},
			"a day ahead":     {noon.Unix() + 86_400, ""},
			"more than a day": {noon.Unix() + 86_401, "2025-09-12 12:00:01 is not between"},
			"never set":       {915_062_400, "1998-12-31 08:00 is not between"}, // 1998-12-31T00:00:00Z
			"milliseconds":    {noon.UnixMilli(), "time 1757563200000 is not between"},
		} {
			err := f.CheckPunchTime(f.corp, tt.at)
			if tt.want == "" && err != nil || tt.want != "" && (!errors.Is(err, app.ErrBadInput) || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("%s: %v, want %q", name, err, tt.want)
			}
		}
	})
}
