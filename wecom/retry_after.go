package wecom

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// retryAfter returns how long an answer says to wait before the next try, in its
// header Retry-After: seconds, or a date, which is held against the answer's own
// if it has one. It is 0 for any other answer than 429 and 503, and where the
// header is neither.
func retryAfter(resp *http.Response, now time.Time) time.Duration {
	if resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode != http.StatusServiceUnavailable {
		return 0
	}
	text := resp.Header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if sent, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		now = sent
	}
	return max(at.Sub(now), 0)
}
