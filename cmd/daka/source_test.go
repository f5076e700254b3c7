package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const twoProfiles = `
profile: used
settings:
  corp-id: wwsettings
profiles:
  used: {base_url: "http://used", corp_id: wwused, secret_file: used.secret}
  other: {base_url: "http://other", corp_id: wwother, secret_env: OTHER}
`

// Which of a database and a server is read, and as whom a server is asked.
func TestSource(t *testing.T) {
	t.Parallel()
	without := "settings: {corp-id: wwsettings}\nprofiles:\n  other: {base_url: \"http://other\", corp_id: wwother, secret_env: OTHER}\n"
	for name, tt := range map[string]struct {
		config      string
		flags, envs map[string]string
		want        string // URL, corpid, secret file, secret variable; "" = the database; else an error
	}{
		"nothing":                            {without, nil, nil, ""},
		"profile in use":                     {twoProfiles, nil, nil, "http://used wwused used.secret "},
		"profile by name":                    {twoProfiles, map[string]string{"profile": "other"}, nil, "http://other wwother  OTHER"},
		"profile of the environment":         {twoProfiles, nil, map[string]string{"profile": "other"}, "http://other wwother  OTHER"},
		"database by flag":                   {twoProfiles, map[string]string{"db": "sqlite:a.db"}, nil, ""},
		"database of the environment":        {twoProfiles, nil, map[string]string{"db": "sqlite:a.db"}, ""},
		"profile by flag over database":      {twoProfiles, map[string]string{"profile": "other"}, map[string]string{"db": "sqlite:a.db"}, "http://other wwother  OTHER"},
		"URL by flag without profile":        {twoProfiles, map[string]string{"base-url": "http://x", "corp-id": "wwx"}, nil, "http://x wwx  "},
		"URL of the environment":             {twoProfiles, nil, map[string]string{"base-url": "http://x", "corp-id": "wwx"}, "http://x wwx  "},
		"its profile's secret stays":         {twoProfiles, nil, map[string]string{"base-url": "http://x"}, "http://x wwsettings  "},
		"profile by flag over URL":           {twoProfiles, map[string]string{"profile": "other"}, map[string]string{"base-url": "http://x", "corp-id": "wwx"}, "http://other wwother  OTHER"},
		"both by flag":                       {twoProfiles, map[string]string{"profile": "other", "base-url": "http://x"}, nil, "http://x wwother  OTHER"},
		"part of a profile by flag":          {twoProfiles, map[string]string{"corp-id": "wwx", "secret-file": "x"}, nil, "http://used wwx x "},
		"database and profile by flag":       {twoProfiles, map[string]string{"profile": "other", "db": "sqlite:a.db"}, nil, "report: --db and --base-url or --profile exclude each other"},
		"no such profile":                    {twoProfiles, map[string]string{"profile": "none"}, nil, `--profile: there is no profile "none": there are other, used`},
		"server and database of environment": {without, nil, map[string]string{"base-url": "http://x", "corp-id": "wwx", "db": "sqlite:a.db"}, "http://x wwx  "},
	} {
		path := filepath.Join(t.TempDir(), "config.yaml")
		if err := os.WriteFile(path, []byte(tt.config), 0o600); err != nil {
			t.Fatal(err)
		}
		var o sourceOptions
		cmd := &cobra.Command{Use: "report"}
		bindTo(cmd.Flags(), "config", &path)
		o.bind(cmd)
		set(t, cmd, tt.envs, func(f *pflag.Flag) { annotate(f, "environment"); f.Changed = false })
		set(t, cmd, tt.flags, func(*pflag.Flag) {})
		err := applyConfig(cmd)
		if err == nil {
			err = o.choose(cmd)
		}
		got := ""
		switch r := &o.remote; {
		case err != nil:
			got = err.Error()
		case o.fromServer():
			got = r.baseURL + " " + r.corpID + " " + r.secretFile + " " + r.secretEnv
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func set(t *testing.T, cmd *cobra.Command, values map[string]string, then func(*pflag.Flag)) {
	t.Helper()
	for name, value := range values {
		if err := cmd.Flags().Set(name, value); err != nil {
			t.Fatal(err)
		}
		then(cmd.Flags().Lookup(name))
	}
}
