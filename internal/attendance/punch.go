package attendance

import (
	"cmp"
	"slices"
)

// Source says by which door a punch came in.
type Source uint8

// The sources of punches. The numbers are stored: never renumber them.
const (
	SourcePhone      Source = 1 // phone or punch page
	SourceAccess     Source = 2 // door control (add_checkin_record, device_type 1)
	SourceDevice     Source = 3 // attendance terminal (device_type 2, terminal push, terminal export)
	SourceOther      Source = 4 // other device (device_type 3)
	SourceCorrection Source = 5 // correction (补卡) without a slot
)

// Slot is a place for a card: the on-duty or the off-duty end of a section.
type Slot uint8

// The slots. NoSlot means: not known, or not applicable.
const (
	NoSlot Slot = iota
	On
	Off
)

// String returns "on", "off" or "none".
func (s Slot) String() string { return [...]string{"none", "on", "off"}[s] }

// PunchFlags are facts about a punch that change how it counts.
type PunchFlags uint16

// The flags of punches. The numbers are stored: never renumber them.
const (
	Outside         PunchFlags = 1 << iota // 外出打卡
	OutOfRange                             // 地点异常: made outside the rule's places
	WrongWifi                              // wifi异常
	NewDevice                              // 非常用设备
	ApprovalPunch                          // 审批打卡: made under approval
	ApprovalPending                        // its approval has not been given yet
	Placeholder                            // 未打卡: stands for a punch that was not made
)

// Anomalies are the flags that make one of two equal punches the worse one.
const Anomalies = OutOfRange | WrongWifi | NewDevice

// Punch is what the engine needs of one act of one member at one instant. The
// rest of the record is a PunchDetail.
type Punch struct {
	At      int64      // when it was made, Unix seconds
	KnownAt int64      // when it became known, Unix seconds
	Section SectionID  // section it was made for; 0 when not known
	Flags   PunchFlags // what is special about it
	Slot    Slot       // slot it was made for; NoSlot when not known
	Source  Source     // the door it came in by
	Device  string     // serial number or name of the device; part of its identity
}

// Kind returns the part of a punch's identity that the duplicate rule compares
// beside member and time: duty and outside punches are two kinds.
func (p *Punch) Kind() PunchFlags { return p.Flags & Outside }

// SortPunches puts punches into the order that the engine wants and that does
// not depend on the order of their arrival: by time, then kind, then the ones
// without an anomaly first, then source and device.
func SortPunches(punches []Punch) { slices.SortFunc(punches, ComparePunches) }

// ComparePunches is the order of SortPunches.
func ComparePunches(a, b Punch) int {
	return cmp.Or(
		cmp.Compare(a.At, b.At),
		cmp.Compare(a.Kind(), b.Kind()),
		cmp.Compare(a.Flags&Anomalies, b.Flags&Anomalies),
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.Device, b.Device),
		cmp.Compare(a.Slot, b.Slot),
		cmp.Compare(a.Section, b.Section),
		cmp.Compare(a.Flags, b.Flags),
		cmp.Compare(a.KnownAt, b.KnownAt),
	)
}

// PunchDetail is what a record says beside the facts the engine needs.
type PunchDetail struct {
	DeviceName     string // brand or name of the device
	LocationTitle  string
	LocationDetail string
	WifiName       string
	WifiMAC        string
	Notes          string
	MediaIDs       []string
	HasPosition    bool  // Lat and Lng were given
	Lat, Lng       int64 // degrees x 1,000,000, GCJ-02
}

// PunchRecord is one punch in full.
type PunchRecord struct {
	User UserID
	Punch
	PunchDetail
	Repeats      int64 // how often the same punch was received again
	LastReceived int64 // when it was received last, Unix seconds
}
