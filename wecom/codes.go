package wecom

// The codes that a caller of any WeCom interface meets (document 90313).
const (
	CodeBusy Code = -1 // the system is busy: try again, three times at most
	CodeOK   Code = 0

	CodeInvalidSecret       Code = 40001 // secret wrong for this corp, or the app is disabled
	CodeInvalidUserID       Code = 40003 // also: GET where POST is due
	CodeInvalidMediaType    Code = 40004
	CodeInvalidTypeParam    Code = 40005
	CodeInvalidFileSize     Code = 40006
	CodeInvalidMediaID      Code = 40007 // also: older than three days
	CodeInvalidCorpID       Code = 40013
	CodeInvalidToken        Code = 40014 // access_token unknown, revoked, malformed or of the wrong kind
	CodeInvalidUserList     Code = 40031
	CodeInvalidListParam    Code = 40035
	CodeInvalidAgentID      Code = 40056
	CodeInvalidCallbackURL  Code = 40057
	CodeInvalidParameter    Code = 40058 // bad JSON, value or array too long, required value empty, GET used
	CodeEmptyParameter      Code = 40063
	CodeInvalidPartyList    Code = 40066
	CodeInvalidTagID        Code = 40068
	CodeInvalidPreAuthCode  Code = 40077
	CodeInvalidAuthCode     Code = 40078 // it can be used once
	CodeInvalidSuiteSecret  Code = 40080
	CodeInvalidSuiteToken   Code = 40082
	CodeInvalidSuiteID      Code = 40083
	CodeInvalidPermanent    Code = 40084 // permanent_code
	CodeInvalidSuiteTicket  Code = 40085
	CodeInvalidSuiteApp     Code = 40086
	CodeIllegalSecret       Code = 40091 // perhaps another corp's
	CodeInvalidDeviceToken  Code = 40106
	CodeInvalidMediaRange   Code = 40146 // ranges of encrypted media are multiples of 16 bytes
	CodeMissingToken        Code = 41001
	CodeMissingCorpID       Code = 41002
	CodeMissingSecret       Code = 41004
	CodeMissingMediaID      Code = 41006
	CodeMissingUserID       Code = 41009
	CodeMissingSuiteID      Code = 41021
	CodeMissingSuiteToken   Code = 41022
	CodeMissingSuiteTicket  Code = 41023
	CodeMissingSuiteSecret  Code = 41024
	CodeMissingPermanent    Code = 41025 // permanent_code
	CodeExpiredToken        Code = 42001
	CodeExpiredPreAuthCode  Code = 42007
	CodeExpiredSuiteToken   Code = 42009
	CodeExpiredDeviceToken  Code = 42021
	CodeEmptyMedia          Code = 44001
	CodeMediaTooLarge       Code = 45001
	CodeRateLimit           Code = 45009 // wait 60 s; also many wrong secrets, and debug=1 over 5 a minute
	CodeAnswerTooLarge      Code = 45029
	CodeConcurrency         Code = 45033
	CodeDataConflict        Code = 45035
	CodeAbnormalTraffic     Code = 45036
	CodeNoSuchUser          Code = 46004
	CodeUnauthorizedAPI     Code = 48001
	CodeForbiddenAPI        Code = 48002 // app not configured for check-in, or permission not granted
	CodeInvalidSuite        Code = 48003 // token not made by this suite
	CodeRevokedAuth         Code = 48004
	CodeRetiredAPI          Code = 48005
	CodeUnusedAPI           Code = 48006 // right withdrawn because the app was unused
	CodeNewContactsIP       Code = 48009
	CodeTLSVersion          Code = 48010
	CodeRedirectDomain      Code = 50001
	CodeUserOutOfScope      Code = 50002
	CodeAppDisabled         Code = 50003
	CodeNoSuchDepartment    Code = 60003
	CodeNoPrivilege         Code = 60011 // on a member, department or tag
	CodeUntrustedIP         Code = 60020
	CodeUserNotVisible      Code = 60021
	CodeUserNotFound        Code = 60111 // includes members outside the visible range
	CodeInvalidDepartment   Code = 60123
	CodeWrongAgent          Code = 301002 // the token has no right on that app
	CodeCorpUnavailable     Code = 301007
	CodeRequestParameter    Code = 301039
	CodeAccountNotActivated Code = 701008 // interconnection licence
	CodeNoLicence           Code = 701099 // interface licence
	CodeMediaPieceTooLarge  Code = 830002
)

// The codes of check-in, beside the general ones.
const (
	CodeCheckinUser          Code = 301021 // a userid is not in the contacts; K5, face: parameter error
	CodeCheckinSystem        Code = 301022 // reading failed on the server's side: try again
	CodeCheckinUserList      Code = 301023 // 1 to 100 userids
	CodeCheckinSpan          Code = 301024 // both times above 0, end after start, less than a month
	CodeFaceNoMember         Code = 301069
	CodeCheckinRetry         Code = 301070 // system error: try again later
	CodeFaceSimilar          Code = 301071 // someone has a similar face; it was stored nevertheless
	CodeFaceImage            Code = 301072
	CodeSchedulePast         Code = 301073 // only days to come can be scheduled
	CodeScheduleParameter    Code = 301075
	CodeApprovalClash        Code = 301079
	CodeCorrectionDue        Code = 301080 // due time is no punch point
	CodeCorrectionTime       Code = 301081 // punch outside the time allowed
	CodeCorrectionRestDay    Code = 301082
	CodeCorrectionParameter  Code = 301083 // for example a time in the future
	CodeRuleGroupID          Code = 301089
	CodeRuleRange            Code = 301090 // ids outside the app's visible range
	CodeRuleConflict         Code = 301091 // a member is in another rule
	CodeRuleForeign          Code = 301092 // made by another app
	CodeRuleInvalid          Code = 301093
	CodeRuleForbidden        Code = 301094 // a member that may not be sent
	CodeRuleTooMany          Code = 301095
	CodeRuleConcurrent       Code = 301096 // another rule is being made: try again
	CodeRulePlaces           Code = 301097 // wifi and location both empty
	CodeCorrectionLate       Code = 301099 // this kind of correction is not allowed: late,
	CodeCorrectionEarly      Code = 301101 // early,
	CodeCorrectionMissing    Code = 301102 // missing,
	CodeCorrectionOther      Code = 301103 // other,
	CodeCorrectionLateOther  Code = 301104 // late and other,
	CodeCorrectionEarlyOther Code = 301105 // early and other
	CodeCorrectionApproval   Code = 301113 // the punch is under approval
)

// The codes of approval forms and kinds of leave, beside the general ones.
const (
	CodeApprovalParameter Code = 301025
	CodeApprovalSystem    Code = 301026 // reading failed on the server's side: try again
	CodeApprovalForbidden Code = 301055 // the app may not read forms, or not this one: its applicant is out of the app's visible range
	CodeApprovalOff       Code = 301056 // the corporation does not use the approval app
	CodeVacationForbidden Code = 301062 // the app may not read kinds of leave
	CodeVacationParameter Code = 301063
	CodeVacationSystem    Code = 301064
	CodeApprovalWindow    Code = 301112 // too many forms: ask for a narrower window
)
