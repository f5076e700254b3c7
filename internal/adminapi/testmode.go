package adminapi

import (
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/rig"
)

func (c *call) createCorp(n *admin.NewCorp) (any, error) {
	corp, credentials, err := c.api.app.CreateCorp(c.ctx(), app.NewCorp{ID: attendance.CorpID(n.ID), Name: n.Name, Zone: n.Zone, Test: true})
	if err != nil {
		return nil, err
	}
	out := admin.Corp{ID: string(corp.ID), Name: corp.Name, Zone: corp.Zone.Name()}
	for _, made := range credentials {
		out.Apps = append(out.Apps, appOut(made))
	}
	return out, nil
}

func (c *call) clock() (any, error) {
	clock := c.rig().Clock
	return admin.Clock{Now: float64(clock.Now().UnixMilli()) / 1000, Scale: clock.Scale()}, nil
}

// latestClock is the last second of 2199.
const latestClock = 7_258_118_399

func (c *call) setClock(change *admin.ClockChange) (any, error) {
	clock := c.rig().Clock
	if change.Now != nil && (*change.Now < 0 || *change.Now > latestClock) {
		return nil, bad("/now", "want a time between 1970 and 2199, in seconds")
	}
	if change.Scale != nil {
		if err := clock.SetScale(*change.Scale); err != nil {
			return nil, bad("/scale", "want 0 to %d", rig.MaxScale)
		}
	}
	if change.Now != nil {
		clock.Set(time.Unix(*change.Now, 0))
	}
	return c.clock()
}

func (c *call) advanceClock(by *admin.ClockAdvance) (any, error) {
	if by.Seconds < 0 || by.Seconds > int64(rig.MaxAdvance/time.Second) {
		return nil, bad("/seconds", "want 0 to %d", int64(rig.MaxAdvance/time.Second))
	}
	if err := c.rig().Clock.Advance(c.ctx(), time.Duration(by.Seconds)*time.Second); err != nil {
		return nil, err
	}
	return c.clock()
}

func (c *call) faults() (any, error) {
	var list admin.FaultList
	for _, f := range c.rig().Faults.List(string(c.corp().ID)) {
		list.Faults = append(list.Faults, c.faultOut(f))
	}
	return list, nil
}

func (c *call) addFault(f *admin.Fault) (any, error) {
	rule := rig.Fault{
		Corp: string(c.corp().ID), Kind: rig.FaultKind(f.Kind), After: f.After, Endpoint: f.Endpoint, Agent: f.Agent, Nth: f.Nth,
		Times: f.Times, Probability: f.Probability, Seed: f.Seed, Code: f.ErrCode, Millis: f.Millis,
	}
	if f.TTL < 0 || f.TTL > int64(rig.MaxAdvance/time.Second) {
		return nil, bad("/ttl", "want 0 to %d", int64(rig.MaxAdvance/time.Second))
	}
	if f.TTL > 0 {
		rule.Until = c.rig().Clock.Now().Unix() + f.TTL
	}
	made, err := c.rig().Faults.Add(rule)
	return c.faultOut(made), err
}

func (c *call) faultOut(f rig.Fault) admin.Fault {
	out := admin.Fault{
		ID: f.ID, Kind: admin.FaultKind(f.Kind), After: f.After, Endpoint: f.Endpoint, Agent: f.Agent, Nth: f.Nth, Times: f.Times,
		Probability: f.Probability, Seed: f.Seed, ErrCode: f.Code, Millis: f.Millis, Met: f.Met, Acted: f.Acted,
	}
	if f.Until != 0 {
		out.TTL = max(f.Until-c.rig().Clock.Now().Unix(), 0)
	}
	return out
}

func (c *call) clearFaults() (any, error) {
	c.rig().Faults.Clear(string(c.corp().ID))
	return done{}, nil
}

func (c *call) revokeTokens(r *admin.TokenRevocation) (any, error) {
	n, err := c.api.app.RevokeTokens(c.ctx(), c.corp(), r.Agent, c.caller.Agent)
	return admin.Revoked{Tokens: n}, err
}

func (c *call) snapshot() (any, error) {
	return done{}, c.api.app.Snapshot(c.ctx(), c.corp(), c.r.PathValue("name"))
}

func (c *call) restore() (any, error) {
	return done{}, c.api.app.Restore(c.ctx(), c.corp(), c.r.PathValue("name"))
}

func (c *call) reset() (any, error) { return done{}, c.api.app.Reset(c.ctx(), c.corp()) }

func (c *call) requests() (any, error) {
	after, err := c.number("after")
	if err != nil {
		return nil, err
	}
	var list admin.RequestList
	for _, r := range c.rig().Requests.List(string(c.corp().ID), after) {
		out := admin.Request{
			Seq: r.Seq, At: r.At, Method: r.Method, Path: r.Path, Query: r.Query, Body: r.Body,
			Status: r.Status, RequestID: r.RequestID, Fault: r.Fault,
		}
		if r.Called {
			out.ErrCode = &r.Code
		}
		for _, l := range r.Liberties {
			out.Liberties = append(out.Liberties, admin.Liberty(l))
		}
		list.Requests = append(list.Requests, out)
	}
	return list, nil
}
