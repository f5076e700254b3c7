package mirror

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// tell says what a copy of the contacts decided about members that WeCom does
// not tell, for it decides which days they are asked about in reports.
func (m *Mirror) tell(news *app.DirectoryNews) {
	say := func(users []attendance.UserID, format string, args ...any) {
		if len(users) > 0 {
			m.tally.problem(some(users) + fmt.Sprintf(format, args...))
		}
	}
	if news.First == attendance.MinDay {
		say(news.Joined, ": in the contacts for the first time; they are so many that the app may rather see more than before, so they count as employed from the start")
	} else {
		say(news.Joined, ": in the contacts for the first time; they count as employed from %s on", news.First)
	}
	say(news.Left, ": not in the contacts any more; %s, when they were listed last, counts as the last day", news.Last)
	say(news.Quit, ": has quit the corporation, and the last day is not told; %s, when they were listed last as employed, counts at the latest, until it is imported (daka import members)", news.Last)
	say(news.QuitBefore, ": had quit the corporation when they were listed first, and the last day is not told; %s counts at the latest, until it is imported (daka import members)", news.LastBefore)
	say(news.Back, ": in the contacts again; the days between count as employed")
	say(news.Kept, ": the department may not be listed any more; they count as employed still")
	for _, pair := range news.Renamed {
		m.tally.problem(fmt.Sprintf("%s is gone and %s is new, with the same name and departments: if they are one person with another userid, each has a part of the days", pair[0], pair[1]))
	}
}

// mostNamed is how many of a kind a problem names.
const mostNamed = 10

// some names the first of some members, and counts the others.
func some(users []attendance.UserID) string {
	names := make([]string, 0, mostNamed)
	for _, u := range users[:min(len(users), mostNamed)] {
		names = append(names, string(u))
	}
	text := strings.Join(slices.Clip(names), ", ")
	if more := len(users) - mostNamed; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
