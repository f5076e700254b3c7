package checkin_test

import (
	"os"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

// quotaBound is the least time that n calls take at a quota a minute, when any
// minute, wherever it begins, holds no more: the first quota's worth goes at
// once, the next a minute later.
func quotaBound(n, perMinute int) time.Duration {
	return time.Duration((n-1)/perMinute) * time.Minute
}

// A Fetch past the quota takes as long as the quota needs and is refused
// nothing, with daka's limits those of WeCom. The machine has its part in the
// time, the more the faster the clock; so only a slow clock shows 2 %.
func TestFetchAtQuota(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		call     string
		members  int
		from, to string
		scale    float64
		calls    int
		rate     int
		most     float64 // of the quota's time; 0 = the machine decides
		full     bool
	}{
		{"a minute of months", "getcheckinschedulist", 6100, "2025-08-01", "2025-08-31", 60, 61, 60, 0, false},
		// 90 days and half a day of overlap are four windows, and 400 calls are less
		// than a minute's 600: the machine alone decides.
		{"records of 10,000 in 90 days", "getcheckindata", 10_000, "2025-06-01", "2025-08-29", 60, 100 * 4, 600, 0, true},
		// 730.5 days / 30.
		{"records of 10,000 in two years", "getcheckindata", 10_000, "2023-09-01", "2025-08-30", 6, 100 * 25, 600, 1.02, true},
		{"schedules of 10,000 in 92 days", "getcheckinschedulist", 10_000, "2025-06-01", "2025-08-31", 10, 100 * 3, 60, 1.02, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if testing.Short() || tt.full && os.Getenv("DAKA_FULL") == "" {
				t.Skip("a long one, for DAKA_FULL=1")
			}
			s := dakatest.NewServer(t, dakatest.Limited(), dakatest.At(noon))
			users := userids(tt.members)
			for i := 0; i < len(users); i += 1000 {
				s.Members(users[i:min(i+1000, len(users))]...)
			}
			limited, err := s.WeCom.With(wecom.WithLimiter(wecom.NewLimiter()), wecom.WithRetry(wecom.Retry{}))
			must(t, err)
			f := checkin.Fetch{Client: checkin.NewClient(limited), Users: users, From: date(tt.from), To: date(tt.to)}
			refused, calls := 0, 0
			f.Progress = func(done, total int) {
				calls = total
				if done%500 == 0 || done == total {
					refused += refusals(s)
				}
			}
			s.Clock.Scale(tt.scale)
			begun := s.Clock.Now()
			for _, err := range methods[tt.call](f, t.Context()) {
				must(t, err)
			}
			took := s.Clock.Now().Sub(begun)
			least := quotaBound(tt.calls, tt.rate)
			t.Logf("%d calls took %s, the quota needs %s", calls, took.Round(time.Millisecond), least)
			if calls != tt.calls || refused > 0 {
				t.Errorf("%d calls, want %d; %d were refused", calls, tt.calls, refused)
			}
			if took < least || tt.most > 0 && float64(took) > tt.most*float64(least) {
				t.Errorf("it took %s, the quota needs %s", took, least)
			}
		})
	}
}

// refusals counts the calls with CodeRateLimit among the latest.
func refusals(s *dakatest.Server) (n int) {
	for _, r := range s.Requests() {
		if r.ErrCode != nil && wecom.Code(*r.ErrCode) == wecom.CodeRateLimit {
			n++
		}
	}
	return n
}
