package main

import (
	"os"

	"github.com/dakahq/daka/internal/qyapi"
)

// The values of --limits that are no file.
const (
	limitsWeCom = "wecom"
	limitsOff   = "off"
)

const limitsHelp = `Calls are limited as WeCom limits them. --limits off answers them all; a file
holds a JSON object with any of corp_per_minute, corp_per_hour,
address_per_minute, address_per_hour, debug_per_minute, at_once, and calls,
which gives single calls their quota a minute:

  {"corp_per_hour": -1, "calls": {"getcheckin_monthdata": 600, "user/get": 100}}

-1 is no limit; what is left out is WeCom's. Each process counts for itself.`

// readLimits reads what --limits names.
func readLimits(name string) (qyapi.Limits, error) {
	switch name {
	case limitsWeCom, "":
		return qyapi.Limits{}, nil
	case limitsOff:
		return qyapi.LimitsOff, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return qyapi.Limits{}, failf("--limits: want wecom, off or a file: %w", err)
	}
	limits, err := qyapi.ParseLimits(text)
	if err != nil {
		return qyapi.Limits{}, failf("--limits %s: %w", name, err)
	}
	return limits, nil
}
