package wecom_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

// A server with WeCom's quotas, on a clock that runs a thousand times as fast:
// clients that share a Limiter, and goroutines that share them, are never
// refused. The third 60 of 180 getcheckin_monthdata, of which there are 60 a
// minute, go out after two minutes.
func TestLimiterAgainstTheServer(t *testing.T) {
	t.Parallel()
	const scale = 1000
	s := dakatest.NewServer(t, dakatest.Limited())
	s.Members("zhangsan")
	shared := wecom.NewLimiter()
	var clients []*checkin.Client
	for range 2 {
		w, err := s.Client(s.App).With(wecom.WithLimiter(shared))
		if err != nil {
			t.Fatal(err)
		}
		clone, err := w.With(wecom.WithUserAgent("clone"))
		if err != nil {
			t.Fatal(err)
		}
		clients = append(clients, checkin.NewClient(w), checkin.NewClient(clone))
	}
	s.Clock.Scale(scale)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var through, refused atomic.Int64
	var all sync.WaitGroup
	begun := s.Clock.Now()
	midnight := (begun.Unix()+8*3600)/86_400*86_400 - 8*3600
	month := checkin.MonthDataRequest{StartTime: midnight, EndTime: midnight, UserIDList: []string{"zhangsan"}}
	for i := range 8 {
		all.Go(func() {
			for ctx.Err() == nil {
				switch _, err := clients[i%len(clients)].MonthData(ctx, month); {
				case err == nil:
					through.Add(1)
				case errors.Is(err, wecom.CodeRateLimit):
					refused.Add(1)
				case !errors.Is(err, context.Canceled):
					t.Error(err)
				}
			}
		})
	}
	for through.Load() < 180 && s.Clock.Now().Sub(begun) < 10*time.Hour {
		time.Sleep(time.Millisecond)
	}
	took := s.Clock.Now().Sub(begun)
	cancel()
	all.Wait()
	if refused.Load() != 0 || through.Load() < 180 || took < 2*time.Minute {
		t.Errorf("%d went through in %v, %d were refused", through.Load(), took, refused.Load())
	}
}
