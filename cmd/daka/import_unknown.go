package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// foresee returns those whom an import would make members. Where there is no
// database yet, or no corporation, that is everybody.
func (o *importOptions) foresee(ctx context.Context, punches []attendance.PunchRecord) (unknown []app.NewPuncher, err error) {
	err = withApp(ctx, o.db, toRead, func(a *app.App) error {
		corps, err := a.Corps(ctx)
		if err != nil {
			return err
		}
		corp := &app.Corp{} // of which nobody is a member
		if len(corps) > 0 {
			if corp, err = o.find(ctx, a); err != nil {
				return err
			}
		}
		unknown, err = a.NewPunchers(ctx, corp, punches)
		return err
	})
	if _, unmade := errors.AsType[unmadeError](err); unmade {
		return app.AllNewPunchers(punches), nil
	}
	return unknown, err
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
