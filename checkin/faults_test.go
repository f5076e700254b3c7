package checkin_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/wecom"
)

// come is what comes of a call that a fault meets.
type come struct {
	sends int
	done  int // how often the server does what is asked for
	fails error
}

// broken is the failure of a call without answer, or with a bad one.
type broken int // the HTTP status

func (broken) Error() string { return "broken" }

// fit reports whether a failure is the one expected, and typed.
func (c come) fit(err error) bool {
	if want, ok := c.fails.(broken); ok {
		got, ok := errors.AsType[*wecom.TransportError](err)
		return ok && got.Status == int(want)
	}
	_, typed := errors.AsType[*wecom.Error](err)
	return errors.Is(err, c.fails) && (err == nil || typed)
}

// strike is a fault and what comes of a call that may be repeated, and of one
// that may not.
type strike struct {
	name        string
	fault       admin.Fault
	before      func(s *faulty) // in place of a fault
	read, write come
}

const once = 1

func code(c wecom.Code) admin.Fault {
	return admin.Fault{Kind: admin.FaultErrCode, ErrCode: int64(c)}
}

// with returns the strikes of a kind of fault that is over next time: once
// before the call is done, once after it, and again and again. A call that may
// be repeated is made four times at most, any other once.
func with(name string, f admin.Fault, fails error) []strike {
	f.Times = once
	after, always := f, f
	after.After, always.Times = true, 0
	return []strike{
		{name: name, fault: f, read: come{2, 1, nil}, write: come{1, 0, fails}},
		{name: name + " after", fault: after, read: come{2, 2, nil}, write: come{1, 1, fails}},
		{name: name + " always", fault: always, read: come{4, 0, fails}, write: come{1, 0, fails}},
	}
}

// refusal returns the strike of a refusal that stands.
func refusal(name string, c wecom.Code) strike {
	return strike{name: name, fault: code(c), read: come{1, 0, c}, write: come{1, 0, c}}
}

func strikes() []strike {
	half := admin.Fault{Kind: admin.FaultHalfBody, Times: once}
	halves := half
	halves.Times = 0
	limit := code(wecom.CodeRateLimit)
	limit.Times = once
	tooMany := code(wecom.CodeConcurrency)
	tooMany.Times = once
	return slices.Concat(
		with("-1", code(wecom.CodeBusy), wecom.CodeBusy),
		with("reset", admin.Fault{Kind: admin.FaultReset}, broken(0)),
		with("wrong_json", admin.Fault{Kind: admin.FaultWrongJSON}, broken(200)),
		with("bad_gateway", admin.Fault{Kind: admin.FaultBadGateway}, broken(502)),
		[]strike{
			{name: "half_body", fault: half, read: come{2, 2, nil}, write: come{1, 1, broken(200)}},
			{name: "half_body always", fault: halves, read: come{4, 4, broken(200)}, write: come{1, 1, broken(200)}},
			// Nothing has been done: a write goes out again as well. Three windows
			// are waited out.
			{name: "45009", fault: limit, read: come{2, 1, nil}, write: come{2, 1, nil}},
			{name: "45009 always", fault: code(wecom.CodeRateLimit), read: come{4, 0, wecom.CodeRateLimit}, write: come{4, 0, wecom.CodeRateLimit}},
			{name: "45033", fault: tooMany, read: come{2, 1, nil}, write: come{2, 1, nil}},
			{name: "45033 always", fault: code(wecom.CodeConcurrency), read: come{4, 0, wecom.CodeConcurrency}, write: come{4, 0, wecom.CodeConcurrency}},
			refusal("48002", wecom.CodeForbiddenAPI),
			refusal("301021", wecom.CodeCheckinUser),
			// gettoken gives the refused token again: it is not used again.
			refusal("40014", wecom.CodeInvalidToken),
			refusal("42001", wecom.CodeExpiredToken),
			{name: "revoked", before: (*faulty).Revoke, read: come{2, 1, nil}, write: come{2, 1, nil}},
			{name: "expired", before: func(s *faulty) { s.Clock.Advance(3 * time.Hour) }, read: come{2, 1, nil}, write: come{2, 1, nil}},
			{name: "delay", fault: admin.Fault{Kind: admin.FaultDelay, Millis: 1}, read: come{1, 1, nil}, write: come{1, 1, nil}},
		},
	)
}

// fewStrikes are those that every call that reads meets with -short too, where
// the first of them meets all: they go the same way.
var fewStrikes = []string{"-1", "reset after", "half_body", "45009", "301021", "revoked"}

// Every fault that a server has, at every call: the failure or the success that
// Retry promises, and of a write that it is done once or not at all.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	for _, m := range slices.Concat(readMethods, checkinWrites, contactWrites) {
		m.contact = m.contact || strings.HasPrefix(m.name, "user/") || strings.HasPrefix(m.name, "department/")
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			s := newFaulty(t)
			id, err := s.Client(s.Contact).CreateDepartment(t.Context(), wecom.DepartmentEdit{ID: 7, Name: new("empty"), ParentID: new(int64(1))})
			if err != nil || id != 7 {
				t.Fatal(id, err)
			}
			restore := s.Snapshot()
			for _, strike := range strikes() {
				if testing.Short() && m.stored == nil && m.name != readMethods[0].name && !slices.Contains(fewStrikes, strike.name) {
					continue
				}
				s.meet(t, m, strike)
				s.Clock.Set(faultNoon)
				if m.stored != nil {
					restore()
				}
			}
		})
	}
}

// meet makes one call of the matrix and judges it.
func (s *faulty) meet(t *testing.T, m method, strike strike) {
	t.Helper()
	w, transport := s.caller(m)
	defer transport.CloseIdleConnections()
	if _, err := w.Token(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := s.latest()
	if strike.before != nil {
		strike.before(s)
	} else {
		strike.fault.Endpoint = m.name
		s.Fail(strike.fault)
	}
	err := m.call(t.Context(), s, w)
	s.ClearFaults()
	want := strike.write
	if m.repeatable || m.stored == nil {
		want = strike.read
	}
	if sends := s.sends(m, before); sends != want.sends || !want.fit(err) {
		t.Errorf("%s: %v after %d sends, want %v after %d", strike.name, err, sends, want.fails, want.sends)
	}
	if m.stored == nil {
		return
	}
	if n := m.stored(s); n != min(want.done, 1) {
		t.Errorf("%s: stored %d times, want %d", strike.name, n, min(want.done, 1))
	}
}

// caller returns a client as it is without options, but for a clock on which
// every wait is over at once.
func (s *faulty) caller(m method) (*wecom.Client, *http.Transport) {
	s.t.Helper()
	app := s.App
	if m.contact {
		app = s.Contact
	}
	transport := &http.Transport{}
	w, err := wecom.New(wecom.CorpApp(s.CorpID, app.Secret), wecom.WithBaseURL(s.URL),
		wecom.WithHTTPClient(&http.Client{Transport: transport}), wecom.WithClock(&jumpClock{now: faultNoon}))
	if err != nil {
		s.t.Fatal(err)
	}
	return w, transport
}

// latest returns the place of the last call in the server's log.
func (s *faulty) latest() int64 {
	s.t.Helper()
	if list := s.Requests(); len(list) > 0 {
		return list[len(list)-1].Seq
	}
	return 0
}

// sends counts the calls of a method since a place in the log.
func (s *faulty) sends(m method, since int64) int {
	s.t.Helper()
	list, err := s.Admin.Requests(s.t.Context(), since)
	if err != nil {
		s.t.Fatal(err)
	}
	return count(list.Requests, func(r admin.Request) bool { return strings.HasSuffix(r.Path, "/"+m.name) })
}

// A fault that meets gettoken is the source's to overcome, once for all that a
// call does.
func TestFaultsOfTheToken(t *testing.T) {
	t.Parallel()
	s := newFaulty(t)
	m := readMethods[0]
	for _, strike := range strikes() {
		if strike.before != nil || strings.HasPrefix(strike.name, "4") && strings.HasSuffix(strike.name, "1") {
			continue // no fault, or one of a token that there is not yet
		}
		w, transport := s.caller(m)
		before := s.latest()
		strike.fault.Endpoint = wecom.TokenPath
		s.Fail(strike.fault)
		err := m.call(t.Context(), s, w)
		s.ClearFaults()
		transport.CloseIdleConnections()
		token := method{name: "gettoken"}
		calls := map[bool]int{true: 1}[strike.read.fails == nil]
		if n := s.sends(token, before); n != strike.read.sends || !strike.read.fit(err) || s.sends(m, before) != calls {
			t.Errorf("%s: %v after %d fetches and %d calls, want %v after %d and %d", strike.name, err, n, s.sends(m, before), strike.read.fails, strike.read.sends, calls)
		}
	}
}

// jumpClock is a clock on which every wait is over at once. It is for one call
// after the other.
type jumpClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *jumpClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *jumpClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(max(d, 0))
	return ctx.Err()
}
