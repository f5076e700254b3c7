package store

import "github.com/dakahq/daka/internal/attendance"

// DepartmentVersion is a department as it is from KnownAt on.
type DepartmentVersion struct {
	attendance.Department
	KnownAt int64 // Unix seconds
	Deleted bool
}

// AddDepartments adds versions of departments, in their order.
func (tx *Tx) AddDepartments(corp attendance.CorpID, versions []DepartmentVersion) error {
	for _, d := range versions {
		_, err := tx.exec(`INSERT INTO departments (corp_id, dept_id, seq, known_at, name, parent, ord, deleted)
			VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM departments WHERE corp_id = $1 AND dept_id = $2),
				$3, $4, $5, $6, $7)`,
			string(corp), int64(d.ID), d.KnownAt, d.Name, int64(d.Parent), d.Order, truth(d.Deleted))
		if err != nil {
			return wrap(err, "add department %d", d.ID)
		}
	}
	return nil
}

// Departments returns the departments as known at an instant, in the order of
// their ids. Deleted ones are left out.
func (tx *Tx) Departments(corp attendance.CorpID, asOf int64) ([]attendance.Department, error) {
	var all []DepartmentVersion
	err := tx.query(`SELECT dept_id, known_at, name, parent, ord, deleted FROM departments
		WHERE corp_id = $1 AND known_at <= $2 ORDER BY dept_id, known_at, seq`, func(r row) error {
		d := DepartmentVersion{KnownAt: r.int(1), Deleted: r.int(5) != 0}
		d.ID, d.Name = attendance.DeptID(r.int(0)), r.text(2)
		d.Parent, d.Order = attendance.DeptID(r.int(3)), r.int(4)
		if n := len(all); n > 0 && all[n-1].ID == d.ID {
			all = all[:n-1]
		}
		all = append(all, d)
		return nil
	}, string(corp), asOf)
	if err != nil {
		return nil, wrap(err, "read departments of corp %q", corp)
	}
	depts := make([]attendance.Department, 0, len(all))
	for _, d := range all {
		if !d.Deleted {
			depts = append(depts, d.Department)
		}
	}
	return depts, nil
}

// NextDepartmentID returns an id that no department of the corporation ever had.
func (tx *Tx) NextDepartmentID(corp attendance.CorpID) (id attendance.DeptID, err error) {
	_, err = tx.one("SELECT coalesce(max(dept_id), 0) + 1 FROM departments WHERE corp_id = $1", func(r row) error {
		id = attendance.DeptID(r.int(0))
		return nil
	}, string(corp))
	return id, wrap(err, "number a department of corp %q", corp)
}

// truth is how a bool is stored.
func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
