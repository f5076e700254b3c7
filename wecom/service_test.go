package wecom_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/wecom"
)

// serviceCall is a call of a provider as it came in.
type serviceCall struct {
	Method, Path string
	Query        url.Values
	Body         string
}

// provider answers the calls of a suite with a token, each with the next text,
// and keeps them.
func provider(t *testing.T, answers ...string) (*wecom.Suite, *wecom.Client, *[]serviceCall) {
	t.Helper()
	var calls []serviceCall
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		if r.URL.Path == suiteTokenPath {
			fmt.Fprint(w, `{"suite_access_token":"suite/1","expires_in":7200}`)
			return
		}
		body, _ := io.ReadAll(r.Body) // what there is
		calls = append(calls, serviceCall{r.Method, r.URL.Path, r.URL.Query(), string(body)})
		fmt.Fprint(w, answers[len(calls)-1])
	}))
	t.Cleanup(h.Close)
	c, err := wecom.New(nil, wecom.WithBaseURL(h.URL), wecom.WithRetry(wecom.Retry{First: time.Nanosecond}))
	must(t, err)
	return wecom.NewSuite("ws1", wecom.NewSecret(secretText), ticketFunc(oneTicket)), c, &calls
}

// The calls and answers of documents 90601, 90602 and 100776.
func TestService(t *testing.T) {
	t.Parallel()
	suite, c, calls := provider(t,
		`{"errcode":0,"errmsg":"ok","pre_auth_code":"Cx_Dk6","expires_in":1200}`,
		`{"errcode":0,"errmsg":"ok"}`,
		`{"errcode":0,"errmsg":"ok"}`,
		`{"errcode":0,"errmsg":"ok","permanent_code":"xxxx","auth_corp_info":{"corpid":"ww1","corp_name":"name"},
		  "auth_user_info":{"userid":"aa","open_userid":"xxxxxx","name":"xxx","avatar":"http://xxx"},
		  "register_code_info":{"register_code":"1111","template_id":"tpl111","state":"state001"},"state":"state001"}`,
		`{"permanent_code":"y","auth_corp_info":{"corpid":"ww2"},"auth_user_info":{}}`,
	)
	code, life, err := suite.PreAuthCode(t.Context(), c)
	if err != nil || code.Reveal() != "Cx_Dk6" || life != 20*time.Minute {
		t.Errorf("%q for %v, %v", code.Reveal(), life, err)
	}
	must(t, suite.SetSession(t.Context(), c, code, wecom.Session{AppID: []int64{1, 2, 3}, AuthType: 1}))
	must(t, suite.SetSession(t.Context(), c, code, wecom.Session{}))
	for _, want := range []wecom.Grant{
		{
			PermanentCode: wecom.NewSecret("xxxx"), Corp: wecom.GrantCorp{CorpID: "ww1", Name: "name"},
			User:     wecom.GrantUser{UserID: "aa", OpenUserID: "xxxxxx", Name: "xxx", Avatar: "http://xxx"},
			Register: wecom.GrantRegister{Code: "1111", TemplateID: "tpl111", State: "state001"}, State: "state001",
		},
		{PermanentCode: wecom.NewSecret("y"), Corp: wecom.GrantCorp{CorpID: "ww2"}},
	} {
		grant, err := suite.PermanentCode(t.Context(), c, wecom.NewSecret("auth_code_value"))
		if diff := cmp.Diff(&want, grant, revealed); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	query := url.Values{"suite_access_token": {"suite/1"}}
	const grantPath, grantBody = "/cgi-bin/service/v2/get_permanent_code", `{"auth_code":"auth_code_value"}`
	const sessionPath = "/cgi-bin/service/set_session_info"
	if diff := cmp.Diff([]serviceCall{
		{http.MethodGet, "/cgi-bin/service/get_pre_auth_code", query, ""},
		{http.MethodPost, sessionPath, query, `{"pre_auth_code":"Cx_Dk6","session_info":{"appid":[1,2,3],"auth_type":1}}`},
		{http.MethodPost, sessionPath, query, `{"pre_auth_code":"Cx_Dk6","session_info":{"auth_type":0}}`},
		{http.MethodPost, grantPath, query, grantBody},
		{http.MethodPost, grantPath, query, grantBody},
	}, *calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// What is refused, or lacks its point, is an error without a code in it. The
// calls but for the one that spends a code are made again.
func TestServiceErrors(t *testing.T) {
	t.Parallel()
	spent := wecom.NewSecret("auth/code")
	calls := map[string]struct {
		call  func(*wecom.Suite, *wecom.Client) error
		sends int // when the server is busy
	}{
		"get_pre_auth_code": {func(s *wecom.Suite, c *wecom.Client) error {
			_, _, err := s.PreAuthCode(t.Context(), c)
			return err
		}, 4},
		"set_session_info": {func(s *wecom.Suite, c *wecom.Client) error {
			return s.SetSession(t.Context(), c, spent, wecom.Session{})
		}, 4},
		"get_permanent_code": {func(s *wecom.Suite, c *wecom.Client) error {
			_, err := s.PermanentCode(t.Context(), c, spent)
			return err
		}, 1},
	}
	for name, tt := range calls {
		quoted := "suite/1"
		if name != "get_pre_auth_code" {
			quoted += " auth/code"
		}
		suite, c, made := provider(t, `{"errcode":40078,"errmsg":"`+quoted+` is spent"}`)
		err := tt.call(suite, c)
		if !errors.Is(err, wecom.CodeInvalidAuthCode) || len(*made) != 1 {
			t.Errorf("%s: %v after %d calls", name, err, len(*made))
		}
		wantNothingOf(t, err, "auth/code", "suite/1", secretText)
		busy := `{"errcode":-1,"errmsg":"system busy"}`
		suite, c, made = provider(t, busy, busy, busy, busy)
		if err := tt.call(suite, c); !errors.Is(err, wecom.CodeBusy) || len(*made) != tt.sends {
			t.Errorf("%s: %v after %d calls, want %d", name, err, len(*made), tt.sends)
		}
		if name == "set_session_info" {
			continue
		}
		suite, c, _ = provider(t, `{"errcode":0,"errmsg":"ok"}`)
		if _, incomplete := errors.AsType[*wecom.TransportError](tt.call(suite, c)); !incomplete {
			t.Errorf("%s: an answer without a code is taken", name)
		}
	}
}

// A permanent code, which is told once, prints as nothing.
func TestGrantKeepsItsCode(t *testing.T) {
	t.Parallel()
	grant := &wecom.Grant{PermanentCode: wecom.NewSecret("permanent/1"), Corp: wecom.GrantCorp{CorpID: "ww1"}}
	text, err := json.Marshal(grant)
	must(t, err)
	wantNothingOf(t, errors.New(fmt.Sprintf("%v %+v %#v ", grant, grant, grant)+string(text)), "permanent/1")
}
