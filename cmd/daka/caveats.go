package main

import (
	"context"
	"fmt"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/spf13/cobra"
)

// caveats are what a reader should know of the numbers of reports, which do not
// show it. A server does not tell them.
type caveats struct {
	unknown int            // days taken for ordinary ones: no public calendar is known for their year
	inDays  int            // reports with overtime that the rule counts in days
	leftOut int            // punches of devices that no window of a rule has
	nothing bool           // there is no report at all
	months  int            // reports of months
	until   attendance.Day // the last day that those count, where more were asked for; 0 = they count all
	aDay    time.Duration  // what a day of that stands as; see settle
}

func (c *caveats) day(r *attendance.DayReport) {
	if r.NoCalendar {
		c.unknown++
	}
	if r.Overtime.Seconds > 0 && r.Kind.Rule.Overtime.Unit.Days {
		c.inDays++
	}
}

func (c *caveats) month(r *attendance.MonthReport) {
	c.months++
	c.unknown += int(r.NoCalendar)
	if r.Rule == nil || !r.Rule.Overtime.Unit.Days {
		return
	}
	for _, o := range r.Overtime {
		if o.Total > 0 {
			c.inDays++
			return
		}
	}
}

// settle reads what else tell has to say, when all reports of q were seen.
func (c *caveats) settle(ctx context.Context, a *app.App, q *app.Query) error {
	today, _ := q.Corp.Zone.DayAt(a.Now())
	if c.inDays == 0 && (c.months == 0 || q.Last <= today) {
		return nil
	}
	opts, err := a.Options(ctx, q.Corp)
	if c.months > 0 && q.Last > today && q.AsOf == 0 && !opts.MonthCountsFuture {
		c.until = today
	}
	c.aDay = time.Duration(opts.OvertimeDaySeconds) * time.Second
	return err
}

// tell says them on stderr.
func (c *caveats) tell(cmd *cobra.Command) {
	if c.nothing && !isQuiet(cmd) {
		fmt.Fprintln(cmd.ErrOrStderr(), "daka: "+say(cmd, "nobody who was asked for was employed under a rule, or punched, on these days"))
	}
	if c.unknown > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "daka: "+say(cmd, "%d days lie in a year without a public calendar and were taken for ordinary ones: see \"daka holidays set\"", c.unknown))
	}
	if c.until != 0 && !isQuiet(cmd) {
		fmt.Fprintln(cmd.ErrOrStderr(), "daka: "+say(cmd, "counted up to today, %s: days to come are not in it", c.until))
	}
	if c.leftOut > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "daka: "+say(cmd, "left out, as no window of a rule has them: %d punches of devices; \"daka records --device any\" lists all that devices sent", c.leftOut))
	}
	if c.inDays > 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "daka: "+say(cmd, "%d reports have overtime by a rule whose unit is the day: one stands as %d:%02d (option ot_day_unit_seconds)",
			c.inDays, int(c.aDay.Hours()), int(c.aDay.Minutes())%60))
	}
}
