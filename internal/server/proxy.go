package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// behind puts the caller's own address in the place of that of the proxies it
// came through. X-Forwarded-For is believed from its end, and only as far as
// the proxies reach: what stands before them anybody may have written.
func (s *Server) behind(next http.Handler) http.Handler {
	if len(s.proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from := s.caller(r); from != r.RemoteAddr {
			r = r.Clone(r.Context())
			r.RemoteAddr = from
		}
		next.ServeHTTP(w, r)
	})
}

// caller returns the address, with a port, of the one who asks.
func (s *Server) caller(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !s.isProxy(host) {
		return r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		if host = hop.Unmap().String(); !s.isProxy(host) {
			break
		}
	}
	return net.JoinHostPort(host, "0")
}

func (s *Server) isProxy(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, network := range s.proxies {
		if network.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}
