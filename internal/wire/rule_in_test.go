package wire

import "testing"

// Two answers that say the same are the same document, whatever the order of
// what has none; where an order means something it is kept.
func TestCanonicalRule(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		a, b string
		same bool
	}{
		"members and spaces": {`{"groupid":1,"grouptype":1}`, `{ "grouptype": 1, "groupid": 1 }`, true},
		"range":              {`{"range":{"userid":["b","a"],"tagid":[3,1]}}`, `{"range":{"userid":["a","b"],"tagid":[1,3]}}`, true},
		"somebody else":      {`{"range":{"userid":["b","a"]}}`, `{"range":{"userid":["a","c"]}}`, false},
		"places":             {`{"loc_infos":[{"lat":1,"lng":2},{"lat":3,"lng":4}]}`, `{"loc_infos":[{"lng":4,"lat":3},{"lng":2,"lat":1}]}`, true},
		"workdays":           {`{"grouptype":1,"checkindate":[{"workdays":[2,1]}]}`, `{"grouptype":1,"checkindate":[{"workdays":[1,2]}]}`, true},
		"blocks of workdays": {`{"checkindate":[{"workdays":[1]},{"workdays":[2]}]}`, `{"checkindate":[{"workdays":[2]},{"workdays":[1]}]}`, false},
		"times":              {`{"checkindate":[{"checkintime":[1,2]}]}`, `{"checkindate":[{"checkintime":[2,1]}]}`, false},
		"the day of a shift": {`{"grouptype":2,"checkindate":[{"workdays":[1]}]}`, `{"grouptype":2,"checkindate":[{"workdays":[2]}]}`, true},
	} {
		a, err := CanonicalRule([]byte(tt.a))
		if err != nil {
			t.Fatal(err)
		}
		b, err := CanonicalRule([]byte(tt.b))
		if err != nil {
			t.Fatal(err)
		}
		if (string(a) == string(b)) != tt.same {
			t.Errorf("%s: %s and %s, want the same: %v", name, a, b, tt.same)
		}
	}
}
