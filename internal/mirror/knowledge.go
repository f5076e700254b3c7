package mirror

import (
	"cmp"
	"maps"
	"slices"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// knowledge is what was answered about rules.
type knowledge struct {
	members map[attendance.UserID][]app.Sighting // by day
	lists   map[attendance.Day][]app.Sighting    // of all rules, where they were others than before
	// docs are the documents of groups on the days that a member of theirs was
	// asked about; "" where members were told different ones.
	docs map[attendance.GroupID]map[attendance.Day]string
	// early are days that are over and were asked about before: where a rule is
	// another afterwards, it may have been so on the day already.
	early map[attendance.Day]bool
	// left are the days after which members are not asked about: they have quit.
	left map[attendance.UserID]attendance.Day
	// named has rules name their members on all days, for their ranges do not
	// lead to what members were told.
	named bool
}

func newKnowledge(seen []app.Sighting) *knowledge {
	k := &knowledge{
		members: map[attendance.UserID][]app.Sighting{}, lists: map[attendance.Day][]app.Sighting{},
		docs: map[attendance.GroupID]map[attendance.Day]string{},
	}
	for _, s := range seen {
		if s.User == "" {
			k.lists[s.Day] = append(k.lists[s.Day], s)
			continue
		}
		k.members[s.User] = append(k.members[s.User], s)
		if k.docs[s.Group] == nil {
			k.docs[s.Group] = map[attendance.Day]string{}
		}
		digest := s.Digest
		if other, ok := k.docs[s.Group][s.Day]; ok && other != digest {
			digest = ""
		}
		k.docs[s.Group][s.Day] = digest
	}
	return k
}

// listed reports whether the list of all rules that was answered last is this one.
func (k *knowledge) listed(now []app.Sighting) bool {
	if len(k.lists) == 0 {
		return false
	}
	last := k.lists[slices.Max(slices.Collect(maps.Keys(k.lists)))]
	if len(last) != len(now) {
		return false
	}
	for _, s := range last {
		if !slices.ContainsFunc(now, func(n app.Sighting) bool { return n.Group == s.Group && n.Digest == s.Digest }) {
			return false
		}
	}
	return true
}

// history is a member's rules by day, as they were answered, and between two
// answers with the same group in different states as others of that group were
// answered. A member who was elsewhere in between and came back is not noticed.
func (k *knowledge) history(user attendance.UserID) (steps []app.Sighting) {
	for i, s := range k.members[user] {
		if i > 0 {
			was := k.members[user][i-1]
			if was.Group == s.Group && was.Digest != s.Digest {
				steps = append(steps, k.between(was, s)...)
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// between returns what is known of a group's document on the days between two.
func (k *knowledge) between(a, b app.Sighting) (steps []app.Sighting) {
	for day, digest := range k.docs[a.Group] {
		if day > a.Day && day < b.Day && digest != "" {
			steps = append(steps, app.Sighting{User: a.User, Day: day, Group: a.Group, Digest: digest})
		}
	}
	slices.SortFunc(steps, func(a, b app.Sighting) int { return cmp.Compare(a.Day, b.Day) })
	return steps
}

func sameRule(a, b app.Sighting) bool { return a.Group == b.Group && a.Digest == b.Digest }

// question asks about members' rules on a day.
type question struct {
	day   attendance.Day
	users []attendance.UserID
}

// questions returns what is to be asked next: about the first day and today, or
// the last one of who has quit, and
// then about the middle of each time in which a rule changed, and before that
// about its first day again where that was asked about early. Where it is the
// document of a group that did, one of those who were told so is asked.
func (k *knowledge) questions(users []attendance.UserID, first, today attendance.Day) (list []question) {
	ask := map[attendance.Day][]attendance.UserID{}
	type change struct{ a, b app.Sighting }
	asked := map[change]bool{}
	for _, u := range users {
		own, last := k.members[u], today
		if left, ok := k.left[u]; ok {
			last = min(left, today)
		}
		if len(own) == 0 || own[0].Day > first {
			ask[first] = append(ask[first], u)
		}
		if (len(own) == 0 || own[len(own)-1].Day < last) && first != last {
			ask[last] = append(ask[last], u)
		}
	}
	if len(ask) > 0 {
		return sortedQuestions(ask)
	}
	for _, u := range users {
		steps := k.history(u)
		for i := 1; i < len(steps); i++ {
			a, b := steps[i-1], steps[i]
			if sameRule(a, b) {
				continue
			}
			if k.early[a.Day] {
				ask[a.Day] = append(ask[a.Day], u)
				continue
			}
			if b.Day-a.Day == 1 {
				continue
			}
			if a.Group == b.Group {
				c := change{a, b}
				c.a.User, c.b.User = "", ""
				if asked[c] {
					continue
				}
				asked[c] = true
			}
			mid := a.Day + (b.Day-a.Day)/2
			ask[mid] = append(ask[mid], u)
		}
	}
	return sortedQuestions(ask)
}

func sortedQuestions(ask map[attendance.Day][]attendance.UserID) (list []question) {
	for _, day := range slices.Sorted(maps.Keys(ask)) {
		list = append(list, question{day, ask[day]})
	}
	return list
}
