package main

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/attendance"
)

// Only what has another meaning differs: defaults that are written out, the
// forms of a range and what an update leaves alone do not.
func TestRuleDifferences(t *testing.T) {
	t.Parallel()
	const stored = `{"groupid":1,"groupname":"a","grouptype":1,"sync_holidays":true,"range":{"party_id":["1"],"userid":[],"tagid":[]},
		"checkindate":[{"workdays":[1,2],"checkintime":[{"time_id":1,"work_sec":28800,"off_work_sec":61200}]}],"spe_offdays":[{"timestamp":1709568000,"notes":"x"}]}`
	for name, tt := range map[string]struct {
		update string
		want   []string
	}{
		"nothing":         {`{}`, nil},
		"the same":        {stored, nil},
		"a default":       {`{"sync_holidays":true,"note_can_use_local_pic":true}`, nil},
		"null and empty":  {`{"groupname":null,"spe_offdays":[]}`, nil},
		"another form":    {`{"range":{"partyid":[1]}}`, nil},
		"a name":          {`{"groupname":"b"}`, []string{`groupname: "a" -> "b"`}},
		"one more day":    {`{"checkindate":[{"workdays":[1,2,3],"checkintime":[{"time_id":1,"work_sec":28800,"off_work_sec":61200}]}]}`, []string{`checkindate[0].workdays[2]: - -> 3`}},
		"one day less":    {`{"checkindate":[{"workdays":[1],"checkintime":[{"time_id":1,"work_sec":28800,"off_work_sec":61200}]}]}`, []string{`checkindate[0].workdays[1]: 2 -> -`}},
		"what is unknown": {`{"colour":"red"}`, []string{`colour: - -> "red"`}},
	} {
		list, err := ruleDifferences(readMembers(t, stored), readMembers(t, tt.update), attendance.GroupID(1))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range list {
			got = append(got, d.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func readMembers(t *testing.T, doc string) ruleMembers {
	t.Helper()
	m, err := membersOf(json.RawMessage(doc))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
