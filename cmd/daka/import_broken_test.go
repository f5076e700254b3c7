package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/explain"
	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

// An import that is broken off says how far it came, and nothing in the words of
// the database.
func TestImportBrokenOff(t *testing.T) {
	t.Parallel()
	raw := errors.New(`prepare "SELECT 1": interrupted`)
	full := fmt.Errorf("insert punches of corp %q: %w (%w)", "wwa", store.ErrFull, raw)
	for _, tt := range []struct {
		name              string
		interrupted       bool
		err               error
		english, chinese  string
		before, beforeZH  string
		code, codeNothing int
	}{
		{
			"Ctrl-C", true, raw, "interrupted: at least 20000 of 30000 punches are stored; run it again, and the rest is", "已中断：至少已保存 20000/30000 条打卡；再次运行即可补全其余的",
			"interrupted: this run has stored nothing", "已中断：本次没有保存任何内容", exitFailure, exitFailure,
		},
		{
			"disk full", false, full, "the disk of the database is full: at least 20000 of 30000 punches are stored; when it is mended run it again, and the rest is",
			"数据库所在磁盘已满：至少已保存 20000/30000 条打卡；排除问题后再次运行即可补全其余的",
			"the disk of the database is full: this run has stored nothing", "数据库所在磁盘已满：本次没有保存任何内容", exitDatabase, exitDatabase,
		},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		if tt.interrupted {
			cancel()
		}
		cmd := &cobra.Command{}
		cmd.SetContext(ctx)
		late := brokenOff(cmd, tt.err, 20_000, 30_000)
		early := notBegun(cmd, tt.err)
		for _, got := range []struct {
			err  error
			lang explain.Lang
			want string
		}{{late, explain.English, tt.english}, {late, explain.Chinese, tt.chinese}, {early, explain.English, tt.before}, {early, explain.Chinese, tt.beforeZH}} {
			if text := errorText(got.lang, got.err); text != got.want {
				t.Errorf("%s: %s, want %s", tt.name, text, got.want)
			}
		}
		if exitCode(late) != tt.code || exitCode(early) != tt.codeNothing {
			t.Errorf("%s: codes %d and %d", tt.name, exitCode(late), exitCode(early))
		}
		cancel()
	}
	cmd := &cobra.Command{}
	cmd.SetContext(context.Background())
	if brokenOff(cmd, nil, 0, 1) != nil || notBegun(cmd, nil) != nil {
		t.Error("what was done is no failure")
	}
	other := errors.New("other")
	if err := brokenOff(cmd, other, 0, 1); err != other || !strings.Contains(brokenOff(cmd, other, 1, 2).Error(), "other: at least 1 of 2 punches are stored") {
		t.Errorf("another failure: %v", err)
	}
}
