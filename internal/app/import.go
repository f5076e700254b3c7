package app

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/wire"
)

// ImportFile is a file of punches that has been read.
type ImportFile struct {
	Name    string // as it is remembered
	SHA256  string // of its bytes, in lower-case hex
	Punches []attendance.PunchRecord
	Bad     []BadLine
	// Stored is told after each transaction how many punches it held; nil = nobody.
	Stored func(punches int)
	// Rule is the rule document for the members of the file; nil = none.
	Rule *RuleSpec
}

// BadLine is a line that is no punch.
type BadLine struct {
	Number int64 // from 1
	Text   string
	Reason string
}

// ImportResult counts what became of the lines of a file.
type ImportResult struct {
	Imported    int `json:"imported"`
	Duplicate   int `json:"duplicate"`
	Quarantined int `json:"quarantined"`
}

// importBatch is how many punches share a transaction. A run that is killed
// between two is completed by running it again.
const importBatch = 20_000

// ImportPunches takes over a file: it makes members of the userids it does not
// know, in the root department, installs the rule unless the same document is
// in force, stores the punches and keeps the lines that are none. A file
// without a single punch is refused and changes nothing.
func (a *App) ImportPunches(ctx context.Context, corp *Corp, f ImportFile) (ImportResult, error) {
	result := ImportResult{Quarantined: len(f.Bad)}
	if len(f.Punches) == 0 {
		return ImportResult{}, badInput("file %s: no line is a punch", f.Name)
	}
	now := a.Now()
	for i := range f.Punches {
		f.Punches[i].KnownAt = now
	}
	if f.Rule != nil {
		if _, err := wire.CompileRule(f.Rule.Doc, f.Rule.Form, corp.Zone); err != nil {
			return ImportResult{}, &RuleError{err}
		}
	}
	if err := a.db.Write(ctx, func(tx *store.Tx) error { return a.importMembers(ctx, tx, corp, f.Punches) }); err != nil {
		return ImportResult{}, err
	}
	if err := a.installOnce(ctx, corp, f.Rule); err != nil {
		return ImportResult{}, err
	}
	if err := a.db.Write(ctx, func(tx *store.Tx) error { return a.noteImport(ctx, tx, corp, &f) }); err != nil {
		return ImportResult{}, err
	}
	for part := range inKeyOrder(f.Punches, importBatch) {
		stored, repeated, err := a.db.InsertPunches(ctx, corp.ID, part)
		if err != nil {
			return result, fmt.Errorf("import %s: %w", f.Name, err)
		}
		result.Imported += stored
		result.Duplicate += repeated
		if f.Stored != nil {
			f.Stored(len(part))
		}
	}
	return result, a.db.Write(ctx, func(tx *store.Tx) error { return recordImport(tx, corp, &f, result, now) })
}

// inKeyOrder hands out punches n at a time in the order in which they are
// stored, member by member: the files of terminals go by time, and a database
// that is filled from one end to the other is several times as fast. Equal ones
// keep their order. A part is valid until the next one.
func inKeyOrder(punches []attendance.PunchRecord, n int) iter.Seq[[]attendance.PunchRecord] {
	return func(yield func([]attendance.PunchRecord) bool) {
		order := make([]int, len(punches))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(i, j int) int {
			a, b := &punches[i], &punches[j]
			return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.At, b.At), cmp.Compare(i, j))
		})
		part := make([]attendance.PunchRecord, 0, min(n, len(punches)))
		for indexes := range slices.Chunk(order, n) {
			part = part[:0]
			for _, i := range indexes {
				part = append(part, punches[i])
			}
			if !yield(part) {
				return
			}
		}
	}
}

// importMembers makes members of the userids that are new, and puts the
// contacts' spelling into the punches.
func (a *App) importMembers(ctx context.Context, tx *store.Tx, corp *Corp, punches []attendance.PunchRecord) error {
	known := map[string]attendance.UserID{}
	members, err := tx.Members(corp.ID, a.Now(), nil)
	if err != nil {
		return err
	}
	for i := range members {
		known[members[i].ID.Fold()] = members[i].ID
	}
	var added []store.Member
	for i := range punches {
		p := &punches[i]
		id, ok := known[p.User.Fold()]
		if !ok {
			id = p.User
			known[id.Fold()] = id
			added = append(added, store.Member{
				ID: id, KnownAt: a.Now(), From: attendance.MinDay, Name: string(id),
				Depts: []attendance.DeptID{attendance.RootDept}, Left: attendance.MaxDay,
			})
		}
		p.User = id
	}
	if err := tx.AddMembers(corp.ID, added); err != nil || len(added) == 0 {
		return err
	}
	subjects := userSubjects(len(added), func(i int) attendance.UserID { return added[i].ID })
	return a.note(ctx, tx, corp.ID, act{"members.put", subjects, added})
}

// noteImport puts a file on record before its first punch is stored, so that a
// run which is killed between two transactions has its entry, too.
func (a *App) noteImport(ctx context.Context, tx *store.Tx, corp *Corp, f *ImportFile) error {
	subjects := userSubjects(len(f.Punches), func(i int) attendance.UserID { return f.Punches[i].User })
	detail := struct {
		Name, SHA256 string
		Punches, Bad int
	}{f.Name, f.SHA256, len(f.Punches), len(f.Bad)}
	return a.note(ctx, tx, corp.ID, act{"punches.import", subjects, detail})
}

// installOnce installs a rule unless a standing one has the same document.
func (a *App) installOnce(ctx context.Context, corp *Corp, rule *RuleSpec) error {
	if rule == nil {
		return nil
	}
	same := false
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		versions, err := tx.RuleVersions(corp.ID, a.Now())
		for i := range versions {
			v := &versions[i]
			same = same || !v.Deleted && string(v.Doc) == string(rule.Doc) && v.Form == store.RuleForm(rule.Form)
		}
		return err
	})
	if err != nil || same {
		return err
	}
	_, err = a.InstallRule(ctx, corp, *rule)
	return err
}

func recordImport(tx *store.Tx, corp *Corp, f *ImportFile, result ImportResult, now int64) error {
	name, err := rememberedName(tx, corp, f)
	if err != nil {
		return err
	}
	lines := make([]store.Quarantined, len(f.Bad))
	for i, bad := range f.Bad {
		lines[i] = store.Quarantined{File: name, Line: bad.Number, Text: bad.Text, Reason: bad.Reason, At: now}
	}
	if err := tx.SetQuarantine(corp.ID, name, lines); err != nil {
		return err
	}
	return tx.AddImport(corp.ID, store.Import{
		File: f.Name, At: now, SHA256: store.Hash(f.SHA256),
		Inserted: int64(result.Imported), Repeated: int64(result.Duplicate), Quarantined: int64(result.Quarantined),
	})
}

// rememberedName is the name under which the lines of a file are kept: its own,
// or with a part of its hash where another file went by that name before.
// Terminals give all their exports one name, and no line may be lost.
func rememberedName(tx *store.Tx, corp *Corp, f *ImportFile) (string, error) {
	imports, err := tx.Imports(corp.ID)
	if err != nil {
		return "", err
	}
	for _, i := range imports {
		if i.File != f.Name {
			continue
		}
		if string(i.SHA256) != f.SHA256 {
			return fmt.Sprintf("%s#%.8s", f.Name, f.SHA256), nil
		}
		break // the first file of a name keeps it
	}
	return f.Name, nil
}

// QuarantinedLine is a line that an import kept because it is no punch.
type QuarantinedLine struct {
	File   string `json:"file"`
	Line   int64  `json:"line"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
	At     int64  `json:"at"` // Unix seconds
}

// Quarantine returns the lines kept of all imports, in the order of files and lines.
func (a *App) Quarantine(ctx context.Context, corp *Corp) (lines []QuarantinedLine, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Quarantine(corp.ID)
		for _, r := range rows {
			lines = append(lines, QuarantinedLine(r))
		}
		return err
	})
	return lines, err
}
