package compat

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ArtisanCloud/PowerLibs/v3/cache"
	"github.com/silenceper/wechat/v2/util"
)

// tasks are what the documents for those who come from another SDK compare.
type tasks interface {
	punches(ctx context.Context, user string, day time.Time) (times []int64, err error)
	history(ctx context.Context, users []string, first, last time.Time) (n int, err error)
	late(ctx context.Context, users []string, day time.Time) (lines []string, err error)
	worked(ctx context.Context, user string, first, last time.Time) (seconds int64, err error)
	rule(ctx context.Context, user string, day time.Time) (name string, err error)
	shifts(ctx context.Context, user string, first, last time.Time) (shifts []int64, err error)
	assign(ctx context.Context, rule int64, user string, day time.Time, shift int64) error
	unknown(ctx context.Context, user string, day time.Time) (bool, error)
}

// The same tasks have the same results with each SDK.
func TestTasks(t *testing.T) {
	t.Cleanup(func() { util.SetURIModifier(nil); cache.ACCache = nil })
	t.Setenv("HOME", t.TempDir()) // PowerWeChat keeps its tokens there
	var want string
	for _, sdk := range []struct {
		name string
		make func(url, corp, secret string) (tasks, error)
	}{
		{"daka", func(url, corp, secret string) (tasks, error) { return newDaka(url, corp, secret) }},
		{"silenceper", func(url, corp, secret string) (tasks, error) { return newSilenceper(url, corp, secret) }},
		{"PowerWeChat", func(url, corp, secret string) (tasks, error) { return newPowerWeChat(url, corp, secret) }},
	} {
		t.Run(sdk.name, func(t *testing.T) {
			cache.ACCache = nil
			s := start(t)
			w, err := sdk.make(s.URL, s.Corp, s.Secret)
			if err != nil {
				t.Fatal(err)
			}
			got := perform(t, s, w)
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if p, ok := w.(interface {
				punch(ctx context.Context, user string, at time.Time) error
			}); ok {
				if err := p.punch(t.Context(), s.User, time.Unix(s.Today+8*hour, 0)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	// The sample company has punches, sums and a shift rule; what they are is
	// tested where they are made.
	if strings.Contains(want, "[]") || strings.Contains(want, " 0 ") {
		t.Errorf("a task has found nothing:\n%s", want)
	}
}

func perform(t *testing.T, s served, w tasks) string {
	t.Helper()
	ctx, zone := t.Context(), time.FixedZone("", 8*hour)
	day, today := time.Unix(s.Day, 0).In(zone), time.Unix(s.Today, 0).In(zone)
	first := time.Date(2025, 9, 1, 0, 0, 0, 0, zone)
	users := []string{s.Office, s.User, s.Free}
	punches, err1 := w.punches(ctx, s.Office, day)
	history, err2 := w.history(ctx, users, first, day)
	_, err3 := w.late(ctx, users, day)
	worked, err4 := w.worked(ctx, s.Office, first, day)
	rule, err5 := w.rule(ctx, s.User, day)
	err6 := w.assign(ctx, s.Shifts, s.User, today.AddDate(0, 0, 1), 1)
	shifts, err7 := w.shifts(ctx, s.User, today.AddDate(0, 0, 1), today.AddDate(0, 0, 1))
	unknown, err8 := w.unknown(ctx, "nobody", day)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, err8); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("punches %v\nhistory %d \nworked %d \nrule %s\nshifts %v\nunknown %v", punches, history, worked, rule, shifts, unknown)
}

var update = flag.Bool("update", false, "write the code of the tasks into the documents")

// The code in the documents is that of the tasks, which run.
func TestDocs(t *testing.T) {
	place := regexp.MustCompile("(?s)<!-- (tasks_[a-z]+_test\\.go) ([A-Za-z]+) -->\n```go\n.*?```\n")
	for _, path := range []string{"../docs/from-silenceper.md", "../docs/from-powerwechat.md"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		is := place.ReplaceAllStringFunc(string(text), func(block string) string {
			found++
			m := place.FindStringSubmatch(block)
			return fmt.Sprintf("<!-- %s %s -->\n```go\n%s```\n", m[1], m[2], source(t, m[1], m[2]))
		})
		if *update {
			write(t, path, []byte(is))
		} else if is != string(text) {
			t.Errorf("%s is not as the code is: run this test with -update", path)
		}
		if found < 19 {
			t.Errorf("%s has %d pieces of code, want ten tasks with both SDKs", path, found)
		}
	}
}

// source returns a function as it stands in a file.
func source(t *testing.T, file, name string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?ms)^func (\([a-z] [a-zA-Z]+\) )?` + name + `\(.*?^}\n`).Find(text)
	if found == nil {
		t.Fatalf("%s has no function %s", file, name)
	}
	return string(found)
}
