package explain

import (
	"fmt"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// Lang is a language that days are explained in.
type Lang string

// The languages.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// ParseLang reads the name of a language: en or zh.
func ParseLang(s string) (Lang, error) {
	if l := Lang(s); l == English || l == Chinese {
		return l, nil
	}
	return "", fmt.Errorf("%q is not a language that days are explained in: want en or zh", s)
}

// Text is a day explained: a title and the parts of the explanation in order.
type Text struct {
	User  attendance.UserID `json:"userid"`
	Date  string            `json:"date"` // 2026-01-31
	Lang  Lang              `json:"lang"`
	Title string            `json:"title"`
	Parts []Part            `json:"parts"`
}

// Part is one part of an explanation. A part without lines is left out.
type Part struct {
	Name  PartName `json:"name"`
	Title string   `json:"title"`
	Lines []Line   `json:"lines"`
}

// PartName names a part whatever the language.
type PartName string

// The parts, in their order.
const (
	PartDay       PartName = "day"       // why the day is of its kind
	PartPlan      PartName = "plan"      // what the rule asks
	PartApprovals PartName = "approvals" // requests, and what they changed
	PartTimeline  PartName = "timeline"  // punches and corrections in the order of their times
	PartVerdicts  PartName = "verdicts"  // what is wrong, with the arithmetic
	PartHours     PartName = "hours"     // the hours worked, with the arithmetic
	PartOvertime  PartName = "overtime"  // the overtime, with the arithmetic
	PartChanges   PartName = "changes"   // what would change the verdicts
)

// Line is one statement of an explanation.
type Line struct {
	Kind    Kind   `json:"kind,omitzero"`    // what the line is about, whatever the language
	Time    string `json:"time,omitzero"`    // on the day's wall clock; "+1 06:00" is on the next day
	Seconds *int32 `json:"seconds,omitzero"` // the duration that the line arrives at
	Text    string `json:"text"`
	// Punch is the index of the punch that the line accounts for in the
	// member's punches; -1 for none.
	Punch int `json:"-"`
}

// Kind names what a line is about.
type Kind string

// The kinds of lines. The lines of the other parts have none.
const (
	KindUsed       Kind = "used"       // a punch that is a card
	KindSuperseded Kind = "superseded" // a punch whose slot another card has
	KindUnmatched  Kind = "unmatched"  // a punch that fits no slot
	KindOtherDay   Kind = "other_day"  // a punch of this date that belongs to a day beside it
	KindCorrection Kind = "correction"
	KindApproval   Kind = "approval"
	KindLate       Kind = "late"
	KindEarly      Kind = "early"
	KindMissing    Kind = "missing"
	KindAbsent     Kind = "absent"
	KindLocation   Kind = "location"
	KindDevice     Kind = "device"
	KindRefused    Kind = "refused"
)

// String returns the explanation as it is read on a terminal.
func (t Text) String() string {
	var b strings.Builder
	b.WriteString(t.Title + "\n")
	for _, p := range t.Parts {
		b.WriteString("\n" + p.Title + "\n")
		for _, l := range p.Lines {
			b.WriteString("  ")
			if l.Time != "" {
				fmt.Fprintf(&b, "%-11s ", l.Time)
			}
			b.WriteString(l.Text + "\n")
		}
	}
	return b.String()
}
