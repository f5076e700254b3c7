package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/spf13/cobra"
)

func newSyncStatusCommand() *cobra.Command {
	var db databaseOptions
	span := spanFlags{fallback: "this month"}
	detail, output := false, asTable
	cmd := &cobra.Command{
		Use:   "status [PERIOD]",
		Short: "Show what of a mirrored corporation is there and what is missing",
		Long: `Shows of every kind of fact how many days of members were fetched, when the
oldest and the latest of them were, and how many are missing; with --detail, each
stretch of days of each member. Of days that have not come yet there are only the
shifts that were fetched. A kind that the app may not ask for has the
errcode of the refusal. The forms of approvals are listed by the day on which they
were handed in, of all members together.

` + exitHelp,
		Example: "  daka sync status 2026-10\n  daka sync status --from 2026-01-01 --detail -o ndjson",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := span.take(cmd, args); err != nil {
				return err
			}
			return db.withCorp(cmd.Context(), toRead, func(a *app.App, corp *app.Corp) error {
				first, last, err := span.days(cmd, corp.Zone)
				if err != nil {
					return err
				}
				if now := today(corp.Zone); last > now && !isQuiet(cmd) {
					fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "days after %s have not come yet: nothing of them is missing", now))
				}
				late, err := mirror.Late(cmd.Context(), a, corp)
				if err != nil {
					return err
				}
				tellLate(cmd, late)
				if detail {
					return writeStretches(cmd, a, corp, first, last, output)
				}
				return writeCompleteness(cmd, a, corp, first, last, output)
			})
		},
	}
	db.bind(cmd)
	span.bind(cmd)
	bind(cmd, "detail", &detail)
	bind(cmd, "output", &output)
	return cmd
}

// stretchRow is days of a member that were fetched at one time, or are missing.
type stretchRow struct {
	Kind    string `json:"kind"`
	UserID  string `json:"userid"`
	First   string `json:"first"`
	Last    string `json:"last"`
	Fetched string `json:"fetched"` // "" = missing
	Refused int64  `json:"refused,omitzero"`
}

var stretchColumns = []column{
	{head: "kind"}, {head: "userid"}, {head: "first"}, {head: "last"}, {head: "fetched"}, {head: "refusals", right: true, mark: true},
}

func (r stretchRow) cells() []string {
	return []string{r.Kind, r.UserID, r.First, r.Last, r.Fetched, count(r.Refused)}
}

func writeStretches(cmd *cobra.Command, a *app.App, corp *app.Corp, first, last attendance.Day, output format) error {
	rows := func(yield func(stretchRow, error) bool) {
		err := mirror.Status(cmd.Context(), a, corp, first, last, func(s mirror.Stretch) error {
			row := stretchRow{s.Kind, string(s.User), s.First.String(), s.Last.String(), fetchedAt(corp, s.At), int64(s.Refused)}
			if !yield(row, nil) {
				return context.Canceled
			}
			return nil
		})
		if err != nil {
			yield(stretchRow{}, err)
		}
	}
	return writeSeq(cmd, output, stretchColumns, rows, named(cmd, stretchRow.cells))
}

// completeRow is what of a kind of fact is there.
type completeRow struct {
	Kind    string `json:"kind"`
	Members int    `json:"members"`
	Days    int64  `json:"days"` // of all members together
	Fetched int64  `json:"fetched"`
	Missing int64  `json:"missing"`
	Oldest  string `json:"oldest"` // when it was fetched
	Latest  string `json:"latest"`
	Refused int64  `json:"refused,omitzero"`
}

var completeColumns = []column{
	{head: "kind"}, {head: "members", right: true}, {head: "days", right: true}, {head: "fetched", right: true},
	{head: "not fetched", right: true, mark: true}, {head: "oldest"}, {head: "latest"}, {head: "refusals", right: true, mark: true},
}

func (r completeRow) cells() []string {
	return []string{
		r.Kind, strconv.Itoa(r.Members), strconv.FormatInt(r.Days, 10), strconv.FormatInt(r.Fetched, 10),
		count(r.Missing), r.Oldest, r.Latest, count(r.Refused),
	}
}

func writeCompleteness(cmd *cobra.Command, a *app.App, corp *app.Corp, first, last attendance.Day, output format) error {
	var rows []completeRow
	var user attendance.UserID
	var oldest, latest int64
	err := mirror.Status(cmd.Context(), a, corp, first, last, func(s mirror.Stretch) error {
		n := len(rows)
		if n == 0 || rows[n-1].Kind != s.Kind {
			rows = append(rows, completeRow{Kind: s.Kind})
			oldest, latest, user = 0, 0, "\x00" // which is nobody's
			n++
		}
		row, days := &rows[n-1], int64(s.Last-s.First+1)
		if s.User != user {
			user = s.User
			row.Members++
		}
		row.Days += days
		if s.At == 0 {
			row.Missing += days
			row.Refused = max(row.Refused, int64(s.Refused))
			return nil
		}
		row.Fetched += days
		if oldest == 0 || s.At < oldest {
			oldest = s.At
		}
		latest = max(latest, s.At)
		row.Oldest, row.Latest = fetchedAt(corp, oldest), fetchedAt(corp, latest)
		return nil
	})
	if err != nil {
		return err
	}
	return writeRows(cmd, output, completeColumns, rows, named(cmd, completeRow.cells))
}

// fetchedAt writes an instant on the corporation's wall clock; "" for none.
func fetchedAt(corp *app.Corp, at int64) string {
	if at == 0 {
		return ""
	}
	day, t := corp.Zone.DayAt(at)
	return day.String() + " " + t.String()
}
