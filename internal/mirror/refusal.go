package mirror

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// Denials are the refusals of a call that say that the app lacks a right which
// other calls need not: no repeat overcomes them.
var Denials = []wecom.Code{wecom.CodeForbiddenAPI, wecom.CodeUnauthorizedAPI, wecom.CodeUnusedAPI, wecom.CodeWrongAgent}

var (
	// formDenials are those of the calls that list forms beside them. Of a single
	// form they say something else.
	formDenials = []wecom.Code{wecom.CodeApprovalForbidden, wecom.CodeApprovalOff}
	// finals are those of every call, until somebody changes something.
	finals = []wecom.Code{
		wecom.CodeInvalidSecret, wecom.CodeIllegalSecret, wecom.CodeMissingSecret, wecom.CodeInvalidCorpID, wecom.CodeMissingCorpID,
		wecom.CodeUntrustedIP, wecom.CodeRevokedAuth,
	}
	// wholesale are refusals that meet the calls of a kind whatever they are about.
	wholesale = slices.Concat(Denials, formDenials, finals, []wecom.Code{
		wecom.CodeBusy, wecom.CodeRateLimit, wecom.CodeConcurrency, wecom.CodeAbnormalTraffic, wecom.CodeInvalidToken, wecom.CodeExpiredToken,
	})
	// tooLong are those of a call that is about too many days.
	tooLong = []wecom.Code{wecom.CodeCheckinSpan, wecom.CodeScheduleParameter}
)

func refusedWith(err error, codes []wecom.Code) bool {
	refused, ok := errors.AsType[*wecom.Error](err)
	return ok && slices.Contains(codes, refused.Code)
}

func isForbidden(err error) bool { return refusedWith(err, Denials) }

// Final reports whether a failure is one that no later run overcomes by itself:
// the server knows no such secret or corporation, or does not trust the address.
// To go on asking has WeCom ban the address.
func Final(err error) bool { return refusedWith(err, finals) }

// denied reports whether the app may not make the calls of a kind.
func denied(kind string, err error) bool {
	return isForbidden(err) || (kind == requests || kind == corrections) && refusedWith(err, formDenials)
}

// concernsOne reports whether a failure is that of one call, so that others of
// its kind may come through: WeCom refused what it was about, or what was told
// cannot be used.
func concernsOne(err error) bool {
	if _, refused := errors.AsType[*wecom.Error](err); refused {
		return !refusedWith(err, wholesale)
	}
	if silent, ok := errors.AsType[*wecom.TransportError](err); ok {
		return silent.Status == 200 // an answer of another shape
	}
	return errors.Is(err, app.ErrBadInput) || errors.Is(err, attendance.ErrUnknownUser)
}

// failures are those of calls among others that came through.
type failures struct {
	mu    sync.Mutex
	first error
	more  int
}

func (f *failures) add(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.first == nil {
		f.first = err
	} else {
		f.more++
	}
}

func (f *failures) err() error {
	if f.more == 0 {
		return f.first
	}
	return fmt.Errorf("%w; and %d more calls failed", f.first, f.more)
}

// ended takes from failures those of lanes that were ended because ctx was, or
// because another one failed.
func ended(ctx context.Context, list []error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(slices.DeleteFunc(list, func(err error) bool { return errors.Is(err, context.Canceled) })...)
}
