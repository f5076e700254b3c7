package wecom_test

import (
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dakahq/daka/wecom"
)

// resetting is a server of HTTP/2 (RFC 9113) that takes requests in to their
// end, and then resets their streams.
type resetting struct {
	code uint32 // of RST_STREAM
	got  atomic.Int64
}

func (s *resetting) serve(t *testing.T) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return "http://" + l.Addr().String()
}

// talk answers the frames of a connection: 3 bytes of length, one of type, one
// of flags and 4 of the stream's number, before what they carry.
func (s *resetting) talk(conn net.Conn) {
	defer conn.Close()
	const data, headers, settings, ended = 0, 1, 4, 1
	if _, err := io.CopyN(io.Discard, conn, int64(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))); err != nil {
		return
	}
	send := func(frame ...byte) { _, _ = conn.Write(frame) }
	send(0, 0, 0, settings, 0, 0, 0, 0, 0)
	for {
		var head [9]byte
		if _, err := io.ReadFull(conn, head[:]); err != nil {
			return
		}
		length := binary.BigEndian.Uint32(head[:4]) >> 8
		if _, err := io.CopyN(io.Discard, conn, int64(length)); err != nil {
			return
		}
		switch kind, flags := head[3], head[4]; {
		case kind == settings && flags == 0:
			send(0, 0, 0, settings, 1, 0, 0, 0, 0)
		case (kind == data || kind == headers) && flags&ended != 0:
			s.got.Add(1)
			send(append(append([]byte{0, 0, 4, 3, 0}, head[5:]...), binary.BigEndian.AppendUint32(nil, s.code)...)...)
		}
	}
}

// The HTTP/2 of net/http sends a request whose stream is reset with
// PROTOCOL_ERROR again, without end, whatever its method.
func TestHTTP2IsNotRepeatedByTheTransport(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]uint32{"PROTOCOL_ERROR": 1, "REFUSED_STREAM": 7} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &resetting{code: code}
			transport := &http.Transport{Protocols: new(http.Protocols)}
			transport.Protocols.SetUnencryptedHTTP2(true)
			t.Cleanup(transport.CloseIdleConnections)
			c, err := wecom.New(wecom.StaticToken(wecom.NewToken("token/1")), wecom.WithBaseURL(s.serve(t)),
				wecom.WithHTTPClient(&http.Client{Transport: transport, Timeout: 10 * time.Second}), wecom.WithRetry(wecom.Retry{First: 1, Longest: 1}))
			if err != nil {
				t.Fatal(err)
			}
			for i, tt := range []struct {
				method     string
				repeatable bool
				sends      int64 // of Retry
			}{{"GET", false, 1}, {"GET", true, 4}, {"POST", false, 1}, {"POST", true, 4}, {"DELETE", false, 1}} {
				s.got.Store(0)
				r := wecom.Request{Method: tt.method, Path: "/x", Repeatable: tt.repeatable}
				if tt.method == "POST" {
					r.Body = i
				}
				if err := c.Call(t.Context(), r, nil); err == nil {
					t.Error("no error")
				}
				if got := s.got.Load(); got != tt.sends {
					t.Errorf("%+v: the server got it %d times", tt, got)
				}
			}
		})
	}
}
