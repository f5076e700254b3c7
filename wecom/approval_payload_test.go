package wecom_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/wecom"
)

// WeCom's own examples are read without loss and written as they came.
func TestApprovalPayloads(t *testing.T) {
	t.Parallel()
	const dir = "../../shared/spec/payloads/"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no " + dir + ": WeCom's examples are not here")
	}
	tests := []struct {
		file string
		into any
		// old and new say where an example is not what is written: the empty time
		// of who has not acted becomes 0.
		old, new string
	}{
		{"oa.getapprovalinfo.request", &wecom.ApprovalInfoRequest{}, "", ""},
		{"oa.getapprovalinfo.response", &wecom.ApprovalInfoResponse{}, "", ""},
		{"oa.getapprovaldetail.request", &wecom.ApprovalDetailRequest{}, "", ""},
		{"oa.getapprovaldetail.response", &wecom.ApprovalDetailResponse{}, `"sptime": ""`, `"sptime": 0`},
		{"oa.vacation.getcorpconf.response", &wecom.VacationConfigResponse{}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(dir + tt.file + ".json")
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(text, tt.into); err != nil {
				t.Fatal(err)
			}
			text = bytes.Replace(text, []byte(tt.old), []byte(tt.new), 1)
			if diff := cmp.Diff(valueOf(t, string(text)), valueOf(t, jsonOf(t, tt.into))); diff != "" {
				t.Errorf("(-example +written):\n%s", diff)
			}
		})
	}
}

// The same for a form of our own making with all that has a type.
func TestApprovalRoundTrip(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/approval.json")
	if err != nil {
		t.Fatal(err)
	}
	var answer wecom.ApprovalDetailResponse
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(valueOf(t, string(text)), valueOf(t, jsonOf(t, answer))); diff != "" {
		t.Errorf("as it came (-want +got):\n%s", diff)
	}
	contents := answer.Info.ApplyData.Contents
	for i := range contents {
		if contents[i].Control != "Text" {
			contents[i].Value.Raw = nil
		}
	}
	if diff := cmp.Diff(valueOf(t, string(text)), valueOf(t, jsonOf(t, answer))); diff != "" {
		t.Errorf("from the typed members (-want +got):\n%s", diff)
	}
	step := answer.Info.SPRecord[0]
	if step.ApproverAttr != 2 || step.Details[0].Approver.UserID != "li" || step.Details[0].SPTime != 1767840000 || step.Details[1].SPTime != 0 {
		t.Errorf("the step: %+v", step)
	}
	comment := answer.Info.Comments[0]
	if comment.CommentUserInfo.UserID != "li" || comment.CommentTime != 1767840060 || comment.MediaID[0] != "m1" {
		t.Errorf("the comment: %+v", comment)
	}
}

// An empty answer has its arrays.
func TestEmptyApprovalAnswers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		answer any
		want   string
	}{
		{wecom.ApprovalInfoResponse{}, `{"errcode":0,"errmsg":"","sp_no_list":[]}`},
		{wecom.ApprovalDetailResponse{}, `{"errcode":0,"errmsg":""}`},
		{wecom.VacationConfigResponse{}, `{"errcode":0,"errmsg":"","lists":[]}`},
		{wecom.ApprovalData{}, `{"contents":[]}`},
		{wecom.ApprovalStep{}, `{"sp_status":0,"approverattr":0,"details":[]}`},
	} {
		if got := jsonOf(t, tt.answer); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}
