package main

import (
	"regexp"
	"strings"

	"github.com/dakahq/daka/internal/explain"
	"github.com/spf13/cobra"
)

// keptReason is why a row is kept, in English, whoever imports it: quarantined lines
// are read in several languages.
func keptReason(spans [][2]string, reason string) string {
	if len(spans) == 0 {
		return reason
	}
	return "column " + spansText(spans, "%s to %s") + ": " + reason
}

// keptPlace is the column with which each of a row's reasons begins.
var keptPlace = regexp.MustCompile(`(?:^|; )column ([A-Z]+(?: to [A-Z]+)?(?:, [A-Z]+(?: to [A-Z]+)?)*): `)

// sayKept says the reasons for which a line is kept in the language of a command.
func sayKept(cmd *cobra.Command, kept string) string {
	lang := langOf(cmd)
	if lang == explain.English {
		return kept
	}
	places := keptPlace.FindAllStringSubmatchIndex(kept, -1)
	if len(places) == 0 {
		return phrase(lang, kept)
	}
	var parts []string
	if first := kept[:places[0][0]]; first != "" {
		parts = append(parts, phrase(lang, first))
	}
	for i, at := range places {
		end := len(kept)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		columns := strings.ReplaceAll(kept[at[2]:at[3]], " to ", say(cmd, "%s to %s", "", ""))
		parts = append(parts, say(cmd, "column %s: %s", columns, phrase(lang, kept[at[1]:end])))
	}
	return strings.Join(parts, "；")
}
