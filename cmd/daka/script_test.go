package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != "daka" { // not one of the processes that scripts start
		// Whose machine it is must not matter to the tests that call run.
		os.Setenv("LC_ALL", "C")
		os.Setenv("XDG_CONFIG_HOME", filepath.Join(os.TempDir(), "daka-test-without-config"))
	}
	testscript.Main(m, map[string]func(){"daka": main})
}

// TestScripts runs the shell sessions of testdata/script against the binary.
// They know $DATA, the testdata of the project, and $ADDR, a free address.
func TestScripts(t *testing.T) {
	t.Parallel()
	data, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	dir, files := "testdata/script", []string(nil)
	if testing.Short() { // for the race detector: those with a server alone
		for _, name := range []string{"serve", "testmode", "chain", "sync"} {
			files = append(files, filepath.Join(dir, name+".txtar"))
		}
		dir = ""
	}
	testscript.Run(t, testscript.Params{
		Dir: dir, Files: files,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			addr, err := freeAddress()
			env.Setenv("DATA", data)
			env.Setenv("ADDR", addr)
			// Under the race detector each of the hundred processes would
			// wait a second before it ends.
			env.Setenv("GORACE", "atexit_sleep_ms=0")
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"approves": approves, "fails": fails, "field": field, "holds": holds, "newer": newer, "picture": picturePNG, "receiver": receiver, "stranger": stranger, "verdicts": verdicts,
		},
	})
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// fails CODE COMMAND... runs a command that must end with the exit code and
// say why on the last line of stderr, and on no other.
func fails(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	ended, ok := errors.AsType[*exec.ExitError](err)
	if !ok || strconv.Itoa(ended.ExitCode()) != args[0] {
		ts.Fatalf("got %v, want exit code %s", err, args[0])
	}
	text := ts.ReadFile("stderr")
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "daka: ") || strings.Count("\n"+text, "\ndaka: ") != 1 {
		ts.Fatalf("stderr does not end with one line that begins with daka: %q", text)
	}
}

// field FILE NAME VARIABLE puts a member of a JSON object into the environment.
func field(ts *testscript.TestScript, _ bool, args []string) {
	var object map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &object))
	value, ok := object[args[1]]
	if !ok {
		ts.Fatalf("no %s in %v", args[1], object)
	}
	ts.Setenv(args[2], fmt.Sprint(value))
}

// holds FILE TEXT waits until a file that somebody writes holds the text.
func holds(ts *testscript.TestScript, _ bool, args []string) {
	for range 400 {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(text), args[1]) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	ts.Fatalf("%q does not appear in %s", args[1], args[0])
}

// newer FILE makes a database file look as if a later daka had written it.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	c, err := sqlite.OpenConn(ts.MkAbs(args[0]), sqlite.OpenReadWrite)
	ts.Check(err)
	ts.Check(sqlitex.ExecuteTransient(c, "INSERT INTO schema_migrations (version, name) VALUES (9999, '9999_future')", nil))
	ts.Check(c.Close())
}
