package server

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/qyapi"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

const (
	loadConnections = 64
	loadTime        = 60 * time.Second
	bareTime        = 10 * time.Second // of the bare handler, before and after
)

// TestLoad is 64 connections that make mixed calls for a minute, every punch
// durable, with no limits, between two runs of the same clients against a
// handler that reads a body and does nothing. Clients and server share the
// machine. It belongs to the long runs.
func TestLoad(t *testing.T) {
	if os.Getenv("DAKA_FULL") == "" {
		t.Skip("the load test is one of the long runs: set DAKA_FULL=1")
	}
	var turn sync.Mutex
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		turn.Lock() // two loads at once would measure each other
		defer turn.Unlock()
		calls, handler := loaded(t, dsn)
		bare := []call{{"bare", http.MethodPost, "/", func(int64) string { return `{"useridlist":["user1"]}` }}}
		before := load(t, nothing, bare, bareTime)
		ours := load(t, handler, calls, loadTime)
		after := load(t, nothing, bare, bareTime)
		t.Logf("bare handler: %s; %s", before, after)
		t.Logf("mixed calls:  %s", ours)
	})
}

// nothing is the bare handler.
var nothing = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`)
})

// call is a kind of call; body makes that of the nth one.
type call struct {
	name, method, target string
	body                 func(n int64) string
}

// loaded returns a server on a company of 100 with the calls to make of it, as
// often as they come.
func loaded(t *testing.T, dsn string) ([]call, http.Handler) {
	t.Helper()
	db, err := store.Open(t.Context(), dsn, store.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	must(t, db.Migrate(context.Background()))
	today := attendance.DayOf(2026, 3, 10)
	noon, begun := time.Date(2026, 3, 10, 12, 0, 0, 0, time.FixedZone("", 8*3600)), time.Now()
	clock := func() time.Time { return noon.Add(time.Since(begun)) }
	a := app.New(db, clock)
	company, err := sample.Build(t.Context(), a, sample.Spec{Seed: 1, People: 100, Months: 1, Today: today})
	must(t, err)
	s, err := New(Config{DB: db, Now: clock, Limits: qyapi.LimitsOff})
	must(t, err)
	token, _, err := a.Token(t.Context(), company.Corp.ID, company.Checkin.Secret)
	must(t, err)
	return loadCalls(company, "?access_token="+token.Reveal()), s
}

func loadCalls(company *sample.Company, query string) []call {
	zone, users := company.Corp.Zone, company.Users
	list := func(n int64, count int) string {
		var ids []string
		for i := range count {
			ids = append(ids, fmt.Sprintf("%q", users[(int(n)+i)%len(users)]))
		}
		return strings.Join(ids, ",")
	}
	window := func(days attendance.Day, count int) func(int64) string {
		return func(n int64) string {
			return fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":[%s]}`,
				zone.Midnight(company.First), zone.Midnight(company.First+days-1), list(n, count))
		}
	}
	const check = "/cgi-bin/checkin/"
	punch := call{"add_checkin_record", http.MethodPost, check + "add_checkin_record" + query, func(n int64) string {
		return fmt.Sprintf(`{"records":[{"userid":%q,"checkin_time":%d,"location_title":"gate","location_detail":"1","device_type":1,"device_detail":"d%d"}]}`,
			users[int(n)%len(users)], zone.Midnight(company.First)+n%80_000, n/80_000)
	}}
	return []call{
		punch, {"getcheckindata", http.MethodPost, check + "getcheckindata" + query, window(2, 10)},
		punch, {"getcheckin_daydata", http.MethodPost, check + "getcheckin_daydata" + query, window(7, 10)},
		punch, {"getcheckin_monthdata", http.MethodPost, check + "getcheckin_monthdata" + query, window(28, 5)},
		punch, {"user/get", http.MethodGet, "/cgi-bin/user/get" + query + "&userid=" + string(users[0]), nil},
		{"gettoken", http.MethodGet, wecom.TokenPath + "?corpid=" + string(company.Corp.ID) + "&corpsecret=" + company.Checkin.Secret.Reveal(), nil},
		{"getcorpcheckinoption", http.MethodPost, check + "getcorpcheckinoption" + query, func(int64) string { return "{}" }},
	}
}

// loadResult is how long the calls of each kind took.
type loadResult struct {
	total map[string][]time.Duration
	took  time.Duration
}

// String tells the calls a second, and of each kind the number and how long
// half of them, and 99 of 100, took at most.
func (r loadResult) String() string {
	var text strings.Builder
	n := 0
	for _, all := range r.total {
		n += len(all)
	}
	fmt.Fprintf(&text, "%.0f calls a second", float64(n)/r.took.Seconds())
	var names []string
	for name := range r.total {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all := r.total[name]
		slices.Sort(all)
		fmt.Fprintf(&text, "; %s %d, %v, %v", name, len(all), all[len(all)/2].Round(10*time.Microsecond), all[len(all)*99/100].Round(10*time.Microsecond))
	}
	return text.String()
}

// load makes the calls in turn on each of the connections until the time is up.
func load(t *testing.T, h http.Handler, calls []call, during time.Duration) loadResult {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{
		MaxIdleConnsPerHost: loadConnections, DialContext: (&net.Dialer{}).DialContext, DisableCompression: true,
	}}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var count atomic.Int64
	var wait sync.WaitGroup
	result := loadResult{total: map[string][]time.Duration{}}
	begun := time.Now()
	for i := range loadConnections {
		wait.Go(func() {
			mine := map[string][]time.Duration{}
			for k := i; time.Since(begun) < during && !t.Failed(); k++ {
				c := calls[k%len(calls)]
				sent := time.Now()
				if err := c.make(client, server.URL, count.Add(1)); err != nil {
					t.Errorf("%s: %v", c.name, err)
				}
				mine[c.name] = append(mine[c.name], time.Since(sent))
			}
			mu.Lock()
			defer mu.Unlock()
			for name, all := range mine {
				result.total[name] = append(result.total[name], all...)
			}
		})
	}
	wait.Wait()
	result.took = time.Since(begun)
	return result
}

// make makes the nth call, which must succeed.
func (c *call) make(client *http.Client, base string, n int64) error {
	var body io.Reader
	if c.body != nil {
		body = strings.NewReader(c.body(n))
	}
	req, err := http.NewRequest(c.method, base+c.target, body)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if text := resp.Header.Get("Error-Msg"); text != "" || resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d %s", resp.StatusCode, text)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
