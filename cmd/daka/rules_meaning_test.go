package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// Every meaning is that of a text of the list, and it and every note of the
// examples has a Chinese text.
func TestRuleMeanings(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile("../../checkin/rule_validate_rows.go")
	if err != nil {
		t.Fatal(err)
	}
	for text, meaning := range ruleMeanings {
		if !strings.Contains(string(list), strconv.Quote(text)) {
			t.Errorf("nobody says %q", text)
		}
		if chinese[meaning] == "" {
			t.Errorf("no Chinese text for %q", meaning)
		}
	}
	for text := range requestTexts {
		if !strings.Contains(string(list), strconv.Quote(text)) {
			t.Errorf("nobody says %q", text)
		}
	}
	for kind, lines := range examples {
		for _, l := range lines {
			if l.note != "" && chinese[l.note] == "" {
				t.Errorf("%s: no Chinese text for %q", kind, l.note)
			}
		}
	}
}
