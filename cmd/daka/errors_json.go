package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// failure is an error as programs get it: the member error of an object on the
// last line of stderr, when the output is json or ndjson.
type failure struct {
	Message  string `json:"message"`       // in English, whatever the language
	Text     string `json:"text,omitzero"` // in the language of the command, unless that is English
	Kind     string `json:"kind"`          // failed, usage, database, refused, no_answer or unconfirmed
	ExitCode int    `json:"exit_code"`
	Retry    bool   `json:"retry"`             // the same may well succeed later
	ErrCode  int64  `json:"errcode,omitzero"`  // of a server that refused
	Code     string `json:"code,omitzero"`     // of a daka server that refused, such as forbidden
	Hint     string `json:"hint,omitzero"`     // its mark of the call, for its operators
	Endpoint string `json:"endpoint,omitzero"` // path of the call
	FromIP   string `json:"from_ip,omitzero"`  // our address as the server saw it
}

// newFailure describes an error. It holds what the text for people holds, and
// no secret more.
func newFailure(lang explain.Lang, err error) failure {
	f := failure{Message: oneLine(err), ExitCode: exitCode(err)}
	if lang != explain.English {
		f.Text = errorText(lang, err)
	}
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
	f.ofDaka(err)
	return f
}

// writeFailure tells of an error on stderr.
func writeFailure(stderr io.Writer, output format, lang explain.Lang, err error) {
	if output == asJSON || output == asNDJSON {
		if writeJSON(stderr, map[string]failure{"error": newFailure(lang, err)}) == nil {
			return
		}
	}
	_, _ = io.WriteString(stderr, "daka: "+errorText(lang, err)+"\n") // there is no other place to tell
}

// failureFormat returns the output that a command line asks for, even where it
// could not be followed or not be read to its end.
func failureFormat(cmd *cobra.Command, args []string) format {
	if text, ok := argumentOf(args, "--output", "-o"); ok {
		return format(text)
	}
	if cmd == nil || cmd.Flags().Lookup("output") == nil {
		return asTable
	}
	if output := outputOf(cmd); output != asTable {
		return output // from the configuration file
	}
	return format(os.Getenv(settingOf("output").variable()))
}

// failureLang returns the language of a command line in the same way.
func failureLang(cmd *cobra.Command, args []string) explain.Lang {
	said, _ := argumentOf(args, "--lang", "")
	texts := []string{said, os.Getenv(settingOf("lang").variable())}
	if cmd != nil {
		_ = applyEnvironment(cmd) // which may name the file
		if c, err := loadConfig(cmd); err == nil {
			texts = append(texts, c.Settings["lang"])
		}
	}
	for _, text := range texts {
		if lang, err := explain.ParseLang(text); err == nil {
			return lang
		}
	}
	return localeLang(os.Getenv)
}

// argumentOf finds the value of a flag among arguments that may not be in order.
func argumentOf(args []string, long, short string) (value string, ok bool) {
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		switch {
		case arg == "--":
			return "", false
		case name != long && (short == "" || !strings.HasPrefix(arg, short)):
			continue
		case joined && (name == long || name == short):
			return value, true
		case arg == long || arg == short:
			if i+1 < len(args) {
				return args[i+1], true
			}
		case name != long:
			return arg[len(short):], true
		}
	}
	return "", false
}
