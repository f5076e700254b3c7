package store

import (
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// Import is what became of one run over a file.
type Import struct {
	File        string
	At          int64 // Unix seconds
	SHA256      Hash  // of the file's bytes
	Inserted    int64 // punches or other rows that were new
	Repeated    int64 // those that were there
	Quarantined int64 // lines that could not be taken
}

// Quarantined is a line of a file that could not be taken.
type Quarantined struct {
	File   string
	Line   int64  // from 1
	Text   string // bytes that are not text come back as U+FFFD
	Reason string
	At     int64 // Unix seconds
}

// AddImport notes a run.
func (tx *Tx) AddImport(corp attendance.CorpID, i Import) error {
	_, err := tx.exec(`INSERT INTO imports (corp_id, file, seq, at, sha256, inserted, repeated, quarantined)
		VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM imports WHERE corp_id = $1 AND file = $2), $3, $4, $5, $6, $7)`,
		string(corp), i.File, i.At, string(i.SHA256), i.Inserted, i.Repeated, i.Quarantined)
	return wrap(err, "note import of %q", i.File)
}

// Imports returns the runs of a corporation in the order of files and runs.
func (tx *Tx) Imports(corp attendance.CorpID) (all []Import, err error) {
	err = tx.query(`SELECT file, at, sha256, inserted, repeated, quarantined FROM imports
		WHERE corp_id = $1 ORDER BY file, seq`, func(r row) error {
		all = append(all, Import{r.text(0), r.int(1), Hash(r.text(2)), r.int(3), r.int(4), r.int(5)})
		return nil
	}, string(corp))
	return all, wrap(err, "list imports of corp %q", corp)
}

// SetQuarantine replaces what is kept of a file by the lines of its latest run.
func (tx *Tx) SetQuarantine(corp attendance.CorpID, file string, lines []Quarantined) error {
	if _, err := tx.exec("DELETE FROM quarantine WHERE corp_id = $1 AND file = $2", string(corp), file); err != nil {
		return wrap(err, "clear quarantine of %q", file)
	}
	for _, l := range lines {
		text := strings.ReplaceAll(strings.ToValidUTF8(l.Text, "\uFFFD"), "\x00", "\uFFFD")
		_, err := tx.exec("INSERT INTO quarantine (corp_id, file, line, text, reason, at) VALUES ($1, $2, $3, $4, $5, $6)",
			string(corp), file, l.Line, text, l.Reason, l.At)
		if err != nil {
			return wrap(err, "quarantine line %d of %q", l.Line, file)
		}
	}
	return nil
}

// Quarantine returns the lines kept of a corporation's files, in the order of
// files and lines.
func (tx *Tx) Quarantine(corp attendance.CorpID) (all []Quarantined, err error) {
	err = tx.query("SELECT file, line, text, reason, at FROM quarantine WHERE corp_id = $1 ORDER BY file, line", func(r row) error {
		all = append(all, Quarantined{r.text(0), r.int(1), r.text(2), r.text(3), r.int(4)})
		return nil
	}, string(corp))
	return all, wrap(err, "list quarantine of corp %q", corp)
}
