package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/sample"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

// demoOptions are those of demo.
type demoOptions struct {
	addr   string
	seed   uint64
	people int
	months int
	today  dayFlag
	output format
}

func newDemoCommand() *cobra.Command {
	o := demoOptions{seed: 1, people: 60, months: 3, output: asTable}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Serve a made-up company to try things on",
		Long: `Makes a company in a store that is thrown away at the end, serves it, and shows a
call with its answer: an office with two sections a day, a workshop with shifts
across midnight and a team with free hours, over --months full months and the
present one until noon of --today. The same --seed, --people, --months and --today
make the same company. It ends with SIGINT or SIGTERM.

It listens on ` + defaultAddr + `, or on a free port when that is taken; an --addr that
is given must be free. With -o json all it prints is one JSON object on a line.

` + exitHelp,
		Example: "  daka demo --people 20 --months 1",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runDemo(cmd, &o)
		},
	}
	bind(cmd, "addr", &o.addr)
	bind(cmd, "seed", &o.seed)
	bind(cmd, "people", &o.people)
	bind(cmd, "months", &o.months)
	bind(cmd, "today", &o.today)
	bindTo(cmd.Flags(), "output", &o.output)
	return cmd
}

func runDemo(cmd *cobra.Command, o *demoOptions) (err error) {
	ctx := cmd.Context()
	// Who reads what is printed may leave: that must not end the process
	// before its files are removed.
	signal.Ignore(syscall.SIGPIPE)
	zone, err := attendance.LoadZone("")
	if err != nil {
		return err
	}
	now := time.Now()
	today, _ := zone.DayAt(now.Unix())
	if o.today.set {
		today = o.today.day
	}
	clock := demoClock(zone, today, now)
	l, err := o.listen()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "daka-demo-")
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(dir, "demo.db"), store.Options{Relaxed: true})
	if err != nil {
		return errors.Join(databaseError{err}, l.Close())
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d := &demo{db: db, clock: clock, base: "http://" + l.Addr().String(), output: o.output, cmd: cmd}
	if err := d.build(ctx, sample.Spec{Seed: o.seed, People: o.people, Months: o.months, Today: today}); err != nil {
		return errors.Join(err, l.Close())
	}
	return d.serve(ctx, l, cmd.ErrOrStderr())
}

// listen opens the address asked for, or the usual one, or any.
func (o *demoOptions) listen() (net.Listener, error) {
	if o.addr != "" {
		if !loopback(o.addr) {
			return nil, usagef("--addr %s can be reached from other machines, and a demo's secrets are meant for this one alone", o.addr)
		}
		return net.Listen("tcp", o.addr)
	}
	if l, err := net.Listen("tcp", defaultAddr); err == nil {
		return l, nil
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// demoClock returns the company's clock. On the real day it is the real one
// from noon on; else it starts at the noon where the history ends.
func demoClock(zone *attendance.Zone, today attendance.Day, now time.Time) func() time.Time {
	noon := time.Unix(zone.At(today, sample.Noon), 0)
	if real, _ := zone.DayAt(now.Unix()); real == today && !now.Before(noon) {
		return time.Now
	}
	return func() time.Time { return noon.Add(time.Since(now)) }
}

// demo is a demo under way.
type demo struct {
	db      *store.DB
	app     *app.App
	clock   func() time.Time
	company *sample.Company
	base    string
	output  format
	cmd     *cobra.Command
}

func (d *demo) build(ctx context.Context, spec sample.Spec) (err error) {
	if err := d.db.Migrate(ctx); err != nil {
		return databaseError{err}
	}
	d.app = app.New(d.db, d.clock)
	d.company, err = sample.Build(ctx, d.app, spec)
	return err
}

// serve answers calls until ctx ends, and tells how to make one.
func (d *demo) serve(ctx context.Context, l net.Listener, log io.Writer) error {
	logger := slog.New(slog.NewTextHandler(log, nil))
	s, err := server.New(server.Config{DB: d.db, Now: d.clock, Logger: logger})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, l) }()
	if err := d.show(ctx); err != nil {
		stop()
		return errors.Join(failf("show the company: %w", err), <-served)
	}
	return <-served
}
