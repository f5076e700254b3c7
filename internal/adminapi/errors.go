package adminapi

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/rig"
	"github.com/dakahq/daka/wecom"
)

var statuses = map[admin.Code]int{
	admin.BadRequest: http.StatusBadRequest, admin.Unauthorized: http.StatusUnauthorized,
	admin.Forbidden: http.StatusForbidden, admin.TestModeOnly: http.StatusForbidden,
	admin.NotFound: http.StatusNotFound, admin.Conflict: http.StatusConflict,
	admin.TooLarge: http.StatusRequestEntityTooLarge, admin.Internal: http.StatusInternalServerError,
}

// codes gives the errors of the use cases their code. What is not here is
// admin.Internal.
var codes = []struct {
	err  error
	code admin.Code
}{
	{app.ErrInvalidToken, admin.Unauthorized},
	{app.ErrExpiredToken, admin.Unauthorized},
	{app.ErrUntrusted, admin.Forbidden},
	{app.ErrLive, admin.TestModeOnly},
	{attendance.ErrUnknownUser, admin.NotFound},
	{attendance.ErrUnknownGroup, admin.NotFound},
	{app.ErrNoSnapshot, admin.NotFound},
	{app.ErrNoForm, admin.NotFound},
	{app.ErrCorpExists, admin.Conflict},
	{app.ErrNumberTaken, admin.Conflict},
	{app.ErrMonthClosed, admin.Conflict},
	{app.ErrMonthOpen, admin.Conflict},
	{app.ErrMonthRunning, admin.Conflict},
	{app.ErrBadInput, admin.BadRequest},
	{app.ErrNoVacation, admin.BadRequest},
	{rig.ErrFault, admin.BadRequest},
	{attendance.ErrUnknownShift, admin.BadRequest},
	{attendance.ErrNotShiftRule, admin.BadRequest},
	{attendance.ErrOutOfScope, admin.BadRequest},
	{attendance.ErrRangeConflict, admin.Conflict},
}

// failureOf returns err as it is answered, without what could be a credential
// in a wrong place. Of an error that is not ours to explain nothing is said.
func failureOf(err error) *admin.Error {
	if failure, ok := errors.AsType[*admin.Error](err); ok {
		return &admin.Error{Code: failure.Code, Message: app.HideSecrets(failure.Message), Field: app.HideSecrets(failure.Field)}
	}
	if _, ok := errors.AsType[*app.RuleError](err); ok {
		return explained(admin.BadRequest, err)
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return explained(c.code, err)
		}
	}
	return &admin.Error{Code: admin.Internal, Message: "the server failed"}
}

// maxText bounds an error's text in bytes: it may quote what was sent.
const maxText = 512

// namedField is how the use cases begin an error that is one field's.
var namedField = regexp.MustCompile(`^(?:invalid value: )?(?:fault )?([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+)*): `)

func explained(code admin.Code, err error) *admin.Error {
	text := app.HideSecrets(err.Error())
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + "…"
	}
	e := &admin.Error{Code: code, Message: text}
	if m := namedField.FindStringSubmatch(text); m != nil && code == admin.BadRequest {
		e.Field = m[1]
	}
	return e
}

// refusals are the reasons for which a correction is not accepted, with the
// codes of punch_correction (document 95803).
var refusals = []struct {
	err  error
	code wecom.Code
}{
	{attendance.ErrCorrectionSlot, wecom.CodeCorrectionDue},
	{attendance.ErrCorrectionWindow, wecom.CodeCorrectionTime},
	{attendance.ErrCorrectionRest, wecom.CodeCorrectionRestDay},
	{attendance.ErrCorrectionFuture, wecom.CodeCorrectionParameter},
}
