package store

import "github.com/dakahq/daka/internal/attendance"

// MirroredForm is an approval form of which the mirror has heard.
type MirroredForm struct {
	No      string
	User    attendance.UserID         // "" = not asked yet, or no member's
	Kind    attendance.ApprovalKind   // of the list it was found in
	Status  attendance.ApprovalStatus // 0 = not asked yet
	Applied int64                     // Unix seconds
	AskedAt int64                     // Unix seconds; 0 = it is to be asked about; with status 0 it could not be read then
}

// HearOfForms adds the numbers of forms that were not known.
func (tx *Tx) HearOfForms(corp attendance.CorpID, kind attendance.ApprovalKind, numbers []string) error {
	for _, no := range numbers {
		_, err := tx.exec(`INSERT INTO mirror_forms (corp_id, no, user_id, kind, status, applied, asked_at)
			VALUES ($1, $2, '', $3, 0, 0, 0) ON CONFLICT (corp_id, no) DO NOTHING`, string(corp), no, int64(kind))
		if err != nil {
			return wrap(err, "note form %q", no)
		}
	}
	return nil
}

// AskFormsAgain marks forms as to be asked about, but for those that are known
// to be in one of the states.
func (tx *Tx) AskFormsAgain(corp attendance.CorpID, numbers []string, but []attendance.ApprovalStatus) error {
	states := make([]int64, len(but))
	for i, s := range but {
		states[i] = int64(s)
	}
	_, err := tx.exec("UPDATE mirror_forms SET asked_at = 0 WHERE corp_id = $1 AND no = ANY($2) AND NOT status = ANY($3)",
		string(corp), numbers, states)
	return wrap(err, "ask again about forms")
}

// AskOlderForms marks the forms that passed and were handed in before an instant as
// to be asked about, if they were before another one and their request is about a
// day or later ones.
func (tx *Tx) AskOlderForms(corp attendance.CorpID, handedIn, asked int64, from attendance.Day) error {
	_, err := tx.exec(`UPDATE mirror_forms SET asked_at = 0
		WHERE corp_id = $1 AND status IN ($2, $3) AND applied < $4 AND asked_at > 0 AND asked_at <= $5 AND EXISTS
			(SELECT 1 FROM approvals a WHERE a.corp_id = $1 AND a.no = mirror_forms.no AND a.last_day >= $6)`,
		string(corp), int64(attendance.Passed), int64(attendance.Paid), handedIn, asked, from.YMD())
	return wrap(err, "ask again about older forms")
}

// AskStrangersForms marks the forms in one of some states that no single member
// is known of as to be asked about.
func (tx *Tx) AskStrangersForms(corp attendance.CorpID, states []attendance.ApprovalStatus) error {
	which := make([]int64, len(states))
	for i, s := range states {
		which[i] = int64(s)
	}
	_, err := tx.exec("UPDATE mirror_forms SET asked_at = 0 WHERE corp_id = $1 AND user_id = '' AND status = ANY($2)", string(corp), which)
	return wrap(err, "ask again about forms")
}

// PutForm keeps what was learnt of a form.
func (tx *Tx) PutForm(corp attendance.CorpID, f MirroredForm) error {
	_, err := tx.exec(`INSERT INTO mirror_forms (corp_id, no, user_id, kind, status, applied, asked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (corp_id, no) DO UPDATE SET user_id = excluded.user_id,
			status = excluded.status, applied = excluded.applied, asked_at = excluded.asked_at`,
		string(corp), f.No, string(f.User), int64(f.Kind), int64(f.Status), f.Applied, f.AskedAt)
	return wrap(err, "keep form %q", f.No)
}

const formColumns = "SELECT no, user_id, kind, status, applied, asked_at FROM mirror_forms WHERE corp_id = $1 "

// DeferForm notes that a form was asked about and could not be read.
func (tx *Tx) DeferForm(corp attendance.CorpID, no string, at int64) error {
	_, err := tx.exec("UPDATE mirror_forms SET asked_at = $3 WHERE corp_id = $1 AND no = $2", string(corp), no, at)
	return wrap(err, "note that form %q could not be read", no)
}

// deferred is for how long a form that could not be read is left alone, in
// seconds: an hour less than a day, so that who asks daily asks each day.
const deferred = 23 * 3600

// FormsToAsk returns the forms of a kind that were not asked about yet, those that
// were pending when they were, before an instant, and those that could not be
// read, most of a day before it.
func (tx *Tx) FormsToAsk(corp attendance.CorpID, kind attendance.ApprovalKind, before int64) ([]MirroredForm, error) {
	return tx.forms(formColumns+"AND kind = $2 AND (asked_at = 0 OR status = $3 AND asked_at < $4 OR status = 0 AND asked_at <= $5) ORDER BY no",
		string(corp), int64(kind), int64(attendance.Pending), before, before-deferred)
}

// FormNumbered returns what is known of a form; found is false for none.
func (tx *Tx) FormNumbered(corp attendance.CorpID, no string) (form MirroredForm, found bool, err error) {
	all, err := tx.forms(formColumns+"AND no = $2", string(corp), no)
	if err != nil || len(all) == 0 {
		return form, false, err
	}
	return all[0], true, nil
}

func (tx *Tx) forms(sql string, args ...any) (all []MirroredForm, err error) {
	err = tx.query(sql, func(r row) error {
		all = append(all, MirroredForm{
			No: r.text(0), User: attendance.UserID(r.text(1)), Kind: attendance.ApprovalKind(r.int(2)),
			Status: attendance.ApprovalStatus(r.int(3)), Applied: r.int(4), AskedAt: r.int(5),
		})
		return nil
	}, args...)
	return all, wrap(err, "read forms")
}

// LinkCorrection keeps which correction a form has brought for a member.
func (tx *Tx) LinkCorrection(corp attendance.CorpID, no string, user attendance.UserID, day attendance.Day, seq int64) error {
	_, err := tx.exec(`INSERT INTO mirror_corrections (corp_id, no, user_id, day, seq) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (corp_id, no, user_id) DO UPDATE SET day = excluded.day, seq = excluded.seq`,
		string(corp), no, string(user), day.YMD(), seq)
	return wrap(err, "keep the correction of form %q", no)
}

// FormCorrections returns the corrections that a form has brought, in the order
// of members.
func (tx *Tx) FormCorrections(corp attendance.CorpID, no string) ([]NumberedCorrection, error) {
	return tx.corrections(correctionColumns+`(c.user_id, c.day, c.seq) IN
			(SELECT user_id, day, seq FROM mirror_corrections WHERE corp_id = $1 AND no = $3)
		ORDER BY c.user_id, c.day, c.seq`, string(corp), int64(1<<62), no)
}
