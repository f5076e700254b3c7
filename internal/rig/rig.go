package rig

import "time"

// Rig is all that can be turned.
type Rig struct {
	Clock    *Clock
	Faults   Faults
	Requests Requests
}

// New returns a rig whose clock runs with the world; nil means the machine's.
func New(world func() time.Time) *Rig { return &Rig{Clock: NewClock(world)} }
