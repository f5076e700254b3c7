package wecom_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/wecom"
)

// Messages as the documents show them (90628, 90642, 91815, 97214, 96103).
const (
	ticketXML     = `<xml><SuiteId><![CDATA[ww4asffe99e54c0fxxxx]]></SuiteId><InfoType><![CDATA[suite_ticket]]></InfoType><TimeStamp>1403610513</TimeStamp><SuiteTicket><![CDATA[asdfasfdasdfasdf]]></SuiteTicket></xml>`
	createAuthXML = `<xml><SuiteId><![CDATA[ww4asffe9xxx4c0f4c]]></SuiteId><AuthCode><![CDATA[AUTHCODE]]></AuthCode><InfoType><![CDATA[create_auth]]></InfoType><TimeStamp>1403610513</TimeStamp><State><![CDATA[123]]></State><ExtraInfo></ExtraInfo></xml>`
	changeAuthXML = `<xml><SuiteId>ww1</SuiteId><InfoType>change_auth</InfoType><TimeStamp>1403610513</TimeStamp><AuthCorpId>wx2</AuthCorpId><State>abc</State><ExtraInfo>more</ExtraInfo></xml>`
	cancelAuthXML = `<xml><SuiteId>ww1</SuiteId><InfoType>cancel_auth</InfoType><TimeStamp> 1403610513 </TimeStamp><AuthCorpId>wx2</AuthCorpId></xml>`
	resetCodeXML  = `<xml><SuiteId>dk1</SuiteId><AuthCode>CODE</AuthCode><InfoType>reset_permanent_code</InfoType><TimeStamp>1403610513</TimeStamp></xml>`
	deviceAuthXML = `<xml><SuiteId>ww1</SuiteId><AuthCorpId>wx2</AuthCorpId><InfoType>device_data_auth_change</InfoType><TimeStamp>1403610513</TimeStamp><AgentID>1000001</AgentID></xml>`
	deviceXML     = `<xml><ToUserName><![CDATA[wpwLgYcwAAayDT6bUVnhZuKebVce4xxx]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[device_checkin_data_report]]></Event><TimeStamp>1673943021</TimeStamp><CheckInDataList><Item><OpenUserId><![CDATA[wowLgYcwAAwh5EDz9jMMeGPGL5uhwxxx]]></OpenUserId><UserType>0</UserType><CheckinTime>1673943020</CheckinTime></Item></CheckInDataList><DeviceSn><![CDATA[device_sn]]></DeviceSn></xml>`
	approvalXML   = `<xml>
  <ToUserName><![CDATA[ww1cSD21f1e9c0caaa]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>
  <CreateTime>1571732272</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[sys_approval_change]]></Event><AgentID>3010040</AgentID>
  <ApprovalInfo>
    <SpNo>201910220003</SpNo><SpName><![CDATA[请假]]></SpName><SpStatus>1</SpStatus><TemplateId><![CDATA[3Tka]]></TemplateId><ApplyTime>1571728713</ApplyTime>
    <Applyer><UserId><![CDATA[alice]]></UserId><Party><![CDATA[1]]></Party></Applyer>
    <SpRecord><SpStatus>1</SpStatus><ApproverAttr>2</ApproverAttr>
      <Details><Approver><UserId>bob</UserId></Approver><Speech><![CDATA[好]]></Speech><SpStatus>2</SpStatus><SpTime>1571732000</SpTime><Attach>m1</Attach><Attach>m2</Attach></Details>
      <Details><Approver><UserId>carol</UserId></Approver><Speech></Speech><SpStatus>1</SpStatus><SpTime>0</SpTime></Details>
    </SpRecord>
    <SpRecord><SpStatus>1</SpStatus><ApproverAttr>1</ApproverAttr></SpRecord>
    <Notifyer><UserId>dave</UserId></Notifyer><Notifyer><UserId>erin</UserId></Notifyer>
    <Comments><CommentUserInfo><UserId>bob</UserId></CommentUserInfo><CommentTime>1571732272</CommentTime><CommentContent>备注</CommentContent><CommentId>6750538708562308220</CommentId><Attach>m3</Attach></Comments>
    <StatuChangeEvent>10</StatuChangeEvent>
  </ApprovalInfo>
</xml>`
)

// revealed compares secrets by what they hide.
var revealed = cmp.Comparer(func(a, b wecom.Secret) bool { return a.Reveal() == b.Reveal() })

func parse(t *testing.T, message string) any {
	t.Helper()
	e, err := wecom.ParseEvent([]byte(message))
	must(t, err)
	parsed, err := e.Parse()
	must(t, err)
	return parsed
}

func TestParseEvent(t *testing.T) {
	t.Parallel()
	at := time.Unix(1403610513, 0)
	for name, tt := range map[string]struct {
		message string
		want    any
	}{
		"suite_ticket":         {ticketXML, &wecom.SuiteTicket{SuiteID: "ww4asffe99e54c0fxxxx", Ticket: wecom.NewSecret("asdfasfdasdfasdf"), At: at}},
		"create_auth":          {createAuthXML, &wecom.CreateAuth{SuiteID: suiteID, AuthCode: wecom.NewSecret("AUTHCODE"), State: "123", At: at}},
		"change_auth":          {changeAuthXML, &wecom.ChangeAuth{SuiteID: "ww1", AuthCorpID: "wx2", State: "abc", ExtraInfo: "more", At: at}},
		"cancel_auth":          {cancelAuthXML, &wecom.CancelAuth{SuiteID: "ww1", AuthCorpID: "wx2", At: at}},
		"reset_permanent_code": {resetCodeXML, &wecom.ResetPermanentCode{SuiteID: "dk1", AuthCode: wecom.NewSecret("CODE"), At: at}},
		"device_data_auth_change": {
			deviceAuthXML, &wecom.DeviceAuthChange{SuiteID: "ww1", AuthCorpID: "wx2", AgentID: 1000001, At: at},
		},
		"sys_approval_change": {approvalXML, &wecom.ApprovalChange{
			CorpID: "ww1cSD21f1e9c0caaa", AgentID: 3010040, At: time.Unix(1571732272, 0), Change: wecom.ApprovalActionComment,
			Approval: wecom.Approval{
				SPNo: "201910220003", SPName: "请假", SPStatus: wecom.ApprovalPending, TemplateID: "3Tka", ApplyTime: 1571728713,
				Applyer: wecom.ApprovalApplicant{UserID: "alice", PartyID: "1"},
				SPRecord: wecom.List[wecom.ApprovalStep]{
					{SPStatus: 1, ApproverAttr: 2, Details: wecom.List[wecom.ApprovalAct]{
						{Approver: wecom.ApprovalMember{UserID: "bob"}, Speech: "好", SPStatus: 2, SPTime: 1571732000, MediaID: wecom.List[string]{"m1", "m2"}},
						{Approver: wecom.ApprovalMember{UserID: "carol"}, SPStatus: 1},
					}},
					{SPStatus: 1, ApproverAttr: 1},
				},
				Notifyer: wecom.List[wecom.ApprovalMember]{{UserID: "dave"}, {UserID: "erin"}},
				Comments: wecom.List[wecom.ApprovalComment]{{
					CommentUserInfo: wecom.ApprovalMember{UserID: "bob"}, CommentTime: 1571732272, CommentContent: "备注",
					CommentID: "6750538708562308220", MediaID: wecom.List[string]{"m3"},
				}},
			},
		}},
		"the number as a text": {
			`<xml><Event>sys_approval_change</Event><ApprovalInfo><SpNoStr>2</SpNoStr></ApprovalInfo></xml>`,
			&wecom.ApprovalChange{Approval: wecom.Approval{SPNo: "2"}},
		},
		"device_checkin_data_report": {deviceXML, &wecom.DeviceCheckin{
			CorpID: "wpwLgYcwAAayDT6bUVnhZuKebVce4xxx", At: time.Unix(1673943021, 0), DeviceSN: "device_sn",
			Punches: []wecom.DevicePunch{{OpenUserID: "wowLgYcwAAwh5EDz9jMMeGPGL5uhwxxx", CheckinTime: 1673943020}},
		}},
		"spelled as in its table": {
			strings.ReplaceAll(strings.ReplaceAll(deviceXML, "CheckInDataList", "CheckinDataList"), "<UserType>0", "<UserType>2"),
			&wecom.DeviceCheckin{
				CorpID: "wpwLgYcwAAayDT6bUVnhZuKebVce4xxx", At: time.Unix(1673943021, 0), DeviceSN: "device_sn",
				Punches: []wecom.DevicePunch{{OpenUserID: "wowLgYcwAAwh5EDz9jMMeGPGL5uhwxxx", UserType: 2, CheckinTime: 1673943020}},
			},
		},
	} {
		if diff := cmp.Diff(tt.want, parse(t, tt.message), revealed); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Events that have no type of their own, in both kinds.
func TestParseOtherEvents(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]*wecom.Event{
		`<xml><ToUserName>ww1</ToUserName><FromUserName>alice</FromUserName><CreateTime>1348831860</CreateTime><MsgType>event</MsgType><Event>subscribe</Event><AgentID>1</AgentID></xml>`: {
			ToUserName: "ww1", FromUserName: "alice", MsgType: "event", Event: "subscribe", AgentID: 1, At: time.Unix(1348831860, 0),
		},
		`{"info_type":"model_ticket","suite_id":"x","time_stamp":1403610513,"state":true}`: {
			JSON: true, InfoType: "model_ticket", SuiteID: "x", At: time.Unix(1403610513, 0), State: "true",
		},
		// A robot's event has objects where others have texts (document 101033).
		` {"msgtype":"event","create_time":1700000000,"event":{"eventtype":"enter_chat"},"from":{"userid":"a"},"AGENTID":"7","state":null,"touserName":["a"]}`: {
			JSON: true, MsgType: "event", At: time.Unix(1700000000, 0), AgentID: 7,
		},
		`<xml><MsgType>text</MsgType><CreateTime>soon</CreateTime><AgentID></AgentID></xml>`: {MsgType: "text"},
		`<xml/>`: {},
	} {
		e, ok := parse(t, message).(*wecom.Event)
		if !ok {
			t.Fatalf("%s is %T", message, parse(t, message))
		}
		if string(e.Raw) != message {
			t.Errorf("raw %q", e.Raw)
		}
		e.Raw = nil
		if diff := cmp.Diff(want, e, revealed, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".ticket" }, cmp.Ignore())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", message, diff)
		}
	}
	for message, want := range map[string]string{
		`<xml><InfoType>a</InfoType><MsgType>b</MsgType><Event>c</Event></xml>`: "a",
		`<xml><MsgType>b</MsgType><Event>c</Event></xml>`:                       "c",
		`<xml><MsgType>b</MsgType></xml>`:                                       "b",
	} {
		if e := parse(t, message).(*wecom.Event); e.Kind() != want {
			t.Errorf("%s is of kind %q", message, e.Kind())
		}
	}
}

// What lacks its point is no event of its kind; what is neither XML nor JSON is
// none at all.
func TestParseEventFails(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		strings.Replace(ticketXML, "SuiteTicket", "Ticket", 2):        "suite_ticket has no SuiteTicket",
		strings.ReplaceAll(ticketXML, "1403610513", ""):               "suite_ticket has no TimeStamp",
		strings.ReplaceAll(ticketXML, "SuiteId", "Suite"):             "suite_ticket has no SuiteId",
		strings.ReplaceAll(createAuthXML, "AuthCode", "Code"):         "create_auth has no AuthCode",
		strings.ReplaceAll(changeAuthXML, "AuthCorpId", "CorpId"):     "change_auth has no AuthCorpId",
		strings.ReplaceAll(cancelAuthXML, "AuthCorpId", "CorpId"):     "cancel_auth has no AuthCorpId",
		strings.ReplaceAll(resetCodeXML, "AuthCode", "Code"):          "reset_permanent_code has no AuthCode",
		strings.ReplaceAll(deviceAuthXML, "AuthCorpId", "CorpId"):     "device_data_auth_change has no AuthCorpId",
		strings.ReplaceAll(approvalXML, "SpNo>", "No>"):               "sys_approval_change has no SpNo",
		strings.ReplaceAll(approvalXML, "<SpStatus>1", "<SpStatus>"):  "",
		strings.ReplaceAll(approvalXML, "<SpStatus>1", "<SpStatus>x"): "sys_approval_change is not of the XML",
		strings.ReplaceAll(deviceXML, "<UserType>0", "<UserType>x"):   "device_checkin_data_report is not of the XML",
		`{"event":"sys_approval_change"}`:                             "sys_approval_change is not of the XML",
	} {
		e, err := wecom.ParseEvent([]byte(message))
		must(t, err)
		parsed, err := e.Parse()
		if want == "" && err != nil || want != "" && (err == nil || parsed != nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%v: %v, want %q", parsed, err, want)
		}
	}
	for _, message := range []string{"", " ", "success", "<xml>", "<xml></yml>", "{", `[]`, `{"a":1`, "\xff"} {
		if e, err := wecom.ParseEvent([]byte(message)); !errors.Is(err, wecom.ErrCallbackMessage) || e != nil {
			t.Errorf("%q: %v, %v", message, e, err)
		}
	}
}

// An event printed, logged or encoded tells neither its codes nor its text.
func TestEventKeepsSecrets(t *testing.T) {
	t.Parallel()
	for message, private := range map[string]string{createAuthXML: "AUTHCODE", ticketXML: "asdfasfdasdfasdf"} {
		e, err := wecom.ParseEvent([]byte(message))
		must(t, err)
		parsed, err := e.Parse()
		must(t, err)
		var out bytes.Buffer
		slog.New(slog.NewJSONHandler(&out, nil)).Info("event", "e", e, "parsed", parsed)
		slog.New(slog.NewTextHandler(&out, nil)).Info("event", "e", e, "value", *e, "parsed", parsed)
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q"} {
			fmt.Fprintf(&out, format+" "+format+" "+format+" "+format+"\n", e, *e, []wecom.Event{*e}, parsed)
		}
		must(t, json.NewEncoder(&out).Encode([]any{e, parsed}))
		for _, text := range []string{private, fmt.Sprintf("%x", private), "[99 114"} {
			if strings.Contains(out.String(), text) {
				t.Errorf("%q is in\n%s", text, out.String())
			}
		}
	}
	if text := fmt.Sprint(parse(t, `<xml><Event>a</Event><ToUserName>b
c</ToUserName></xml>`)); text != `"a" to "b\nc"` {
		t.Errorf("printed as %s", text)
	}
}
