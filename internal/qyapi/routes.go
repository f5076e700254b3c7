package qyapi

import (
	"slices"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// route is a call that is answered.
type route struct {
	path  string
	may   func(*app.Caller) bool // whether an app may call; others get 48002
	limit int64                  // bytes of body; larger ones get 40058
	call  endpoint
}

// routes are all calls that are answered. Nobody may change it.
var routes = []route{
	{wecom.TokenPath, nil, maxBody, getToken},

	checkinRoute("getcheckindata", post((*API).getCheckinData)),
	checkinRoute("getcheckinoption", post((*API).getCheckinOption)),
	checkinRoute("getcheckin_daydata", post((*API).getCheckinDayData)),
	checkinRoute("getcheckin_monthdata", post((*API).getCheckinMonthData)),
	{"/cgi-bin/checkin/addcheckinuserface", checkinApps("/cgi-bin/checkin/addcheckinuserface"), maxFaceBody, post((*API).addFace)},
	checkinRoute("getcheckinschedulist", post((*API).getCheckinSchedules)),
	checkinRoute("getcorpcheckinoption", post((*API).getCorpCheckinOption)),
	checkinRoute("setcheckinschedulist", post((*API).setCheckinSchedules)),
	checkinRoute("get_hardware_checkin_data", post((*API).getHardwareCheckinData)),
	{hardwarePath, checkinApps(hardwarePath), maxBody, post((*API).getHardwareCheckinData)},
	checkinRoute("punch_correction", post((*API).punchCorrection)),
	checkinRoute("add_checkin_option", post((*API).addCheckinOption)),
	checkinRoute("update_checkin_option", post((*API).updateCheckinOption)),
	checkinRoute("clear_checkin_option_array_field", post((*API).clearCheckinOption)),
	checkinRoute("del_checkin_option", post((*API).delCheckinOption)),
	checkinRoute("add_checkin_record", post((*API).addCheckinRecord)),

	serviceRoute("get_suite_token", open(getSuiteToken)),
	serviceRoute("get_provider_token", open(getProviderToken)),
	serviceRoute("get_pre_auth_code", suiteGet(getPreAuthCode)),
	serviceRoute("set_session_info", suitePost(setSessionInfo)),
	serviceRoute("v2/get_permanent_code", suitePost(getPermanentCode)),
	serviceRoute("get_permanent_code", suitePost(getPermanentCodeV1)),
	serviceRoute("get_corp_token", suitePost(getCorpToken)),
	{"/cgi-bin/agent/get_permissions", kinds(app.CheckinApp, app.SystemApp, app.ProviderApp, app.SuiteApp), maxBody, post(getPermissions)},

	contactRoute("department/simplelist", get((*API).departmentSimpleList)),
	contactRoute("department/list", get((*API).departmentList)),
	contactRoute("user/simplelist", get((*API).userSimpleList)),
	contactRoute("user/list", get((*API).userList)),
	contactRoute("user/get", get((*API).userGet)),
	{"/cgi-bin/user/list_id", kinds(app.ContactApp), maxBody, post((*API).userListID)},
	editRoute("user/create", post((*API).userCreate)),
	editRoute("user/update", post((*API).userUpdate)),
	editRoute("user/delete", get((*API).userDelete)),
	editRoute("department/create", post((*API).departmentCreate)),
	editRoute("department/update", post((*API).departmentUpdate)),
	editRoute("department/delete", get((*API).departmentDelete)),

	{"/cgi-bin/media/upload", contactApps, maxMediaBody, mediaUpload},
	contactRoute("media/get", mediaGet),
	formRoute("getapprovalinfo", post((*API).getApprovalInfo)),
	formRoute("getapprovaldetail", post((*API).getApprovalDetail)),
	formRoute("vacation/getcorpconf", get((*API).getVacations)),
	contactRoute("get_api_domain_ip", get((*API).ownAddresses)),
	contactRoute("getcallbackip", get((*API).ownAddresses)),
}

// contactApps lets through who may read the contacts, each in its own range.
var contactApps = kinds(app.CheckinApp, app.ContactApp, app.AdminApp, app.SystemApp, app.ProviderApp, app.SuiteApp)

const hardwarePath = "/cgi-bin/hardware/get_hardware_checkin_data"

func checkinRoute(name string, call endpoint) route {
	path := "/cgi-bin/checkin/" + name
	return route{path, checkinApps(path), maxBody, call}
}

// checkinApps lets through whom the table of the check-in interface does.
func checkinApps(path string) func(*app.Caller) bool {
	op, ok := checkin.ForPath(path)
	return func(c *app.Caller) bool { return ok && c.MayCall(op) }
}

// kinds lets through apps of some kinds.
func kinds(list ...app.AppKind) func(*app.Caller) bool {
	return func(c *app.Caller) bool { return slices.Contains(list, c.Kind) }
}

func contactRoute(name string, call endpoint) route {
	return route{"/cgi-bin/" + name, contactApps, maxBody, call}
}

// editRoute is for who may change the contacts.
func editRoute(name string, call endpoint) route {
	return route{"/cgi-bin/" + name, kinds(app.ContactApp, app.AdminApp), maxBody, call}
}

// formRoute is for who may read approval forms.
func formRoute(name string, call endpoint) route {
	return route{"/cgi-bin/oa/" + name, (*app.Caller).MayReadApprovals, maxBody, call}
}
