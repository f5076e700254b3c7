package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/internal/store"
)

// ErrMirroring is returned where another run mirrors the same corporation.
var ErrMirroring = errors.New("another sync of it is running")

// LockMirror keeps others from mirroring a corporation into the same database,
// until unlock or the end of the process. It fails with ErrMirroring where
// somebody else does already.
func (a *App) LockMirror(ctx context.Context, corp *Corp) (unlock func() error, err error) {
	unlock, err = a.db.Lock(ctx, "sync-"+string(corp.ID))
	if errors.Is(err, store.ErrLocked) {
		return nil, fmt.Errorf("corporation %q: %w", corp.ID, ErrMirroring)
	}
	return unlock, err
}

// Spent is calls of a quota that were made until an instant.
type Spent struct {
	Calls int
	Until time.Time
}

// spentKept is for how long it is kept what was spent: the window of a quota,
// and as much for a clock that was turned.
const spentKept = 2 * time.Minute

// spentState keeps what was spent of a quota, as "calls@until", until in Unix
// milliseconds.
func spentState(quota string) string { return "spent " + quota }

// Spent returns what was spent of a quota of a corporation of WeCom's.
func (a *App) Spent(ctx context.Context, corp *Corp, quota string) ([]Spent, error) {
	text, err := a.MirrorState(ctx, corp, spentState(quota))
	return parseSpent(text), err
}

// Spend adds to what was spent of a quota, and forgets what is long over.
func (a *App) Spend(ctx context.Context, corp *Corp, quota string, s Spent) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		text, err := tx.MirrorState(corp.ID, spentState(quota))
		if err != nil {
			return err
		}
		var kept strings.Builder
		for _, old := range append(parseSpent(text), s) {
			if s.Until.Sub(old.Until) < spentKept {
				fmt.Fprintf(&kept, "%d@%d ", old.Calls, old.Until.UnixMilli())
			}
		}
		return tx.SetMirrorState(corp.ID, spentState(quota), strings.TrimSpace(kept.String()))
	})
}

func parseSpent(text string) (list []Spent) {
	for _, word := range strings.Fields(text) {
		calls, until, _ := strings.Cut(word, "@")
		n, err := strconv.Atoi(calls)
		at, wrong := strconv.ParseInt(until, 10, 64)
		if err == nil && wrong == nil {
			list = append(list, Spent{n, time.UnixMilli(at)})
		}
	}
	return list
}
