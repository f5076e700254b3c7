package main

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"

	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

// defaultAddr is where a server listens that is told nothing: this machine alone.
const defaultAddr = "127.0.0.1:8420"

// serveOptions are those of serve.
type serveOptions struct {
	db      string
	addr    string
	tlsCert string
	tlsKey  string
	proxies []string
	keyFile string
	strict  bool
	limits  string
	test    bool
}

func newServeCommand() *cobra.Command {
	o := serveOptions{db: defaultDB, addr: defaultAddr, limits: limitsWeCom}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve WeCom's check-in interface",
		Long: `Serves WeCom's interface under /cgi-bin until SIGINT or SIGTERM tells it to stop,
then lets calls that are under way end. The schema of the database is
brought up to date first.

It listens on this machine alone. Another --addr needs --tls-cert and --tls-key,
or --behind-proxy with the networks of the proxies that end TLS: connections
from elsewhere, this machine apart, are closed.

` + limitsHelp + `

` + exitHelp,
		Example: "  daka serve --db sqlite:daka.db",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runServe(cmd.Context(), cmd.ErrOrStderr(), &o)
		},
	}
	bind(cmd, "db", &o.db)
	bind(cmd, "addr", &o.addr)
	bind(cmd, "tls-cert", &o.tlsCert)
	bind(cmd, "tls-key", &o.tlsKey)
	bind(cmd, "behind-proxy", &o.proxies)
	bind(cmd, "key-file", &o.keyFile)
	bind(cmd, "strict", &o.strict)
	bind(cmd, "limits", &o.limits)
	bind(cmd, "test-mode", &o.test)
	return cmd
}

func runServe(ctx context.Context, log io.Writer, o *serveOptions) (err error) {
	wrap, scheme, err := o.protection()
	if err != nil {
		return err
	}
	limits, err := readLimits(o.limits)
	if err != nil {
		return err
	}
	if err := needFile(o.db); err != nil {
		return err
	}
	db, err := openDatabase(ctx, o.db, toMigrate)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := needCorp(ctx, db, o.db); err != nil {
		return err
	}
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(log, nil))
	config := server.Config{DB: db, Logger: logger, Strict: o.strict, Limits: limits, TestMode: o.test}
	if config.Proxies, err = o.networks(); err != nil {
		return errors.Join(err, l.Close())
	}
	if config.Key, err = keyFrom(o.keyFile); err != nil {
		return errors.Join(err, l.Close())
	}
	s, err := server.New(config)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	logger.Info("serving", "url", scheme+"://"+l.Addr().String())
	err = s.Serve(ctx, wrap(l))
	logger.Info("stopped")
	return err
}

// needCorp refuses a database that has nothing to serve.
func needCorp(ctx context.Context, db *store.DB, dsn string) error {
	return db.Read(ctx, func(tx *store.Tx) error {
		corps, err := tx.Corps()
		if err == nil && len(corps) == 0 {
			err = failf("database %s has no corporation: make one with \"daka init --db %s\"", shown(dsn), shown(dsn))
		}
		return err
	})
}

// protection decides how what goes over the line is kept from others: what is
// put around the listener, and the scheme of its URL.
func (o *serveOptions) protection() (wrap func(net.Listener) net.Listener, scheme string, err error) {
	plain := func(l net.Listener) net.Listener { return l }
	switch {
	case (o.tlsCert == "") != (o.tlsKey == ""):
		return nil, "", usagef("--tls-cert and --tls-key need each other")
	case o.tlsCert != "" && len(o.proxies) > 0:
		return nil, "", usagef("--tls-cert and --behind-proxy exclude each other")
	case o.tlsCert != "":
		pair, err := tls.LoadX509KeyPair(o.tlsCert, o.tlsKey)
		if err != nil {
			return nil, "", failf("--tls-cert: %w", err)
		}
		config := &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
		return func(l net.Listener) net.Listener { return tls.NewListener(l, config) }, "https", nil
	case len(o.proxies) > 0:
		networks, err := o.networks()
		return func(l net.Listener) net.Listener { return &proxied{l, networks} }, "http", err
	case !loopback(o.addr):
		return nil, "", usagef("--addr %s is open to other machines: it needs --tls-cert and --tls-key, or --behind-proxy", o.addr)
	}
	return plain, "http", nil
}

// networks returns the networks of the proxies.
func (o *serveOptions) networks() (networks []netip.Prefix, err error) {
	for _, text := range o.proxies {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, usagef("--behind-proxy: %q is not a network like 10.0.0.0/8", text)
		}
		networks = append(networks, network)
	}
	return networks, nil
}

// loopback reports whether an address is one of this machine alone.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return true // listening will say what is wrong with it
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// proxied is a listener that knows its proxies.
type proxied struct {
	net.Listener
	networks []netip.Prefix
}

// Accept returns the next connection from a proxy or from this machine, and
// closes the others: on a line without TLS they could be read.
func (p *proxied) Accept() (net.Conn, error) {
	for {
		c, err := p.Listener.Accept()
		if err != nil || p.trusts(c.RemoteAddr()) {
			return c, err
		}
		_ = c.Close() // whoever it is, there is nobody to tell
	}
}

func (p *proxied) trusts(remote net.Addr) bool {
	tcp, ok := remote.(*net.TCPAddr)
	if !ok {
		return false
	}
	ip := tcp.AddrPort().Addr().Unmap()
	for _, n := range p.networks {
		if n.Contains(ip) {
			return true
		}
	}
	return ip.IsLoopback()
}
