package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// What the doctor takes for too little or too much.
const (
	scarceSpace  = 1 << 30
	noSpace      = 100 << 20
	longLog      = 256 << 20
	suddenSync   = 20 * time.Microsecond // no disk is as fast as that
	slowSync     = 50 * time.Millisecond
	clocksDiffer = 30 * time.Second
	clocksBreak  = 5 * time.Minute // callbacks with a time further away are refused
	syncSamples  = 15
	calendarDue  = time.November // the State Council announces the next year's about then
)

// database examines a database. What needs a schema of this daka's is left out
// where there is none.
func (x *examination) database(ctx context.Context, dsn string) {
	db, err := store.Open(ctx, dsn, store.Options{ReadOnly: true})
	if err != nil {
		x.note("database", hasFailed, errorText(langOf(x.cmd), err), x.say("name the database with --db, or make one with \"daka init\""))
		return
	}
	defer func() {
		if err := db.Close(); err != nil {
			x.broke("database", err)
		}
	}()
	current := x.schema(ctx, db)
	if strings.HasPrefix(dsn, "postgres") {
		x.skip("file", x.say("PostgreSQL looks after its files itself"))
		x.serverClock(ctx, db)
	} else {
		x.damage(ctx, db)
	}
	x.place(ctx, db)
	x.disk(ctx, db)
	if !current {
		return
	}
	a := app.New(db, nil)
	corps, err := a.Corps(ctx)
	if err != nil {
		x.broke("corporations", err)
		return
	}
	if len(corps) == 0 {
		x.note("corporations", isWarning, x.say("there is no corporation"), x.say("make one with \"daka init\""))
	}
	for _, corp := range corps {
		x.audit(ctx, a, corp)
		x.holidays(ctx, a, corp)
	}
}

func (x *examination) schema(ctx context.Context, db *store.DB) (current bool) {
	pending, err := db.Pending(ctx)
	switch {
	case errors.Is(err, store.ErrNewerSchema):
		x.note("schema", hasFailed, errorText(langOf(x.cmd), err), x.say("use the daka that wrote it, or a later one"))
	case err != nil:
		x.broke("schema", err)
	case len(pending) > 0:
		x.note("schema", isWarning, x.say("it lacks %d migrations", len(pending)),
			x.say("back it up with \"daka backup\", then run \"daka migrate\""))
	default:
		x.ok("schema", x.say("up to date"))
		return true
	}
	return false
}

func (x *examination) damage(ctx context.Context, db *store.DB) {
	found, err := db.Damage(ctx)
	if err != nil {
		found = []string{errorText(langOf(x.cmd), err)}
	}
	if len(found) > 0 {
		x.note("file", hasFailed, strings.Join(found[:min(3, len(found))], "; "),
			x.say("stop the server, keep the file, and restore the latest backup with \"daka restore\"; then have the disk checked"))
		return
	}
	x.ok("file", x.say("no damage was found"))
}

// place examines the disk under a SQLite file and the log beside it.
func (x *examination) place(ctx context.Context, db *store.DB) {
	p, err := db.Place(ctx)
	if err != nil {
		x.broke("space", err)
		return
	}
	if p.Dir == "" {
		x.skip("space", x.say("the database has %s; its server knows what is left", mebibytes(p.Bytes)))
		return
	}
	free, err := freeSpace(p.Dir)
	finding := x.say("the database has %s, the disk has %s left", mebibytes(p.Bytes), mebibytes(free))
	advice := x.say("make room: a backup needs as much as the database, and a full disk stops every punch")
	switch {
	case err != nil:
		x.skip("space", errorText(langOf(x.cmd), err))
	case free < noSpace:
		x.note("space", hasFailed, finding, advice)
	case free < max(scarceSpace, p.Bytes):
		x.note("space", isWarning, finding, advice)
	default:
		x.ok("space", finding)
	}
	if p.Log > longLog {
		x.note("log", isWarning, x.say("the log beside the file has %s", mebibytes(p.Log)),
			x.say("something reads for very long: end old processes that have the file open"))
		return
	}
	x.ok("log", x.say("the log beside the file has %s", mebibytes(p.Log)))
}

// disk examines whether what is acknowledged is on disk.
func (x *examination) disk(ctx context.Context, db *store.DB) {
	if unsafe, err := db.Unsafe(ctx); err != nil {
		x.broke("disk", err)
		return
	} else if len(unsafe) > 0 {
		x.note("disk", hasFailed, x.say("PostgreSQL runs with %s = off", strings.Join(unsafe, ", ")),
			x.say("a crash may lose punches that were acknowledged, or the database: set it to on"))
		return
	}
	took, err := db.SyncTime(ctx, syncSamples)
	finding := x.say("a write reaches the disk in %s", took.Round(time.Microsecond))
	switch {
	case err != nil:
		x.skip("disk", errorText(langOf(x.cmd), err))
	case took == 0:
		x.skip("disk", x.say("the database is in memory"))
	case took < suddenSync:
		x.note("disk", isWarning, finding,
			x.say("no disk is that fast: it is memory, or a cache that says so too early, and a power cut may lose punches that were acknowledged"))
	case took > slowSync:
		x.note("disk", isWarning, finding, x.say("that is slow, and every punch waits for it: use a local SSD, not a network drive"))
	default:
		x.ok("disk", finding)
	}
}

func (x *examination) serverClock(ctx context.Context, db *store.DB) {
	ahead, err := db.Ahead(ctx)
	if err != nil {
		x.broke("clock", err)
		return
	}
	x.clock(ahead)
}

// clock examines how far another clock is ahead of this machine's.
func (x *examination) clock(ahead time.Duration) {
	finding := x.say("the other clock is %s away from this machine's", ahead.Round(time.Second).Abs())
	advice := x.say("set both by NTP, such as chrony or systemd-timesyncd")
	switch {
	case ahead.Abs() > clocksBreak:
		x.note("clock", hasFailed, finding, advice)
	case ahead.Abs() > clocksDiffer:
		x.note("clock", isWarning, finding, advice)
	default:
		x.ok("clock", finding)
	}
}

func (x *examination) audit(ctx context.Context, a *app.App, corp *app.Corp) {
	state, err := a.CheckAudit(ctx, corp)
	switch {
	case err != nil:
		x.broke("audit", err)
	case state.Broken != 0:
		x.note("audit", hasFailed, x.say("audit log of %s: BROKEN, entry %d does not follow from those before it", corp.ID, state.Broken),
			x.say("somebody wrote in the database by other means: compare it with the latest backup"))
	default:
		x.ok("audit", x.say("audit log of %s: %d entries are whole, head %s", corp.ID, state.Entries, state.Head))
	}
}

// holidays examines whether the calendar of this year and the next is known.
func (x *examination) holidays(ctx context.Context, a *app.App, corp *app.Corp) {
	calendar, err := a.Calendar(ctx, corp)
	if err != nil {
		x.broke("holidays", err)
		return
	}
	today, _ := corp.Zone.DayAt(a.Now())
	year, month, _ := today.Date()
	knows := func(year int) bool { return calendar.Knows(attendance.DayOf(year, time.January, 1)) }
	advice := x.say("put the State Council's announcement in with \"daka holidays set\"")
	switch {
	case !knows(year):
		x.note("holidays", hasFailed, x.say("%s: the public calendar of %d is not known: holidays count as ordinary days", corp.ID, year), advice)
	case knows(year + 1):
		x.ok("holidays", x.say("%s: the public calendar of %d and %d is known", corp.ID, year, year+1))
	case month >= calendarDue:
		x.note("holidays", isWarning, x.say("%s: the public calendar of %d is not known yet", corp.ID, year+1), advice)
	default:
		x.ok("holidays", x.say("%s: the public calendar of %d is known, that of %d is announced about November", corp.ID, year, year+1))
	}
}
