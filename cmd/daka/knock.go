package main

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/dakahq/daka/wecom"
)

// knock sees to it that a server where nothing listens is not knocked at again and
// again: it sends the calls of a client, and is the clock by which the client waits
// before it makes them again. As long as nobody has answered, a connection that is
// refused ends that. A server that has answered once is waited for.
type knock struct {
	machineClock
	refused  func() // called when a connection is refused before any answer; may be nil
	answered atomic.Bool
	vain     atomic.Pointer[error] // why the last call got no connection, where none has been answered
}

// errNobody ends a wait for a server where nothing listens.
var errNobody = failf("nothing listens there")

// client is what sends the calls.
func (k *knock) client() *http.Client {
	return &http.Client{Timeout: 60 * time.Second, Transport: k}
}

// RoundTrip implements http.RoundTripper.
func (k *knock) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err == nil {
		k.answered.Store(true)
	}
	if k.answered.Load() || !errors.Is(err, syscall.ECONNREFUSED) {
		k.vain.Store(nil)
		return resp, err
	}
	k.vain.Store(&err)
	if k.refused != nil {
		k.refused()
	}
	return resp, err
}

// failure is what came of calls that refused has ended: why it did, in the place of
// that they were ended.
func (k *knock) failure(err error) error {
	if cause := k.vain.Load(); cause != nil && errors.Is(err, context.Canceled) {
		return &wecom.TransportError{Endpoint: wecom.TokenPath, Err: *cause}
	}
	return err
}

// Sleep is a pause between two tries.
func (k *knock) Sleep(ctx context.Context, d time.Duration) error {
	if k.vain.Load() != nil {
		return errNobody
	}
	return k.machineClock.Sleep(ctx, d)
}
