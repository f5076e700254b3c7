package main

import (
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/dakahq/daka/wecom"
	"github.com/rogpeppe/go-internal/testscript"
)

// stranger VARIABLE KIND puts the URL of a server into the environment that
// gives tokens as WeCom does but has nothing of daka's. KIND is what it answers
// there: missing (404), page (HTML with 200) or envelope (an errcode with 200).
func stranger(ts *testscript.TestScript, _ bool, args []string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := `{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}`
		if r.URL.Path != wecom.TokenPath {
			switch args[1] {
			case "missing":
				http.NotFound(w, r)
				return
			case "page":
				answer = "<html><body>企业微信</body></html>"
			case "envelope":
				answer = `{"errcode":40066,"errmsg":"invalid url"}`
			}
		}
		_, _ = io.WriteString(w, answer) // the script sees what did not come
	}))
	ts.Defer(server.Close)
	ts.Setenv(args[0], server.URL)
}
