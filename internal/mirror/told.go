package mirror

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// members returns what a sequence yields about members, or its error.
func members[T any](ctx context.Context, m *Mirror, seq iter.Seq2[T, error], user func(*T) string) (list []T, err error) {
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return membersIn(ctx, m, list, user)
}

// membersIn returns those elements of an answer that are about members. One that
// names somebody who is not in the contacts is passed over with a problem.
func membersIn[T any](ctx context.Context, m *Mirror, list []T, user func(*T) string) ([]T, error) {
	users := make([]attendance.UserID, len(list))
	for i := range list {
		users[i] = attendance.UserID(user(&list[i]))
	}
	strangers, err := m.app.Strangers(ctx, m.corp, users)
	if err != nil || len(strangers) == 0 {
		return list, err
	}
	for _, u := range strangers {
		m.tally.problem(fmt.Sprintf("%q is told of, and is not in the contacts: left out", u))
	}
	kept := list[:0]
	for i := range list {
		if !slices.Contains(strangers, users[i]) {
			kept = append(kept, list[i])
		}
	}
	return kept, nil
}

// tellGone says which punches are not told any more.
func (m *Mirror) tellGone(b *app.MirrorBatch, gone []app.PunchAt) {
	if len(gone) == 0 {
		return
	}
	var names []string
	for _, p := range gone[:min(len(gone), mostNamed)] {
		at := time.Unix(p.At, 0).In(m.corp.Zone.Location())
		names = append(names, fmt.Sprintf("%s %s", p.User, at.Format(time.DateTime)))
	}
	text := strings.Join(names, ", ")
	if more := len(gone) - mostNamed; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	m.tally.problem(fmt.Sprintf("%s to %s: punches that were told before are not told any more, and count still: %s", b.First, b.Last, text))
}
