package wecom

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// way watches how far a request comes.
type way struct {
	connected atomic.Bool // there was a connection to send it on
	noTLS     atomic.Bool // a server did not complete the handshake
	written   atomic.Bool // all of it was sent once
	repeated  atomic.Bool // the transport was about to send it again then
}

// watch returns a context for the request, and what ends it. The HTTP/2 of
// net/http sends a request whose stream was reset with PROTOCOL_ERROR again by
// itself, at once and for ever: one that has gone out whole is ended before it
// goes out a second time.
func (w *way) watch(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancel(ctx)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) {
			w.connected.Store(true)
			if w.written.Load() {
				w.repeated.Store(true)
				end()
			}
		},
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil {
				w.written.Store(true)
			}
		},
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			if err != nil {
				w.noTLS.Store(true)
			}
		},
	}), end
}

// cause is why a request failed: not for its end in watch.
func (w *way) cause(err error) error {
	if w.repeated.Load() {
		return errReset
	}
	return err
}

var errReset = errors.New("the server broke the request off")

// unsent reports whether it is certain that nothing of a request that failed
// went out. A transport that tells nothing of its connections leaves it
// uncertain.
func (w *way) unsent(err error) bool {
	failed, ok := errors.AsType[*net.OpError](err)
	return !w.connected.Load() && (w.noTLS.Load() || ok && failed.Op == "dial")
}

// hopeless reports whether a server will fail to prove who it is next time too.
func hopeless(err error) bool {
	_, ok := errors.AsType[*tls.CertificateVerificationError](err)
	return ok
}
