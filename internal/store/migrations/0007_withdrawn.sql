CREATE TABLE correction_ends (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  remark TEXT NOT NULL,
  app_id BIGINT NOT NULL,
  PRIMARY KEY (corp_id, user_id, day, seq)
) /* clustered */;

CREATE TABLE mirror_corrections (
  corp_id TEXT COLLATE "C" NOT NULL,
  no TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (corp_id, no, user_id)
) /* clustered */;
