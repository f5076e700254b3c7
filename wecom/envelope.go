package wecom

import (
	"fmt"
	"strings"
)

// Envelope is what every answer of WeCom carries at its top level. The zero
// value, written as errcode 0, means success.
type Envelope struct {
	ErrCode int64  `json:"errcode"`
	ErrMsg  string `json:"errmsg"`
}

// Answer is implemented by pointers to structs that embed Envelope, and by
// nothing else.
type Answer interface{ envelope() *Envelope }

func (e *Envelope) envelope() *Envelope { return e }

// OK returns the envelope of a success.
func OK() Envelope { return Envelope{ErrMsg: "ok"} }

// SetError makes answer the error answer for err, leaving its other members
// alone: WeCom keeps the arrays of a failed call, empty, beside the code.
func SetError(answer Answer, err *Error) { *answer.envelope() = err.Envelope() }

// SetOK marks answer as a success.
func SetOK(answer Answer) { *answer.envelope() = OK() }

const moreInfo = "more info at https://open.work.weixin.qq.com/devtool/query?e="

// Envelope returns e as it travels. The errmsg ends in hint, caller and link
// as WeCom's do; without a Hint it is the bare text.
func (e *Error) Envelope() Envelope {
	text := e.Msg
	if text == "" {
		text = e.Code.Text()
	}
	if e.Hint != "" {
		text += ", hint: [" + e.Hint + "]"
		if e.FromIP != "" {
			text += ", from ip: " + e.FromIP
		}
		text += fmt.Sprintf(", %s%d", moreInfo, int64(e.Code))
	}
	return Envelope{ErrCode: int64(e.Code), ErrMsg: text}
}

// Err returns the failure that an answer of endpoint reports, taking its
// errmsg apart, or nil: an errcode of 0, or none at all, is a success.
func (e Envelope) Err(endpoint string) error {
	if e.ErrCode == 0 {
		return nil
	}
	err := &Error{Code: Code(e.ErrCode), Msg: e.ErrMsg, Endpoint: endpoint}
	text, rest, found := strings.Cut(e.ErrMsg, ", hint: [")
	if !found {
		return err
	}
	hint, rest, found := strings.Cut(rest, "]")
	if !found {
		return err
	}
	err.Msg, err.Hint = text, hint
	if _, ip, found := strings.Cut(rest, ", from ip: "); found {
		err.FromIP, _, _ = strings.Cut(ip, ",")
	}
	return err
}
