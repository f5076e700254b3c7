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
}

// watch returns a context for the request.
func (w *way) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { w.connected.Store(true) },
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			if err != nil {
				w.noTLS.Store(true)
			}
		},
	})
}

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
