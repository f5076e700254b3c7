package qyapi

import (
	"strings"
	"unicode/utf8"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// getToken answers gettoken (document 91039). A missing secret is reported
// before a missing corpid, as the live service does.
func getToken(x *exchange) (wecom.Answer, error) {
	answer := &wecom.TokenResponse{}
	query := x.r.URL.Query()
	corp, secret := query.Get("corpid"), query.Get("corpsecret")
	switch {
	case secret == "":
		return answer, wecom.CodeMissingSecret
	case corp == "":
		return answer, wecom.CodeMissingCorpID
	case !storable(corp):
		return answer, wecom.CodeInvalidCorpID
	}
	token, life, err := x.api.app.TokenFrom(x.r.Context(), x.from(), attendance.CorpID(corp), app.Secret(secret))
	if err != nil {
		return answer, err
	}
	if err := x.enter(attendance.CorpID(corp)); err != nil {
		return answer, err
	}
	answer.AccessToken, answer.ExpiresIn = token.Reveal(), max(life, 1)
	return answer, nil
}

// storable reports whether every database takes s as a text.
func storable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }
