package qyapi_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

// payloads is where WeCom's examples lie when they are there.
const payloads = "../../../shared/spec/payloads/"

// The calls that the examples describe with method, path and query are answered
// as they stand, but for the token.
func TestDocumentedQueries(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(payloads); err != nil {
		t.Skip("no " + payloads + ": WeCom's examples are not here")
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, true)
		must(t, f.app.AddMembers(t.Context(), f.corp, []app.Contact{{ID: "zhangsan", Name: "张三", Depts: []attendance.DeptID{1}}}))
		for name, want := range map[string]wecom.Code{
			"department.list": 0, "department.simplelist": 0, "user.get": 0, "user.simplelist": 0,
			"oa.vacation.getcorpconf": 0, "media.get": wecom.CodeInvalidMediaID, "media.upload": wecom.CodeInvalidParameter,
		} {
			text, err := os.ReadFile(filepath.Join(payloads, name+".request.json"))
			must(t, err)
			var call struct {
				Method, Path string
				Query        map[string]any
			}
			must(t, json.Unmarshal(text, &call))
			query := url.Values{}
			for key, value := range call.Query {
				text, isText := value.(string)
				if !isText {
					number, err := json.Marshal(value)
					must(t, err)
					text = string(number)
				}
				query.Set(key, text)
			}
			query.Set("access_token", f.token(app.CheckinApp))
			_, answer := f.do(call.Method, call.Path, query, nil)
			if code, errmsg, _ := opened(t, answer); code != want {
				t.Errorf("%s: %d %s, want %d", name, code, errmsg, want)
			}
		}
	})
}
