CREATE TABLE audit_keys (
  corp_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  secret TEXT NOT NULL
);

CREATE TABLE audit (
  corp_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  action TEXT NOT NULL,
  subjects TEXT NOT NULL,
  subject_count BIGINT NOT NULL,
  detail TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (corp_id, seq)
);

CREATE TABLE erasures (
  corp_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  subject TEXT NOT NULL,
  at BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  counts TEXT NOT NULL,
  PRIMARY KEY (corp_id, seq)
);
