package qyapi_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// goldenExempt are the examples that nothing here can prove, and why.
var goldenExempt = map[string]string{
	"error.301002.getcheckindata.response": "another app's token is answered with 48002, as seen later (section 3)",
	"callback.device_checkin_data_report":  notServed,
}

// goldenErrors are the examples of refusals and the calls that are refused so.
var goldenErrors = []struct {
	file string
	call func(*golden) []byte
}{
	{"error.40013.response", func(g *golden) []byte {
		return g.refusal("gettoken", url.Values{"corpid": {"ww-nobody"}, "corpsecret": {"x"}}, "")
	}},
	{"error.40014.response", func(g *golden) []byte {
		return g.refusal("department/simplelist", url.Values{"access_token": {"x"}}, "")
	}},
	{"error.41001.response", func(g *golden) []byte { return g.refusal("user/list_id", nil, "{}") }},
	{"error.41001.response.v2", func(g *golden) []byte { return g.refusal("user/get", url.Values{"userid": {"alice"}}, "") }},
	{"error.41004.response", func(g *golden) []byte { return g.refusal("gettoken", nil, "") }},
	{"error.42001.response", func(g *golden) []byte {
		other := g.elsewhere()
		token := other.fixture.token(app.CheckinApp)
		other.clock.Add(7200)
		return other.refusal("get_api_domain_ip", url.Values{"access_token": {token}}, "")
	}},
	{"error.48002.getcheckindata.response", func(g *golden) []byte {
		return g.refusal("checkin/getcheckindata", url.Values{"access_token": {g.fixture.token(app.ContactApp)}}, "{}")
	}},
	{"error.301023.getcheckindata.response", func(g *golden) []byte {
		body := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":%s}`, stamp(5, 0, 0), stamp(6, 0, 0), users(101))
		return g.refusal("checkin/getcheckindata", url.Values{"access_token": {g.fixture.token(app.CheckinApp)}}, body)
	}},
}

// refusal makes a call that is refused, by GET where it has no body.
func (g *golden) refusal(path string, query url.Values, body string) []byte {
	g.t.Helper()
	method := http.MethodPost
	if body == "" {
		method = http.MethodGet
	}
	_, answer := g.do(method, "/cgi-bin/"+path, query, strings.NewReader(body))
	return answer
}

// refusalText is the form of section 1.2.
var refusalText = regexp.MustCompile(`^(.+), hint: \[[^\]]+\], from ip: [0-9a-f.:]+, more info at https://open\.work\.weixin\.qq\.com/devtool/query\?e=(\d+)$`)

// checkErrors makes the calls that are refused: the members of an example and no
// others, its errcode, its text, which may go on with what is wrong, and arrays
// that are empty. An example whose text has no suffix was seen without it
// (section 1.2).
func (g *golden) checkErrors(dir string) {
	g.t.Helper()
	for _, row := range goldenErrors {
		documented := example(g.t, dir, row.file)
		answer := row.call(g)
		if diff := cmp.Diff(shapeOf(g.t, documented), shapeOf(g.t, answer)); diff != "" {
			g.t.Errorf("%s (-want +got):\n%s", row.file, diff)
		}
		want, got := object(g.t, documented), object(g.t, answer)
		text, _, _ := strings.Cut(fmt.Sprint(want["errmsg"]), ", hint: ")
		form := refusalText.FindStringSubmatch(fmt.Sprint(got["errmsg"]))
		if form == nil || form[1] != text && !strings.HasPrefix(form[1], text+": ") || form[2] != fmt.Sprint(want["errcode"]) || got["errcode"] != want["errcode"] {
			g.t.Errorf("%s: %v %v, want %v %q", row.file, got["errcode"], got["errmsg"], want["errcode"], text)
		}
		for name, value := range got {
			if list, ok := value.([]any); ok && len(list) > 0 {
				g.t.Errorf("%s: %s is not empty: %v", row.file, name, list)
			}
		}
	}
}

// goldenCallbacks are the examples of what a provider is sent, and what has it
// sent.
var goldenCallbacks = map[string]func(*golden, map[string]any){
	"callback.suite_ticket": func(g *golden, example map[string]any) {
		g.clock.Add(600) // when the next ticket is due
		must(g.t, g.pusher.PushTickets(g.t.Context()))
		g.checkPushed(example)
	},
	"callback.create_auth": func(g *golden, example map[string]any) {
		event, err := g.app.AuthorizeSuite(g.t.Context(), g.corp.ID, g.suite.ID, app.Authorization{State: "x"})
		must(g.t, err)
		must(g.t, g.pusher.Push(g.t.Context(), event))
		g.checkPushed(example)
	},
	"callback.crypto_vector": func(g *golden, example map[string]any) {
		part := func(name string) string { return example[name].(string) }
		crypter, err := wecom.NewCrypter(wecom.NewSecret(part("token")), wecom.NewSecret(part("encoding_aes_key")), part("receiveid"))
		must(g.t, err)
		message, err := crypter.Open(wecom.CallbackQuery{Signature: part("msg_signature"), Timestamp: part("timestamp"), Nonce: part("nonce")},
			[]byte("<xml><Encrypt>"+part("msg_encrypt")+"</Encrypt></xml>"))
		if err != nil || elements(g, string(message))["ToUserName"] != part("receiveid") {
			g.t.Errorf("the crypto vector: %q, %v", message, err)
		}
	},
}

func (g *golden) checkCallbacks(dir string) {
	g.t.Helper()
	for file, check := range goldenCallbacks {
		check(g, object(g.t, example(g.t, dir, file)))
	}
}

// checkPushed compares what was pushed last with an example: the same elements,
// and the same InfoType.
func (g *golden) checkPushed(example map[string]any) {
	g.t.Helper()
	var names []string
	want := elements(g, example["xml"].(string))
	for name := range want {
		names = append(names, name)
	}
	if got := g.last(names...); got["InfoType"] != want["InfoType"] {
		g.t.Errorf("pushed %s, want %s", got["InfoType"], want["InfoType"])
	}
}

// elements returns the text of the elements in an XML message, by name.
func elements(g *golden, message string) map[string]string {
	g.t.Helper()
	found := map[string]string{}
	dec := xml.NewDecoder(strings.NewReader(message))
	name := ""
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return found
		}
		must(g.t, err)
		switch token := token.(type) {
		case xml.StartElement:
			if name = token.Name.Local; name != "xml" {
				found[name] = ""
			}
		case xml.CharData:
			if _, is := found[name]; is {
				found[name] += string(bytes.TrimSpace(token))
			}
		}
	}
}
