package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// config is the configuration file. No secret is in it: it says where one is.
type config struct {
	Profile  string             `yaml:"profile"`  // the one that is asked when none is named; "" = none
	Settings map[string]string  `yaml:"settings"` // by the name of the flag
	Profiles map[string]profile `yaml:"profiles"`

	path string
}

// profile is a server and the app as which it is asked.
type profile struct {
	BaseURL    string `yaml:"base_url"` // "" = WeCom
	CorpID     string `yaml:"corp_id"`
	SecretFile string `yaml:"secret_file"` // one of these two; both "" = DAKA_SECRET
	SecretEnv  string `yaml:"secret_env"`
	Zone       string `yaml:"zone"` // "" = Asia/Shanghai
}

// configPath returns where the configuration file of a command is, and whether
// somebody said so; "" where this machine has no place for it.
func configPath(cmd *cobra.Command) (path string, said bool) {
	if f := cmd.Flags().Lookup("config"); f != nil && f.Value.String() != "" {
		return f.Value.String(), true
	}
	dir := os.Getenv("XDG_CONFIG_HOME")
	if dir == "" {
		var err error
		if dir, err = os.UserConfigDir(); err != nil {
			return "", false
		}
	}
	return filepath.Join(dir, "daka", "config.yaml"), false
}

// loadConfig reads the configuration file of a command. There need not be one
// where nobody said so.
func loadConfig(cmd *cobra.Command) (*config, error) {
	path, said := configPath(cmd)
	c, err := readConfig(path)
	if errors.Is(err, fs.ErrNotExist) && !said {
		return &config{path: path}, nil
	}
	if err != nil {
		return nil, usagef("--config: %w", err)
	}
	return c, nil
}

// readConfig reads and checks a configuration file.
func readConfig(path string) (*config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := &config{path: path}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil && !errors.Is(err, io.EOF) { // there need be nothing in it
		return nil, failf("%s: %w", path, plainError(err))
	}
	for name, value := range c.Settings {
		if err := checkSetting(name, value); err != nil {
			return nil, failf("%s: %w", path, err)
		}
	}
	if _, ok := c.Profiles[c.Profile]; c.Profile != "" && !ok {
		return nil, failf("%s: profile: there is no %q under profiles", path, c.Profile)
	}
	return c, nil
}

// checkSetting refuses what must not stand under settings.
func checkSetting(name, value string) error {
	s := settingOf(name)
	if s == nil || !s.configurable() {
		return failf("settings.%s: there is no such setting: names are those of flags, such as output or db", name)
	}
	if name == "db" && holdsPassword(value) {
		return failf("settings.db: a password does not belong in the file: put it in DAKA_DB or PostgreSQL's own password file")
	}
	return nil
}

// holdsPassword reports whether the address of a database has a password in it.
func holdsPassword(dsn string) bool {
	if !strings.Contains(dsn, "://") {
		return strings.Contains(dsn, "password=")
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return true // nobody can tell
	}
	_, given := u.User.Password()
	return given || u.Query().Has("password")
}

// editConfig changes the configuration file: do gets the top of the document.
// Comments stay. The file is written whole or not at all, for its owner alone.
func editConfig(cmd *cobra.Command, do func(top *yaml.Node)) error {
	path, _ := configPath(cmd)
	if path == "" {
		return failf("there is no place for a configuration file: name one with --config")
	}
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return failf("%s: %w", path, plainError(err))
	}
	if len(doc.Content) == 0 {
		doc = yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode}}}
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		return failf("%s: want names and values", path)
	}
	do(doc.Content[0])
	out, err := yaml.Marshal(&doc)
	if err != nil {
		return failf("%s: %w", path, err)
	}
	return replaceFile(path, out)
}

// replaceFile puts a private file in the place of what was there.
func replaceFile(path string, content []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".daka-*") // for its owner alone
	if err != nil {
		return failf("write %s: %w", path, plainCause(err))
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the first error matters more
			err = failf("write %s: %w", path, plainCause(err))
		}
	}()
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// plainCause takes the name of a file that nobody knows out of an error.
func plainCause(err error) error {
	if bad, ok := errors.AsType[*fs.PathError](err); ok {
		return bad.Err
	}
	if bad, ok := errors.AsType[*os.LinkError](err); ok {
		return bad.Err
	}
	return err
}

// put sets a member of a mapping, making the mappings on the way; nil takes it
// out.
func put(n *yaml.Node, value *yaml.Node, path ...string) {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value != path[0] {
			continue
		}
		child := n.Content[i+1]
		switch {
		case len(path) > 1 && child.Kind == yaml.MappingNode:
			put(child, value, path[1:]...)
		case len(path) > 1: // nothing, or no mapping: it begins anew
			n.Content[i+1] = &yaml.Node{Kind: yaml.MappingNode}
			put(n.Content[i+1], value, path[1:]...)
		case value == nil:
			n.Content = append(n.Content[:i], n.Content[i+2:]...)
		default:
			value.HeadComment, value.LineComment, value.FootComment = child.HeadComment, child.LineComment, child.FootComment
			n.Content[i+1] = value
		}
		return
	}
	if value == nil {
		return
	}
	child := value
	if len(path) > 1 {
		child = &yaml.Node{Kind: yaml.MappingNode}
		put(child, value, path[1:]...)
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: path[0]}, child)
}

// scalar is a text in the file.
func scalar(text string) *yaml.Node {
	var n yaml.Node
	n.SetString(text)
	return &n
}
