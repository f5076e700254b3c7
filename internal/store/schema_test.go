package store

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// routing names the tables that are not one corporation's data, with the
// reason. All others begin their keys with corp_id.
var routing = map[string]string{
	"meta":              "says of the whole database what it is for",
	"schema_migrations": "says of the whole database how far its schema is",
	"tokens":            "a call names its corporation by its token alone",
	"suites":            "a provider's app is no one corporation's",
	"suite_tickets":     "it is pushed to a provider's app, whoever uses that",
	"suite_codes":       "a code says of which corporation it is, or begins before there is one",
	"service_tokens":    "a provider's call names its suite by its token alone",
	"backup_sums":       "says of a whole backup what it holds, and is in no other database",
	"wrong_secrets":     "who does not know the secret may be of any corporation or none",
}

var (
	tablePattern = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`)
	indexPattern = regexp.MustCompile(`INDEX \w+ ON (\w+) \((\w+)`)
	keyPattern   = regexp.MustCompile(`PRIMARY KEY \((\w+)|(\w+) [^\n]*PRIMARY KEY`)
	usePattern   = regexp.MustCompile(`(?:FROM|INTO|UPDATE|JOIN) (\w+)`)
)

func TestCorpLeadsEveryKey(t *testing.T) {
	t.Parallel()
	all, err := migrations(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	tables := 0
	for _, m := range all {
		for _, table := range tablePattern.FindAllStringSubmatch(m.sql, -1) {
			tables++
			key := keyPattern.FindStringSubmatch(table[2])
			if key == nil {
				t.Errorf("%s: no primary key found", table[1])
			} else if key[1]+key[2] != "corp_id" && routing[table[1]] == "" {
				t.Errorf("%s: the key begins with %s, and it is no routing table", table[1], key[1]+key[2])
			}
		}
		for _, index := range indexPattern.FindAllStringSubmatch(m.sql, -1) {
			if index[2] != "corp_id" {
				t.Errorf("%s: an index begins with %s", index[1], index[2])
			}
		}
		if n := strings.Count(m.sql, "CREATE TABLE"); n != tables {
			t.Errorf("%s: read %d tables of %d", m.name, tables, n)
		}
		tables = 0
	}
}

// Every statement on a tenant's table says which tenant.
func TestCorpIsInEveryStatement(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	statements := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			sql, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, use := range usePattern.FindAllStringSubmatch(sql, -1) {
				statements++
				catalog := strings.HasPrefix(use[1], "sqlite_") || strings.HasPrefix(use[1], "pg_")
				helper := use[1] == "json_each" || use[1] == "unnest" || use[1] == "LATERAL" || use[1] == "stored" || use[1] == "SET" // of ON CONFLICT
				if !catalog && !helper && routing[use[1]] == "" && !strings.Contains(sql, "corp_id") {
					t.Errorf("%s: no corp_id in %s", name, lit.Value)
				}
			}
			return true
		})
	}
	if statements < 40 {
		t.Errorf("found %d statements only", statements)
	}
}
