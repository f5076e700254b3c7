package main

import (
	"os"

	"github.com/dakahq/daka/internal/app"
	"github.com/spf13/cobra"
)

// keyVariable holds the key itself, which has no flag: every user of a machine
// can read the command lines on it.
const keyVariable = "DAKA_KEY"

// keyFrom reads the key from its variable or from a file; there may be none.
func keyFrom(file string) (key app.Key, err error) {
	text := app.Secret(os.Getenv(keyVariable))
	if file != "" {
		content, err := os.ReadFile(file)
		if err != nil {
			return key, failf("--key-file: %w", err)
		}
		text = app.Secret(content)
	}
	if text == "" {
		return key, nil
	}
	if key, err = app.ParseKey(text); err != nil {
		return key, failf("the key of --key-file or %s: %w", keyVariable, err)
	}
	return key, nil
}

func newKeyCommand() *cobra.Command {
	output := asTable
	cmd := &cobra.Command{
		Use:   "key",
		Short: "Make a key for --key-file",
		Long: `Prints a new key, as --key-file and DAKA_KEY take it. It seals what a database
must be able to read again, such as the EncodingAESKeys of callbacks; what was
sealed with a key that is lost is lost. With -o json it is the member key.

` + exitHelp,
		Example: "  (umask 077; daka key > daka.key)",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			key := app.NewKey().Reveal()
			return writeObject(cmd, output, struct {
				Key string `json:"key"`
			}{key}, key)
		},
	}
	bindTo(cmd.Flags(), "output", &output)
	return cmd
}
