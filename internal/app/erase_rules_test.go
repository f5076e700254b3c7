package app

import "testing"

// Only members that hold people lose a userid: departments and tags may have
// the same number.
func TestWithoutUser(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, doc, want string // want "" = not touched
	}{
		{"range", `{"range":{"party_id":["7"],"tagid":["7"],"userid":["7","8"]}}`, `{"range":{"party_id":["7"],"tagid":["7"],"userid":["8"]}}`},
		{"number", `{"range":{"party_id":[7],"userid":[7,8]}}`, `{"range":{"party_id":[7],"userid":[8]}}`},
		{"white list", `{"white_users":["7"]}`, `{"white_users":[]}`},
		{"reporters", `{"reporterinfo":{"reporters":[{"tagid":7},{"userid":"7"}]}}`, `{"reporterinfo":{"reporters":[{"tagid":7}]}}`},
		{"maker", `{"create_userid":"7","groupname":"7"}`, `{"create_userid":"","groupname":"7"}`},
		{"elsewhere", `{"groupname":"7","wifimac_infos":[{"wifiname":"7"}],"checkindate":[{"workdays":["7"]}]}`, ""},
		{"another's", `{"range":{"userid":["77"]}}`, ""},
		{"the end of a rule", ``, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			clean, found, err := withoutUser([]byte(tt.doc), "7")
			want := tt.want
			if want == "" {
				want = tt.doc
			}
			if err != nil || found != (tt.want != "") || string(clean) != want {
				t.Errorf("%s, found %v, %v; want %s", clean, found, err, want)
			}
		})
	}
}
