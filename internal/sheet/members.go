package sheet

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/dakahq/daka/internal/attendance"
)

// Member is a row of a table of members. What the table does not say is nil or
// empty.
type Member struct {
	Spot
	ID          attendance.UserID
	Name        string
	Alias       string
	Departments [][]string // paths, the highest department first
	Tags        []attendance.TagID
	Joined      *attendance.Day
	Left        *attendance.Day // MaxDay for who is to have no last day
}

// Members returns the members of a table, and what is wrong with it.
func (m *Mapping) Members() ([]Member, []Problem) {
	r := reader{Mapping: m}
	var all []Member
	r.each(func() {
		before := len(r.problems)
		row := Member{Spot: Spot{Row: r.at}, Name: r.text(Name), Alias: r.text(Alias)}
		row.ID, _ = r.user()
		r.oneLine(Name)
		r.oneLine(Alias)
		row.Departments = r.departments()
		row.Tags = r.tags()
		if d, ok := r.day(Joined); ok {
			row.Joined = &d
		}
		row.Left = r.left()
		if row.Joined != nil && row.Left != nil && *row.Left < *row.Joined {
			r.problem(Left, "it is before the first day, %s", *row.Joined)
		}
		if len(r.problems) == before {
			all = append(all, row)
		}
	})
	return all, r.problems
}

// oneLine notes a text that goes over several lines or has signs that cannot be
// seen: it would be another than people read.
func (r *reader) oneLine(f Field) {
	if strings.ContainsFunc(r.text(f), unicode.IsControl) {
		r.problem(f, unseen)
	}
}

const unseen = "it goes over several lines or holds a sign that cannot be seen"

// left reads the last day of a member, or words for none.
func (r *reader) left() *attendance.Day {
	switch r.text(Left) {
	case "-", "—", "在职", "无", "none":
		never := attendance.MaxDay
		return &never
	}
	if d, ok := r.day(Left); ok {
		return &d
	}
	return nil
}

// departments reads the paths of departments: 部门/子部门, several of them with
// semicolons, commas or ends of lines between them.
func (r *reader) departments() (paths [][]string) {
	for _, path := range splitList(r.text(Department)) {
		if strings.ContainsFunc(path, unicode.IsControl) {
			r.problem(Department, unseen)
			return nil
		}
		var names []string
		for name := range strings.SplitSeq(strings.NewReplacer(">", "/", `\`, "/", "／", "/", "＞", "/").Replace(path), "/") {
			if name = trim(name); name != "" {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			paths = append(paths, names)
		}
	}
	return paths
}

// tags reads the ids of tags.
func (r *reader) tags() (tags []attendance.TagID) {
	for _, text := range splitList(r.text(Tags)) {
		n, err := strconv.ParseInt(fold(text), 10, 64)
		if err != nil || n <= 0 {
			r.problem(Tags, "%q is not the id of a tag: tags are numbers above 0", text)
			continue
		}
		tags = append(tags, attendance.TagID(n))
	}
	return tags
}

func splitList(text string) (parts []string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；,，、|\n", r) }) {
		if part = trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
