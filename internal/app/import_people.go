package app

import (
	"strings"
	"unicode"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"golang.org/x/text/width"
)

// people finds members by what tables call them.
type people struct {
	byKey   map[string]*store.Member
	byName  map[string][]attendance.UserID // by the name as it is, and where it differs as loose makes it
	zeros   map[string]attendance.UserID   // by the digits of the userid without the zeros before them
	outside map[outside]*outsideRows
}

// outside tells what is said once of a member.
type outside struct {
	user  attendance.UserID
	after bool // the last day, else before the first
}

// outsideRows are a member's rows about days that are none of the member's.
type outsideRows struct {
	count int
	doubt int // from 1, the place in ImportPlan.Doubts that says it; 0 = not said
}

func newPeople(members []store.Member) *people {
	p := &people{map[string]*store.Member{}, map[string][]attendance.UserID{}, map[string]attendance.UserID{}, map[outside]*outsideRows{}}
	for i := range members {
		m := &members[i]
		p.byKey[m.ID.Fold()] = m
		p.byName[m.Name] = append(p.byName[m.Name], m.ID)
		if short, ok := withoutZeros(m.ID); ok {
			p.zeros[short] = m.ID
		}
	}
	for i := range members {
		m := &members[i]
		if name := loose(m.Name); name != m.Name {
			p.byName[name] = append(p.byName[name], m.ID)
		}
	}
	return p
}

// loose is a name without the blanks with which tables align Chinese ones, in
// plain letters: 张　三 is 张三, but Li Na is not LiNa.
func loose(name string) string {
	name = width.Fold.String(name)
	if !strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return name
	}
	return strings.Join(strings.Fields(name), "")
}

// withoutZeros returns what a spreadsheet makes of a userid that is a number
// with zeros before it; ok is false for any other.
func withoutZeros(id attendance.UserID) (short string, ok bool) {
	short = strings.TrimLeft(string(id), "0")
	return short, short != "" && len(short) < len(id) && strings.Trim(short, "0123456789") == ""
}

// named returns the members with a name.
func (p *people) named(name string) []attendance.UserID {
	if ids := p.byName[name]; len(ids) > 0 {
		return ids
	}
	return p.byName[loose(name)]
}

// find returns the member with a userid, or with "" the one with a name. For
// none or several of them it says so, of the field that is at fault, and for a
// userid beside a name that is not the member's: one of the two would get what is
// the other's.
func (p *people) find(id attendance.UserID, name string) (found attendance.UserID, field string, wrong *fault) {
	if id != "" {
		if m, ok := p.byKey[id.Fold()]; ok && name != "" && !goesBy(m, name) {
			return "", "name", faultf("%s is called %s: if the row is %s's, say so with --map name=-, which goes by userids alone, or enter the new name with \"daka import members\"; else write the right userid", m.ID, m.Name, m.ID)
		} else if ok {
			return m.ID, "", nil
		}
		if other, ok := p.zeros[string(id)]; ok {
			return "", "userid", faultf("there is no such member, but %s: the zeros before the number are lost", other)
		}
		return "", "userid", faultf("there is no such member")
	}
	switch ids := p.named(name); len(ids) {
	case 0:
		return "", "name", faultf("there is no member of that name")
	case 1:
		return ids[0], "", nil
	default:
		return "", "name", faultf("%d members have that name: %s; a column with userids tells them apart", len(ids), listed(ids))
	}
}

// listed names the first few of some userids.
func listed(ids []attendance.UserID) string {
	var b strings.Builder
	for i, id := range ids {
		if i == 5 {
			b.WriteString(", …")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(id))
	}
	return b.String()
}

// consider notes what looks wrong with a row about a member and days: of those
// none is one of the member's. It says so once for each member, of the first such
// row, with how many there are. Where a shift may reach into the day after it, as
// with punches, one on that day alone is not said.
func (p *ImportPlan) consider(who *people, i int, id attendance.UserID, field string, first, last attendance.Day) {
	m := who.byKey[id.Fold()]
	after := first > m.Left
	if !after && last >= m.Joined {
		return
	}
	rows := who.outside[outside{id, after}]
	if rows == nil {
		rows = &outsideRows{}
		who.outside[outside{id, after}] = rows
	}
	rows.count++
	if rows.doubt == 0 && after && field == "time" && first == m.Left+1 {
		return
	}
	if rows.doubt == 0 {
		p.Doubts = append(p.Doubts, RowIssue{})
		rows.doubt = len(p.Doubts)
	} else {
		i = p.Doubts[rows.doubt-1].Index
	}
	p.Doubts[rows.doubt-1] = outsideDoubt(m, after, field, rows.count).of(i, field)
}

// outsideDoubt says how many rows or punches are about days outside of a member's.
func outsideDoubt(m *store.Member, after bool, field string, count int) *fault {
	switch {
	case after && field == "time":
		return faultf("%s has left: the last day was %s; punches of later days: %d", m.ID, m.Left, count)
	case after:
		return faultf("%s has left: the last day was %s; rows of later days: %d", m.ID, m.Left, count)
	case field == "time":
		return faultf("%s is there from %s on; punches of earlier days: %d", m.ID, m.Joined, count)
	}
	return faultf("%s is there from %s on; rows of earlier days: %d", m.ID, m.Joined, count)
}

// goesBy reports whether a name may be a member's, with or without a remark in
// brackets behind it. Who was made of a userid alone goes by any.
func goesBy(m *store.Member, name string) bool {
	if m.Name == string(m.ID) {
		return true
	}
	name = loose(name)
	bare, _, _ := strings.Cut(name, "(")
	for _, own := range []string{loose(m.Name), loose(m.Alias)} {
		if own != "" && (strings.EqualFold(own, name) || strings.EqualFold(own, bare)) {
			return true
		}
	}
	return false
}
