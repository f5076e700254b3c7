package checkin

// Which punches a RecordsRequest asks for.
const (
	DutyPunches    = 1 // 上下班打卡
	OutsidePunches = 2 // 外出打卡
	AllPunches     = 3
)

// The kinds of Record.CheckinType.
const (
	TypeOn      = "上班打卡"
	TypeOff     = "下班打卡"
	TypeOutside = "外出打卡"
	TypeRecord  = "仅记录打卡时间和位置" // since 2024-12
)

// The parts of Record.ExceptionType.
const (
	WrongTime     = "时间异常"
	WrongPlace    = "地点异常"
	NoPunch       = "未打卡"
	WrongWifi     = "wifi异常"
	UnusualDevice = "非常用设备"
)

// The kinds of ExceptionInfo.Exception.
const (
	ExceptionLate    = 1
	ExceptionEarly   = 2
	ExceptionMissing = 3
	ExceptionAbsent  = 4
	ExceptionPlace   = 5
	ExceptionDevice  = 6
)

// The kinds of record_type in reports. They are not numbered as grouptype is.
const (
	RecordFixed    = 1
	RecordOutside  = 2 // never in reports
	RecordShift    = 3
	RecordFree     = 4
	RecordOvertime = 5
	RecordNoRule   = 7
)

// The kinds of rule (grouptype).
const (
	GroupFixed = 1
	GroupShift = 2
	GroupFree  = 3
)

// The kinds of DayBaseInfo.DayType.
const (
	DayWork = 0
	DayRest = 1
)

// The kinds of OTInfo.OTStatus.
const (
	OTNone   = 0
	OTNormal = 1
	OTShort  = 2
)

// The kinds of SPItem.Type.
const (
	SPLeave         = 1
	SPCorrection    = 2
	SPTrip          = 3
	SPOuting        = 4
	SPApprovalPunch = 15
	SPFieldWork     = 100
)

// The units of SPItem.TimeType.
const (
	TimeDays  = 0
	TimeHours = 1
)

// LangChinese is the only TextData.Lang that WeCom sends.
const LangChinese = "zh_CN"

// What a rule takes punches from (group.type).
const (
	ByPhone           = 0
	ByUSBTerminal     = 1 // named by the error list of document 98041 alone
	ByTerminal        = 2 // 智慧考勤机
	ByPhoneOrTerminal = 3
)

// What a punch outside a rule's places is (option_out_range).
const (
	OutRangeException = 0
	OutRangeFieldWork = 1
	OutRangeForbidden = 2
)

// What counts as overtime (ot_info.type, ot_info_v2.*.type).
const (
	OTByBoth     = 0 // applied for and punched
	OTByPunches  = 1
	OTByApproval = 2
)

// How rests are taken out of overtime (restinfo.type).
const (
	RestNone     = 0
	RestFixed    = 1
	RestByLength = 2
)

// How punches pair up (checkin_method_type).
const (
	ManyPairs  = 0
	OnePair    = 1
	RecordOnly = 2
)

// The bits of buka_restriction: kinds of correction that are forbidden.
const (
	NoMissingCorrection = 1 << iota // 缺卡
	NoLateCorrection                // 迟到
	NoEarlyCorrection               // 早退
	NoOtherCorrection               // 其他异常
)

// The kinds of special day (spe_workdays[].type, spe_offdays[].type).
const (
	SpecialDate     = 0
	SpecialPeriod   = 1
	SpecialBiweekly = 2
)

// The arrays that a ClearOptionRequest can empty.
const (
	ClearSpeWorkdays = 1
	ClearSpeOffdays  = 2
	ClearWifi        = 3 // not both Wifi
	ClearLocations   = 4 // and locations may end up empty
)

// The times that a HardwareRequest can filter by.
const (
	ByPunchTime  = 1
	ByUploadTime = 2
)

// The kinds of NewRecord.DeviceType.
const (
	DeviceAccess   = 1 // 门禁
	DeviceTerminal = 2 // attendance machine: face, fingerprint
	DeviceOther    = 3
)
