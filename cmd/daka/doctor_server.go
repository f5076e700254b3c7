package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
)

// server examines a server and the app as which it is called.
func (x *examination) server(ctx context.Context, w *wecom.Client, base string) {
	dates := &dateKeeper{}
	w, err := w.With(wecom.WithHTTPClient(&http.Client{Timeout: 15 * time.Second, Transport: dates}),
		wecom.WithRetry(wecom.Retry{Sends: 1, Windows: -1}))
	if err != nil {
		x.broke("server", err)
		return
	}
	begun := time.Now()
	_, err = w.Token(ctx)
	refused, answered := errors.AsType[*wecom.Error](err)
	if err != nil && !answered {
		x.note("server", hasFailed, errorText(langOf(x.cmd), err), x.say("see that %s is right, and that this machine gets there: name server, firewall, proxy, certificates", base))
		return
	}
	x.ok("server", x.say("%s answers, in %s", base, time.Since(begun).Round(time.Millisecond)))
	if ahead, known := dates.ahead(); known {
		x.clock(ahead)
	} else {
		x.skip("clock", x.say("the server does not tell the time"))
	}
	if err != nil {
		check := "secret"
		if refused.Code == wecom.CodeUntrustedIP {
			check = "trusted_ip"
		}
		x.note(check, hasFailed, errorText(langOf(x.cmd), err), x.advise(refused))
		return
	}
	x.calls(ctx, w)
	x.skip("holidays", x.say("a server keeps a public calendar of its own"))
}

// calls examines what the app may do, by calls that change nothing.
func (x *examination) calls(ctx context.Context, w *wecom.Client) {
	c := checkin.NewClient(w)
	_, rules := c.CorpOptions(ctx, checkin.CorpOptionsRequest{})
	// These ask for nobody: who may call is told that, who may not is told so.
	_, records := c.Records(ctx, checkin.RecordsRequest{})
	_, devices := c.Hardware(ctx, checkin.HardwareRequest{})
	_, list := w.UserIDs(ctx, wecom.UserIDsRequest{Limit: 1})
	departments, contacts := w.DepartmentIDs(ctx, 0)

	kind := appKind(rules, records, devices, list)
	x.secret(kind)
	x.mayCheckin(kind, rules, records)
	if contacts != nil {
		x.refusal("contacts", isWarning, contacts)
	} else if len(departments) == 0 {
		x.note("contacts", isWarning, x.say("the app sees no department"), x.say("widen its visible range in the admin console"))
	} else {
		x.ok("contacts", x.say("the app sees %d departments", len(departments)))
	}
	x.trusted(rules, records, devices, list, contacts)
	x.limits(rules, records, devices, list, contacts)
}

func (x *examination) mayCheckin(kind keyKind, rules, records error) {
	switch {
	case rightOf(rules) == granted || rightOf(records) == granted:
		x.ok("check-in", x.say("the app may call check-in"))
	case kind == contactKey:
		x.note("check-in", hasFailed, errorText(langOf(x.cmd), rules), x.say("contact sync never may: take the secret of an app that is listed at 「打卡 - 可调用接口的应用」"))
	default:
		x.refusal("check-in", hasFailed, rules)
	}
}

// refusal adds a point of which a call was refused.
func (x *examination) refusal(check, state string, err error) {
	if refused, ok := errors.AsType[*wecom.Error](err); ok {
		x.note(check, state, errorText(langOf(x.cmd), err), x.advise(refused))
		return
	}
	x.note(check, state, errorText(langOf(x.cmd), err), x.say("it could not be examined"))
}

func (x *examination) trusted(errs ...error) {
	answered := false
	for _, err := range errs {
		_, told := errors.AsType[*wecom.Error](err)
		answered = answered || err == nil || told
		if refused, ok := errors.AsType[*wecom.Error](err); ok && refused.Code == wecom.CodeUntrustedIP {
			x.refusal("trusted_ip", hasFailed, err)
			return
		}
	}
	if !answered {
		x.skip("trusted_ip", x.say("no call was answered"))
		return
	}
	x.ok("trusted_ip", x.say("calls from this address are let in"))
}

// limits tells the quotas: what is left of them no server tells.
func (x *examination) limits(errs ...error) {
	for _, err := range errs {
		if refused, ok := errors.AsType[*wecom.Error](err); ok && refused.Code == wecom.CodeRateLimit {
			x.refusal("limits", hasFailed, err)
			return
		}
	}
	var known []string
	for _, op := range checkin.Operations {
		if op.RatePerMinute > 0 {
			known = append(known, fmt.Sprintf("%s %d", op.Name, op.RatePerMinute))
		}
	}
	x.skip("limits", x.say("what is left is not told; calls a minute: %s", strings.Join(known, ", ")))
}

// dateKeeper keeps the latest time that a server told in its answers.
type dateKeeper struct {
	mu    sync.Mutex
	date  time.Time
	local time.Time // ours then
}

// RoundTrip sends as http.DefaultTransport does.
func (d *dateKeeper) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := time.Now()
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		d.mu.Lock()
		d.date, d.local = date, asked.Add(now.Sub(asked)/2)
		d.mu.Unlock()
	}
	return resp, nil
}

// ahead returns how far the server's clock is ahead, to a second.
func (d *dateKeeper) ahead() (time.Duration, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	// The header has the second that has begun: half of one later on average.
	return d.date.Add(time.Second / 2).Sub(d.local), !d.date.IsZero()
}
