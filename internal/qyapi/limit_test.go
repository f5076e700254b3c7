package qyapi

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

// gate is a limiter whose clock is turned by hand.
type gate struct {
	*limiter
	t     *testing.T
	clock time.Time
}

func newGate(t *testing.T, limits Limits) *gate {
	g := &gate{t: t, clock: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)}
	g.limiter = newLimiter(limits, func() time.Time { return g.clock })
	return g
}

func (g *gate) turn(d time.Duration) { g.clock = g.clock.Add(d) }

// call makes a call that is answered at once.
func (g *gate) call(path string, debug bool) error {
	leave, err := g.enter("ww1", path, debug)
	leave()
	return err
}

// passes makes n calls, all of which must pass; refuses one, which must not.
func (g *gate) passes(n int, do func() error) {
	g.t.Helper()
	for i := range n {
		if err := do(); err != nil {
			g.t.Fatalf("call %d of %d: %v", i+1, n, err)
		}
	}
}

func (g *gate) refuses(do func() error) {
	g.t.Helper()
	if err := do(); failureOf(err).Code != wecom.CodeRateLimit || err == nil {
		g.t.Fatalf("one call more: %v, want 45009", err)
	}
}

// The rates of the pages of the calls (protocol.md section 3; document 90312
// where they tell none): the call at the quota passes, the next one is refused
// and so is every one for 60 s from it, the first one after them passes.
func TestRates(t *testing.T) {
	t.Parallel()
	const check = "/cgi-bin/checkin/"
	tests := map[string]int{
		check + "getcheckindata": 600, check + "getcheckinoption": 10_000, check + "getcheckin_daydata": 100,
		check + "getcheckin_monthdata": 60, check + "addcheckinuserface": 10, check + "getcheckinschedulist": 60,
		check + "getcorpcheckinoption": 60, check + "setcheckinschedulist": 60,
		check + "get_hardware_checkin_data": 10_000, "/cgi-bin/hardware/get_hardware_checkin_data": 10_000,
		check + "punch_correction": 600, check + "add_checkin_option": 10_000, check + "update_checkin_option": 10_000,
		check + "clear_checkin_option_array_field": 10_000, check + "del_checkin_option": 10_000,
		check + "add_checkin_record": 60,
		wecom.TokenPath:              10_000, "/cgi-bin/user/get": 10_000,
		"/cgi-bin/oa/getapprovaldetail": 600, "/cgi-bin/oa/vacation/getcorpconf": 600,
	}
	for _, op := range checkin.Operations {
		for _, path := range op.Paths {
			if tests[path] == 0 {
				t.Errorf("%s is not in the table", path)
			}
		}
	}
	for path, rate := range tests {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			g := newGate(t, Limits{})
			call := func() error { return g.call(path, false) }
			g.passes(rate-1, call)
			g.turn(time.Minute - 1)
			g.passes(1, call)
			g.refuses(call)
			g.turn(1)
			g.refuses(call)
			g.turn(time.Minute - 2)
			g.refuses(call)
			g.turn(1)
			g.passes(rate, call)
			g.refuses(call)
		})
	}
}

// A window that was not used up ends a minute after its first call.
func TestWindowEnds(t *testing.T) {
	t.Parallel()
	g := newGate(t, Limits{})
	call := func() error { return g.call("/cgi-bin/checkin/getcheckin_monthdata", false) }
	g.passes(30, call)
	g.turn(time.Minute - 1)
	g.passes(30, call)
	g.turn(1)
	g.passes(60, call)
	g.refuses(call)
	g.turn(-time.Second) // turned back before the refusal, which counts no more
	g.passes(60, call)
	g.refuses(call)
}

// 150,000 calls in an hour: ten thousand in each of fifteen minutes, and one
// more, after which the corporation waits an hour. Other calls are not touched.
func TestHour(t *testing.T) {
	t.Parallel()
	limits, minutes := Limits{}, 15 // 150,000 / 10,000
	if testing.Short() {
		limits.CorpPerHour, minutes = 20_000, 2
	}
	g := newGate(t, limits)
	call := func() error { return g.call("/cgi-bin/user/get", false) }
	for range minutes {
		g.passes(10_000, call)
		g.turn(time.Minute)
	}
	g.refuses(call)
	g.passes(1, func() error { return g.call("/cgi-bin/user/list", false) })
	g.turn(time.Hour - 1)
	g.refuses(call)
	g.turn(1)
	g.passes(10_000, call)
}

// The call that is over both quotas waits for the longer one.
func TestBothWindows(t *testing.T) {
	t.Parallel()
	g := newGate(t, Limits{CorpPerMinute: 2, CorpPerHour: 2})
	call := func() error { return g.call("/cgi-bin/user/get", false) }
	g.passes(2, call)
	if err := call(); err == nil || !strings.Contains(err.Error(), "again in 3600 s") {
		t.Errorf("got %v", err)
	}
	g.turn(time.Hour - 1)
	g.refuses(call)
	g.turn(1)
	g.passes(2, call)
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	from := func(g *gate, address string) func() error {
		addr := netip.MustParseAddr(address)
		return func() error { return g.knock(addr, "/cgi-bin/gettoken") }
	}
	limits, minutes := Limits{}, 30 // 600,000 / 20,000
	if testing.Short() {
		limits.AddressPerHour, minutes = 40_000, 2
	}
	g := newGate(t, limits)
	for range minutes {
		g.passes(20_000, from(g, "192.0.2.1"))
		g.turn(time.Minute)
	}
	g.refuses(from(g, "192.0.2.1"))
	g.passes(20_000, from(g, "192.0.2.2"))
	g.refuses(from(g, "192.0.2.2"))
	g.passes(20_000, from(g, "2001:db8::1"))
	g.refuses(from(g, "2001:db8::ffff:1"))
	g.passes(1, from(g, "2001:db8:0:1::1"))
	g.turn(time.Minute)
	g.refuses(from(g, "192.0.2.1"))
	g.passes(1, from(g, "192.0.2.2"))
	g.turn(time.Hour - time.Minute)
	g.passes(1, from(g, "192.0.2.1"))
}

// Five calls with debug=1 in a minute; those without it go on, and a call that
// was refused is counted nowhere.
func TestDebug(t *testing.T) {
	t.Parallel()
	g := newGate(t, Limits{})
	const path = "/cgi-bin/checkin/addcheckinuserface" // 10 a minute
	debug := func() error { return g.call(path, true) }
	g.passes(5, debug)
	g.refuses(debug)
	g.passes(5, func() error { return g.call(path, false) })
	g.refuses(func() error { return g.call(path, false) })
	g.turn(time.Minute)
	g.passes(5, debug)
}

// Both paths of K9 are one call, and corporations do not count for each other.
func TestWhoseCalls(t *testing.T) {
	t.Parallel()
	g := newGate(t, Limits{Calls: map[string]Quota{"get_hardware_checkin_data": 2}})
	g.passes(1, func() error { return g.call("/cgi-bin/hardware/get_hardware_checkin_data", false) })
	other := func() error { return g.call("/cgi-bin/checkin/get_hardware_checkin_data", false) }
	g.passes(1, other)
	g.refuses(other)
	if _, err := g.enter("ww2", "/cgi-bin/hardware/get_hardware_checkin_data", false); err != nil {
		t.Errorf("another corporation: %v", err)
	}
}

func TestAtOnce(t *testing.T) {
	t.Parallel()
	g := newGate(t, Limits{})
	const path = "/cgi-bin/user/get"
	var leave func()
	for range 500 {
		var err error
		if leave, err = g.enter("ww1", path, false); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := g.enter("ww1", path, false); failureOf(err).Code != wecom.CodeConcurrency {
		t.Errorf("501 at once: %v", err)
	}
	if err := g.call("/cgi-bin/user/list", false); err != nil {
		t.Errorf("another call: %v", err)
	}
	leave()
	if err := g.call(path, false); err != nil {
		t.Errorf("after one was answered: %v", err)
	}
}

func TestLimitsAdjusted(t *testing.T) {
	t.Parallel()
	const path, rated = "/cgi-bin/user/get", "/cgi-bin/checkin/add_checkin_record" // 60 a minute
	tests := []struct {
		name   string
		limits Limits
		path   string
		most   int
	}{
		{"a call's own", Limits{Calls: map[string]Quota{"add_checkin_record": 3}}, rated, 3},
		{"the general one below it", Limits{CorpPerMinute: 2}, rated, 2},
		{"the general one above it", Limits{CorpPerMinute: 70}, rated, 60},
		{"none of its own", Limits{CorpPerMinute: 70, Calls: map[string]Quota{"add_checkin_record": NoQuota}}, rated, 70},
		{"none in general", Limits{CorpPerMinute: NoQuota}, rated, 60},
		{"the hour alone", Limits{CorpPerMinute: NoQuota, CorpPerHour: 10_001}, path, 10_001},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t, tt.limits)
			g.passes(tt.most, func() error { return g.call(tt.path, false) })
			g.refuses(func() error { return g.call(tt.path, false) })
		})
	}
	none := newGate(t, Limits{CorpPerMinute: NoQuota, CorpPerHour: NoQuota, DebugPerMinute: NoQuota, AtOnce: NoQuota})
	none.passes(20_000, func() error { return none.call(path, true) })
	if newLimiter(LimitsOff, time.Now) != nil {
		t.Error("LimitsOff has a limiter")
	}
}

func TestParseLimits(t *testing.T) {
	t.Parallel()
	got, err := ParseLimits([]byte(`{"corp_per_minute":7,"at_once":-1,"calls":{"getcheckindata":1200,"user/get":-1}}`))
	if err != nil || got.CorpPerMinute != 7 || got.CorpPerHour != 0 || got.AtOnce != NoQuota || got.Off ||
		got.Calls["getcheckindata"] != 1200 || got.Calls["user/get"] != NoQuota || len(got.Calls) != 2 {
		t.Errorf("got %+v, %v", got, err)
	}
	for text, want := range map[string]string{
		`{"corp_per_minute":0}`:           "corp_per_minute",
		`{"corp_per_hour":-2}`:            "above 0, or -1",
		`{"at_once":"5"}`:                 "at_once",
		`{"corp_per_second":1}`:           "corp_per_second",
		`{"Off":true}`:                    "Off",
		`{"calls":{"getcheckindat":1}}`:   `"getcheckindat" is no call`,
		`{"calls":{"getcheckindata":{}}}`: "getcheckindata",
		`[]`:                              "limits",
		``:                                "limits",
	} {
		if _, err := ParseLimits([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", text, err, want)
		}
	}
}

// What is kept of those who do not come back is forgotten: after an hour, and
// at once where there are too many of them. A corporation is not.
func TestMetersAreForgotten(t *testing.T) {
	t.Parallel()
	g := newGate(t, Limits{})
	const path = "/cgi-bin/checkin/addcheckinuserface" // 10 a minute
	face := func() error { return g.call(path, false) }
	g.passes(10, face)
	for i := range maxMeters + 1000 {
		if err := g.knock(netip.MustParseAddr(fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255)), path); err != nil {
			t.Fatal(err)
		}
		if n := len(g.meters); n > maxMeters {
			t.Fatalf("%d meters", n)
		}
	}
	g.refuses(face)
	g.turn(time.Hour)
	g.passes(1, face)
	if n := len(g.meters); n != 1 {
		t.Errorf("an hour later: %d meters, want that of the last call", n)
	}
	if len(g.running) != 0 {
		t.Errorf("%d calls still run", len(g.running))
	}
}

// Every call has an empty answer for a refusal, and nothing is done for it:
// there is no app that could.
func TestNothing(t *testing.T) {
	t.Parallel()
	for _, r := range routes {
		x := &exchange{api: &API{}, r: httptest.NewRequest(http.MethodPost, r.path, nil)}
		if x.nothing(r) == nil {
			t.Errorf("%s: no answer", r.path)
		}
	}
}
