package main

import (
	"fmt"
	"os"

	"github.com/dakahq/daka/internal/app"
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
			return key, fmt.Errorf("--key-file: %w", err)
		}
		text = app.Secret(content)
	}
	if text == "" {
		return key, nil
	}
	if key, err = app.ParseKey(text); err != nil {
		return key, fmt.Errorf("the key of --key-file or %s: %w", keyVariable, err)
	}
	return key, nil
}
