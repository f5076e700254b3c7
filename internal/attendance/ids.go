package attendance

import "strings"

// Identifiers are distinct types, so that a group can never be taken for a shift.
type (
	// CorpID names a corporation (corpid), such as "ww1a2b3c".
	CorpID string
	// UserID names a member (userid) in the spelling of the contacts; see Fold.
	UserID string
	// DeptID names a department; the root department is 1.
	DeptID int64
	// TagID names a contact tag.
	TagID int64
	// GroupID names a check-in rule (groupid).
	GroupID int64
	// ShiftID names a shift inside a rule (schedule_id); 0 is 休息, rest.
	ShiftID int64
	// SectionID names an on/off pair inside a rule (time_id, timeline_id).
	SectionID int64
)

// NoShift stands in the place of a shift that was planned and taken back: the
// plan says nothing of that day.
const NoShift ShiftID = -1

// RootDept is the department at the top of every corporation's tree.
const RootDept DeptID = 1

// Fold returns the form of a userid by which members are compared: WeCom
// compares userids without regard to case.
func (u UserID) Fold() string { return strings.ToLower(string(u)) }

// Valid reports whether u may name a member: 1 to 64 bytes of letters, digits
// and "_-@.", the first one a letter or digit.
func (u UserID) Valid() bool {
	if len(u) < 1 || len(u) > 64 {
		return false
	}
	for i := 0; i < len(u); i++ {
		c := u[i]
		alnum := c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !alnum && (i == 0 || !strings.ContainsRune("_-@.", rune(c))) {
			return false
		}
	}
	return true
}
