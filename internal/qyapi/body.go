package qyapi

import (
	"bytes"
	"io"
	"net/http"

	"github.com/dakahq/daka/wecom"
)

// Limits of bodies, in bytes.
const (
	maxBody     = 2 << 20
	maxFaceBody = 4 << 20 // addcheckinuserface carries an image in base64
)

// body reads what came with the call. Without a POST there is nothing to read
// (document 90313, at 40058). A body that is too large is refused unread where
// its length is known, and else as soon as it shows; either way the connection
// is closed, so that the rest is never taken in.
func (x *exchange) body() ([]byte, error) {
	if x.r.Method != http.MethodPost {
		return []byte("{}"), nil
	}
	var text bytes.Buffer
	size := x.r.ContentLength
	if size <= x.limit {
		n, err := text.ReadFrom(io.LimitReader(x.r.Body, x.limit+1))
		if err != nil {
			x.closing = true
			return nil, wecom.Errorf(wecom.CodeInvalidParameter, "body broke off after %d bytes. invalid Request Parameter", n)
		}
		size = n
	}
	if size > x.limit {
		x.closing = true
		return nil, wecom.Errorf(wecom.CodeInvalidParameter, "body exceed max length %d. invalid Request Parameter", x.limit)
	}
	return text.Bytes(), nil
}
