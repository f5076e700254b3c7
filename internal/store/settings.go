package store

import "github.com/dakahq/daka/internal/attendance"

// Engine options and holidays are documents that hold from when they are known.

// AddOptions adds the options of a corporation, whole.
func (tx *Tx) AddOptions(corp attendance.CorpID, knownAt int64, doc []byte) error {
	_, err := tx.exec(`INSERT INTO options (corp_id, seq, known_at, doc)
		VALUES ($1, (SELECT coalesce(max(seq), 0) + 1 FROM options WHERE corp_id = $1), $2, $3)`,
		string(corp), knownAt, string(doc))
	return wrap(err, "add options of corp %q", corp)
}

// Options returns the options known last at an instant, and their place in the
// order of all; nil and 0 where there are none.
func (tx *Tx) Options(corp attendance.CorpID, asOf int64) (doc []byte, seq int64, err error) {
	_, err = tx.one(`SELECT doc, seq FROM options WHERE corp_id = $1 AND known_at <= $2
		ORDER BY known_at DESC, seq DESC LIMIT 1`, func(r row) error {
		doc, seq = []byte(r.text(0)), r.int(1)
		return nil
	}, string(corp), asOf)
	return doc, seq, wrap(err, "read options of corp %q", corp)
}

// HolidayYear is the public calendar of a year.
type HolidayYear struct {
	Year    int
	KnownAt int64
	Doc     []byte
}

// AddHolidays adds the calendar of a year, in place of what was known of it.
func (tx *Tx) AddHolidays(corp attendance.CorpID, y HolidayYear) error {
	_, err := tx.exec(`INSERT INTO holidays (corp_id, year, seq, known_at, doc)
		VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM holidays WHERE corp_id = $1 AND year = $2), $3, $4)`,
		string(corp), int64(y.Year), y.KnownAt, string(y.Doc))
	return wrap(err, "add holidays of %d", y.Year)
}

// Holidays returns the calendars of a corporation known at an instant, the
// newest of each year, in the order of the years.
func (tx *Tx) Holidays(corp attendance.CorpID, asOf int64) (years []HolidayYear, err error) {
	err = tx.query(`SELECT year, known_at, doc FROM holidays WHERE corp_id = $1 AND known_at <= $2
		ORDER BY year, known_at, seq`, func(r row) error {
		y := HolidayYear{int(r.int(0)), r.int(1), []byte(r.text(2))}
		if n := len(years); n > 0 && years[n-1].Year == y.Year {
			years = years[:n-1]
		}
		years = append(years, y)
		return nil
	}, string(corp), asOf)
	return years, wrap(err, "read holidays of corp %q", corp)
}
