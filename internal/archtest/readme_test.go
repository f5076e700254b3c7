package archtest

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// The two READMEs are one page in two languages: the same headings, the same
// commands.
func TestReadmes(t *testing.T) {
	t.Parallel()
	var headings, code [2][]string
	for i, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		code[i] = regexp.MustCompile("(?s)```.*?```").FindAllString(string(text), -1)
		plain := regexp.MustCompile("(?s)```.*?```").ReplaceAllString(string(text), "")
		headings[i] = regexp.MustCompile(`(?m)^#+ `).FindAllString(plain, -1)
	}
	if len(code[0]) == 0 || !slices.Equal(code[0], code[1]) {
		t.Errorf("the code of the two differs:\n%q\n%q", code[0], code[1])
	}
	if !slices.Equal(headings[0], headings[1]) {
		t.Errorf("headings %q and %q", headings[0], headings[1])
	}
}
