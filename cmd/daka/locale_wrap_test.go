package main

import (
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/explain"
)

// A line ends where the next word or character would be beyond the last column:
// Chinese characters take two.
func TestWrapText(t *testing.T) {
	t.Parallel()
	forty := strings.Repeat("打", 40) // 80 columns
	for name, tt := range map[string]struct{ text, want string }{
		"short":                        {"打卡", "打卡"},
		"84 columns":                   {forty + "补卡", forty + "补卡"},
		"86 columns":                   {forty + "补卡时", forty + "补卡\n时"},
		"punctuation begins no line":   {forty + "补卡，时", forty + "补\n卡，时"},
		"a bracket ends no line":       {forty + "补（卡时）", forty + "补\n（卡时）"},
		"a flag stays whole":           {forty + " --base-url 时", forty + "\n--base-url 时"},
		"lines that were broken early": {"打卡\n时，\n用 --to\n或 --from\n时", "打卡时，用 --to 或 --from 时"},
		"words that were":              {"打卡 today,\nyesterday", "打卡 today, yesterday"},
		"a list":                       {"退出码：\n  0  已完成\n  1  无法完成", "退出码：\n  0  已完成\n  1  无法完成"},
	} {
		if got := wrapText(tt.text); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, tt.want)
		}
	}
}

// Of what the help of a command says in Chinese nothing is left in English but
// names: neither cobra's words nor the defaults of flags.
func TestHelpInChinese(t *testing.T) {
	t.Parallel()
	var paths [][]string
	for _, cmd := range commandsOf(newRootCommand()) {
		paths = append(paths, strings.Fields(cmd.CommandPath())[1:])
	}
	for _, path := range paths {
		root := newRootCommand()
		cmd, _, err := root.Find(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := root.PersistentFlags().Set("lang", string(explain.Chinese)); err != nil {
			t.Fatal(err)
		}
		cmd.InitDefaultHelpFlag()
		localise(cmd)
		for _, word := range []string{"(default", "[flags]", "[command]", "Usage:", "Flags:", "Use \""} {
			if strings.Contains(cmd.UsageString(), word) {
				t.Errorf("%s: there is %s in its help", cmd.CommandPath(), word)
			}
		}
		for _, line := range strings.Split(cmd.Long, "\n") {
			if textWidth(line) > textColumns {
				t.Errorf("%s: a line has %d columns: %s", cmd.CommandPath(), textWidth(line), line)
			}
		}
	}
}
