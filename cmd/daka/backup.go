package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/store"
	"github.com/spf13/cobra"
)

// backupOptions are those of backup and restore.
type backupOptions struct {
	writeOptions
	db     string
	force  bool
	output format
}

func (o *backupOptions) bind(cmd *cobra.Command) {
	o.db, o.output = defaultDB, asTable
	bind(cmd, "db", &o.db)
	bind(cmd, "force", &o.force)
	bindTo(cmd.Flags(), "output", &o.output)
	o.bindDryRun(cmd)
}

func newBackupCommand() *cobra.Command {
	var o backupOptions
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy a database into a file while it is in use",
		Long: `Writes a database as it is at one moment into a new file. Servers may go on
writing meanwhile. The file gets its name when it has been read again and
compared row by row: it is whole, or there is none. What a backup that was killed
leaves beside it is hidden and ends in .part.

The file is a SQLite database, whichever kind the source is: "daka report" and all
that reads can look into it with --db sqlite:FILE, and "daka restore" puts it into
a database of either kind. It holds what the database holds, the hashes of secrets
included, and only its owner can read it. What DAKA_KEY or --key-file seals
stays sealed: keep the key, but elsewhere.

The head of each audit log that it prints shows later that no entry was taken from
the end. An existing file is left alone unless --force is given.

` + exitHelp,
		Example: "  daka backup daka-$(date +%F).bak",
		Args:    oneArg("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runBackup(cmd, args[0], &o)
		},
	}
	o.bind(cmd)
	return cmd
}

// auditOutcome is how an audit log was found.
type auditOutcome struct {
	CorpID  string `json:"corp_id"`
	Entries int64  `json:"entries"`
	Head    string `json:"head"`
	Broken  int64  `json:"broken,omitzero"` // the first entry that does not fit
}

// backupOutput is what a backup holds, as it is printed.
type backupOutput struct {
	File     string           `json:"file"`
	Database string           `json:"database"`
	Made     int64            `json:"made"` // Unix seconds
	Kind     string           `json:"kind"`
	Schema   string           `json:"schema"`
	Rows     int64            `json:"rows"`
	Tables   []store.TableSum `json:"tables"`
	Audit    []auditOutcome   `json:"audit"`
}

func backupOut(file, dsn string, s *store.BackupSummary, audit []auditOutcome) backupOutput {
	return backupOutput{file, shown(dsn), s.Made, string(s.Kind), s.Schema, s.Rows(), s.Tables, append([]auditOutcome{}, audit...)}
}

func runBackup(cmd *cobra.Command, file string, o *backupOptions) (err error) {
	ctx := cmd.Context()
	db, err := store.Open(ctx, o.db, store.Options{ReadOnly: true})
	if err != nil {
		return databaseError{err}
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := planned(cmd, &o.writeOptions, say(cmd, "copy database %s into %s", shown(o.db), file)); err != nil {
		return err
	}
	p := newProgress(cmd, "backup", -1)
	summary, err := db.Backup(ctx, file, store.BackupOptions{Force: o.force, Tick: byThousands(p)})
	p.done()
	if errors.Is(err, os.ErrExist) {
		err = failf("%w: --force replaces it", err)
	}
	if err != nil {
		return err
	}
	copied, err := store.Open(ctx, "sqlite:"+file, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	audit, err := auditOutcomes(ctx, copied, &summary)
	if err = errors.Join(err, copied.Close()); err != nil {
		return err
	}
	text := say(cmd, "%s holds %d rows in %d tables of a %s database, schema %s: compared",
		file, summary.Rows(), len(summary.Tables), cmp.Or(summary.Kind, "new"), summary.Schema)
	err = writeObject(cmd, o.output, backupOut(file, o.db, &summary, audit), text+auditText(cmd, audit))
	for _, a := range audit {
		if a.Broken != 0 && err == nil {
			err = failf("%s is whole, but the audit log of %s in it is broken: see \"daka audit check\"", file, a.CorpID)
		}
	}
	return err
}

// auditOutcomes checks the audit logs of a backup, as far as its schema has them.
func auditOutcomes(ctx context.Context, db *store.DB, s *store.BackupSummary) (all []auditOutcome, err error) {
	if !slices.ContainsFunc(s.Tables, func(t store.TableSum) bool { return t.Table == "audit" }) {
		return nil, nil
	}
	a := app.New(db, nil)
	corps, err := a.Corps(ctx)
	for _, corp := range corps {
		if err != nil {
			break
		}
		var state app.AuditState
		state, err = a.CheckAudit(ctx, corp)
		all = append(all, auditOutcome{string(corp.ID), state.Entries, state.Head, state.Broken})
	}
	return all, err
}

func auditText(cmd *cobra.Command, all []auditOutcome) (text string) {
	for _, a := range all {
		if a.Broken != 0 {
			text += "\n" + say(cmd, "audit log of %s: BROKEN, entry %d does not follow from those before it", a.CorpID, a.Broken)
			continue
		}
		text += "\n" + say(cmd, "audit log of %s: %d entries are whole, head %s", a.CorpID, a.Entries, a.Head)
	}
	return text
}

// byThousands shows progress, but not with every row.
func byThousands(p *progress) func(int64) {
	rows := int64(0)
	return func(n int64) {
		if rows += n; rows >= 1000 {
			p.add(rows)
			rows = 0
		}
	}
}
