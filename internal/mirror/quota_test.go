package mirror

import (
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// after is a mirroring process that comes after others on the same database.
func after(t *testing.T, s *dakatest.Server, db *store.DB) *Mirror {
	t.Helper()
	a := app.New(db, s.Clock.Now)
	corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: attendance.CorpID(s.CorpID)})
	if err != nil {
		t.Fatal(err)
	}
	today, _ := corp.Zone.DayAt(s.Clock.Now().Unix())
	m, err := New(a, corp, s.WeCom, Options{From: today, Clock: s.Clock, KeepQuotas: true})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// months makes so many calls of getcheckin_monthdata side by side, of which 60 a
// minute are answered.
func (m *Mirror) months(t *testing.T, calls int, user string) {
	midnight := m.corp.Zone.Midnight(m.opts.From)
	req := checkin.MonthDataRequest{StartTime: midnight, EndTime: midnight, UserIDList: []string{user}}
	var all sync.WaitGroup
	for range calls {
		all.Go(func() {
			if _, err := m.c.MonthData(t.Context(), req); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// Who comes after another one, or after one that was killed, is not refused: it
// goes on at once with what is left of the quota, and waits for the rest.
func TestQuotasOfAnother(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := dakatest.NewServer(t, dakatest.Limited())
		s.Members("zhangsan")
		first, second := after(t, s, db), after(t, s, db)
		// The clock stands still: whoever must wait waits for ever.
		first.months(t, 30, "zhangsan")
		second.months(t, 30, "zhangsan")
		third, done := after(t, s, db), make(chan bool)
		begun := s.Clock.Now()
		go func() {
			defer close(done)
			third.months(t, 60, "zhangsan")
		}()
		for waited := true; waited; {
			select {
			case <-done:
				waited = false
			case <-time.After(10 * time.Millisecond):
				s.Clock.Advance(time.Second)
			}
		}
		// Two blocks of thirty, of which calls were to be had for 5 s.
		if took := s.Clock.Now().Sub(begun); took < 65*time.Second {
			t.Errorf("the third went after %s", took)
		}
		for _, r := range s.Requests() {
			if r.ErrCode != nil && *r.ErrCode == int64(wecom.CodeRateLimit) {
				t.Errorf("%s: refused", r.Path)
			}
		}
	})
}

// What is kept of quotas is no more than two minutes of them.
func TestJournalIsSmall(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), store.Options{Relaxed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := app.New(db, func() time.Time { return now })
	corp, err := a.MirrorCorp(t.Context(), app.NewCorp{ID: "wwa"})
	if err != nil {
		t.Fatal(err)
	}
	j := journal{a, corp}
	for range 200 {
		now = now.Add(3 * time.Second)
		if err := j.Reserve(t.Context(), "x", wecom.Reservation{Calls: 5, Until: now}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := j.Reserved(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	// Two minutes, 3 s apart.
	if len(list) != 40 || list[0] != (wecom.Reservation{Calls: 5, Until: now.Add(-39 * 3 * time.Second)}) {
		t.Errorf("%d are kept, from %+v on", len(list), list[0])
	}
}
