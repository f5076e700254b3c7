package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// numbered reports whether all words are ids.
func numbered(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		_, err := strconv.ParseInt(w, 10, 64)
		return err != nil
	})
}

// departmentsNamed returns the departments that words name by an id, a name, or a
// path of names as 总部/仓库, which may leave out what is above where one alone fits.
// Without words it is the root.
func departmentsNamed(words []string, depts []attendance.Department) (ids []attendance.DeptID, err error) {
	for _, word := range words {
		word = strings.TrimSpace(word)
		if id, err := strconv.ParseInt(halfWidth(word), 10, 64); err == nil {
			ids = append(ids, attendance.DeptID(id))
			continue
		}
		id, err := departmentNamed(word, depts)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		ids = []attendance.DeptID{attendance.RootDept}
	}
	return ids, nil
}

func departmentNamed(word string, depts []attendance.Department) (attendance.DeptID, error) {
	paths := attendance.DeptPaths(depts)
	var found []attendance.DeptID
	var candidates []string
	for _, d := range depts {
		path := paths[d.ID]
		_, below, _ := strings.Cut(path, "/")
		switch {
		case path == word || below == word:
			return d.ID, nil // a path from the root, with its name or without
		case strings.HasSuffix(path, "/"+word):
			found = append(found, d.ID)
			candidates = append(candidates, path+" ("+strconv.FormatInt(int64(d.ID), 10)+")")
		}
	}
	switch len(found) {
	case 0:
		return 0, failf("--departments: %q: %w", word, app.ErrUnknownDept)
	case 1:
		return found[0], nil
	}
	return 0, failf("--departments: %s is %w: say which by the path or the id", word, anyOf(candidates))
}
