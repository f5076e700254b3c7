package qyapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	gojson "github.com/go-json-experiment/json"

	"github.com/dakahq/daka/checkin"
)

// Quota is a number of calls. 0 stands for the usual one, NoQuota for any.
type Quota int

// NoQuota sets no limit.
const NoQuota Quota = -1

// UnmarshalJSON takes a number above 0, or -1 for no limit.
func (q *Quota) UnmarshalJSON(text []byte) error {
	var n int
	if err := json.Unmarshal(text, &n); err != nil || n == 0 || n < int(NoQuota) {
		return errors.New("want a number of calls above 0, or -1 for no limit")
	}
	*q = Quota(n)
	return nil
}

// Limits say how often calls are answered. The zero value is WeCom's: the
// general quotas of document 90312 and the rates on the pages of the calls.
// A quota that is used up is refused with 45009 for as long as its window is,
// from the first call over it on; a window begins with its first call. Every
// process counts for itself.
type Limits struct {
	Off bool `json:"-"` // nothing is refused

	CorpPerMinute    Quota `json:"corp_per_minute"`    // of one corporation to one call; 10,000
	CorpPerHour      Quota `json:"corp_per_hour"`      // the same; 150,000
	AddressPerMinute Quota `json:"address_per_minute"` // from one address (IPv6: network of 64 bits) to one call; 20,000
	AddressPerHour   Quota `json:"address_per_hour"`   // the same; 600,000
	DebugPerMinute   Quota `json:"debug_per_minute"`   // of one corporation to one call with debug=1; 5
	// AtOnce is how many of one corporation's calls of one kind are answered
	// at the same time; one more is refused with 45033. WeCom tells no number:
	// the usual 500 is daka's.
	AtOnce Quota `json:"at_once"`
	// Calls are quotas of one corporation a minute for single calls, by the
	// last part of a check-in call's path, and by what follows /cgi-bin/ of
	// others: those of checkin.Operations where there is one. The general ones
	// hold beside them.
	Calls map[string]Quota `json:"calls"`
}

// LimitsOff refuses nothing. Nobody may change it.
var LimitsOff = Limits{Off: true}

// ParseLimits reads Limits from a JSON object. What it leaves out is WeCom's.
// It refuses members and calls that do not exist.
func ParseLimits(text []byte) (Limits, error) {
	var l Limits
	if err := gojson.Unmarshal(text, &l, gojson.RejectUnknownMembers(true)); err != nil {
		return Limits{}, fmt.Errorf("limits: %w", err)
	}
	known := map[string]bool{}
	for _, r := range routes {
		known[callName(r.path)] = true
	}
	for _, name := range slices.Sorted(maps.Keys(l.Calls)) {
		if !known[name] {
			return Limits{}, fmt.Errorf("limits: calls: %q is no call", name)
		}
	}
	return l, nil
}

// The general quotas (document 90312), that of debug=1 (90313, at 45009), and
// our own.
const (
	corpPerMinute    Quota = 10_000
	corpPerHour      Quota = 150_000
	addressPerMinute Quota = 20_000
	addressPerHour   Quota = 600_000
	debugPerMinute   Quota = 5
	atOnce           Quota = 500
)

// rates are quotas of one corporation a minute that the pages of calls tell,
// beside those of checkin.Operations.
var rates = map[string]Quota{
	"oa/getapprovalinfo":      600, // document 91816
	"oa/getapprovaldetail":    600, // document 91983
	"oa/vacation/getcorpconf": 600, // document 93375
}

// callName names what a quota belongs to: one call, by whichever path.
func callName(path string) string {
	if op, ok := checkin.ForPath(path); ok {
		return op.Name
	}
	return strings.TrimPrefix(path, "/cgi-bin/")
}

// rate is the quota a minute of one call; NoQuota where only the general one
// holds.
func (l *Limits) rate(path string) Quota {
	name := callName(path)
	if q := l.Calls[name]; q != 0 {
		return q
	}
	if op, ok := checkin.ForPath(path); ok && op.RatePerMinute > 0 {
		return Quota(op.RatePerMinute)
	}
	return rates[name].or(NoQuota)
}

func (q Quota) or(usual Quota) Quota {
	if q == 0 {
		return usual
	}
	return q
}

// within returns the lower of two quotas.
func (q Quota) within(other Quota) Quota {
	if q < 0 || other >= 0 && other < q {
		return other
	}
	return q
}
