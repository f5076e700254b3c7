package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/sheet"
	"github.com/spf13/cobra"
)

// What the list of problems has for people; programs get all of them.
const (
	maxListed = 20 // problems of a kind
	maxRanges = 50 // stretches of rows that are named of a kind
)

// problemKind is all problems of a kind in a table: those with one format.
type problemKind struct {
	format string
	text   string // "" = they do not read the same
	count  int
	listed int
	rows   []int // in their order, each once
}

// writeProblems lists problems by their rows, as far as there are not too many
// of a kind, and counts those of which there are several.
func writeProblems(cmd *cobra.Command, problems []sheet.Problem) error {
	joined, _ := sheet.Join(problems)
	kinds := kindsOf(cmd, joined)
	var rows [][]string
	for _, p := range joined {
		kind := kinds[slices.IndexFunc(kinds, func(k *problemKind) bool { return k.format == p.Why.Format })]
		if kind.listed == maxListed {
			continue
		}
		kind.listed++
		rows = append(rows, []string{fmt.Sprint(p.Row), columnsText(cmd, p.Spans), p.Value, sayReason(cmd, p.Why)})
	}
	columns := []column{{head: "row", right: true}, {head: "column"}, {head: "value"}, {head: "problem"}}
	if err := writeCells(cmd, columns, rows); err != nil {
		return err
	}
	for _, kind := range kinds {
		if len(kind.rows) < 2 {
			continue
		}
		if _, err := fmt.Fprintln(cmd.OutOrStdout(), kind.summary(cmd)); err != nil {
			return err
		}
	}
	return nil
}

// kindsOf sorts problems by their kinds, in the order in which those come first.
func kindsOf(cmd *cobra.Command, joined []sheet.RowProblem) (kinds []*problemKind) {
	known := map[string]*problemKind{}
	for i := range joined {
		p := &joined[i]
		kind := known[p.Why.Format]
		text := sayReason(cmd, p.Why)
		if kind == nil {
			kind = &problemKind{format: p.Why.Format, text: text}
			known[kind.format] = kind
			kinds = append(kinds, kind)
		}
		if kind.text != text {
			kind.text = ""
		}
		kind.count++
		if n := len(kind.rows); n == 0 || kind.rows[n-1] != p.Row {
			kind.rows = append(kind.rows, p.Row)
		}
	}
	return kinds
}

// summary names the rows of a kind.
func (k *problemKind) summary(cmd *cobra.Command) string {
	text := k.text
	if text == "" {
		text = verbs.Replace(reasonIn(cmd, k.format))
	}
	text = say(cmd, "%d rows, %s: %s", len(k.rows), rowsText(cmd, k.rows), text)
	if more := k.count - k.listed; more > 0 {
		text += say(cmd, "; and %d more than are listed: -o json lists all", more)
	}
	return text
}

// verbs stand in a format where its values go.
var verbs = strings.NewReplacer("%q", "…", "%s", "…", "%d", "…", "%v", "…")

// columnsText names columns: E to AI, AK.
func columnsText(cmd *cobra.Command, spans [][2]string) string {
	return spansText(spans, translate(langOf(cmd), "%s to %s"))
}

// spansText is columnsText with a format for those from one to another.
func spansText(spans [][2]string, format string) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		if parts[i] = s[0]; s[0] != s[1] {
			parts[i] = fmt.Sprintf(format, s[0], s[1])
		}
	}
	return strings.Join(parts, ", ")
}

// rowsText names rows: 2 to 9, 12.
func rowsText(cmd *cobra.Command, rows []int) string {
	var parts []string
	for i := 0; i < len(rows); {
		last := i
		for last+1 < len(rows) && rows[last+1] == rows[last]+1 {
			last++
		}
		if len(parts) == maxRanges {
			return strings.Join(append(parts, say(cmd, "and %d more", len(rows)-i)), ", ")
		}
		part := fmt.Sprint(rows[i])
		if last > i {
			part = say(cmd, "%s to %s", part, fmt.Sprint(rows[last]))
		}
		parts = append(parts, part)
		i = last + 1
	}
	return strings.Join(parts, ", ")
}

// sayReason says why a cell cannot be taken in the language of a command.
func sayReason(cmd *cobra.Command, why sheet.Reason) string {
	args := slices.Clone(why.Args)
	for i, arg := range args {
		if err, ok := arg.(error); ok {
			args[i] = errorText(langOf(cmd), err)
		}
	}
	return fmt.Sprintf(reasonIn(cmd, why.Format), args...)
}

// reasonIn returns the format of a reason in the language of a command.
func reasonIn(cmd *cobra.Command, format string) string {
	if other, ok := chineseReasons[format]; ok && langOf(cmd) == explain.Chinese {
		return other
	}
	return format
}
