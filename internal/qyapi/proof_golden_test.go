package qyapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// goldenCall is a call and how its examples are proved. Every example of a
// request is sent as it stands; what our own requests are answered has exactly
// the shape of our own response, and that of WeCom's responses but for the gaps.
type goldenCall struct {
	name   string        // what its files begin with
	files  string        // WeCom's, without the name
	as     []app.AppKind // whose access_token goes along
	before func(*golden) // what comes before the requests of ours
	// put are the members and the query that only the server can know, or that the
	// examples have a placeholder for.
	put    func(*golden) map[string]any
	send   func(*golden, goldenRequest) []byte // where it is no JSON that comes or goes
	code   wecom.Code                          // that the answer has
	alone  func(*golden)                       // makes the corporation of its own that WeCom's requests need
	old    string                              // a request of WeCom's that today's rules refuse (section 15, 17): its windows are no whole minutes
	lacks  []gap                               // what WeCom's responses have and ours not, with the reason
	adds   []gap                               // what ours have and WeCom's not, with the section of the protocol that names it
	absent string                              // why there is no such call: its path is a 404
}

// golden is a corporation in which what answers can hold has happened, and the
// shapes of what it answered, by call.
type golden struct {
	*proof
	db    *store.DB
	said  map[string]shape
	count uint8 // of what must not be the same twice
}

func newGolden(t *testing.T, db *store.DB) *golden {
	t.Helper()
	g := &golden{&proof{newProvider(t, db, app.SuiteApp)}, db, map[string]shape{}, 0}
	g.join("dave", "erin", "frank", "grace", "james", "paul", "ZhangSan", "userId")
	return g
}

func (g *golden) join(users ...attendance.UserID) {
	for _, id := range users {
		must(g.t, g.fixture.app.AddMembers(g.t.Context(), g.corp, []app.Contact{{ID: id, Name: string(id), Depts: []attendance.DeptID{1}}}))
	}
}

// elsewhere is another corporation in the same database, without a suite.
func (g *golden) elsewhere() *golden {
	g.count++
	f := newCorp(g.t, g.db, attendance.CorpID(fmt.Sprintf("ww-%d", g.count)), false)
	return &golden{&proof{&provider{fixture: f, app: f.app}}, g.db, map[string]shape{}, 0}
}

// goldenRequest is an example of a request: a body, or the description of a call
// with a query.
type goldenRequest struct {
	file         string
	method, path string
	query        url.Values
	body         []byte
}

// request makes the request of an example.
func (g *golden) request(c *goldenCall, dir, file string) goldenRequest {
	g.t.Helper()
	text := example(g.t, dir, file)
	r := goldenRequest{dir + file, http.MethodPost, c.path(), url.Values{}, text}
	members := object(g.t, text)
	query, described := members["query"].(map[string]any)
	if described {
		if members["path"] != r.path {
			g.t.Errorf("%s: the path is %v, want %s", r.file, members["path"], r.path)
		}
		r.method, r.body, members = members["method"].(string), nil, query
	}
	_, changed := members["_note"]
	delete(members, "_note")
	if c.put != nil {
		for name, value := range c.put(g) {
			switch _, there := members[name]; {
			case there:
				members[name], changed = value, true
			case strings.HasSuffix(name, "access_token"):
				r.query.Set(name, fmt.Sprint(value))
			default:
				g.t.Errorf("%s: no %s in it", r.file, name)
			}
		}
	}
	switch {
	case described:
		for name, value := range members {
			r.query.Set(name, fmt.Sprint(value))
		}
	case changed:
		var err error
		r.body, err = json.Marshal(members)
		must(g.t, err)
	}
	return r
}

// path is where a call is served, which the names of the files follow.
func (c *goldenCall) path() string {
	for _, op := range checkin.Operations {
		if op.Name == c.name {
			return op.Paths[0]
		}
	}
	return "/cgi-bin/" + strings.ReplaceAll(c.name, ".", "/")
}

// ask sends the request of an example for each kind of app that may, and keeps
// what is answered.
func (g *golden) ask(c *goldenCall, dir, file string) {
	g.t.Helper()
	kinds := c.as
	if len(kinds) == 0 {
		kinds = []app.AppKind{""}
	}
	for _, kind := range kinds {
		r := g.request(c, dir, file)
		if kind != "" {
			r.query.Set("access_token", g.tokenOf(kind))
		}
		if c.send != nil {
			g.keep(c, r, c.send(g, r))
			continue
		}
		resp, answer := g.do(r.method, r.path, r.query, bytes.NewReader(r.body))
		if c.absent != "" {
			if resp.StatusCode != http.StatusNotFound || len(answer) > 0 {
				g.t.Errorf("%s, %s: %d %s", r.file, c.absent, resp.StatusCode, answer)
			}
			continue
		}
		g.keep(c, r, answer)
		if official := !strings.Contains(file, ".v"); official && len(g.seen.Load().Liberties) > 0 {
			g.t.Errorf("%s, as the documents have it, takes liberties: %v", r.file, g.seen.Load().Liberties)
		}
	}
}

func (g *golden) keep(c *goldenCall, r goldenRequest, answer []byte) {
	g.t.Helper()
	code, errmsg, _ := opened(g.t, answer)
	if c.old != "" && r.file == payloads+c.name+"."+c.old {
		if code != wecom.CodeRuleInvalid || !strings.Contains(errmsg, "multiple of 60") {
			g.t.Errorf("%s: %d %s, want 301093 for times that are no whole minutes", r.file, code, errmsg)
		}
		return
	}
	if code != c.code {
		g.t.Errorf("%s: %d %s, want %d", r.file, code, errmsg, c.code)
		return
	}
	if g.said[c.name] == nil {
		g.said[c.name] = shape{}
	}
	g.said[c.name].join(shapeOf(g.t, answer))
}

// tokenOf returns an app's token, of the third-party app the one that its grant
// leads to.
func (g *golden) tokenOf(kind app.AppKind) string {
	g.t.Helper()
	if kind != app.SuiteApp {
		return g.fixture.token(kind)
	}
	code := g.permanent(app.Authorization{})
	token, _, err := g.app.CorpToken(g.t.Context(), netip.Addr{}, g.suite.ID, g.corp.ID, code)
	must(g.t, err)
	return token.Reveal()
}

func (g *golden) permanent(auth app.Authorization) app.Secret {
	g.t.Helper()
	event, err := g.app.AuthorizeSuite(g.t.Context(), g.corp.ID, g.suite.ID, auth)
	must(g.t, err)
	grant, err := g.app.PermanentCode(g.t.Context(), g.suite.ID, event.AuthCode)
	must(g.t, err)
	return grant.PermanentCode
}

// askOwn makes all calls of our own examples, in the order of the rows.
func (g *golden) askOwn() {
	g.t.Helper()
	for i := range goldenCalls {
		c := &goldenCalls[i]
		if c.before != nil {
			c.before(g)
		}
		for _, file := range examples(g.t, ownPayloads, c.name+".request") {
			g.ask(c, ownPayloads, file)
		}
	}
}

// What our own requests are answered has the shape of our own responses, to the
// member. Nothing of it but empty arrays remains where the request is refused
// (section 1.1).
func TestGolden(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newGolden(t, db)
		g.askOwn()
		for i := range goldenCalls {
			c := &goldenCalls[i]
			if c.absent != "" {
				continue
			}
			want := shapeOf(t, example(t, ownPayloads, c.name+".response"))
			if diff := cmp.Diff(want, g.said[c.name]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
			refused := shape{"errcode": {"integer"}, "errmsg": {"string"}}
			for at, kinds := range want {
				if kinds[0] == "array" && !strings.Contains(at, ".") {
					refused[at] = kinds
				}
			}
			_, answer := g.do(http.MethodPost, c.path(), nil, http.NoBody)
			code, _, _ := opened(t, answer)
			if diff := cmp.Diff(refused, shapeOf(t, answer)); diff != "" || code == 0 {
				t.Errorf("%s without anything: %d (-want +got):\n%s", c.name, code, diff)
			}
		}
		g.checkErrors(ownPayloads)
		g.checkCallbacks(ownPayloads)
	})
}

// WeCom's requests are accepted as they stand, and what is answered has the
// members of WeCom's responses, of their types, and no others than those that the
// protocol names.
func TestGoldenDocumented(t *testing.T) {
	t.Parallel()
	skipWithoutPayloads(t)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newGolden(t, db)
		g.askOwn()
		for i := range goldenCalls {
			c := &goldenCalls[i]
			responses := map[string]shape{}
			for kind := range strings.FieldsSeq(c.files) {
				file := c.name + "." + kind
				switch {
				case strings.HasPrefix(kind, "response"):
					responses[file] = shapeOf(t, example(t, payloads, file))
				case c.alone != nil:
					other := g.elsewhere()
					c.alone(other)
					other.ask(c, payloads, file)
				default:
					g.ask(c, payloads, file)
				}
			}
			if c.absent == "" {
				compareShapes(t, c, g.said[c.name], responses)
			}
		}
		g.checkErrors(payloads)
		g.checkCallbacks(payloads)
	})
}

// Our own requests have the members of WeCom's, of their types.
func TestOwnRequestsAreWhole(t *testing.T) {
	t.Parallel()
	skipWithoutPayloads(t)
	for i := range goldenCalls {
		c := &goldenCalls[i]
		if c.absent != "" {
			continue
		}
		ours := shape{}
		for _, file := range examples(t, ownPayloads, c.name+".request") {
			ours.join(shapeOf(t, example(t, ownPayloads, file)))
		}
		theirs := shapeOf(t, example(t, payloads, c.name+".request"))
		for _, path := range theirs.paths() {
			if !cmp.Equal(theirs[path], ours[path]) {
				t.Errorf("%s.request: %s is %s, documented %s", c.name, path, ours[path], theirs[path])
			}
		}
	}
}
