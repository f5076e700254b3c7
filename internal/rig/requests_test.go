package rig

import (
	"fmt"
	"testing"
)

// Forgetting takes a corporation's calls and those of nobody known; places go
// on from where they were.
func TestForget(t *testing.T) {
	t.Parallel()
	var l Requests
	for i, corp := range []string{"ww1", "ww2", "", "ww1"} {
		l.Add(Request{Corp: corp, Path: fmt.Sprint(i)})
	}
	l.Forget("ww1")
	l.Add(Request{Corp: "ww1", Path: "after"})
	for corp, want := range map[string]string{"ww1": "[5:after]", "ww2": "[2:1]", "ww3": "[]"} {
		got := []string{}
		for _, r := range l.List(corp, 0) {
			got = append(got, fmt.Sprintf("%d:%s", r.Seq, r.Path))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s has %v, want %s", corp, got, want)
		}
	}
}
