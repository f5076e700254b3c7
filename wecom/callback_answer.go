package wecom

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// callbackAnswer is what is answered, with status 200.
type callbackAnswer struct {
	contentType string // "" where the body is empty
	body        []byte
}

const plainText = "text/plain; charset=utf-8"

// xmlReply is an encrypted reply in XML (document 90968).
type xmlReply struct {
	XMLName      xml.Name `xml:"xml"`
	Encrypt      cdata    `xml:"Encrypt"`
	MsgSignature cdata    `xml:"MsgSignature"`
	TimeStamp    int64    `xml:"TimeStamp"`
	Nonce        cdata    `xml:"Nonce"`
}

// jsonReply is one in JSON (document 101033).
type jsonReply struct {
	Encrypt      string `json:"encrypt"`
	MsgSignature string `json:"msgsignature"`
	TimeStamp    int64  `json:"timestamp"`
	Nonce        string `json:"nonce"`
}

// sealedAnswer encrypts a reply to a call, whose nonce goes back with it.
func sealedAnswer(c *Crypter, reply []byte, inJSON bool, now time.Time, nonce string) (callbackAnswer, error) {
	query, envelope := c.Seal(reply, strconv.FormatInt(now.Unix(), 10), nonce)
	contentType, encode := "application/xml; charset=utf-8", xml.Marshal
	var v any = xmlReply{
		Encrypt: cdata{envelope.Encrypt}, MsgSignature: cdata{query.Signature}, TimeStamp: now.Unix(), Nonce: cdata{nonce},
	}
	if inJSON {
		contentType, encode = "application/json; charset=utf-8", json.Marshal
		v = jsonReply{envelope.Encrypt, query.Signature, now.Unix(), nonce}
	}
	body, err := encode(v)
	if err != nil {
		return callbackAnswer{}, callbackFailure{fmt.Errorf("callback: write the reply: %w", err)}
	}
	return callbackAnswer{contentType, body}, nil
}

// callbackFailure is an event that could not be handled.
type callbackFailure struct{ error }

func (e callbackFailure) Unwrap() error { return e.error }

var (
	errCallbackMethod = errors.New("callback: the method is neither GET nor POST")
	errCallbackEcho   = errors.New("callback: the echostr is empty, or an event that somebody has recorded")
	errCallbackBusy   = errors.New("callback: the call came again while it was still being handled")
)

// callbackStatus is the HTTP status of a call that is refused or failed.
func callbackStatus(err error) int {
	if _, failure := errors.AsType[callbackFailure](err); failure {
		return http.StatusInternalServerError
	}
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return http.StatusRequestEntityTooLarge
	}
	switch {
	case errors.Is(err, ErrCallbackSignature), errors.Is(err, ErrCallbackTime):
		return http.StatusForbidden
	case errors.Is(err, errCallbackMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, errCallbackBusy):
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}
