package server

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/admin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// texts returns the members of a JSON object that are texts.
func texts(t *testing.T, body string) map[string]string {
	t.Helper()
	var raw map[string]json.RawMessage
	if err := json.Unmarshal([]byte(body), &raw); err != nil {
		t.Fatalf("no object: %v", err) // not quoted: it may be the one that hands out
	}
	out := map[string]string{}
	for name, value := range raw {
		var text string
		if json.Unmarshal(value, &text) == nil {
			out[name] = text
		}
	}
	return out
}

// credentials plants one of each kind, through the calls that hand them out
// where there is one.
func (c *canaries) credentials() {
	t := c.t
	t.Helper()
	ctx := t.Context()
	c.secret["face"] = strings.Repeat("Canary-of-a-face.", 3)
	c.secret["wrong secret"] = "wrongSecretCanary_" + app.NewKey().Reveal()
	c.secret["wrong token"] = "wrongTokenCanary_" + app.NewKey().Reveal()
	corp, err := c.server.CreateTestCorp(ctx, "ww1", "")
	must(t, err)
	c.secret["admin's secret"], c.secret["check-in app's secret"] = corp.Admin.Secret.Reveal(), corp.Checkin.Secret.Reveal()
	c.secret["contact app's secret"] = corp.Contact.Secret.Reveal()
	c.admin = c.gettoken(corp.Admin.Secret.Reveal())
	c.token = c.gettoken(corp.Checkin.Secret.Reveal())
	contact := c.gettoken(corp.Contact.Secret.Reveal())
	for _, r := range [][2]string{
		{"department/create", `{"name":"研发","parentid":1,"id":2}`}, {"user/create", `{"userid":"alice","name":"爱丽丝","department":[2]}`},
	} {
		c.good(asked{http.MethodPost, "/cgi-bin/" + r[0], "access_token=" + contact, "", r[1]})
	}
	c.suites()
	secret, err := c.server.App().MakeProvider(ctx, "ww1")
	must(t, err)
	c.secret["provider's secret"] = secret.Reveal()
	c.fetch(asked{method: http.MethodPost, path: "/cgi-bin/service/get_provider_token", body: `{"corpid":"ww1","provider_secret":"` + secret.Reveal() + `"}`}, "provider_access_token")
}

// good is ask for a call that must succeed.
func (c *canaries) good(r asked) string {
	c.t.Helper()
	status, body := c.ask(r)
	if status != http.StatusOK || strings.HasPrefix(r.path, "/cgi-bin/") && !strings.Contains(body, `"errcode":0,`) {
		c.t.Fatalf("%s %s: %d %.200s", r.method, r.path, status, body)
	}
	return body
}

func (c *canaries) gettoken(secret string) string {
	c.t.Helper()
	query := url.Values{"corpid": {"ww1"}, "corpsecret": {secret}}
	return c.fetch(asked{method: http.MethodGet, path: wecom.TokenPath, query: query.Encode()}, "access_token")["access_token"]
}

// suites goes the way of a suite, from its making to the corporation's token.
func (c *canaries) suites() {
	t := c.t
	t.Helper()
	ctx, a := t.Context(), c.server.App()
	deaf := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	t.Cleanup(deaf.Close)
	var err error
	c.suite, err = a.AddSuite(ctx, app.NewSuite{Suite: app.Suite{Kind: app.SuiteApp, Name: "应用", CallbackURL: deaf.URL + "/callback"}})
	must(t, err)
	c.secret["suite's secret"], c.secret["callback token"] = c.suite.Secret.Reveal(), c.suite.CallbackToken.Reveal()
	c.secret["EncodingAESKey"] = c.suite.EncodingAESKey.Reveal()
	ticket, err := a.NewTicket(ctx, c.suite.ID)
	must(t, err)
	c.secret["suite ticket"] = ticket.Ticket.Reveal()
	service := func(name, token string, body map[string]string, names ...string) map[string]string {
		text, err := json.Marshal(body)
		must(t, err)
		return c.fetch(asked{http.MethodPost, "/cgi-bin/service/" + name, "suite_access_token=" + token, "", string(text)}, names...)
	}
	token := service("get_suite_token", "", map[string]string{
		"suite_id": string(c.suite.ID), "suite_secret": c.suite.Secret.Reveal(), "suite_ticket": ticket.Ticket.Reveal(),
	}, "suite_access_token")["suite_access_token"]
	pre := service("get_pre_auth_code", token, nil, "pre_auth_code")["pre_auth_code"]
	for _, version := range []string{"v2/", ""} {
		auth := app.Authorization{PreAuthCode: app.Secret(pre), User: "alice"}
		event, err := a.AuthorizeSuite(ctx, "ww1", c.suite.ID, auth)
		must(t, err)
		pre = ""
		c.secret["auth code "+version] = event.AuthCode.Reveal()
		code := service(version+"get_permanent_code", token, map[string]string{"auth_code": event.AuthCode.Reveal()}, "permanent_code")["permanent_code"]
		service("get_corp_token", token, map[string]string{"auth_corpid": "ww1", "permanent_code": code}, "access_token")
	}
}

// pictureWith is a PNG with a text in it.
func pictureWith(t *testing.T, text string) []byte {
	var all bytes.Buffer
	must(t, png.Encode(&all, image.NewGray(image.Rect(0, 0, 16, 16))))
	chunk := "tEXtComment\x00" + text
	var part []byte
	part = binary.BigEndian.AppendUint32(part, uint32(len(chunk)-4))
	part = append(part, chunk...)
	part = binary.BigEndian.AppendUint32(part, crc32.ChecksumIEEE([]byte(chunk)))
	const head = 8 + 25 // signature and IHDR
	return slices.Insert(all.Bytes(), head, part...)
}

// use makes good calls with what was planted.
func (c *canaries) use() {
	picture := base64.StdEncoding.EncodeToString(pictureWith(c.t, c.secret["face"]))
	query := "access_token=" + c.token
	day := time.Date(2026, 1, 11, 16, 0, 0, 0, time.UTC).Unix()
	window := fmt.Sprintf(`{"opencheckindatatype":3,"starttime":%d,"endtime":%d,"useridlist":["alice"]}`, day, day+86400)
	for _, r := range []struct{ name, body string }{
		{"addcheckinuserface", `{"userid":"alice","userface":"` + picture + `"}`},
		{"add_checkin_record", fmt.Sprintf(`{"records":[{"userid":"alice","checkin_time":%d,"location_title":"a","location_detail":"b","device_type":1,"device_detail":"d"}]}`, day+60)},
		{"getcheckindata", window}, {"getcheckin_daydata", window}, {"getcheckin_monthdata", window}, {"getcheckinschedulist", window},
	} {
		c.good(asked{http.MethodPost, "/cgi-bin/checkin/" + r.name, query, "", r.body})
	}
	for _, body := range []string{
		`{"userid":"nobody","userface":"` + picture + `"}`, `{"userid":"` + picture + `","userface":"x"}`, `{"userid":"alice","userface":["` + picture + `"]}`,
		`{"userid":"alice","userface":"` + picture[:len(picture)/2], picture, `{"userid":"alice","` + picture + `":1}`, `{"userid":"alice","copy":"` + picture + `"}`,
	} {
		c.ask(asked{http.MethodPost, "/cgi-bin/checkin/addcheckinuserface", query, "", body})
		c.ask(asked{http.MethodPost, "/cgi-bin/checkin/getcheckindata", query, "", body})
	}
}

// fail lets calls with credentials meet each kind of fault, and the server push
// to a provider that is broken.
func (c *canaries) fail() {
	for _, kind := range []string{`"errcode","errcode":45009`, `"delay","millis":1`, `"reset"`, `"half_body"`, `"wrong_json"`, `"bad_gateway"`} {
		c.good(asked{http.MethodPost, "/daka/faults", "", c.admin, `{"kind":` + kind + `}`})
		c.ask(asked{http.MethodPost, "/cgi-bin/checkin/getcheckindata", "access_token=" + c.token, "", c.everything()})
		c.ask(asked{http.MethodPost, "/cgi-bin/getcallbackip", "corpid=ww1&access_token=" + c.secret["wrong token"], "", c.everything()})
		c.good(asked{http.MethodDelete, "/daka/faults", "", c.admin, ""})
	}
	c.good(asked{http.MethodPost, "/daka/clock/advance", "", c.admin, `{"seconds":1200}`})
}

// operate makes each of daka's own calls, and those that hand out secrets.
func (c *canaries) operate() {
	c.fetch(asked{http.MethodPost, "/daka/apps", "", c.admin, `{"kind":"checkin","name":"店"}`}, "secret")
	c.fetch(asked{http.MethodPost, "/daka/apps/1000002/rotate", "", c.admin, ""}, "secret")
	_, _, made := c.send(asked{http.MethodPost, "/daka/corps", "", c.admin, `{"corpid":"ww2"}`})
	for i, m := range regexp.MustCompile(`"secret":"([^"]+)"`).FindAllStringSubmatch(made, -1) {
		c.secret[fmt.Sprint("secret of the second corporation's app ", i)] = m[1]
	}
	c.good(asked{http.MethodPost, "/daka/snapshots/one", "", c.admin, ""})
	c.good(asked{http.MethodPost, "/daka/snapshots/one/restore", "", c.admin, ""})
	c.good(asked{http.MethodPost, "/daka/tokens/revoke", "", c.admin, `{"agentid":1000002}`})
	log := c.good(asked{http.MethodGet, "/daka/requests", "", c.admin, ""})
	c.good(asked{http.MethodPost, "/daka/members/alice/erase", "", c.admin, ""})
	_, err := c.server.App().CancelSuite(c.t.Context(), attendance.CorpID("ww1"), c.suite.ID)
	must(c.t, err)
	audit := c.good(asked{http.MethodGet, "/daka/audit", "", c.admin, ""})
	if strings.Count(log, `"seq"`) < 300 || !strings.Contains(audit, "member.erase") || !strings.Contains(audit, "suite.cancel") {
		c.t.Errorf("%d requests in the log; audit %.300s", strings.Count(log, `"seq"`), audit)
	}
}

// everything is a body with each canary where none belongs: under the names of
// credentials, misspelt ones and those of other members, and as a name.
func (c *canaries) everything() string {
	all := map[string]any{}
	var list []string
	for i, name := range slices.Sorted(maps.Keys(c.secret)) {
		if name == "face" || name == "callback token" {
			continue // faces come as pictures; that token is never sent, and looks like a userid
		}
		canary := c.secret[name]
		list = append(list, canary)
		all[canary], all[fmt.Sprint("access_tokn", i)], all[fmt.Sprint("corpsecret", i)] = 1, canary, canary
	}
	all["access_token"], all["suite_access_token"], all["token"] = c.token, list, c.admin
	all["userid"], all["useridlist"], all["groupid"], all["sp_no"], all["cursor"] = c.token, list, c.admin, c.token, c.admin
	all["records"] = []map[string]string{{"userid": c.token}}
	all["starttime"], all["endtime"], all["datetime"] = c.token, c.admin, c.token
	text, err := json.Marshal(all)
	must(c.t, err)
	return string(text)
}

// misuse sends every path canaries in all the wrong places.
func (c *canaries) misuse() {
	all := c.everything()
	wrong := url.Values{"corpid": {c.secret["check-in app's secret"]}, "corpsecret": {c.secret["wrong secret"]}, "media_id": {c.admin}}
	for _, name := range []string{"access_tokn", "userid", "id", "department_id", "type", "suite_id", "agentid", "debug", "after", "limit", c.admin} {
		wrong.Set(name, c.token)
	}
	good := "access_token=" + c.token
	for _, path := range append(servedPaths(c.t), "/", "/cgi-bin/none", "/healthz", "/favicon.ico", "/daka/none") {
		for _, r := range []asked{
			{http.MethodPost, path, good, "", all},
			{http.MethodPost, path, good + "&suite_access_token=" + c.admin, "", all[:len(all)/2]},
			{http.MethodPost, path, good, c.token, c.token},
			{http.MethodPost, path, "", c.token, all},
			{http.MethodGet, path, good + "&" + wrong.Encode(), "", ""},
			{http.MethodGet, path, wrong.Encode(), c.secret["wrong token"], ""},
			{http.MethodGet, path, "access_token=" + c.secret["wrong token"] + "&suite_access_token=" + c.token, "", ""},
			{http.MethodPost, path, c.token, "", `"` + c.token},
			{http.MethodPost, strings.TrimSuffix(path, "/") + "/" + c.token, good, "", "{}"},
			{http.MethodPost, "/" + c.token + path, c.secret["wrong secret"], "", "{}"},
		} {
			c.ask(r)
		}
	}
	for _, op := range admin.Operations {
		if op.Call == "RotateApp" || op.Call == "Reset" {
			continue // operate does, or there is nothing to misuse
		}
		fill := func(value string) string {
			return regexp.MustCompile(`\{\w+\}`).ReplaceAllLiteralString(op.Path, value)
		}
		for _, r := range []asked{
			{op.Method, fill(c.token), wrong.Encode(), c.admin, all},
			{op.Method, fill("x"), "access_token=" + c.admin, "", all},
			{op.Method, fill("x"), "", c.secret["wrong token"], all},
			{op.Method, fill("x"), "", c.token, all},
			{op.Method, fill("x"), "after=" + c.token, c.admin, all[:len(all)/2]},
			{op.Method, fill("x") + "/" + c.admin, "", c.admin, ""},
		} {
			c.ask(r)
		}
	}
}

var routeRow = regexp.MustCompile(`(?m)^\s+\{?(?:(\w+)Route\()?"?([\w/.-]+)(?:"|,)`)

// servedPaths are all of WeCom's paths that are served, as their table says.
func servedPaths(t *testing.T) (paths []string) {
	t.Helper()
	source, err := os.ReadFile("../qyapi/routes.go")
	must(t, err)
	_, table, _ := strings.Cut(string(source), "var routes = []route{")
	table, _, _ = strings.Cut(table, "\n}\n")
	folders := map[string]string{"": "", "checkin": "/cgi-bin/checkin/", "service": "/cgi-bin/service/", "contact": "/cgi-bin/", "edit": "/cgi-bin/", "form": "/cgi-bin/oa/"}
	consts := map[string]string{"wecom.TokenPath": wecom.TokenPath, "hardwarePath": "/cgi-bin/hardware/get_hardware_checkin_data"}
	for _, m := range routeRow.FindAllStringSubmatch(table, -1) {
		folder, known := folders[m[1]]
		path := folder + m[2]
		if full := consts[m[2]]; full != "" {
			path = full
		}
		if !known || !strings.HasPrefix(path, "/cgi-bin/") {
			t.Errorf("a route that is not understood: %s", m[0])
		}
		paths = append(paths, path)
	}
	if len(paths) < 44 {
		t.Errorf("no more than %d paths", len(paths))
	}
	return paths
}
