package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// What a person wrote into the file stays there when a command changes it.
func TestEditConfig(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "config.yaml")
	cmd := &cobra.Command{}
	bindTo(cmd.Flags(), "config", &path)
	edit := func(value *yaml.Node, at ...string) {
		t.Helper()
		if err := editConfig(cmd, func(top *yaml.Node) { put(top, value, at...) }); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(want string) {
		t.Helper()
		text, err := os.ReadFile(path)
		if err != nil || string(text) != want {
			t.Errorf("%v\n%swant\n%s", err, text, want)
		}
	}
	edit(scalar("json"), "settings", "output")
	holds("settings:\n    output: json\n")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file can be read by others: %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("# mine\nsettings:\n    # for programs\n    output: json # or yaml\nprofiles:\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	edit(scalar("true"), "settings", "output")
	edit(scalar("wwa"), "profiles", "acme", "corp_id")
	holds("# mine\nsettings:\n    # for programs\n    output: \"true\" # or yaml\nprofiles:\n    acme:\n        corp_id: wwa\n")
	edit(nil, "profiles", "acme")
	edit(nil, "profiles", "acme")
	holds("# mine\nsettings:\n    # for programs\n    output: \"true\" # or yaml\nprofiles: {}\n")
	if err := os.WriteFile(path, []byte("- a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := editConfig(cmd, func(*yaml.Node) {}); err == nil {
		t.Error("a list is taken for settings")
	}
}

func TestReadConfig(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                              "",
		"# nothing\n":                   "",
		"settings: {db: 'sqlite:a.db'}": "",
		"settings: {people: 5}":         "",
		"profile: acme":                 `there is no "acme" under profiles`,
		"profiles: {a: {secret: x}}":    "line 1: field secret not found",
		"settings: {secret: x}":         "settings.secret: there is no such setting",
		"settings: {config: x}":         "settings.config: there is no such setting",
		"settings: {yes: true}":         "settings.yes: there is no such setting",
		"settings: {db: 'postgres://u:hunter2@h/d'}":          "a password does not belong",
		"settings: {db: 'postgres://u@h/d?password=hunter2'}": "a password does not belong",
		"settings: [": "line 1",
	} {
		path := filepath.Join(t.TempDir(), "config.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := readConfig(path)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", text, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %s", text, err, want)
		case err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "main.") || strings.Contains(err.Error(), "\n")):
			t.Errorf("%s: %v", text, err)
		}
	}
}
