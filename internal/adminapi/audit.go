package adminapi

import (
	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

func (c *call) devices() (any, error) {
	all, err := c.api.app.Devices(c.ctx(), c.corp())
	var list admin.DeviceList
	for _, d := range all {
		list.Devices = append(list.Devices, admin.Device{Source: sources[d.Source], Device: d.Name, Punches: d.Punches, First: d.First, Last: d.Last})
	}
	return list, err
}

func (c *call) audit() (any, error) {
	return c.entries(func(after, limit int64) ([]app.AuditEntry, error) {
		return c.api.app.Audit(c.ctx(), c.corp(), after, limit)
	})
}

func (c *call) memberAudit() (any, error) {
	user := attendance.UserID(c.r.PathValue("userid"))
	return c.entries(func(after, limit int64) ([]app.AuditEntry, error) {
		return c.api.app.AuditOf(c.ctx(), c.corp(), []attendance.UserID{user}, after, limit)
	})
}

// entries answers with the part of the audit log that the query asks for.
func (c *call) entries(read func(after, limit int64) ([]app.AuditEntry, error)) (any, error) {
	after, err := c.number("after")
	if err != nil {
		return nil, err
	}
	limit, err := c.number("limit")
	if err != nil {
		return nil, err
	}
	entries, err := read(after, limit)
	var list admin.AuditList
	for _, e := range entries {
		list.Entries = append(list.Entries, admin.AuditEntry{
			Seq: e.Seq, At: e.At, Agent: int64(e.Agent), Action: e.Action, Subjects: e.Subjects,
			Count: e.Count, Detail: e.Detail, Prev: e.Prev, Hash: e.Hash,
		})
	}
	return list, err
}

func (c *call) checkAudit() (any, error) {
	s, err := c.api.app.CheckAudit(c.ctx(), c.corp())
	return admin.AuditState{Entries: s.Entries, Head: s.Head, Broken: s.Broken}, err
}
