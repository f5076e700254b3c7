package attendance

import (
	"slices"
	"strings"
)

// DeptPaths returns the full name of each department: the names from the top of
// the tree down to it, with "/". One whose parent is not among them begins there.
func DeptPaths(depts []Department) map[DeptID]string {
	byID := make(map[DeptID]*Department, len(depts))
	for i := range depts {
		byID[depts[i].ID] = &depts[i]
	}
	out := make(map[DeptID]string, len(depts))
	for _, d := range depts {
		var names []string
		for at := byID[d.ID]; at != nil && len(names) <= len(depts); at = byID[at.Parent] {
			names = append(names, at.Name)
		}
		slices.Reverse(names)
		out[d.ID] = strings.Join(names, "/")
	}
	return out
}
