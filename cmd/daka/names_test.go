package main

import (
	"slices"
	"testing"

	"github.com/dakahq/daka/internal/explain"
	"github.com/spf13/cobra"
)

func TestUserList(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"1001": {"1001"}, "1001,1002": {"1001", "1002"}, " 1001, 1002 ,": {"1001", "1002"},
		"刘敏，王伟、李芳": {"刘敏", "王伟", "李芳"}, "Wang Wei；\u3000lisi": {"Wang Wei", "lisi"}, "": nil, " ， ": nil,
	} {
		var got userList
		if err := got.Set(text); (err == nil) != (want != nil) || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestResolveNames(t *testing.T) {
	t.Parallel()
	known := newKnownNames(0)
	for _, m := range [][2]string{{"1001", "王伟"}, {"1040", "王伟"}, {"1004", "刘敏"}, {"Ann", "李芳"}, {"ann2", "Ann"}, {"1050", "Wang Wei"}} {
		known.add(m[0], m[1])
	}
	for word, want := range map[string]string{
		"1004": "1004", "刘敏": "1004", "１００４": "1004", "Wang Wei": "1050",
		"Ann": "Ann", "ann": "ann", // a userid, as the contacts spell it or not, before a name
		"nobody": "nobody", // what is done with it tells
		"王伟":     `王伟 is 1001 or 1040: say which by the userid`,
		"赵六":     `name "赵六": no such member`,
	} {
		got := word
		cmd := &cobra.Command{}
		cmd.SetErr(discard{})
		if err := (&naming{cmd, []*string{&got}}).resolve(known); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
	known.add("1060", "王伟")
	word := "王伟"
	err := (&naming{&cobra.Command{}, []*string{&word}}).resolve(known)
	if got := errorText(explain.Chinese, err); got != "王伟 可能是 1001, 1040 或 1060：请用账号指明" {
		t.Error(got)
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
