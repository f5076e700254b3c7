package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

var flagName = regexp.MustCompile(`--([a-z-]+)`)

// Every flag is a setting, every setting is somebody's flag, and every command
// says what its exit codes mean.
func TestSettings(t *testing.T) {
	t.Parallel()
	used := map[string]bool{"help": true}
	for _, s := range settings {
		used[s.name] = false
	}
	for _, cmd := range commandsOf(newRootCommand()) {
		for _, line := range strings.Split(cmd.LocalFlags().FlagUsages(), "\n") {
			found := flagName.FindStringSubmatch(line)
			if found == nil {
				continue
			}
			if _, ok := used[found[1]]; !ok {
				t.Errorf("%s: --%s is not in the table of settings", cmd.CommandPath(), found[1])
			}
			used[found[1]] = true
		}
		if !cmd.HasSubCommands() && !strings.Contains(cmd.Long, exitHelp) {
			t.Errorf("%s: its help does not name the exit codes", cmd.CommandPath())
		}
		if !strings.Contains(cmd.Example, "  daka ") && !strings.Contains(cmd.Example, "; daka ") {
			t.Errorf("%s: its help has no example", cmd.CommandPath())
		}
	}
	for name, ok := range used {
		if !ok {
			t.Errorf("setting %s: no command takes it", name)
		}
	}
}

func TestExitCode(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err  error
		want int
	}{
		"any":          {errors.New("x"), exitFailure},
		"usage":        {usagef("x"), exitUsage},
		"open":         {databaseError{errors.New("x")}, exitDatabase},
		"disk full":    {fmt.Errorf("import: %w", store.ErrFull), exitDatabase},
		"refused":      {fmt.Errorf("list: %w", wecom.Errorf(wecom.CodeInvalidToken, "x")), exitServer},
		"no answer":    {&wecom.TransportError{}, exitServer},
		"no agreement": {fmt.Errorf("%w: close", errUnconfirmed), exitUnconfirmed},
		"dry run":      {fmt.Errorf("in a database: %w", errPlanned), exitOK},
		"both wrong":   {errors.Join(databaseError{errors.New("x")}, errors.New("y")), exitDatabase},
	} {
		if got := exitCode(tt.err); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
	if got := oneLine(errors.New("connect:\n\tfirst\n\tsecond\nend")); got != "connect: first second; end" {
		t.Errorf("one line: %q", got)
	}
}

func TestShownHidesPasswords(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"sqlite:daka.db": "sqlite:daka.db",
		":memory:":       ":memory:",
		"postgres://u:hunter2@db:5432/daka?password=hunter2": "postgres://db:5432/daka",
		"postgres://u:hunter2%zz@db/daka":                    "postgres://…",
	} {
		if got := shown(dsn); got != want {
			t.Errorf("%s is shown as %s, want %s", dsn, got, want)
		}
	}
}

func TestWriteTable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	err := writeTable(&out, []column{{head: "name"}, {head: "n", right: true}, {head: "end"}}, [][]string{
		{"郭娜", "5", "a\tb\x1b[2J"}, {"Ann", "10", ""}, {"（全）", "", "e\u0301"},
	})
	want := "name     n  end\n" + // 6 columns for three wide characters
		"郭娜     5  a b\uFFFD[2J\n" +
		"Ann     10\n" +
		"（全）      e\u0301\n"
	if err != nil || out.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, out.String(), want)
	}
}

// On the day itself the demo's clock is the real one once it is past noon.
func TestDemoClock(t *testing.T) {
	t.Parallel()
	zone, err := attendance.LoadZone("")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	today, _ := zone.DayAt(now.Unix())
	for d := today - 400; d <= today+1; d++ {
		noon := time.Unix(zone.At(d, 12*3600), 0)
		want := noon
		if d == today && now.After(noon) {
			want = now
		}
		if got := demoClock(zone, d, now)(); got.Before(want) || got.Sub(want) > time.Minute {
			t.Errorf("%s: the clock says %s, want %s", d, got, want)
		}
	}
}

// A demo that is told no address finds one, whether the usual one is free or not.
func TestDemoListensSomewhere(t *testing.T) {
	t.Parallel()
	for range 2 {
		l, err := (&demoOptions{}).listen()
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if !loopback(l.Addr().String()) {
			t.Errorf("it listens on %s", l.Addr())
		}
	}
}

func TestProxiedTrusts(t *testing.T) {
	t.Parallel()
	p := &proxied{networks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32")}}
	for addr, want := range map[string]bool{
		"10.1.2.3:80": true, "[::ffff:10.1.2.3]:80": true, "[2001:db8::1]:80": true, "127.0.0.1:80": true, "[::1]:80": true,
		"11.1.2.3:80": false, "[2001:db9::1]:80": false,
	} {
		if got := p.trusts(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(addr))); got != want {
			t.Errorf("%s: %v", addr, got)
		}
	}
}

func TestLoopback(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]bool{
		"127.0.0.1:80": true, "localhost:80": true, "[::1]:80": true, "127.9.9.9:0": true,
		":80": false, "0.0.0.0:80": false, "[::]:80": false, "192.0.2.1:80": false, "example.com:80": false,
	} {
		if got := loopback(addr); got != want {
			t.Errorf("%s: %v", addr, got)
		}
	}
}

// The same commands give the same answers on each database.
func TestOnEachDatabase(t *testing.T) {
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		daka := func(want int, args ...string) string {
			t.Helper()
			var out, errs bytes.Buffer
			if code := run(context.Background(), append(args, "--db", dsn), &out, &errs); code != want {
				t.Fatalf("daka %v: code %d, want %d: %s", args, code, want, errs.String())
			}
			return out.String()
		}
		daka(exitDatabase, "corp", "list")
		nothing := exitFailure // the server's database is there, without a corporation
		if strings.HasPrefix(dsn, "sqlite:") {
			nothing = exitDatabase // the file is not
		}
		daka(nothing, "serve", "--addr", "127.0.0.1:0")
		daka(exitOK, "init", "--corp-id", "wwa")
		daka(exitFailure, "init")
		const file, rule = "../../testdata/attlog-sample.dat", "../../testdata/two-sections.json"
		if got := daka(exitOK, "import", "attlog", file, "--rule", rule); got != "imported 24, duplicate 1, quarantined 3\n" {
			t.Errorf("first import: %s", got)
		}
		if got := daka(exitOK, "import", "attlog", file, "--rule", rule); got != "imported 0, duplicate 25, quarantined 3\n" {
			t.Errorf("second import: %s", got)
		}
		if got := strings.Count(daka(exitOK, "import", "quarantine"), "\n"); got != 4 {
			t.Errorf("quarantine has %d lines with its head, want 4", got)
		}
		// Worked out in internal/terminal.
		const punches = `"worked_sec":57646,"standard_sec":172800,"overtime_sec":0,"overtime":{"workday_sec":0,"restday_sec":0,"holiday_sec":0,"time_off_sec":0,"pay_sec":0},"requests":[],"punches":{"used":13,"superseded":1,"unmatched":0,"total":14}`
		if got := daka(exitOK, "report", "month", "--from", "2024-03-04", "--to", "2024-03-10", "--users", "7", "-o", "json"); !strings.Contains(got, punches) {
			t.Errorf("month: %s", got)
		}
		if got := daka(exitOK, "app", "rotate", "1000002", "--yes"); !strings.Contains(got, "secret ") {
			t.Errorf("rotate: %s", got)
		}
		if got := daka(exitOK, "migrate", "--plan"); got != "" {
			t.Errorf("pending: %s", got)
		}
	})
}
