package store

import "github.com/dakahq/daka/internal/attendance"

// Sighting is a rule as it was answered for a day: that of a member, or, with
// an empty User, one among all of the corporation.
type Sighting struct {
	User   attendance.UserID
	Day    attendance.Day
	Group  attendance.GroupID // 0 = the member has none
	Digest string             // of the document, see SightedDocs; "" where there is none
}

// PutSightings keeps what was answered for a day about some members, in the
// place of what was kept about them on it. "" among them is the list of all rules.
func (tx *Tx) PutSightings(corp attendance.CorpID, day attendance.Day, users []attendance.UserID, seen []Sighting) error {
	_, err := tx.exec("DELETE FROM mirror_rules WHERE corp_id = $1 AND day = $2 AND user_id = ANY($3)",
		string(corp), day.YMD(), plainIDs(users))
	for i := range seen {
		if err != nil {
			break
		}
		_, err = tx.exec("INSERT INTO mirror_rules (corp_id, user_id, day, group_id, digest) VALUES ($1, $2, $3, $4, $5)",
			string(corp), string(seen[i].User), day.YMD(), int64(seen[i].Group), seen[i].Digest)
	}
	return wrap(err, "keep the rules of %s", day)
}

// DropSightings forgets what was answered for a day about members.
func (tx *Tx) DropSightings(corp attendance.CorpID, day attendance.Day) error {
	_, err := tx.exec("DELETE FROM mirror_rules WHERE corp_id = $1 AND day = $2 AND user_id <> ''", string(corp), day.YMD())
	return wrap(err, "forget the rules of %s", day)
}

// Sightings returns all that was answered, in the order of members and days.
func (tx *Tx) Sightings(corp attendance.CorpID) (all []Sighting, err error) {
	err = tx.query("SELECT user_id, day, group_id, digest FROM mirror_rules WHERE corp_id = $1 ORDER BY user_id, day, group_id",
		func(r row) error {
			day, err := attendance.DayFromYMD(r.int(1))
			all = append(all, Sighting{attendance.UserID(r.text(0)), day, attendance.GroupID(r.int(2)), r.text(3)})
			return err
		}, string(corp))
	return all, wrap(err, "read the rules that were answered")
}

// PutSightedDoc keeps a document under its digest.
func (tx *Tx) PutSightedDoc(corp attendance.CorpID, digest string, doc []byte) error {
	_, err := tx.exec("INSERT INTO mirror_docs (corp_id, digest, doc) VALUES ($1, $2, $3) ON CONFLICT (corp_id, digest) DO NOTHING",
		string(corp), digest, string(doc))
	return wrap(err, "keep a rule document")
}

// SetSightedDoc replaces a document under its digest, for what must not be kept.
func (tx *Tx) SetSightedDoc(corp attendance.CorpID, digest string, doc []byte) error {
	_, err := tx.exec("UPDATE mirror_docs SET doc = $3 WHERE corp_id = $1 AND digest = $2", string(corp), digest, string(doc))
	return wrap(err, "replace a rule document")
}

// SightedDocs returns the documents by their digests.
func (tx *Tx) SightedDocs(corp attendance.CorpID) (docs map[string][]byte, err error) {
	docs = map[string][]byte{}
	err = tx.query("SELECT digest, doc FROM mirror_docs WHERE corp_id = $1", func(r row) error {
		docs[r.text(0)] = r.bytes(1, nil)
		return nil
	}, string(corp))
	return docs, wrap(err, "read rule documents")
}
