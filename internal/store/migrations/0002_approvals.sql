CREATE TABLE approvals (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  no TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  status SMALLINT NOT NULL,
  kind SMALLINT NOT NULL,
  by_day SMALLINT NOT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (corp_id, user_id, no, seq)
) /* clustered */;

CREATE TABLE options (
  corp_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (corp_id, seq)
);

CREATE TABLE holidays (
  corp_id TEXT COLLATE "C" NOT NULL,
  year INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (corp_id, year, seq)
);

CREATE TABLE month_states (
  corp_id TEXT COLLATE "C" NOT NULL,
  month INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  closed SMALLINT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (corp_id, month, seq)
);

CREATE TABLE month_reports (
  corp_id TEXT COLLATE "C" NOT NULL,
  month INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  doc TEXT NOT NULL,
  PRIMARY KEY (corp_id, month, seq, user_id, day)
) /* clustered */;
