package mirror

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/wire"
)

// What WeCom tells of the past is which rule each member was under, not whom a
// rule named. So the rules are made day by day of what members were under: a
// rule keeps the range that it has now as long as everybody was under the rule
// of today, and names its members one by one where somebody was under another,
// or where something decides of which the mirror knows nothing: tags, or
// departments that the app does not see.

// drafting makes versions of rules.
type drafting struct {
	*knowledge
	texts     map[string][]byte // documents by digest
	histories map[attendance.UserID][]app.Sighting
	listDays  []attendance.Day
	tagged    bool
}

// versions returns all rules for all days, each document as long as it was in
// force, in the order in which the groups were made.
func (k *knowledge) versions(docs map[string][]byte) (rules []app.MirroredRule, err error) {
	d := &drafting{
		knowledge: k, texts: docs, histories: map[attendance.UserID][]app.Sighting{}, listDays: slices.Sorted(maps.Keys(k.lists)),
	}
	starts := map[attendance.Day]bool{attendance.MinDay: true}
	for u := range k.members {
		steps := k.history(u)
		d.histories[u] = steps
		for i := 1; i < len(steps); i++ {
			if !sameRule(steps[i-1], steps[i]) {
				starts[steps[i].Day] = true
			}
		}
	}
	for i, day := range d.listDays {
		if i > 0 {
			starts[day] = true
		}
	}
	if d.tagged, err = d.hasTags(); err != nil {
		return nil, err
	}
	d.tagged = d.tagged || d.named
	groups, err := d.groups()
	if err != nil {
		return nil, err
	}
	byGroup := map[attendance.GroupID][]app.MirroredRule{}
	order := slices.Sorted(maps.Keys(starts))
	for i, start := range order {
		s := span{start, attendance.MaxDay}
		if i+1 < len(order) {
			s.last = order[i+1] - 1
		}
		if err := d.draft(s, groups, byGroup); err != nil {
			return nil, err
		}
	}
	for _, g := range groups {
		rules = append(rules, byGroup[g]...)
	}
	return rules, nil
}

// draft adds the rules of days on which nothing changes.
func (d *drafting) draft(s span, groups []attendance.GroupID, into map[attendance.GroupID][]app.MirroredRule) error {
	members := map[attendance.GroupID][]attendance.UserID{}
	told := map[attendance.GroupID]map[string]int{}
	named := d.tagged
	for _, u := range slices.Sorted(maps.Keys(d.histories)) {
		now := at(d.histories[u], s.first)
		last := d.histories[u][len(d.histories[u])-1]
		listed := d.isListed(now.Group, s.first)
		if !listed && last.Day < s.first && len(d.listDays) > 0 && s.first >= d.listDays[0] {
			continue // who has left is asked about no more, and must not keep a rule that is deleted
		}
		named = named || now.Group != last.Group || now.Group != 0 && !listed
		members[now.Group] = append(members[now.Group], u)
		if told[now.Group] == nil {
			told[now.Group] = map[string]int{}
		}
		told[now.Group][now.Digest]++
	}
	for _, g := range groups {
		r := app.MirroredRule{Group: g, First: s.first, Last: s.last}
		var people *checkin.Range
		if named || len(members[g]) == 0 && len(d.histories) > 0 { // whomever it names is under another
			people = &checkin.Range{}
			for _, u := range members[g] {
				people.UserID = append(people.UserID, string(u))
			}
		}
		listed := d.isListed(g, s.first)
		if len(members[g]) > 0 || !named && listed {
			var err error
			if r.Doc, err = wire.JoinRule(d.texts[mostTold(told[g])], d.listedAt(g, s.first), people); err != nil {
				return err
			}
		}
		rules := into[g]
		if n := len(rules); n > 0 && bytes.Equal(rules[n-1].Doc, r.Doc) {
			rules[n-1].Last = r.Last
			continue
		}
		into[g] = append(rules, r)
	}
	return nil
}

// at is what a history says of a day. What it says first holds before, too.
func at(steps []app.Sighting, day attendance.Day) app.Sighting {
	now := steps[0]
	for _, s := range steps {
		if s.Day <= day {
			now = s
		}
	}
	return now
}

// mostTold returns the document that most members were told; "" for none.
func mostTold(told map[string]int) (digest string) {
	for _, candidate := range slices.Sorted(maps.Keys(told)) {
		if told[candidate] > told[digest] {
			digest = candidate
		}
	}
	return digest
}

// list returns the rules that were listed last up to a day, or first of all.
func (d *drafting) list(day attendance.Day) []app.Sighting {
	if len(d.listDays) == 0 {
		return nil
	}
	now := d.listDays[0]
	for _, l := range d.listDays {
		if l <= day {
			now = l
		}
	}
	return d.lists[now]
}

// isListed reports whether a group was on the list of a day.
func (d *drafting) isListed(group attendance.GroupID, day attendance.Day) bool {
	return slices.ContainsFunc(d.list(day), func(s app.Sighting) bool { return s.Group == group })
}

// listedAt returns what was listed of a group: on a day, else at any other.
func (d *drafting) listedAt(group attendance.GroupID, day attendance.Day) []byte {
	for _, other := range append([]attendance.Day{day}, d.listDays...) {
		for _, s := range d.list(other) {
			if s.Group == group {
				return d.texts[s.Digest]
			}
		}
	}
	return nil
}

// head is what the order of groups, and whether tags decide, is read from.
type head struct {
	CreateTime int64         `json:"create_time"`
	Range      checkin.Range `json:"range"`
}

// heads calls do with each rule that was ever listed.
func (d *drafting) heads(do func(app.Sighting, *head)) error {
	for _, day := range d.listDays {
		for _, s := range d.lists[day] {
			if s.Group == 0 {
				continue
			}
			var h head
			if err := json.Unmarshal(d.texts[s.Digest], &h); err != nil {
				return err
			}
			do(s, &h)
		}
	}
	return nil
}

func (d *drafting) hasTags() (tagged bool, err error) {
	err = d.heads(func(_ app.Sighting, h *head) { tagged = tagged || len(h.Range.TagID) > 0 })
	return tagged, err
}

// groups returns all groups in the order in which they were made.
func (d *drafting) groups() (groups []attendance.GroupID, err error) {
	made := map[attendance.GroupID]int64{}
	err = d.heads(func(s app.Sighting, h *head) { made[s.Group] = h.CreateTime })
	for g := range d.docs {
		if _, ok := made[g]; !ok && g != 0 {
			made[g] = 0 // it is gone by now
		}
	}
	groups = slices.SortedFunc(maps.Keys(made), func(a, b attendance.GroupID) int {
		return cmp.Or(cmp.Compare(made[a], made[b]), cmp.Compare(a, b))
	})
	return groups, err
}
