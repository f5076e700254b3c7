package checkin

// Corrections (补卡). -1, the default, means that there is no limit.

func badNextMonth(v *ruleView) string {
	n := v.BukaLimitNextMonth
	return when(n != nil && *n != -1 && outside(*n, 1, 28), "buka_limit_next_month")
}

func badCorrectionCount(v *ruleView) string {
	return when(outside(deref(v.AllowApplyBkCnt), -1, 99), "allow_apply_bk_cnt")
}

// badDayLimit lets 0 pass: it has no meaning, and the list does not refuse it.
func badDayLimit(v *ruleView) string {
	return when(outside(deref(v.AllowApplyBkDayLimit), -1, 180), "allow_apply_bk_day_limit")
}

// badRemind leaves reminders that are off to remindNotOpen.
func badRemind(v *ruleView) string {
	r := deref(v.BukaRemind)
	if !r.OpenRemind {
		return ""
	}
	switch r.BukaRemindMonth {
	case 0:
		return when(outside(r.BukaRemindDay, 15, 30), "buka_remind.buka_remind_day")
	case 1:
		return when(outside(r.BukaRemindDay, 1, 26), "buka_remind.buka_remind_day")
	}
	return "buka_remind.buka_remind_month"
}

func remindNotOpen(v *ruleView) string {
	r := deref(v.BukaRemind)
	return when(!r.OpenRemind && r != BukaRemind{}, "buka_remind")
}

// correctionsNotAllowed lets pass what is sent but says nothing: 0, and the
// default -1.
func correctionsNotAllowed(v *ruleView) string {
	if deref(v.AllowApplyOffworkday) {
		return ""
	}
	for _, m := range []struct {
		name string
		n    *int64
	}{
		{"allow_apply_bk_cnt", v.AllowApplyBkCnt},
		{"allow_apply_bk_day_limit", v.AllowApplyBkDayLimit},
		{"buka_limit_next_month", v.BukaLimitNextMonth},
	} {
		if outside(deref(m.n), -1, 0) {
			return m.name
		}
	}
	if deref(v.BukaRestriction) != 0 {
		return "buka_restriction"
	}
	return when(deref(v.BukaRemind) != BukaRemind{}, "buka_remind")
}
