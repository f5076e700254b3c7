package store

import "github.com/dakahq/daka/internal/attendance"

// RuleForm says which call's shape a stored rule document has.
type RuleForm string

// The forms of rule documents.
const (
	FormWrite RuleForm = "write" // as add_checkin_option takes it
	FormRead  RuleForm = "read"  // as getcorpcheckinoption answers it
)

// RuleVersion is a rule as it is in force for some days. See
// attendance.RuleVersion for what its times and its order mean.
type RuleVersion struct {
	Group      attendance.GroupID
	Version    int64 // rising over all groups of the corporation
	Created    int64 // order in which the groups were added
	First      attendance.Day
	Last       attendance.Day
	KnownAt    int64 // Unix seconds
	Deleted    bool
	Form       RuleForm
	Doc        []byte // JSON, opaque here; "{}" or the last one where Deleted
	App        AgentID
	CreateUser attendance.UserID
	CreatedAt  int64 // Unix seconds: when the group was added
}

// NextGroupID returns an id that no rule of the corporation ever had.
func (tx *Tx) NextGroupID(corp attendance.CorpID) (id attendance.GroupID, err error) {
	_, err = tx.one("SELECT coalesce(max(group_id), 0) + 1 FROM rule_versions WHERE corp_id = $1", func(r row) error {
		id = attendance.GroupID(r.int(0))
		return nil
	}, string(corp))
	return id, wrap(err, "next rule id of corp %q", corp)
}

// AddRuleVersion adds a version and returns the number it got; v.Version is
// not looked at. With v.Created 0 the group keeps its place in the order, or
// gets the next one when it is new.
func (tx *Tx) AddRuleVersion(corp attendance.CorpID, v RuleVersion) (version int64, err error) {
	if err := validDays(v.First, v.Last); err != nil {
		return 0, wrap(err, "add version of rule %d", v.Group)
	}
	_, err = tx.one("SELECT coalesce(max(version), 0) + 1 FROM rule_versions WHERE corp_id = $1", func(r row) error {
		version = r.int(0)
		return nil
	}, string(corp))
	if err == nil && v.Created == 0 {
		v.Created, err = tx.ruleOrder(corp, v.Group)
	}
	if err == nil {
		_, err = tx.exec(`INSERT INTO rule_versions (corp_id, group_id, version, created, first_day, last_day, known_at,
				deleted, form, doc, app_id, create_user, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			string(corp), int64(v.Group), version, v.Created, v.First.YMD(), v.Last.YMD(), v.KnownAt,
			truth(v.Deleted), string(v.Form), string(v.Doc), int64(v.App), string(v.CreateUser), v.CreatedAt)
	}
	return version, wrap(err, "add version of rule %d", v.Group)
}

func (tx *Tx) ruleOrder(corp attendance.CorpID, group attendance.GroupID) (created int64, err error) {
	_, err = tx.one(`SELECT coalesce(max(CASE WHEN group_id = $2 THEN created END), max(created) + 1, 1)
		FROM rule_versions WHERE corp_id = $1`, func(r row) error {
		created = r.int(0)
		return nil
	}, string(corp), int64(group))
	return created, err
}

const ruleColumns = `group_id, version, created, first_day, last_day, known_at, deleted, form, app_id,
	create_user, created_at, `

// RuleVersions returns the versions of all rules known at an instant, deleted
// ones too, in the order of their versions.
func (tx *Tx) RuleVersions(corp attendance.CorpID, asOf int64) ([]RuleVersion, error) {
	return tx.ruleVersions("SELECT "+ruleColumns+`doc FROM rule_versions
		WHERE corp_id = $1 AND known_at <= $2 ORDER BY version`, corp, asOf)
}

// RuleHeads is RuleVersions without the documents, for a caller that keeps
// compiled rules.
func (tx *Tx) RuleHeads(corp attendance.CorpID, asOf int64) ([]RuleVersion, error) {
	return tx.ruleVersions("SELECT "+ruleColumns+`'' FROM rule_versions
		WHERE corp_id = $1 AND known_at <= $2 ORDER BY version`, corp, asOf)
}

// RuleDoc returns the document of one version, or ErrNotFound.
func (tx *Tx) RuleDoc(corp attendance.CorpID, version int64) (doc []byte, err error) {
	found, err := tx.one("SELECT doc FROM rule_versions WHERE corp_id = $1 AND version = $2", func(r row) error {
		doc = []byte(r.text(0))
		return nil
	}, string(corp), version)
	return doc, orNotFound(found, err, "rule version %d of corp %q", version, corp)
}

func (tx *Tx) ruleVersions(sql string, corp attendance.CorpID, asOf int64) (all []RuleVersion, err error) {
	err = tx.query(sql, func(r row) error {
		v := RuleVersion{
			Group: attendance.GroupID(r.int(0)), Version: r.int(1), Created: r.int(2), KnownAt: r.int(5),
			Deleted: r.int(6) != 0, Form: RuleForm(r.text(7)), App: AgentID(r.int(8)),
			CreateUser: attendance.UserID(r.text(9)), CreatedAt: r.int(10), Doc: []byte(r.text(11)),
		}
		var err error
		if v.First, err = attendance.DayFromYMD(r.int(3)); err == nil {
			v.Last, err = attendance.DayFromYMD(r.int(4))
		}
		all = append(all, v)
		return wrap(err, "version %d", v.Version)
	}, string(corp), asOf)
	return all, wrap(err, "read rules of corp %q", corp)
}
