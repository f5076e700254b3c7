package scenario

import (
	"cmp"
	"slices"

	"github.com/dakahq/daka/internal/attendance"
)

// directory is the tree of departments, whose names become numbers, and the
// members that scenarios begin with.
type directory struct {
	departments []attendance.Department
	depts       map[string]attendance.DeptID
	tags        map[string]attendance.TagID
	users       object
}

// firstNamedTag is where the numbers of tags given by name begin, so that
// they do not meet tags given by number.
const firstNamedTag = 1001

// newDirectory numbers the departments: 1 for the one without a parent, the
// others level by level in the order of their names.
func newDirectory(n node) directory {
	o := n.object("depts", "users")
	d := directory{
		depts: map[string]attendance.DeptID{},
		tags:  map[string]attendance.TagID{},
		users: o.at("users").anyObject(),
	}
	depts := o.at("depts").anyObject()
	for _, name := range depts.names() {
		if depts.at(name).value == nil {
			if len(d.departments) > 0 {
				depts.at(name).fail("a second department without a parent")
			}
			d.add(name, 0)
		}
	}
	for i := 0; i < len(d.departments); i++ {
		for _, name := range depts.names() {
			if parent := depts.at(name); parent.value != nil && parent.str() == d.departments[i].Name {
				d.add(name, d.departments[i].ID)
			}
		}
	}
	for _, name := range depts.names() {
		if d.depts[name] == 0 {
			depts.at(name).fail("not below the department without a parent")
		}
	}
	return d
}

func (d *directory) add(name string, parent attendance.DeptID) {
	id := attendance.RootDept + attendance.DeptID(len(d.departments))
	d.depts[name] = id
	d.departments = append(d.departments, attendance.Department{ID: id, Parent: parent, Name: name, Order: int64(id)})
}

// people returns the members, those of a scenario in place of the file's own.
func (d *directory) people(own node) []attendance.Person {
	var people []attendance.Person
	users := own.anyObject().over(d.users)
	for _, name := range users.names() {
		people = append(people, d.person(attendance.UserID(name), users.at(name)))
	}
	if !slices.ContainsFunc(people, func(p attendance.Person) bool { return p.ID == Subject }) {
		people = append(people, d.person(Subject, users.at(string(Subject))))
	}
	slices.SortFunc(people, func(a, b attendance.Person) int { return cmp.Compare(a.ID, b.ID) })
	return people
}

func (d *directory) person(id attendance.UserID, n node) attendance.Person {
	o := n.object("depts", "tags", "join", "leave", "moves")
	if !id.Valid() {
		n.fail("not a userid")
	}
	p := attendance.Person{
		ID: id, Name: string(id),
		Joined: o.at("join").dayOr(attendance.MinDay),
		Left:   o.at("leave").dayOr(attendance.MaxDay),
	}
	place := attendance.Placement{From: attendance.MinDay, Depts: d.deptIDs(o.at("depts")), Tags: d.tagIDs(o.at("tags"))}
	p.Placements = append(p.Placements, place)
	for _, m := range o.at("moves").list() {
		move := m.object("from", "depts")
		next := attendance.Placement{From: move.at("from").day(), Depts: d.deptIDs(move.at("depts")), Tags: place.Tags}
		if next.From <= p.Placements[len(p.Placements)-1].From {
			m.fail("not later than the move before")
		}
		p.Placements = append(p.Placements, next)
	}
	return p
}

func (d *directory) deptIDs(n node) []attendance.DeptID {
	var ids []attendance.DeptID
	for _, e := range n.list() {
		id, ok := d.depts[e.str()]
		if !ok {
			e.fail("no department %q in the directory", e.str())
		}
		ids = append(ids, id)
	}
	return ids
}

// tagIDs reads tags by number or by name.
func (d *directory) tagIDs(n node) []attendance.TagID {
	var ids []attendance.TagID
	for _, e := range n.list() {
		name, ok := e.value.(string)
		if !ok {
			ids = append(ids, attendance.TagID(e.int()))
			continue
		}
		if d.tags[name] == 0 {
			d.tags[name] = firstNamedTag + attendance.TagID(len(d.tags))
		}
		ids = append(ids, d.tags[name])
	}
	return ids
}
