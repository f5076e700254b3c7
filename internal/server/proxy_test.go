package server

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestCallerBehindProxies(t *testing.T) {
	t.Parallel()
	s := &Server{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for _, tt := range []struct{ name, remote, forwarded, want string }{
		{"no proxy", "192.0.2.9:5", "203.0.113.7", "192.0.2.9:5"},
		{"one proxy", "10.0.0.1:5", "203.0.113.7", "203.0.113.7:0"},
		{"two proxies", "10.0.0.1:5", "203.0.113.7, 10.0.0.2", "203.0.113.7:0"},
		{"a client that lies", "10.0.0.1:5", "127.0.0.1, 203.0.113.7", "203.0.113.7:0"},
		{"nothing said", "10.0.0.1:5", "", "10.0.0.1:0"},
		{"nonsense", "10.0.0.1:5", "unknown", "10.0.0.1:0"},
		{"version 6", "10.0.0.1:5", "2001:db8::1", "[2001:db8::1]:0"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = tt.remote
		if tt.forwarded != "" {
			r.Header.Set("X-Forwarded-For", tt.forwarded)
		}
		if got := s.caller(r); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}
