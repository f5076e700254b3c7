package rig

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// world is a time that a test moves.
type world struct{ now time.Time }

func (w *world) Now() time.Time { return w.now }

func TestClock(t *testing.T) {
	t.Parallel()
	w := &world{time.Unix(1000, 0)}
	c := NewClock(w.Now)
	shows := func(want float64) {
		t.Helper()
		if got := float64(c.Now().UnixMilli()) / 1000; got != want {
			t.Errorf("shows %v, want %v", got, want)
		}
	}
	w.now = w.now.Add(5 * time.Second)
	shows(1005) // with the world
	if err := c.SetScale(0); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Hour)
	shows(1005) // frozen
	c.Set(time.Unix(500, 0))
	shows(500) // set, and frozen still
	if err := c.SetScale(60); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(2 * time.Second)
	shows(620) // 500 + 2 x 60
	if err := c.Advance(t.Context(), 80*time.Second); err != nil {
		t.Fatal(err)
	}
	shows(700)
	if c.SetScale(-1) == nil || c.SetScale(MaxScale+1) == nil || c.Advance(t.Context(), -1) == nil || c.Advance(t.Context(), MaxAdvance+1) == nil {
		t.Error("a turn that cannot be was accepted")
	}
}

// Advancing does what is due, in the order of the times, each at its time.
func TestAdvanceRunsWhatIsDue(t *testing.T) {
	t.Parallel()
	w := &world{time.Unix(0, 0)}
	c := NewClock(w.Now)
	if err := c.SetScale(0); err != nil {
		t.Fatal(err)
	}
	var ran []string
	job := func(name string, period time.Duration) {
		c.Every(name, period, func(context.Context) error {
			ran = append(ran, fmt.Sprint(name, c.Now().Unix()))
			return nil
		})
	}
	job("a", 10*time.Second)
	job("b", 15*time.Second)
	if err := c.Advance(t.Context(), 30*time.Second); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(ran, " "), "a10 b15 a20 a30 b30"; got != want {
		t.Errorf("ran %s, want %s", got, want)
	}
	ran = nil
	c.Set(time.Unix(100, 0)) // nothing is made up for, and the periods begin anew
	if err := c.Advance(t.Context(), 10*time.Second); err != nil || strings.Join(ran, " ") != "a110" {
		t.Errorf("ran %v after Set: %v", ran, err)
	}
	c.Every("broken", time.Second, func(context.Context) error { return errors.New("boom") })
	if err := c.Advance(t.Context(), time.Minute); err == nil || !strings.Contains(err.Error(), "broken") || c.Now().Unix() != 111 {
		t.Errorf("stopped at %d: %v", c.Now().Unix(), err)
	}
}

// Ten times MaxRounds periods at once are MaxRounds rounds: the last ones.
func TestAdvanceRunsTheLastRounds(t *testing.T) {
	t.Parallel()
	c := NewClock((&world{time.Unix(0, 0)}).Now)
	var first, last, n int64
	c.Every("a", time.Minute, func(context.Context) error {
		last = c.Now().Unix()
		if n++; n == 1 {
			first = last
		}
		return nil
	})
	if err := c.Advance(t.Context(), 10*MaxRounds*time.Minute); err != nil {
		t.Fatal(err)
	}
	if n != MaxRounds || first != 60*(9*MaxRounds+1) || last != 60*10*MaxRounds {
		t.Errorf("%d rounds from %d to %d", n, first, last)
	}
}

func TestFaultRules(t *testing.T) {
	t.Parallel()
	const path = "/cgi-bin/checkin/getcheckindata"
	tests := []struct {
		name  string
		rule  Fault
		calls []string // path agent now
		acts  string   // 1 for each call that it acts on
	}{
		{"every call", Fault{}, []string{path, path}, "11"},
		{"path", Fault{Endpoint: path}, []string{path, path + "x"}, "10"},
		{"last part", Fault{Endpoint: "getcheckindata"}, []string{path, "/cgi-bin/checkin/xgetcheckindata"}, "10"},
		{"nth", Fault{Nth: 2}, []string{path, path, path}, "010"},
		{"times", Fault{Times: 2}, []string{path, path, path}, "110"},
		{"always by chance", Fault{Probability: 1}, []string{path, path}, "11"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var f Faults
			tt.rule.Corp, tt.rule.Kind = "ww1", Reset
			if _, err := f.Add(tt.rule); err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, p := range tt.calls {
				got += fmt.Sprint(len(f.Meet("ww1", p, 1, 0)))
			}
			if got != tt.acts {
				t.Errorf("acted on %s, want %s", got, tt.acts)
			}
		})
	}
}

func TestFaultsMeet(t *testing.T) {
	t.Parallel()
	var f Faults
	for _, rule := range []Fault{
		{Corp: "ww1", Kind: Delay, Millis: 5},
		{Corp: "ww1", Kind: ErrCode, Code: 45009, Agent: 7, Until: 100},
		{Corp: "ww1", Kind: BadGateway},
		{Corp: "ww2", Kind: Reset},
	} {
		if _, err := f.Add(rule); err != nil {
			t.Fatal(err)
		}
	}
	ids := func(corp string, agent, now int64) string {
		text := ""
		for _, r := range f.Meet(corp, "/cgi-bin/x", agent, now) {
			text += fmt.Sprint(r.ID)
		}
		return text
	}
	for _, tt := range []struct {
		corp       string
		agent, now int64
		want       string
	}{
		{"ww1", 7, 99, "12"},  // the delay, then the first that is none
		{"ww1", 8, 99, "13"},  // another app
		{"ww2", 7, 99, "4"},   // another corporation
		{"ww3", 7, 99, ""},    // nobody's
		{"ww1", 7, 100, "13"}, // its time is over
	} {
		if got := ids(tt.corp, tt.agent, tt.now); got != tt.want {
			t.Errorf("%s, app %d at %d: met %q, want %q", tt.corp, tt.agent, tt.now, got, tt.want)
		}
	}
	if n := len(f.List("ww1")); n != 2 {
		t.Errorf("%d rules of ww1, want 2: one is over", n)
	}
	f.Clear("ww1")
	if len(f.List("ww1")) != 0 || len(f.List("ww2")) != 1 || !f.Any() {
		t.Error("Clear took others' rules, or left its own")
	}
}

// The same seed lets the same calls fail.
func TestFaultChance(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) string {
		var f Faults
		if _, err := f.Add(Fault{Corp: "ww1", Kind: Reset, Probability: 0.5, Seed: seed}); err != nil {
			t.Fatal(err)
		}
		text := ""
		for range 200 {
			text += fmt.Sprint(len(f.Meet("ww1", "/cgi-bin/x", 0, 0)))
		}
		return text
	}
	one := run(1)
	if n := strings.Count(one, "1"); n < 60 || n > 140 { // 100 expected, deviation 7.1
		t.Errorf("acted on %d of 200 calls at a chance of one half", n)
	}
	if one != run(1) || one == run(2) {
		t.Error("the seed does not decide")
	}
}

func TestBadFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		field string
		rule  Fault
	}{
		{"kind", Fault{Kind: "fire"}},
		{"errcode", Fault{Kind: ErrCode}},
		{"millis", Fault{Kind: Delay, Millis: MaxDelay + 1}},
		{"after", Fault{Kind: Delay, Millis: 1, After: true}},
		{"nth", Fault{Kind: Reset, Nth: -1}},
		{"times", Fault{Kind: Reset, Times: -1}},
		{"probability", Fault{Kind: Reset, Probability: 1.5}},
		{"ttl", Fault{Kind: Reset, Until: -1}},
	} {
		var f Faults
		if _, err := f.Add(tt.rule); !errors.Is(err, ErrFault) || !strings.Contains(err.Error(), tt.field+":") {
			t.Errorf("%s: %v", tt.field, err)
		}
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	var l Requests
	for i := range MaxRequests + 10 {
		l.Add(Request{Corp: []string{"ww1", "ww2", ""}[i%3]})
	}
	all := l.List("ww1", 0)
	for _, r := range all {
		if r.Corp == "ww2" {
			t.Fatal("a call of another corporation")
		}
	}
	// Of the 1,000 kept, seq 11 to 1,010, a third is ww2's: seq 2, 5, 8, … of
	// which 11 is the first and 1,010 the last: 334.
	if len(all) != MaxRequests-334 || all[0].Seq != 12 {
		t.Errorf("%d calls from %d", len(all), all[0].Seq)
	}
	if last := l.List("ww1", 1008); len(last) != 1 || last[0].Seq != 1009 {
		t.Errorf("after 1008: %v", last)
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"access_token=abc&department_id=1", "access_token=[redacted]&department_id=1"},
		{"corpid=ww1&corpsecret=abc", "corpid=ww1&corpsecret=[redacted]"},
		{"who=knows", "who=[redacted]"},
		{"userid=" + strings.Repeat("x", 65), "userid=%5Blong+text%5D"},
	} {
		if got := RedactQuery(tt.in); got != tt.want {
			t.Errorf("query %s: got %s, want %s", tt.in, got, tt.want)
		}
	}
	for _, tt := range []struct{ in, want string }{
		{`{"userid":"u","userface":"abc"}`, `{"userface":"[redacted]","userid":"u"}`},
		{`{"a":[{"suite_secret":"abc"}],"n":12345678901234567}`, `{"a":[{"suite_secret":"[redacted]"}],"n":12345678901234567}`},
		{`{"remark":"` + strings.Repeat("x", 65) + `"}`, `{"remark":"[long text]"}`},
		{`{"a":`, ""},
		{"--boundary", ""},
		{`"` + strings.Repeat("x", MaxBody) + `"`, ""},
	} {
		if got := RedactBody([]byte(tt.in)); got != tt.want {
			t.Errorf("body %.40s: got %s, want %s", tt.in, got, tt.want)
		}
	}
}
