package verify

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// candidate is a value that an option may have, both as wire.ParseOptions reads
// them.
type candidate struct{ option, value string }

// Options of which only reports that were fetched too early can tell.
const (
	optionHides  = "provisional_day_hides"
	optionFuture = "month_counts_future_days"
)

// calibrate is an option that both kinds of reports tell of.
const calibrate = "calibrate"

// choices are the options that have a few values, the default first.
var choices = []struct {
	option string
	values []string
}{
	{"late_base", []string{`"schedule"`, `"grace"`}},
	{"flex_overflow_base", []string{`"flex_limit"`, `"schedule"`}},
	{"tolerance_combine", []string{`"max"`, `"sum"`}},
	{"late_rule_scope", []string{`"calendar_next_day"`, `"next_workday"`}},
	{"absent_granularity", []string{`"hybrid"`, `"day"`}},
	{"clip_actual_to_shift", []string{`false`, `true`}},
	{calibrate, []string{`"immediate"`, `"next_day"`}},
	{"holiday_scope", []string{`"whole_break"`, `"statutory"`}},
	{"makeup_day_times", []string{`"same_weekday_else_first"`, `"first"`}},
	{"halfday_without_noon", []string{`"shift_midpoint"`, `"noon"`}},
	{"tag_rank", []string{`"between_individual_and_department"`, `"below_department"`}},
	{"ot_count_before_work_in_range_0", []string{`false`, `true`}},
	{"ot_flex_base", []string{`"moved"`, `"schedule"`}},
	{"month_except_includes_location_device", []string{`true`, `false`}},
	{"rest_day_punch_record_type", []string{`5`, `0`}},
}

// candidates are the values that reports of days which are over can tell of.
// units are further values for ot_day_unit_seconds.
func candidates(units []int64) (all []candidate) {
	for _, c := range choices {
		for _, v := range c.values {
			all = append(all, candidate{c.option, v})
		}
	}
	for _, v := range overtimeOrders() {
		all = append(all, candidate{"ot_order", v})
	}
	for _, u := range units {
		all = append(all, candidate{"ot_day_unit_seconds", strconv.FormatInt(u, 10)})
	}
	return all
}

// openCandidates are the values that only reports which were fetched before
// their days were over can tell of.
func openCandidates() (all []candidate) {
	for _, v := range []string{`false`, `true`} {
		all = append(all, candidate{optionFuture, v})
	}
	for _, v := range hidden() {
		all = append(all, candidate{optionHides, v})
	}
	for _, v := range choices {
		for i := 0; v.option == calibrate && i < len(v.values); i++ {
			all = append(all, candidate{calibrate, v.values[i]})
		}
	}
	return all
}

// overtimeOrders are the orders of the steps of overtime: the default, then
// those with fewer steps out of its order before those with more.
func overtimeOrders() []string {
	steps := attendance.DefaultOptions().OvertimeOrder
	type order struct {
		steps   []int
		swapped int
	}
	all := []order{{}}
	for n := range steps {
		var longer []order
		for _, o := range all {
			for at := len(o.steps); at >= 0; at-- { // each place before the end swaps one pair more
				longer = append(longer, order{slices.Insert(slices.Clone(o.steps), at, n), o.swapped + len(o.steps) - at})
			}
		}
		all = longer
	}
	slices.SortStableFunc(all, func(a, b order) int { return cmp.Compare(a.swapped, b.swapped) })
	texts := make([]string, len(all))
	for i, o := range all {
		names := make([]string, len(o.steps))
		for j, s := range o.steps {
			names[j] = strconv.Quote(string(steps[s]))
		}
		texts[i] = "[" + strings.Join(names, ",") + "]"
	}
	return texts
}

// hidden are the sets of findings that a provisional day may hide: the default,
// then those that differ from it by less before those that do by more.
func hidden() []string {
	set := uint(0)
	for _, code := range attendance.DefaultOptions().ProvisionalHides {
		set |= 1 << code
	}
	var sets []uint
	for s := uint(0); s < 1<<(attendance.Device+1); s += 2 { // there is no code 0
		sets = append(sets, s)
	}
	slices.SortStableFunc(sets, func(a, b uint) int { return cmp.Compare(bits.OnesCount(a^set), bits.OnesCount(b^set)) })
	texts := make([]string, len(sets))
	for i, s := range sets {
		var codes []string
		for code := attendance.Late; code <= attendance.Device; code++ {
			if s&(1<<code) != 0 {
				codes = append(codes, strconv.Quote(strconv.Itoa(int(code))))
			}
		}
		texts[i] = "[" + strings.Join(codes, ",") + "]"
	}
	return texts
}

// usualUnits are hours that companies count as a day of overtime, in seconds.
var usualUnits = []int64{attendance.SecondsPerDay, 8 * 3600, 7 * 3600, 27_000, 30_600, 9 * 3600, 10 * 3600, 6 * 3600, 12 * 3600}

// dayUnits are the values of ot_day_unit_seconds that are worth a trial: the
// usual ones, and those that would make our overtime WeCom's, the most frequent
// first.
func dayUnits(unit int32, found []Difference) []int64 {
	seen := map[int64]int{}
	for i := range found {
		ours, _ := found[i].Ours.(int64)
		theirs, _ := found[i].Theirs.(int64)
		if found[i].Path != overtimePath || ours <= 0 || theirs <= 0 {
			continue
		}
		if u := (theirs*int64(unit) + ours/2) / ours; u >= 3600 && u <= attendance.SecondsPerDay {
			seen[u]++
		}
	}
	var more []int64
	for u := range seen {
		if !slices.Contains(usualUnits, u) {
			more = append(more, u)
		}
	}
	slices.SortFunc(more, func(a, b int64) int { return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(a, b)) })
	return append(slices.Clone(usualUnits), more[:min(len(more), 5)]...)
}

// document is options as ParseOptions reads them, by name.
type document map[string]json.RawMessage

func documentOf(opts *attendance.Options) (document, error) {
	text, err := wire.OptionsOut(opts)
	if err != nil {
		return nil, err
	}
	var d document
	return d, json.Unmarshal(text, &d)
}

// has reports whether options have a candidate's value.
func (d document) has(c candidate) bool { return bytes.Equal(d[c.option], []byte(c.value)) }

// with returns options with the values of candidates in the place of theirs.
func with(opts attendance.Options, changes ...candidate) (attendance.Options, error) {
	d, err := documentOf(&opts)
	if err != nil {
		return opts, err
	}
	for _, c := range changes {
		d[c.option] = json.RawMessage(c.value)
	}
	text, err := json.Marshal(d)
	if err != nil {
		return opts, fmt.Errorf("options: %w", err)
	}
	return wire.ParseOptions(text)
}
