package qyapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
)

// Calls at the same time do not disturb each other: each of 16 callers stores a
// punch of its own minute and reads reports meanwhile.
func TestCallsAtTheSameTime(t *testing.T) {
	t.Parallel()
	const callers = 16
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		f.addRule(officeRule)
		f.clock.Store(stamp(5, 23, 0))
		query := url.Values{"access_token": {f.token(app.CheckinApp)}}
		report := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":["alice","bob"]}`, stamp(5, 0, 0), stamp(5, 0, 0))
		var wg sync.WaitGroup
		for i := range callers {
			wg.Go(func() {
				for path, body := range map[string]string{addRecord: punches("alice", stamp(5, 9, i)), dayData: report} {
					resp, err := http.Post(f.url+path+"?"+query.Encode(), "", strings.NewReader(body))
					if err != nil {
						t.Error(err)
						continue
					}
					resp.Body.Close()
					if code := resp.Header.Get("Error-Code"); code != "" {
						t.Errorf("%s: errcode %s", path, code)
					}
				}
			})
		}
		wg.Wait()
		records, err := f.app.DeviceRecords(t.Context(), f.corp, []attendance.UserID{"alice"}, stamp(5, 0, 0), stamp(6, 0, 0), false)
		if err != nil || len(records) != callers {
			t.Errorf("%d punches, want %d, %v", len(records), callers, err)
		}
	})
}

// BenchmarkDayData is the largest question of K3: 100 members, 31 days, four
// punches a day, over HTTP.
func BenchmarkDayData(b *testing.B) {
	const members, days = 100, 31
	storetest.Bench(b, func(b *testing.B, db *store.DB) {
		f := newFixture(b, db, false)
		f.addRule(officeRule)
		f.clock.Store(stamp(days+1, 12, 0))
		contacts := make([]app.Contact, members)
		ids := make([]string, members)
		var records []attendance.PunchRecord
		for i := range contacts {
			id := attendance.UserID(fmt.Sprintf("m%d", i))
			contacts[i] = app.Contact{ID: id, Name: "员工", Depts: []attendance.DeptID{2}}
			ids[i] = fmt.Sprintf("%q", id)
			for day := range days {
				for _, hour := range []int{8, 12, 13, 18} {
					records = append(records, attendance.PunchRecord{User: id, Punch: attendance.Punch{At: stamp(day+1, hour, i%60), Source: attendance.SourceDevice}})
				}
			}
		}
		must(b, f.app.AddMembers(b.Context(), f.corp, contacts))
		if _, _, err := f.app.AddPunches(b.Context(), f.corp, records); err != nil {
			b.Fatal(err)
		}
		query := url.Values{"access_token": {f.token(app.CheckinApp)}}
		body := fmt.Sprintf(`{"starttime":%d,"endtime":%d,"useridlist":[%s]}`, stamp(1, 0, 0), stamp(days, 0, 0), strings.Join(ids, ","))
		for b.Loop() {
			_, text := f.do(http.MethodPost, dayData, query, strings.NewReader(body))
			if len(text) < 100_000 {
				b.Fatalf("%s", text)
			}
			b.SetBytes(int64(len(text)))
		}
	})
}
