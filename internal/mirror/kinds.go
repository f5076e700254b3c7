package mirror

import (
	"context"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// The kinds of what is fetched, as they are stored: never rename one.
const (
	contacts    = "directory"
	ruleList    = "rules"
	records     = "records"
	devices     = "devices"
	schedules   = "schedules"
	days        = app.MirroredDays
	months      = app.MirroredMonths
	requests    = "requests"
	corrections = "corrections"
	revocations = "revocations"
)

// kind is a kind of fact that is fetched by members and days.
type kind struct {
	name      string
	perMinute int
	longest   attendance.Day // days in one call
	monthly   bool           // a call does not reach from one month into another
	whole     bool           // of a month all is asked for that is wanted, or nothing
	margin    attendance.Day // further days on both sides: a day's report needs its neighbours
	ahead     bool           // days that have not begun have some
	byUpload  bool           // days are those on which it was received: none is too late
	fetch     func(m *Mirror, ctx context.Context, k *kind, j job) (read, changed int, err error)
}

// kinds are those that are fetched side by side.
var kinds = []kind{
	{name: records, perMinute: rate("getcheckindata"), longest: 30, margin: 1, fetch: (*Mirror).fetchRecords},
	{name: devices, longest: 31, margin: 1, byUpload: true, fetch: (*Mirror).fetchDevices},
	{name: schedules, perMinute: rate("getcheckinschedulist"), longest: 31, monthly: true, margin: 1, ahead: true, fetch: (*Mirror).fetchSchedules},
	{name: days, perMinute: rate("getcheckin_daydata"), longest: 31, fetch: (*Mirror).fetchDays},
	{name: months, perMinute: rate("getcheckin_monthdata"), longest: 31, monthly: true, whole: true, fetch: (*Mirror).fetchMonths},
}

func rate(name string) int {
	op, _ := checkin.ForPath("/cgi-bin/checkin/" + name)
	return op.RatePerMinute
}

// job is one call.
type job struct {
	users       []attendance.UserID
	first, last attendance.Day
}

// question is a Fetch that takes one call, and what it brings once it has been
// made: about the members who turn out to be in the contacts.
func (m *Mirror) question(k *kind, j job) (f checkin.Fetch, batch func() app.MirrorBatch) {
	b := app.MirrorBatch{Kind: k.name, First: j.first, Last: j.last, At: m.app.Now()}
	unknown := map[string]bool{}
	f = checkin.Fetch{
		Client: m.c, From: date(j.first), To: date(j.last), Zone: m.corp.Zone.Location(), Parallel: 1, Unordered: true, Overlap: -1,
		OnUnknown: func(user string) { unknown[user] = true },
	}
	for _, u := range j.users {
		f.Users = append(f.Users, string(u))
	}
	return f, func() app.MirrorBatch {
		for _, u := range j.users {
			if !unknown[string(u)] {
				b.Users = append(b.Users, u)
			}
		}
		return b
	}
}
