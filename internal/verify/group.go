package verify

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/explain"
)

// Group is differences of one cause.
type Group struct {
	Cause  Cause  `json:"cause"`
	Of     Scope  `json:"of"`
	Rule   string `json:"rule,omitzero"`   // fixed, shift or free; "" = no rule, or of no matter
	Reason string `json:"reason,omitzero"` // what our reports give as their reason, in fixed words
	Sense  Sense  `json:"sense"`
	Apart  bool   `json:"apart"` // the interface does not expose what it comes from
	Text   string `json:"text"`  // the cause, for people

	Reports  int64        `json:"reports"` // person-days, or windows of a member
	Users    int64        `json:"users"`
	Fields   []FieldCount `json:"fields"`   // the most frequent first
	Examples []Example    `json:"examples"` // the first ones
	Remedies []Remedy     `json:"remedies"`
}

// Scope says whether reports are of days or of windows of them.
type Scope string

// The scopes.
const (
	OfDay   Scope = "day"
	OfMonth Scope = "month"
)

// Sense says on which side there is something.
type Sense string

// The senses.
const (
	OnlyOurs   Sense = "only_ours"
	OnlyTheirs Sense = "only_theirs"
	OnBoth     Sense = "both"
)

// FieldCount is how often a field differs.
type FieldCount struct {
	Path  string `json:"path"`
	Count int64  `json:"count"`
}

// Example is one report of a group.
type Example struct {
	User        attendance.UserID `json:"userid"`
	First       string            `json:"first"` // 2026-01-31
	Last        string            `json:"last"`  // the same, of a day
	Differences []Difference      `json:"differences"`
	Explanation []string          `json:"explanation"` // how we come to our values
}

// groupKey is what makes a cause a group of its own.
type groupKey struct {
	of           Scope
	cause        Cause
	rule, reason string
	sense        Sense
}

// group is a Group under way.
type group struct {
	Group
	users  map[attendance.UserID]bool
	fields map[string]int64
	rows   []*sampled // some of its rows
}

// The most that a group shows, and that is tried of it.
const (
	maxExamples    = 3
	maxExplanation = 8
	maxTried       = 100
)

// keysOf sorts the differences of a row into groups.
func keysOf(w *row, o *outcome) (keys []groupKey, found map[groupKey][]Difference) {
	byCause := map[Cause][]Difference{}
	for _, d := range o.found {
		byCause[d.cause] = append(byCause[d.cause], d)
	}
	found = map[groupKey][]Difference{}
	for c, list := range byCause {
		k := groupKey{of: OfDay, cause: c, sense: senseOf(list)}
		if w.month != nil {
			k.of = OfMonth
		}
		if c != CauseNames && c != CauseWording {
			k.rule = o.reason.rule
		}
		if w.month == nil {
			k.reason = o.reason.of(c)
		}
		keys = append(keys, k)
		found[k] = list
	}
	slices.SortFunc(keys, func(a, b groupKey) int { return cmp.Compare(a.cause, b.cause) })
	return keys, found
}

func senseOf(list []Difference) Sense {
	none := func(v any) bool { return v == nil || v == int64(0) || v == "" }
	ours, theirs := false, false
	for i := range list {
		ours = ours || !none(list[i].Ours)
		theirs = theirs || !none(list[i].Theirs)
	}
	switch {
	case !ours:
		return OnlyTheirs
	case !theirs:
		return OnlyOurs
	}
	return OnBoth
}

// take counts a row's part of the group.
func (g *group) take(b *bench, w *row, found []Difference, lang explain.Lang) {
	g.Reports++
	g.users[w.user] = true
	for i := range found {
		g.fields[generalPath(found[i].Path)]++
	}
	if len(g.Examples) < maxExamples {
		g.Examples = append(g.Examples, Example{
			User: w.user, First: w.first.String(), Last: w.last.String(), Differences: found,
			Explanation: explained(b, w, g.Cause, lang),
		})
	}
}

// generalPath leaves out of a path which request it is of.
func generalPath(path string) string {
	if from := strings.Index(path, "[sp_number="); from >= 0 {
		to := from + strings.LastIndex(path[from:], "]")
		return path[:from] + "[]" + path[to+1:]
	}
	return path
}

// parts are the parts of an explanation that tell of a cause.
func (c Cause) parts() []explain.PartName {
	switch c {
	case CauseNames, CauseWording, CauseIdentity:
		return nil
	case CauseLate, CauseEarly, CauseMissing, CausePlace, CauseDevice:
		return []explain.PartName{explain.PartVerdicts, explain.PartTimeline}
	case CauseHours, CauseCards, CauseNoRecord, CauseStrangeCard, CauseFieldWork:
		return []explain.PartName{explain.PartHours, explain.PartTimeline}
	case CauseOvertime:
		return []explain.PartName{explain.PartOvertime}
	case CauseRequest, CauseCorrection:
		return []explain.PartName{explain.PartApprovals, explain.PartTimeline}
	}
	return []explain.PartName{explain.PartDay, explain.PartPlan}
}

// explained tells how we come to the values of a day.
func explained(b *bench, w *row, c Cause, lang explain.Lang) []string {
	lines := []string{}
	parts := c.parts()
	if w.month != nil || len(parts) == 0 {
		return lines
	}
	facts, person := b.judge.Facts(0), b.trial.Person(w.user)
	text := explain.NoReport(&facts, person, w.first, lang)
	if r := b.judge.Day(w.user, w.first, 0); r != nil {
		text = explain.Day(&facts, person, r, lang)
	} else {
		parts = []explain.PartName{explain.PartDay}
	}
	for _, name := range parts {
		for _, p := range text.Parts {
			for i := 0; p.Name == name && i < len(p.Lines) && len(lines) < maxExplanation; i++ {
				lines = append(lines, strings.TrimSpace(p.Lines[i].Time+" "+p.Lines[i].Text))
			}
		}
	}
	return lines
}

// result returns the group as it is shown.
func (g *group) result(lang explain.Lang) Group {
	out := g.Group
	out.Users = int64(len(g.users))
	for path, n := range g.fields {
		out.Fields = append(out.Fields, FieldCount{path, n})
	}
	slices.SortFunc(out.Fields, func(a, b FieldCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Path, b.Path))
	})
	out.Text = textOf(&out, lang)
	if out.Remedies == nil {
		out.Remedies = []Remedy{}
	}
	return out
}
