package store

import "github.com/dakahq/daka/internal/attendance"

// Covered says that something was fetched: of a kind, about a member ("" = of
// none in particular), for some days, at an instant. Those of one kind and
// member share no day.
type Covered struct {
	Kind        string
	User        attendance.UserID
	First, Last attendance.Day
	At          int64 // Unix seconds
}

// Cover notes that something was fetched, in the place of what was noted of
// those days. c.User is not looked at.
func (tx *Tx) Cover(corp attendance.CorpID, c Covered, users []attendance.UserID) error {
	if err := validDays(c.First, c.Last); err != nil {
		return wrap(err, "cover %s", c.Kind)
	}
	if err := tx.Uncover(corp, c, users, 1<<62); err != nil {
		return err
	}
	for _, u := range users {
		c.User = u
		if err := tx.addCovered(corp, &c); err != nil {
			return err
		}
	}
	return nil
}

// Uncover takes back that something was fetched for the days of c before an
// instant.
func (tx *Tx) Uncover(corp attendance.CorpID, c Covered, users []attendance.UserID, before int64) error {
	rows, err := tx.covered("AND kind = $2 AND user_id = ANY($3) AND first_day <= $4 AND last_day >= $5 AND at < $6",
		string(corp), c.Kind, plainIDs(users), c.Last.YMD(), c.First.YMD(), before)
	if err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		_, err := tx.exec("DELETE FROM coverage WHERE corp_id = $1 AND kind = $2 AND user_id = $3 AND first_day = $4",
			string(corp), r.Kind, string(r.User), r.First.YMD())
		if err != nil {
			return wrap(err, "uncover %s of %q", r.Kind, r.User)
		}
		left, right := *r, *r
		left.Last, right.First = c.First-1, c.Last+1
		for _, rest := range []*Covered{&left, &right} {
			if rest.First > rest.Last {
				continue
			}
			if err := tx.addCovered(corp, rest); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) addCovered(corp attendance.CorpID, c *Covered) error {
	_, err := tx.exec("INSERT INTO coverage (corp_id, kind, user_id, first_day, last_day, at) VALUES ($1, $2, $3, $4, $5, $6)",
		string(corp), c.Kind, string(c.User), c.First.YMD(), c.Last.YMD(), c.At)
	return wrap(err, "cover %s of %q", c.Kind, c.User)
}

// Coverage returns what was fetched, in the order of kinds, members and days.
func (tx *Tx) Coverage(corp attendance.CorpID) ([]Covered, error) {
	return tx.covered("", string(corp))
}

func (tx *Tx) covered(where string, args ...any) (all []Covered, err error) {
	err = tx.query("SELECT kind, user_id, first_day, last_day, at FROM coverage WHERE corp_id = $1 "+where+
		" ORDER BY kind, user_id, first_day", func(r row) error {
		c := Covered{Kind: r.text(0), User: attendance.UserID(r.text(1)), At: r.int(4)}
		var err error
		if c.First, err = attendance.DayFromYMD(r.int(2)); err == nil {
			c.Last, err = attendance.DayFromYMD(r.int(3))
		}
		all = append(all, c)
		return err
	}, args...)
	return all, wrap(err, "read what was fetched")
}

// MirrorState returns a value that mirroring keeps under a name; "" = none.
func (tx *Tx) MirrorState(corp attendance.CorpID, name string) (value string, err error) {
	_, err = tx.one("SELECT value FROM mirror_state WHERE corp_id = $1 AND name = $2", func(r row) error {
		value = r.text(0)
		return nil
	}, string(corp), name)
	return value, wrap(err, "read the mirror's %s", name)
}

// SetMirrorState keeps a value under a name; "" forgets it.
func (tx *Tx) SetMirrorState(corp attendance.CorpID, name, value string) error {
	if value == "" {
		_, err := tx.exec("DELETE FROM mirror_state WHERE corp_id = $1 AND name = $2", string(corp), name)
		return wrap(err, "forget the mirror's %s", name)
	}
	_, err := tx.exec(`INSERT INTO mirror_state (corp_id, name, value) VALUES ($1, $2, $3)
		ON CONFLICT (corp_id, name) DO UPDATE SET value = excluded.value`, string(corp), name, value)
	return wrap(err, "keep the mirror's %s", name)
}
