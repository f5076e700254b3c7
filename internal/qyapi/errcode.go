package qyapi

import (
	"errors"
	"strings"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// codes gives the errors of the use cases their errcode (document 90313 and
// the pages of the calls). What is not here is CodeBusy.
var codes = []struct {
	err  error
	code wecom.Code
}{
	{attendance.ErrUnknownUser, wecom.CodeCheckinUser},
	{attendance.ErrUnknownGroup, wecom.CodeRuleGroupID},
	{attendance.ErrNotShiftRule, wecom.CodeRuleGroupID},
	{attendance.ErrUnknownShift, wecom.CodeScheduleParameter},
	{attendance.ErrPastSchedule, wecom.CodeSchedulePast},
	{attendance.ErrForeignRule, wecom.CodeRuleForeign},
	{attendance.ErrRangeConflict, wecom.CodeRuleConflict},
	{attendance.ErrOutOfScope, wecom.CodeRuleRange},
	{attendance.ErrCorrectionSlot, wecom.CodeCorrectionDue},
	{attendance.ErrCorrectionWindow, wecom.CodeCorrectionTime},
	{attendance.ErrCorrectionRest, wecom.CodeCorrectionRestDay},
	{attendance.ErrCorrectionFuture, wecom.CodeCorrectionParameter},
	{attendance.ErrCorrectionsOff, wecom.CodeCorrectionParameter},
	{attendance.ErrCorrectionsSpent, wecom.CodeCorrectionParameter},
	{attendance.ErrCorrectionTooLate, wecom.CodeCorrectionParameter},
	{attendance.ErrClosedMissing, wecom.CodeCorrectionMissing},
	{attendance.ErrClosedLate, wecom.CodeCorrectionLate},
	{attendance.ErrClosedEarly, wecom.CodeCorrectionEarly},
	{attendance.ErrClosedOther, wecom.CodeCorrectionOther},
	{attendance.ErrClosedLateOther, wecom.CodeCorrectionLateOther},
	{attendance.ErrClosedEarlyOther, wecom.CodeCorrectionEarlyOther},
	{app.ErrUnknownCorp, wecom.CodeInvalidCorpID},
	{app.ErrWrongSecret, wecom.CodeInvalidSecret},
	{app.ErrInvalidToken, wecom.CodeInvalidToken},
	{app.ErrExpiredToken, wecom.CodeExpiredToken},
	{app.ErrBadInput, wecom.CodeInvalidParameter},
	{app.ErrUntrusted, wecom.CodeUntrustedIP},
	{app.ErrBanned, wecom.CodeRateLimit},
	{app.ErrSuite, wecom.CodeInvalidSuiteID},
	{app.ErrSuiteSecret, wecom.CodeInvalidSuiteSecret},
	{app.ErrSuiteTicket, wecom.CodeInvalidSuiteTicket},
	{app.ErrSuiteToken, wecom.CodeInvalidSuiteToken},
	{app.ErrExpiredSuiteToken, wecom.CodeExpiredSuiteToken},
	{app.ErrPreAuthCode, wecom.CodeInvalidPreAuthCode},
	{app.ErrExpiredPreAuth, wecom.CodeExpiredPreAuthCode},
	{app.ErrAuthCode, wecom.CodeInvalidAuthCode},
	{app.ErrPermanentCode, wecom.CodeInvalidPermanent},
	{app.ErrOtherSuite, wecom.CodeInvalidSuite},
	{app.ErrCancelled, wecom.CodeRevokedAuth},
	{app.ErrUseGetToken, wecom.CodeForbiddenAPI},
	{app.ErrNoPlace, wecom.CodeRulePlaces},
	{app.ErrFaceImage, wecom.CodeFaceImage},
	{app.ErrFaceSimilar, wecom.CodeFaceSimilar},
	{app.ErrUnknownDept, wecom.CodeNoSuchDepartment},
	{app.ErrDeptPlace, wecom.CodeInvalidDepartment},
	{app.ErrMediaType, wecom.CodeInvalidTypeParam},
	{app.ErrMediaContent, wecom.CodeInvalidMediaType},
	{app.ErrMediaEmpty, wecom.CodeEmptyMedia},
	{app.ErrMediaShort, wecom.CodeInvalidFileSize},
	{app.ErrMediaLarge, wecom.CodeMediaTooLarge},
	{app.ErrNoMedia, wecom.CodeInvalidMediaID},
	{app.ErrNoForm, wecom.CodeInvalidParameter},
}

// bare lists the codes whose text says all: credentials are not talked about.
var bare = map[wecom.Code]bool{
	wecom.CodeInvalidCorpID: true, wecom.CodeInvalidSecret: true,
	wecom.CodeInvalidToken: true, wecom.CodeExpiredToken: true, wecom.CodeUntrustedIP: true, wecom.CodeRateLimit: true,
	wecom.CodeInvalidSuiteID: true, wecom.CodeInvalidSuiteSecret: true, wecom.CodeInvalidSuiteTicket: true,
	wecom.CodeInvalidSuiteToken: true, wecom.CodeExpiredSuiteToken: true, wecom.CodeInvalidPreAuthCode: true,
	wecom.CodeExpiredPreAuthCode: true, wecom.CodeInvalidAuthCode: true, wecom.CodeInvalidPermanent: true,
	wecom.CodeInvalidSuite: true, wecom.CodeRevokedAuth: true,
}

// failureOf returns err as WeCom would report it. An error that is not ours
// to explain becomes -1 without a word of it.
func failureOf(err error) *wecom.Error {
	if failure, ok := errors.AsType[*wecom.Error](err); ok {
		return &wecom.Error{Code: failure.Code, Msg: clip(failure.Msg)}
	}
	if code, ok := errors.AsType[wecom.Code](err); ok {
		return &wecom.Error{Code: code}
	}
	if _, ok := errors.AsType[*app.RuleError](err); ok {
		return explained(wecom.CodeRuleInvalid, err)
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return explained(c.code, err)
		}
	}
	return &wecom.Error{Code: wecom.CodeBusy}
}

func explained(code wecom.Code, err error) *wecom.Error {
	if bare[code] {
		return &wecom.Error{Code: code}
	}
	return &wecom.Error{Code: code, Msg: clip(code.Text() + ": " + err.Error())}
}

// maxText bounds an error's text in bytes: it may quote what was sent.
const maxText = 512

// clip returns a text as it may be answered: not too long, and without what
// could be a credential in a wrong place.
func clip(s string) string {
	s = app.HideSecrets(s)
	if len(s) > maxText {
		return strings.ToValidUTF8(s[:maxText], "") + "…"
	}
	return s
}
