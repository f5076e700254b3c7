CREATE TABLE verdicts (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  fetched_at BIGINT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (corp_id, user_id, day)
) /* clustered */;

CREATE TABLE month_verdicts (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  fetched_at BIGINT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (corp_id, user_id, first_day, last_day)
) /* clustered */;

CREATE TABLE coverage (
  corp_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (corp_id, kind, user_id, first_day)
) /* clustered */;

CREATE TABLE mirror_state (
  corp_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (corp_id, name)
);

CREATE TABLE mirror_forms (
  corp_id TEXT COLLATE "C" NOT NULL,
  no TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  kind SMALLINT NOT NULL,
  status SMALLINT NOT NULL,
  applied BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  PRIMARY KEY (corp_id, no)
) /* clustered */;

CREATE TABLE mirror_rules (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  group_id BIGINT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (corp_id, user_id, day, group_id)
) /* clustered */;

CREATE TABLE mirror_docs (
  corp_id TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (corp_id, digest)
);
