package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// foresee says what an import would do, and of which lines. Where there is no
// database yet, or no corporation, nobody is a member and nothing is there.
func (o *importOptions) foresee(cmd *cobra.Command, f app.ImportFile, path string, rule *ruleFile, zone *attendance.Zone) (plan *app.ImportPlan, _ app.ImportFile, err error) {
	ctx := cmd.Context()
	err = withApp(ctx, o.db, toRead, func(a *app.App) error {
		corps, err := a.Corps(ctx)
		if err != nil || len(corps) == 0 {
			return err
		}
		corp, err := o.find(ctx, a)
		if err != nil {
			return err
		}
		if f, err = o.readFor(cmd, a, corp, path, rule); err != nil {
			return err
		}
		plan, err = a.PlanFile(ctx, corp, f.Punches)
		return err
	})
	if _, unmade := errors.AsType[unmadeError](err); err != nil && !unmade || plan != nil {
		return plan, f, err
	}
	if f, err = o.sort(cmd, app.AllNewPunchers(f.Punches), f, path, rule, zone); err != nil {
		return nil, f, err
	}
	return app.PlanNewFile(f.Punches), f, nil
}

// readFor reads a file for a corporation, and says of whom and of which closed
// months it is.
func (o *importOptions) readFor(cmd *cobra.Command, a *app.App, corp *app.Corp, path string, rule *ruleFile) (f app.ImportFile, err error) {
	if f, err = readAttlog(path, rule, corp.Zone, nil); err != nil {
		return f, err
	}
	unknown, err := a.NewPunchers(cmd.Context(), corp, f.Punches)
	if err != nil {
		return f, err
	}
	if f, err = o.sort(cmd, unknown, f, path, rule, corp.Zone); err != nil {
		return f, err
	}
	days := daysOf(f.Punches, func(p *attendance.PunchRecord) attendance.Day { return dayAt(corp.Zone, p.At) })
	return f, noteClosedMonths(cmd.Context(), cmd, &localDesk{a, corp}, days)
}

// sort names on stderr the PINs of a file that are nobody's, and with --known-only
// leaves their lines out.
func (o *importOptions) sort(cmd *cobra.Command, unknown []app.NewPuncher, f app.ImportFile, path string, rule *ruleFile, zone *attendance.Zone) (app.ImportFile, error) {
	if len(unknown) == 0 {
		return f, nil
	}
	if !isQuiet(cmd) {
		text := say(cmd, "%d PINs are new members: %s", len(unknown), pinsText(cmd, unknown))
		if o.known {
			text = say(cmd, "%d PINs are nobody, and their lines are quarantined: %s", len(unknown), pinsText(cmd, unknown))
		}
		fmt.Fprintln(cmd.ErrOrStderr(), text)
	}
	if !o.known {
		return f, nil
	}
	return readAttlog(path, rule, zone, unknown)
}

// pinsText names PINs, with the members who may be meant.
func pinsText(cmd *cobra.Command, pins []app.NewPuncher) string {
	var parts []string
	for i, p := range pins {
		if i == maxListed {
			parts = append(parts, say(cmd, "and %d more", len(pins)-i))
			break
		}
		text := string(p.ID)
		if p.Like != "" {
			text = say(cmd, "%s (is it %s, with other zeros?)", p.ID, p.Like)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}
