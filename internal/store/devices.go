package store

import "github.com/dakahq/daka/internal/attendance"

// Device is a door and device that punches came from.
type Device struct {
	Source  attendance.Source
	Name    string
	Punches int64
	First   int64 // Unix seconds
	Last    int64 // Unix seconds
}

// Devices returns the devices of a corporation's punches in the order of
// sources and names. It reads all punches.
func (tx *Tx) Devices(corp attendance.CorpID) (all []Device, err error) {
	err = tx.query(`SELECT source, device, count(*), min(at), max(at) FROM punches WHERE corp_id = $1
		GROUP BY source, device ORDER BY source, device`, func(r row) error {
		all = append(all, Device{attendance.Source(r.int(0)), r.text(1), r.int(2), r.int(3), r.int(4)})
		return nil
	}, string(corp))
	return all, wrap(err, "list devices of corp %q", corp)
}
