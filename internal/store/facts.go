package store

import (
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// The compact columns of a range of punches, member by member. It is the
// query that reports wait for, so each engine has the text it runs best.
const (
	factsSQLite = `SELECT u.key, p.at, p.known_at, p.section, p.flags, p.slot, p.source, p.device
		FROM json_each($2) AS u CROSS JOIN punches AS p
		WHERE p.corp_id = $1 AND p.user_id = u.value AND p.at >= $3 AND p.at < $4 AND p.known_at <= $5`
	factsPostgres = `SELECT u.ord - 1, p.at, p.known_at, p.section, p.flags, p.slot, p.source, p.device
		FROM unnest($2::text[]) WITH ORDINALITY AS u(id, ord) CROSS JOIN LATERAL (
			SELECT at, known_at, section, flags, slot, source, device FROM punches
			WHERE corp_id = $1 AND user_id = u.id AND at >= $3 AND at < $4 AND known_at <= $5
			ORDER BY at, source, device) AS p`
)

// Facts returns the given members with the facts of theirs that were known at
// an instant: punches from the beginning of the first day to the end of the
// last on the zone's wall clock, shifts, corrections and approvals of those days,
// and where the members stand in the directory. Of a request that counts working
// days the shifts of all its days come with it. People come in the order of users,
// once each; one who was not known then, or is no member, is left out, one who
// has left the contacts is not. It asks five questions, or six where there are such
// requests, however many users.
func (tx *Tx) Facts(corp attendance.CorpID, users []attendance.UserID, first, last attendance.Day, asOf int64, zone *attendance.Zone) ([]attendance.Person, error) {
	people, err := tx.people(corp, users, asOf)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	ids := make([]attendance.UserID, len(people))
	at := make(map[attendance.UserID]*attendance.Person, len(people))
	for i := range people {
		ids[i] = people[i].ID
		at[people[i].ID] = &people[i]
	}
	if err := tx.factPunches(corp, people, ids, zone.Midnight(first), zone.Midnight(last+1), asOf); err != nil {
		return nil, err
	}
	corrections, err := tx.Corrections(corp, ids, first, last, asOf)
	if err != nil {
		return nil, err
	}
	for _, c := range corrections {
		p := at[c.User]
		p.Corrections = append(p.Corrections, c.Correction.Correction)
	}
	if err := tx.factApprovals(corp, at, ids, first, last, asOf); err != nil {
		return nil, err
	}
	return people, tx.factShifts(corp, people, at, first, last, asOf, zone)
}

// factShifts gives people their shifts of the days and, who asked for working
// days off, those of all days of such requests: by them they are as long as they are,
// on whichever of their days that is asked.
func (tx *Tx) factShifts(corp attendance.CorpID, people []attendance.Person, at map[attendance.UserID]*attendance.Person, first, last attendance.Day, asOf int64, zone *attendance.Zone) error {
	var near, far []attendance.UserID
	from, to := first, last
	for i := range people {
		p := &people[i]
		begins, ends := first, last
		for j := range p.Approvals {
			if a := &p.Approvals[j]; a.ByDay && a.Vacation.WorkdaysOnly && len(a.Slices) == 0 {
				begin, _ := zone.DayAt(a.From)
				end, _ := zone.DayAt(a.To)
				begins, ends = min(begins, begin), max(ends, end)
			}
		}
		if begins == first && ends == last {
			near = append(near, p.ID)
			continue
		}
		far = append(far, p.ID)
		from, to = min(from, begins), max(to, ends)
	}
	for _, part := range []struct {
		users       []attendance.UserID
		first, last attendance.Day
	}{{near, first, last}, {far, from, to}} {
		if len(part.users) == 0 {
			continue
		}
		schedules, err := tx.Schedules(corp, part.users, part.first, part.last, asOf)
		if err != nil {
			return err
		}
		for _, s := range schedules {
			p := at[s.User]
			p.Schedule = append(p.Schedule, s.Scheduled)
		}
	}
	return nil
}

// people makes the persons of the members' versions.
func (tx *Tx) people(corp attendance.CorpID, users []attendance.UserID, asOf int64) ([]attendance.Person, error) {
	if users == nil {
		users = []attendance.UserID{} // nil would mean all
	}
	versions, err := tx.memberVersions(corp, asOf, users)
	if err != nil {
		return nil, err
	}
	byKey := make(map[string]*attendance.Person, len(users))
	for _, m := range versions {
		p := byKey[m.ID.Fold()]
		if p == nil {
			p = &attendance.Person{ID: m.ID}
			byKey[m.ID.Fold()] = p
		}
		p.Name, p.Alias, p.Joined, p.Left = m.Name, m.Alias, m.Joined, m.Left
		if !m.Deleted {
			p.Placements = place(p.Placements, attendance.Placement{From: m.From, Depts: m.Depts, Tags: m.Tags})
		}
	}
	people := make([]attendance.Person, 0, len(byKey))
	for _, id := range users {
		if p := byKey[id.Fold()]; p != nil {
			people = append(people, *p)
			delete(byKey, id.Fold())
		}
	}
	return people, nil
}

// place adds what became known later: it holds from its day on, whatever was
// said of that time before.
func place(known []attendance.Placement, p attendance.Placement) []attendance.Placement {
	for len(known) > 0 && known[len(known)-1].From >= p.From {
		known = known[:len(known)-1]
	}
	return append(known, p)
}

func (tx *Tx) factPunches(corp attendance.CorpID, people []attendance.Person, ids []attendance.UserID, from, until, asOf int64) error {
	sql := factsSQLite
	if tx.conn.dialect() == onPostgres {
		sql = factsPostgres
	}
	// A member has about four punches a day.
	size := int((until-from)/attendance.SecondsPerDay+1) * 4
	devices := names{}
	var current *attendance.Person
	err := tx.query(sql, func(r row) error {
		if p := &people[r.int(0)]; p != current {
			current = p
			if p.Punches == nil {
				p.Punches = make([]attendance.Punch, 0, size)
			}
		}
		current.Punches = append(current.Punches, attendance.Punch{
			At: r.int(1), KnownAt: r.int(2), Section: attendance.SectionID(r.int(3)),
			Flags: attendance.PunchFlags(r.int(4)), Slot: attendance.Slot(r.int(5)),
			Source: attendance.Source(r.int(6)), Device: devices.read(r, 7),
		})
		return nil
	}, string(corp), plainIDs(ids), from, until, asOf)
	if err != nil {
		return wrap(err, "read punches of corp %q", corp)
	}
	for i := range people {
		if p := people[i].Punches; !slices.IsSortedFunc(p, attendance.ComparePunches) {
			attendance.SortPunches(p)
		}
	}
	return nil
}

// names keeps one string for each of a few that come again and again.
type names struct {
	buf  []byte
	seen map[string]string
}

func (n *names) read(r row, col int) string {
	n.buf = r.bytes(col, n.buf)
	if len(n.buf) == 0 {
		return ""
	}
	name, ok := n.seen[string(n.buf)]
	if !ok {
		if n.seen == nil {
			n.seen = map[string]string{}
		}
		name = string(n.buf)
		n.seen[name] = name
	}
	return name
}
