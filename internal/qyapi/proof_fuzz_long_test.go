package qyapi_test

import "testing"

// One target for each call: a target is what the go command fuzzes.

func FuzzLongGettoken(f *testing.F)             { fuzzCall(f, "/cgi-bin/gettoken") }
func FuzzLongGetcheckindata(f *testing.F)       { fuzzCall(f, "/cgi-bin/checkin/getcheckindata") }
func FuzzLongGetcheckinoption(f *testing.F)     { fuzzCall(f, "/cgi-bin/checkin/getcheckinoption") }
func FuzzLongGetcheckinDaydata(f *testing.F)    { fuzzCall(f, "/cgi-bin/checkin/getcheckin_daydata") }
func FuzzLongGetcheckinMonthdata(f *testing.F)  { fuzzCall(f, "/cgi-bin/checkin/getcheckin_monthdata") }
func FuzzLongAddcheckinuserface(f *testing.F)   { fuzzCall(f, "/cgi-bin/checkin/addcheckinuserface") }
func FuzzLongGetcheckinschedulist(f *testing.F) { fuzzCall(f, "/cgi-bin/checkin/getcheckinschedulist") }
func FuzzLongGetcorpcheckinoption(f *testing.F) { fuzzCall(f, "/cgi-bin/checkin/getcorpcheckinoption") }
func FuzzLongSetcheckinschedulist(f *testing.F) { fuzzCall(f, "/cgi-bin/checkin/setcheckinschedulist") }
func FuzzLongCheckinGetHardwareCheckinData(f *testing.F) {
	fuzzCall(f, "/cgi-bin/checkin/get_hardware_checkin_data")
}
func FuzzLongHardwareGetHardwareCheckinData(f *testing.F) {
	fuzzCall(f, "/cgi-bin/hardware/get_hardware_checkin_data")
}
func FuzzLongPunchCorrection(f *testing.F)     { fuzzCall(f, "/cgi-bin/checkin/punch_correction") }
func FuzzLongAddCheckinOption(f *testing.F)    { fuzzCall(f, "/cgi-bin/checkin/add_checkin_option") }
func FuzzLongUpdateCheckinOption(f *testing.F) { fuzzCall(f, "/cgi-bin/checkin/update_checkin_option") }
func FuzzLongClearCheckinOptionArrayField(f *testing.F) {
	fuzzCall(f, "/cgi-bin/checkin/clear_checkin_option_array_field")
}
func FuzzLongDelCheckinOption(f *testing.F)     { fuzzCall(f, "/cgi-bin/checkin/del_checkin_option") }
func FuzzLongAddCheckinRecord(f *testing.F)     { fuzzCall(f, "/cgi-bin/checkin/add_checkin_record") }
func FuzzLongServiceGetSuiteToken(f *testing.F) { fuzzCall(f, "/cgi-bin/service/get_suite_token") }
func FuzzLongServiceGetProviderToken(f *testing.F) {
	fuzzCall(f, "/cgi-bin/service/get_provider_token")
}
func FuzzLongServiceGetPreAuthCode(f *testing.F) { fuzzCall(f, "/cgi-bin/service/get_pre_auth_code") }
func FuzzLongServiceSetSessionInfo(f *testing.F) { fuzzCall(f, "/cgi-bin/service/set_session_info") }
func FuzzLongServiceV2GetPermanentCode(f *testing.F) {
	fuzzCall(f, "/cgi-bin/service/v2/get_permanent_code")
}
func FuzzLongServiceGetPermanentCode(f *testing.F) {
	fuzzCall(f, "/cgi-bin/service/get_permanent_code")
}
func FuzzLongServiceGetCorpToken(f *testing.F)   { fuzzCall(f, "/cgi-bin/service/get_corp_token") }
func FuzzLongAgentGetPermissions(f *testing.F)   { fuzzCall(f, "/cgi-bin/agent/get_permissions") }
func FuzzLongDepartmentSimplelist(f *testing.F)  { fuzzCall(f, "/cgi-bin/department/simplelist") }
func FuzzLongDepartmentList(f *testing.F)        { fuzzCall(f, "/cgi-bin/department/list") }
func FuzzLongUserSimplelist(f *testing.F)        { fuzzCall(f, "/cgi-bin/user/simplelist") }
func FuzzLongUserList(f *testing.F)              { fuzzCall(f, "/cgi-bin/user/list") }
func FuzzLongUserGet(f *testing.F)               { fuzzCall(f, "/cgi-bin/user/get") }
func FuzzLongUserListId(f *testing.F)            { fuzzCall(f, "/cgi-bin/user/list_id") }
func FuzzLongUserCreate(f *testing.F)            { fuzzCall(f, "/cgi-bin/user/create") }
func FuzzLongUserUpdate(f *testing.F)            { fuzzCall(f, "/cgi-bin/user/update") }
func FuzzLongUserDelete(f *testing.F)            { fuzzCall(f, "/cgi-bin/user/delete") }
func FuzzLongDepartmentCreate(f *testing.F)      { fuzzCall(f, "/cgi-bin/department/create") }
func FuzzLongDepartmentUpdate(f *testing.F)      { fuzzCall(f, "/cgi-bin/department/update") }
func FuzzLongDepartmentDelete(f *testing.F)      { fuzzCall(f, "/cgi-bin/department/delete") }
func FuzzLongMediaUpload(f *testing.F)           { fuzzCall(f, "/cgi-bin/media/upload") }
func FuzzLongMediaGet(f *testing.F)              { fuzzCall(f, "/cgi-bin/media/get") }
func FuzzLongOaGetapprovalinfo(f *testing.F)     { fuzzCall(f, "/cgi-bin/oa/getapprovalinfo") }
func FuzzLongOaGetapprovaldetail(f *testing.F)   { fuzzCall(f, "/cgi-bin/oa/getapprovaldetail") }
func FuzzLongOaVacationGetcorpconf(f *testing.F) { fuzzCall(f, "/cgi-bin/oa/vacation/getcorpconf") }
func FuzzLongGetApiDomainIp(f *testing.F)        { fuzzCall(f, "/cgi-bin/get_api_domain_ip") }
func FuzzLongGetcallbackip(f *testing.F)         { fuzzCall(f, "/cgi-bin/getcallbackip") }
