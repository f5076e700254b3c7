package explain

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dakahq/daka/internal/attendance"
)

// fill puts values into the braces of a template: name, value, name, value …
func fill(template string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

// clean replaces control characters, which names and notes may hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// clock writes a time of the rule: 09:00, with seconds only if it has some.
func (w *writer) clock(t attendance.TimeOfDay) string { return w.time(t, int64(t)%60 != 0) }

// card writes the time of a punch, always with seconds.
func (w *writer) card(t attendance.TimeOfDay) string { return w.time(t, true) }

func (w *writer) time(t attendance.TimeOfDay, withSeconds bool) string {
	days := 0
	for ; t < 0; t += attendance.SecondsPerDay {
		days--
	}
	for ; t >= attendance.SecondsPerDay; t -= attendance.SecondsPerDay {
		days++
	}
	text := fmt.Sprintf("%02d:%02d", t/3600, t/60%60)
	if withSeconds {
		text += fmt.Sprintf(":%02d", t%60)
	}
	switch {
	case days == 0:
		return text
	case days == 1:
		return fill(w.w.dayAfter, "time", text)
	case days == -1:
		return fill(w.w.dayBefore, "time", text)
	}
	return fmt.Sprintf("%+d %s", days, text)
}

// mark is the Time of a line: the same in every language.
func mark(t attendance.TimeOfDay) string {
	if t == attendance.NoTime {
		return ""
	}
	text := t.String()
	if int64(t)%60 == 0 {
		text += ":00"
	}
	return text
}

// span writes a stretch of the day's clock.
func (w *writer) span(s attendance.Span) string { return w.clock(s.From) + "-" + w.clock(s.To) }

// window is span for a window to the second, which is told by its minutes.
func (w *writer) window(s attendance.Span) string {
	return w.span(attendance.Span{From: s.From, To: s.To.Minute()})
}

// timeOn returns an instant as seconds after the day's midnight.
func (w *writer) timeOn(at int64) attendance.TimeOfDay {
	t := w.f.Zone.Wall(at) - int64(w.day)*attendance.SecondsPerDay
	return attendance.TimeOfDay(max(-1<<30, min(1<<30, t)))
}

// instant writes a moment in full.
func (w *writer) instant(at int64) string {
	return time.Unix(w.f.Zone.Wall(at), 0).UTC().Format(time.DateTime)
}

// number writes n with commas between the thousands.
func number(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// long writes a duration in seconds, and spelled in hours and minutes when it
// has some.
func (w *writer) long(seconds int64) string {
	if seconds < 60 {
		return number(seconds) + w.w.seconds
	}
	var units []string
	for _, u := range []struct {
		n    int64
		name string
	}{{seconds / 3600, w.w.hours}, {seconds / 60 % 60, w.w.minutes}, {seconds % 60, w.w.seconds}} {
		if u.n > 0 {
			units = append(units, number(u.n)+u.name)
		}
	}
	return fill(w.w.spelled, "seconds", number(seconds)+w.w.seconds, "long", strings.Join(units, " "))
}

// quote writes a name as a quotation after a space; nothing for none.
func (w *writer) quote(s string) string {
	if s == "" {
		return ""
	}
	return fill(w.w.notes, "notes", s)
}

// slotName writes an end of a section with its due time, where there is one.
func (w *writer) slotName(side attendance.Slot, due attendance.TimeOfDay) string {
	if due == attendance.NoTime {
		return w.w.slots[side]
	}
	return w.w.slots[side] + " " + w.clock(due)
}

// rests writes what is taken off for rests; nothing without any.
func (w *writer) rests(rests []attendance.Span) string {
	if len(rests) == 0 {
		return ""
	}
	return fill(w.w.sectionRests, "rests", w.spans(rests))
}

func (w *writer) spans(spans []attendance.Span) string {
	texts := make([]string, len(spans))
	for i, s := range spans {
		texts[i] = w.span(s)
	}
	return strings.Join(texts, w.w.list)
}
