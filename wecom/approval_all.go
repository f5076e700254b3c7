package wecom

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strconv"
	"time"
)

// MinApprovalSpan is the shortest window, in seconds, that AllApprovalNumbers
// splits a refused one into.
const MinApprovalSpan = 60

// AllApprovalNumbers returns the numbers of all approval forms handed in from
// one instant to another, both included and taken to the second, each number
// once (document 91816). The order is WeCom's within windows that follow one
// another in time.
//
// It asks window by window of at most MaxApprovalSpan, and every window page by
// page. Windows share the second between them, so that nothing is lost whether
// or not a server counts the ends. A window that is refused with
// CodeApprovalWindow is asked for in two halves, and those again, down to
// MinApprovalSpan; below that, and with any other failure, the error comes with
// an empty number and ends the sequence. What came before it stands.
func (c *Client) AllApprovalNumbers(ctx context.Context, from, to time.Time, filters ...ApprovalFilter) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		w := approvalWalk{ctx: ctx, client: c, filters: filters, yield: yield}
		last := to.Unix()
		for start := from.Unix(); ; start += MaxApprovalSpan {
			end := min(start+MaxApprovalSpan, last)
			more, err := w.window(start, end)
			if err != nil {
				yield("", err)
				return
			}
			if !more || end >= last {
				return
			}
			w.before, w.seen = w.seen, nil
		}
	}
}

// approvalWalk is one use of AllApprovalNumbers.
type approvalWalk struct {
	ctx     context.Context
	client  *Client
	filters []ApprovalFilter
	yield   func(string, error) bool
	// seen are the numbers of this window, and before those of the last one: a
	// number comes again at a border, or in the half of a window that was
	// refused after some pages.
	seen, before map[string]bool
}

// window yields the new numbers of a window. It reports whether more are wanted.
func (w *approvalWalk) window(start, end int64) (more bool, err error) {
	more, err = w.pages(start, end)
	half := (end - start) / 2
	if !errors.Is(err, CodeApprovalWindow) || half < MinApprovalSpan {
		return more, err
	}
	if more, err = w.window(start, start+half); err != nil || !more {
		return more, err
	}
	return w.window(start+half, end)
}

// pages is window for one that is not split.
func (w *approvalWalk) pages(start, end int64) (more bool, err error) {
	req := ApprovalInfoRequest{
		StartTime: strconv.FormatInt(start, 10), EndTime: strconv.FormatInt(end, 10), Size: MaxApprovalPage, Filters: w.filters,
	}
	for {
		page, err := w.client.ApprovalNumbers(w.ctx, req)
		if err != nil {
			return false, err
		}
		for _, no := range page.SPNoList {
			if !w.isNew(no) {
				continue
			}
			if !w.yield(no, nil) {
				return false, nil
			}
		}
		switch page.NewNextCursor {
		case "":
			return true, nil
		case req.NewCursor: // it would never end
			return false, &TransportError{Endpoint: approvalInfoPath, Status: http.StatusOK, Reason: "the answer's new_next_cursor is the cursor it was asked with"}
		}
		req.NewCursor = page.NewNextCursor
	}
}

// isNew reports whether a number comes for the first time, and remembers it.
func (w *approvalWalk) isNew(no string) bool {
	if w.seen[no] || w.before[no] {
		return false
	}
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	w.seen[no] = true
	return true
}
