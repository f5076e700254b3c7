package attendance

import (
	"errors"
	"fmt"
	"strings"
)

// SlotError is ErrCorrectionSlot or ErrCorrectionWindow with what would have been
// right.
type SlotError struct {
	Err    error       // which of the two
	Slots  []TimeOfDay // of ErrCorrectionSlot: the due times of the day, in order
	Window Span        // of ErrCorrectionWindow: both ends are included
}

// Error names the slots of the day or the window of the slot.
func (e *SlotError) Error() string {
	switch {
	case errors.Is(e.Err, ErrCorrectionWindow):
		return fmt.Errorf("%w: it goes from %s to %s", e.Err, e.Window.From, e.Window.To-e.Window.To%60).Error() // to the minute, as it is asked
	case len(e.Slots) == 0:
		return fmt.Errorf("%w: that day has none", e.Err).Error()
	}
	slots := make([]string, len(e.Slots))
	for i, t := range e.Slots {
		slots[i] = t.String()
	}
	return fmt.Errorf("%w: its slots are %s", e.Err, strings.Join(slots, ", ")).Error()
}

// Unwrap returns which of the two it is.
func (e *SlotError) Unwrap() error { return e.Err }
