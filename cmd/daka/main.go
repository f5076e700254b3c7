// Command daka keeps a company's check-in: it serves WeCom's interface, takes
// terminals' exports in, and makes the day and month reports.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // zones, on machines that have none
)

func main() {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP) // the terminal was closed, and nohup not asked for
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRootCommand()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	if completing(args) {
		if err := prepareCompletion(root, args); err != nil {
			writeFailure(stderr, asTable, failureLang(root, args), err)
			return exitCode(err)
		}
	}
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		err = misnamed(cmd)
	}
	if err == nil || errors.Is(err, errPlanned) {
		return exitOK
	}
	if _, told := errors.AsType[reportedError](err); !told {
		writeFailure(stderr, failureFormat(cmd, args), failureLang(cmd, args), err)
	}
	return exitCode(err)
}

// oneLine writes an error on one line: those of databases have several.
func oneLine(err error) string {
	return strings.NewReplacer("\r", "", "\n\t", " ", "\n", "; ", "\t", " ").Replace(err.Error())
}
