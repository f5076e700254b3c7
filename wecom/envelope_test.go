package wecom_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/wecom"
)

func TestEnvelopeErr(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, errmsg string
		want         wecom.Error
	}{
		{
			"sample of document 91116",
			"access_token expired, hint: [1576065934_28_e0fae07666aa64636023c1fa7e8f49a4], from ip: 9.30.0.138, more info at https://open.work.weixin.qq.com/devtool/query?e=42001",
			wecom.Error{Msg: "access_token expired", Hint: "1576065934_28_e0fae07666aa64636023c1fa7e8f49a4", FromIP: "9.30.0.138"},
		},
		{
			"without address",
			"access_token expired, hint: [12], more info at https://open.work.weixin.qq.com/devtool/query?e=42001",
			wecom.Error{Msg: "access_token expired", Hint: "12"},
		},
		{"bare text", "access_token expired", wecom.Error{Msg: "access_token expired"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.want.Code, tt.want.Endpoint = wecom.CodeExpiredToken, "/x"
			err := wecom.Envelope{ErrCode: 42001, ErrMsg: tt.errmsg}.Err("/x")
			var got *wecom.Error
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Error(diff)
			}
			if back := got.Envelope(); back.ErrMsg != tt.errmsg || back.ErrCode != 42001 {
				t.Errorf("written again: %+v", back)
			}
		})
	}
	if err := (wecom.Envelope{ErrMsg: "anything"}).Err("/x"); err != nil {
		t.Errorf("errcode 0: %v", err)
	}
}

func TestErrorIs(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("reading: %w", wecom.Errorf(wecom.CodeCheckinSpan, "too long"))
	if !errors.Is(err, wecom.CodeCheckinSpan) || errors.Is(err, wecom.CodeCheckinUserList) {
		t.Errorf("%v is told from others wrongly", err)
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"/a: 48002 api forbidden (hint 7)": &wecom.Error{Code: 48002, Endpoint: "/a", Hint: "7"},
		"301024 too long":                  wecom.Errorf(wecom.CodeCheckinSpan, "too %s", "long"),
		"12345 unknown error":              wecom.Code(12345),
		"/a: HTTP status 502: no":          &wecom.TransportError{Endpoint: "/a", Status: 502, Reason: "no"},
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
	}
}

func TestSetError(t *testing.T) {
	t.Parallel()
	var answer wecom.UserIDsResponse
	wecom.SetError(&answer, wecom.Errorf(wecom.CodeMissingToken, "access_token missing"))
	text, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	// As seen live: the arrays of a failed call stay, its scalars do not.
	if want := `{"errcode":41001,"errmsg":"access_token missing","dept_user":[]}`; string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
	wecom.SetOK(&answer)
	if answer.Envelope != (wecom.Envelope{ErrMsg: "ok"}) {
		t.Errorf("got %+v", answer.Envelope)
	}
}
