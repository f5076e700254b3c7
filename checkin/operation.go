package checkin

import "net/http"

// Access says what an app needs to call an operation.
type Access uint8

// The kinds of Access.
const (
	NotSupported       Access = iota
	Configured                // listed at 「打卡 - 可调用接口的应用」
	Permission                // granted 「打卡」
	PermissionAndModel        // that, and the device model is linked to the app
)

// Operation is one call of the check-in interface.
type Operation struct {
	Key    string   // K1 to K12; the four calls that edit rules share one
	Name   string   // last part of the path
	Call   string   // method of Client
	Method string   // of HTTP
	Paths  []string // the documented one first, then others in use
	Doc    Doc

	RatePerMinute int // calls a minute and corp; 0 = not stated
	// Repeatable says that the call made twice does what it does once: it reads,
	// or sets what it set. The others add, or fail the second time.
	Repeatable bool

	SelfBuilt         Access
	ProviderDeveloped Access
	ThirdParty        Access
}

// Doc holds the numbers of an operation's pages: path numbers under
// developer.work.weixin.qq.com/document/path, 0 for none, and the inner id.
type Doc struct{ SelfBuilt, ThirdParty, ProviderDeveloped, ID int }

// ForPath returns the operation served at path.
func ForPath(path string) (Operation, bool) {
	for _, op := range Operations {
		for _, p := range op.Paths {
			if p == path {
				return op, true
			}
		}
	}
	return Operation{}, false
}

// Operations are the fifteen calls. Nobody may change it.
var Operations = []Operation{
	operation("K1", "getcheckindata", "Records", Doc{90262, 94205, 96497, 14630}, 600, Permission, Permission),
	operation("K2", "getcheckinoption", "Options", Doc{90263, 94204, 99443, 14631}, 0, Permission, Permission),
	operation("K3", "getcheckin_daydata", "DayData", Doc{93374, 94206, 96498, 25689}, 100, Permission, Permission),
	operation("K4", "getcheckin_monthdata", "MonthData", Doc{93387, 94207, 96499, 25798}, 60, Permission, Permission),
	operation("K5", "addcheckinuserface", "AddFace", Doc{93378, 0, 0, 25718}, 10, NotSupported, NotSupported),
	operation("K6", "getcheckinschedulist", "ScheduleList", Doc{93380, 94208, 96500, 25721}, 60, Permission, Permission),
	operation("K7", "getcorpcheckinoption", "CorpOptions", Doc{93384, 0, 99444, 25765}, 60, Permission, NotSupported),
	operation("K8", "setcheckinschedulist", "SetSchedule", Doc{93385, 94209, 96501, 25766}, 60, Permission, Permission),
	{
		Key: "K9", Name: "get_hardware_checkin_data", Call: "Hardware", Method: http.MethodPost,
		Paths: []string{"/cgi-bin/hardware/get_hardware_checkin_data", prefix + "get_hardware_checkin_data"},
		Doc:   Doc{94126, 95176, 96504, 16213}, Repeatable: true,
		SelfBuilt: Configured, ThirdParty: PermissionAndModel,
	},
	operation("K10", "punch_correction", "Correct", Doc{95803, 0, 0, 39157}, 600, NotSupported, NotSupported),
	operation("K11", "add_checkin_option", "AddOption", optionDoc, 0, Permission, NotSupported),
	operation("K11", "update_checkin_option", "UpdateOption", optionDoc, 0, Permission, NotSupported),
	operation("K11", "clear_checkin_option_array_field", "ClearOption", optionDoc, 0, Permission, NotSupported),
	operation("K11", "del_checkin_option", "DeleteOption", optionDoc, 0, Permission, NotSupported),
	operation("K12", "add_checkin_record", "AddRecords", Doc{99647, 0, 0, 52613}, 60, NotSupported, NotSupported),
}

// once names the calls that are not Repeatable.
var once = map[string]bool{
	"punch_correction": true, "add_checkin_option": true, "del_checkin_option": true, "add_checkin_record": true,
}

const prefix = "/cgi-bin/checkin/"

var optionDoc = Doc{98041, 0, 98767, 44995}

// operation returns a row of Operations; every self-built app may be configured.
func operation(key, name, call string, doc Doc, rate int, provider, thirdParty Access) Operation {
	return Operation{
		Key: key, Name: name, Call: call, Method: http.MethodPost, Paths: []string{prefix + name}, Doc: doc,
		RatePerMinute: rate, Repeatable: !once[name], SelfBuilt: Configured, ProviderDeveloped: provider, ThirdParty: thirdParty,
	}
}
