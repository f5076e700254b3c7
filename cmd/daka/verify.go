package main

import (
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/verify"
	"github.com/spf13/cobra"
)

// verifyOptions are those of verify.
type verifyOptions struct {
	databaseOptions
	write  writeOptions
	span   spanFlags
	users  userList
	fit    bool
	apply  bool
	output format
}

// errDiffer ends a comparison that found differences.
var errDiffer = failf("reports differ from WeCom's")

func newVerifyCommand() *cobra.Command {
	o := verifyOptions{span: spanFlags{fallback: "last month"}, output: asTable}
	cmd := &cobra.Command{
		Use:   "verify [PERIOD]",
		Short: "Compare our reports with WeCom's own",
		Long: `Computes the days of a mirrored corporation from its facts and compares them, field
by field, with the reports that WeCom itself gave to "daka sync": of last month,
unless a PERIOD or --from and --to say otherwise. Differences are listed by
cause, with how we arrive at our value, and with the engine option that would
remove them, if a single one does.

Not compared, and no reason for exit code 1: days that WeCom's reports were not
fetched of, reports fetched before their days were over, and members who have
left. Days on which WeCom counts cards that no record shows are counted apart if
corrections that an app made explain all of the difference: WeCom's interface does
not tell of those.

--fit searches for the engine options under which the most reports are equal.
--apply puts them in force too; it asks first, like everything that changes reports.

With -o json it is one object, whose last member is the share of the person-days
that are equal; with ndjson a group a line and that object's rest on the last one.

` + whenHelp + `

` + exitHelp + `

It is 0 when days were compared and all of them are equal, 1 when something
differs, nothing could be compared, punches were not fetched, or so many cards are
without records that some must be missing.`,
		Example: "  daka verify 2026-10 --fit\n  daka verify last month --fit --apply --yes",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.span.take(cmd, args); err != nil {
				return err
			}
			o.namesIn(cmd, o.users)
			return runVerify(cmd, &o)
		},
	}
	o.bind(cmd)
	o.write.bind(cmd)
	o.span.bind(cmd)
	bind(cmd, "users", &o.users)
	bind(cmd, "fit", &o.fit)
	bind(cmd, "apply", &o.apply)
	bind(cmd, "output", &o.output)
	return cmd
}

func runVerify(cmd *cobra.Command, o *verifyOptions) error {
	want := toRead
	if o.apply {
		want = o.write.access()
	}
	return o.withCorp(cmd.Context(), want, func(a *app.App, corp *app.Corp) error {
		q := verify.Query{Corp: corp, Lang: langOf(cmd), Fit: o.fit || o.apply}
		var err error
		if q.First, q.Last, err = o.span.days(cmd, corp.Zone); err != nil {
			return err
		}
		for _, u := range o.users {
			q.Users = append(q.Users, attendance.UserID(u))
		}
		p := newProgress(cmd, say(cmd, "members"), -1)
		q.Progress = func(members int) { p.add(int64(members)) }
		res, err := verify.Run(cmd.Context(), a, q)
		p.done()
		if err != nil {
			return err
		}
		if res.Due == res.WithoutVerdict && res.Provisional.Compared == 0 {
			return noReports(q.First, q.Last)
		}
		if err := writeVerified(cmd, o.output, res); err != nil {
			return err
		}
		return finishVerify(cmd, o, a, corp, res)
	})
}

func noReports(first, last attendance.Day) error {
	if first == last {
		return failf("there is no report of WeCom's of %s to compare with: fetch it with \"daka sync\"", first)
	}
	return failf("there are no reports of WeCom's from %s to %s to compare with: fetch them with \"daka sync\"", first, last)
}

// finishVerify puts the options that were found in force, where that is wanted,
// and says by its error whether something differs.
func finishVerify(cmd *cobra.Command, o *verifyOptions, a *app.App, corp *app.Corp, res *verify.Result) error {
	equal := res.Equal()
	if o.apply && len(res.Fit.Changes) > 0 {
		if err := confirm(cmd, &o.write, say(cmd, "set the engine options of %s to %s", corp.ID, res.Fit.Options)); err != nil {
			return err
		}
		if err := a.SetOptions(cmd.Context(), corp, res.Fit.Options); err != nil {
			return err
		}
		equal = res.EqualAfter()
		if !isQuiet(cmd) {
			fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "options set"))
		}
	}
	if !equal {
		return reportedError{errDiffer}
	}
	return nil
}
