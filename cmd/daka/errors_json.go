package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// failure is an error as programs get it: the member error of an object on the
// last line of stderr, when the output is json or ndjson.
type failure struct {
	Message  string `json:"message"`
	Kind     string `json:"kind"` // failed, usage, database, refused, no_answer or unconfirmed
	ExitCode int    `json:"exit_code"`
	Retry    bool   `json:"retry"`             // the same may well succeed later
	ErrCode  int64  `json:"errcode,omitzero"`  // of a server that refused
	Hint     string `json:"hint,omitzero"`     // its mark of the call, for its operators
	Endpoint string `json:"endpoint,omitzero"` // path of the call
	FromIP   string `json:"from_ip,omitzero"`  // our address as the server saw it
}

// newFailure describes an error. It holds what the text for people holds, and
// no secret more.
func newFailure(err error) failure {
	f := failure{Message: oneLine(err), ExitCode: exitCode(err)}
	f.Kind = map[int]string{
		exitFailure: "failed", exitUsage: "usage", exitDatabase: "database", exitServer: "no_answer", exitUnconfirmed: "unconfirmed",
	}[f.ExitCode]
	f.Retry = errors.Is(err, store.ErrBusy)
	if silent, ok := errors.AsType[*wecom.TransportError](err); ok {
		f.Endpoint = silent.Endpoint
		f.Retry = silent.Status == 0 || silent.Status == 429 || silent.Status >= 500
	}
	if refused, ok := errors.AsType[*wecom.Error](err); ok {
		f.ErrCode, f.Hint, f.Endpoint, f.FromIP = int64(refused.Code), refused.Hint, refused.Endpoint, refused.FromIP
		f.Retry = slices.Contains([]wecom.Code{wecom.CodeBusy, wecom.CodeConcurrency, wecom.CodeRateLimit}, refused.Code)
		if f.ExitCode == exitServer {
			f.Kind = "refused"
		}
	}
	return f
}

// writeFailure tells of an error on stderr.
func writeFailure(stderr io.Writer, output format, err error) {
	if output == asJSON || output == asNDJSON {
		if writeJSON(stderr, map[string]failure{"error": newFailure(err)}) == nil {
			return
		}
	}
	_, _ = io.WriteString(stderr, "daka: "+oneLine(err)+"\n") // there is no other place to tell
}

// failureFormat returns the output that a command line asks for, even where it
// could not be followed or not be read to its end.
func failureFormat(cmd *cobra.Command, args []string) format {
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		switch {
		case arg == "--":
			return ""
		case (name == "-o" || name == "--output") && joined:
			return format(value)
		case name == "-o" || name == "--output":
			if i+1 < len(args) {
				return format(args[i+1])
			}
		case strings.HasPrefix(arg, "-o") && len(arg) > 2:
			return format(arg[2:])
		}
	}
	if cmd == nil || cmd.Flags().Lookup("output") == nil {
		return asTable
	}
	if output := outputOf(cmd); output != asTable {
		return output // from the configuration file
	}
	return format(os.Getenv(settingOf("output").variable()))
}
