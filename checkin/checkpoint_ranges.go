package checkin

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// ranges is a set of numbers from 0 on: stretches, from the lowest to the
// highest, that do not touch.
type ranges []stretch

type stretch struct{ from, to int } // both included

func (r ranges) has(n int) bool {
	i, _ := slices.BinarySearchFunc(r, n, func(s stretch, n int) int { return s.to - n })
	return i < len(r) && r[i].from <= n
}

// add adds the numbers from one to another, both included; none if there are
// none between.
func (r *ranges) add(from, to int) {
	if from > to {
		return
	}
	list := *r
	i, _ := slices.BinarySearchFunc(list, from-1, func(s stretch, n int) int { return s.to - n })
	j := i
	for ; j < len(list) && list[j].from <= to+1; j++ {
		from, to = min(from, list[j].from), max(to, list[j].to)
	}
	*r = slices.Replace(list, i, j, stretch{from, to})
}

// String writes r like 0-12,15.
func (r ranges) String() string {
	var b strings.Builder
	for i, s := range r {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(s.from))
		if s.to > s.from {
			b.WriteString("-" + strconv.Itoa(s.to))
		}
	}
	return b.String()
}

func parseRanges(text string) (r ranges, err error) {
	if text == "" {
		return nil, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		low, high, isRange := strings.Cut(part, "-")
		if !isRange {
			high = low
		}
		from, err1 := strconv.ParseUint(low, 10, 31)
		to, err2 := strconv.ParseUint(high, 10, 31)
		if err1 != nil || err2 != nil || from > to {
			return nil, errors.New("its numbers are none, want them like 0-12,15")
		}
		r.add(int(from), int(to))
	}
	return r, nil
}
