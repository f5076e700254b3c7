package qyapi

import (
	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// route is a call that is answered.
type route struct {
	path  string
	apps  []app.AppKind // kinds of apps that may call; others get 48002
	limit int64         // bytes of body; larger ones get 40058
	call  endpoint
}

// routes are all calls that are answered. Nobody may change it.
var routes = []route{
	{wecom.TokenPath, nil, maxBody, getToken},

	checkinRoute("getcheckindata", post((*API).getCheckinData)),
	checkinRoute("getcheckinoption", post((*API).getCheckinOption)),
	checkinRoute("getcheckin_daydata", post((*API).getCheckinDayData)),
	checkinRoute("getcheckin_monthdata", post((*API).getCheckinMonthData)),
	{"/cgi-bin/checkin/addcheckinuserface", checkinApps, maxFaceBody, post(notOffered[checkin.FaceRequest])},
	checkinRoute("getcheckinschedulist", post((*API).getCheckinSchedules)),
	checkinRoute("getcorpcheckinoption", post((*API).getCorpCheckinOption)),
	checkinRoute("setcheckinschedulist", post((*API).setCheckinSchedules)),
	checkinRoute("get_hardware_checkin_data", post((*API).getHardwareCheckinData)),
	{"/cgi-bin/hardware/get_hardware_checkin_data", checkinApps, maxBody, post((*API).getHardwareCheckinData)},
	checkinRoute("punch_correction", post((*API).punchCorrection)),
	checkinRoute("add_checkin_option", post((*API).addCheckinOption)),
	checkinRoute("update_checkin_option", post((*API).updateCheckinOption)),
	checkinRoute("clear_checkin_option_array_field", post((*API).clearCheckinOption)),
	checkinRoute("del_checkin_option", post((*API).delCheckinOption)),
	checkinRoute("add_checkin_record", post((*API).addCheckinRecord)),

	contactRoute("department/simplelist", get((*API).departmentSimpleList)),
	contactRoute("department/list", get((*API).departmentList)),
	contactRoute("user/simplelist", get((*API).userSimpleList)),
	contactRoute("user/list", get((*API).userList)),
	contactRoute("user/get", get((*API).userGet)),
	{"/cgi-bin/user/list_id", []app.AppKind{app.ContactApp}, maxBody, post((*API).userListID)},
}

var (
	checkinApps = []app.AppKind{app.CheckinApp}
	contactApps = []app.AppKind{app.CheckinApp, app.ContactApp, app.AdminApp}
)

func checkinRoute(name string, call endpoint) route {
	return route{"/cgi-bin/checkin/" + name, checkinApps, maxBody, call}
}

func contactRoute(name string, call endpoint) route {
	return route{"/cgi-bin/" + name, contactApps, maxBody, call}
}
