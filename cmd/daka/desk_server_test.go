package main

import (
	"errors"
	"fmt"
	"testing"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

func TestIsWeCom(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]bool{
		wecom.DefaultBaseURL: true, "https://QYAPI.weixin.qq.com:443/": true,
		"http://127.0.0.1:8420": false, "https://qyapi.weixin.qq.com.example.com": false, "": false, ":": false,
	} {
		if got := isWeCom(base); got != want {
			t.Errorf("%q: %v", base, got)
		}
	}
}

// A table shows the beginning of a hash and how many more there are.
func TestAuditSubject(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		row  auditOutput
		want string
	}{
		"none":            {auditOutput{}, ""},
		"one":             {auditOutput{Subjects: []string{"0123456789abcdef"}, Count: 1}, "0123456789ab…"},
		"short":           {auditOutput{Subjects: []string{"0123456789ab"}, Count: 1}, "0123456789ab"},
		"more than fit":   {auditOutput{Subjects: []string{"0123456789abcdef", "f"}, Count: 250}, "0123456789ab… +249"},
		"none that it is": {auditOutput{Count: 3}, ""},
	} {
		if got := tt.row.subject(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// A log of 2,500 entries is read in three pages, and one of 1,000 in two: only
// an empty one says that it was all.
func TestAuditPages(t *testing.T) {
	t.Parallel()
	for entries, want := range map[int64]int{0: 1, 999: 1, 1000: 2, 2500: 3} {
		calls := 0
		rows, err := auditPages(func(after int64) (*admin.AuditList, error) {
			calls++
			var list admin.AuditList
			for seq := after + 1; seq <= min(entries, after+app.MaxAudit); seq++ {
				list.Entries = append(list.Entries, admin.AuditEntry{Seq: seq})
			}
			return &list, nil
		})
		if err != nil || int64(len(rows)) != entries || calls != want {
			t.Errorf("%d entries: %d rows after %d calls, %v", entries, len(rows), calls, err)
		}
	}
}

// What a daka server refuses is told with its code, and is no refusal of WeCom's.
func TestRefusedWork(t *testing.T) {
	t.Parallel()
	root := &cobra.Command{Use: "daka"}
	cmd := &cobra.Command{Use: "explain"}
	root.AddCommand(cmd)
	foreign := &wecom.TransportError{Endpoint: "GET /daka/apps", Status: 404, Err: admin.ErrNoDaka}
	untrusted := &admin.Error{Code: admin.Forbidden, Message: "the app does not trust the address of the call"}
	for name, tt := range map[string]struct {
		err  error
		want string
		code int
	}{
		"no daka":   {fmt.Errorf("x: %w", foreign), "explain: http://x is no daka server: WeCom does not tell why", exitServer},
		"untrusted": {untrusted, "forbidden: the app does not trust the address of the call", exitServer},
		"conflict":  {fmt.Errorf("close: %w", &admin.Error{Code: admin.Conflict, Message: "closed"}), "close: conflict: closed", exitServer},
		"ours":      {errors.New("no such app"), "no such app", exitFailure},
		"usage":     {usagef("no month"), "no month", exitUsage},
	} {
		got := refusedWork(cmd, "http://x", errTellsNoReason, tt.err)
		if got.Error() != tt.want || exitCode(got) != tt.code {
			t.Errorf("%s: %q with %d, want %q with %d", name, got, exitCode(got), tt.want, tt.code)
		}
	}
	if refusedWork(cmd, "http://x", errTellsNoReason, nil) != nil {
		t.Error("what succeeds fails")
	}
}
