package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// isTerminal reports whether a stream of a command is somebody's terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// coloured reports whether what is written may have colours: on a terminal that
// knows them, and not where NO_COLOR is set (no-color.org).
func coloured(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// inColour writes a text as exceptions are written: red, which every palette has.
func inColour(text string) string { return "\x1b[31m" + text + "\x1b[0m" }
