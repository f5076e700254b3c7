package sample

import (
	"math/rand/v2"

	"github.com/dakahq/daka/internal/attendance"
)

// What a stream of chance decides. Each has its own, so that no part of the
// company depends on how much chance another used.
const (
	aboutNames uint64 = iota
	aboutHabits
	aboutDay
	aboutRepair
)

// dice is a stream of chance.
type dice struct{ *rand.Rand }

// stream returns the chance that decides something about a member on a day;
// both may be 0. The same arguments give the same stream.
func stream(seed, about uint64, member int, day attendance.Day) dice {
	return dice{rand.New(rand.NewPCG(seed, about<<56|uint64(member)<<32|uint64(uint32(day))))}
}

// chance is true so many times in a thousand.
func (d dice) chance(permille int) bool { return d.IntN(1000) < permille }

// between returns a number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// minutes returns a time from low to high minutes, to the second.
func (d dice) minutes(low, high int) attendance.TimeOfDay {
	return attendance.TimeOfDay(d.between(low*60, high*60))
}
