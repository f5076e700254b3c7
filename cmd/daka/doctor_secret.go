package main

import (
	"errors"
	"slices"

	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/wecom"
)

// right is whether an app may make a call.
type right uint8

const (
	untold right = iota
	granted
	denied
)

// What a server says of a call that the app may not make, and of one that it
// may but that asks for nobody.
var (
	denials    = append(slices.Clone(mirror.Denials), wecom.CodeRevokedAuth)
	complaints = []wecom.Code{
		wecom.CodeInvalidParameter, wecom.CodeEmptyParameter, wecom.CodeInvalidUserList, wecom.CodeInvalidListParam,
		wecom.CodeCheckinUser, wecom.CodeCheckinUserList, wecom.CodeCheckinSpan, wecom.CodeRequestParameter,
	}
)

// rightOf reads from what a call came to whether the app may make it.
func rightOf(err error) right {
	if err == nil {
		return granted
	}
	refused, ok := errors.AsType[*wecom.Error](err)
	switch {
	case ok && slices.Contains(denials, refused.Code):
		return denied
	case ok && slices.Contains(complaints, refused.Code):
		return granted
	}
	return untold
}

// keyKind is the kind of app that a secret belongs to.
type keyKind uint8

const (
	unknownKey keyKind = iota
	selfBuiltKey
	providerKey
	suiteKey
	contactKey
	strangerKey
)

// appKind tells the kinds of apps apart by what they may call: all rules no
// third-party app, devices no provider-developed one, list_id contact sync
// alone.
func appKind(rules, records, devices, list error) keyKind {
	switch {
	case rightOf(list) == granted:
		return contactKey
	case rightOf(rules) == granted && rightOf(devices) == granted:
		return selfBuiltKey
	case rightOf(rules) == granted && rightOf(devices) == denied:
		return providerKey
	case rightOf(rules) == denied && rightOf(records) == granted:
		return suiteKey
	case rightOf(rules) == denied && rightOf(records) == denied:
		return strangerKey
	}
	return unknownKey
}

// secret tells whose secret it is.
func (x *examination) secret(kind keyKind) {
	switch kind {
	case selfBuiltKey:
		x.ok("secret", x.say("it is a self-built app's with check-in, or, of before December 2023, the 打卡 app's own"))
	case providerKey:
		x.ok("secret", x.say("it is a provider-developed app's with the permission 打卡"))
	case suiteKey:
		x.ok("secret", x.say("it is a third-party app's with the permission 打卡"))
	case contactKey:
		x.ok("secret", x.say("it is contact sync's (通讯录同步)"))
	case strangerKey:
		x.note("secret", isWarning, x.say("it is an app's that has nothing to do with check-in"),
			x.say("take the secret of the app that is listed at 「打卡 - 可调用接口的应用」; on a daka, that of its check-in app"))
	default:
		x.skip("secret", x.say("it is good; whose it is cannot be told now"))
	}
}

// advise says what to do about a refusal.
func (x *examination) advise(e *wecom.Error) string {
	switch e.Code {
	case wecom.CodeInvalidSecret, wecom.CodeIllegalSecret, wecom.CodeMissingSecret:
		return x.say("copy the app's secret anew, see that it is this corporation's and that the app is enabled; after too many wrong ones the address is banned for an hour")
	case wecom.CodeInvalidCorpID, wecom.CodeMissingCorpID:
		return x.say("copy the corporation's id (企业ID) from 我的企业 in the admin console")
	case wecom.CodeUntrustedIP:
		if e.FromIP != "" {
			return x.say("add %s to the app's trusted addresses (企业可信IP) in the admin console, and wait a minute", e.FromIP)
		}
		return x.say("add this machine's public address to the app's trusted addresses (企业可信IP) in the admin console, and wait a minute")
	case wecom.CodeForbiddenAPI, wecom.CodeUnauthorizedAPI, wecom.CodeWrongAgent:
		return x.say("list the app at 「打卡 - 可调用接口的应用」 in the admin console; a provider's app needs the permission 打卡, confirmed by the corporation")
	case wecom.CodeUnusedAPI:
		return x.say("the right was withdrawn because it was not used: grant it again in the admin console")
	case wecom.CodeRateLimit, wecom.CodeConcurrency, wecom.CodeAbnormalTraffic:
		return x.say("wait a minute, an hour after wrong secrets, and see who else calls for this corporation")
	case wecom.CodeNoPrivilege, wecom.CodeUserNotVisible:
		return x.say("widen its visible range in the admin console")
	case wecom.CodeAppDisabled:
		return x.say("enable the app in the admin console")
	case wecom.CodeBusy:
		return x.say("try again in a minute")
	}
	return x.say("look the code up in document 90313 of WeCom")
}
