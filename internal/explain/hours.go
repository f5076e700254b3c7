package explain

import (
	"github.com/dakahq/daka/internal/attendance"
)

// hours tells how the worked hours come about.
func (w *writer) hours() {
	kind := w.r.Kind
	switch {
	case kind.Rule == nil:
		return
	case len(kind.Sections) > 0:
		for i := range kind.Sections {
			w.sectionHours(&kind.Sections[i])
		}
	case kind.Rule.Type != attendance.FreeRule:
		w.say(w.w.hourRestDay)
		return
	case kind.Rule.Method == attendance.RecordOnly:
		w.say(w.w.hourRecordOnly)
		return
	default:
		w.pairHours()
	}
	w.say(fill(w.w.hourTotal, "worked", w.long(int64(w.r.Worked)), "standard", w.long(int64(w.r.Standard))))
}

// cardAt returns the card of a slot.
func (w *writer) cardAt(side attendance.Slot, due attendance.TimeOfDay) *attendance.Card {
	for i := range w.r.Cards {
		if c := &w.r.Cards[i]; c.Slot == side && c.Scheduled == due {
			return c
		}
	}
	return nil
}

func (w *writer) sectionHours(s *attendance.Section) {
	on, off := w.cardAt(attendance.On, s.On), w.cardAt(attendance.Off, s.Off)
	if on == nil && off == nil || on == nil && s.OnOwed || off == nil && s.OffOwed {
		w.say(fill(w.w.hourOpen, "span", w.span(attendance.Span{From: s.On, To: s.Off})))
		return
	}
	span := attendance.Span{From: s.On, To: s.Off}
	if on != nil {
		span.From = on.Time
	} else {
		w.say(fill(w.w.hourUnowed, "slot", w.slotName(attendance.On, s.On)))
	}
	if off != nil {
		span.To = off.Time
	} else {
		w.say(fill(w.w.hourUnowed, "slot", w.slotName(attendance.Off, s.Off)))
	}
	clip := w.f.Options.ClipActual
	if clip {
		span = attendance.Span{From: max(span.From, s.On), To: min(span.To, s.Off)}
	}
	worked := w.f.Zone.Elapsed(w.day, span)
	if on != nil && off != nil && !clip {
		worked = off.At - on.At
	}
	changed := worked != int64(span.To-span.From)
	var rests []attendance.Span
	for _, r := range s.Rests {
		if r.Overlap(span) > 0 {
			r = attendance.Span{From: max(r.From, span.From), To: min(r.To, span.To)}
			worked -= w.f.Zone.Elapsed(w.day, r)
			rests = append(rests, r)
		}
	}
	text := w.sum(span, rests, max(0, worked), changed)
	if clip {
		text += w.w.clause + w.w.hourClipped
	}
	w.worked(text, max(0, worked))
}

// worked adds a line that arrives at a number of seconds worked.
func (w *writer) worked(text string, seconds int64) {
	w.add(Line{Text: text, Seconds: new(int32(min(seconds, 1<<31-1))), Punch: -1})
}

// sum writes the time between two cards. changed says that the clocks were
// changed between them.
func (w *writer) sum(span attendance.Span, rests []attendance.Span, worked int64, changed bool) string {
	text := fill(w.w.hourSum, "off", w.card(span.To), "on", w.card(span.From), "rests", w.rests(rests), "worked", w.long(worked))
	if changed {
		text += w.w.clause + w.w.hourChanged
	}
	return text
}

// pairHours tells the pairs of a free rule's day.
func (w *writer) pairHours() {
	for i := range w.r.Cards {
		on := &w.r.Cards[i]
		if on.Slot != attendance.On {
			continue
		}
		if i+1 == len(w.r.Cards) || w.r.Cards[i+1].Slot != attendance.Off {
			w.say(fill(w.w.hourNoOff, "card", w.card(on.Time)))
			continue
		}
		off := &w.r.Cards[i+1]
		span, worked := attendance.Span{From: on.Time, To: off.Time}, off.At-on.At
		w.worked(w.sum(span, nil, worked, worked != int64(span.To-span.From)), worked)
	}
}
