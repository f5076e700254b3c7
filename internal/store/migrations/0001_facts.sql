CREATE TABLE meta (
  id SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
  kind TEXT NOT NULL CHECK (kind IN ('live', 'test')),
  created BIGINT NOT NULL
);

CREATE TABLE corps (
  corp_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  zone TEXT NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE apps (
  corp_id TEXT COLLATE "C" NOT NULL,
  agent_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  secret_hash TEXT COLLATE "C" NOT NULL,
  created BIGINT NOT NULL,
  disabled BIGINT NOT NULL,
  PRIMARY KEY (corp_id, agent_id)
);
CREATE UNIQUE INDEX apps_secret ON apps (corp_id, secret_hash);

CREATE TABLE tokens (
  token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  corp_id TEXT COLLATE "C" NOT NULL,
  agent_id BIGINT NOT NULL,
  nonce TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked BIGINT NOT NULL
);
CREATE INDEX tokens_app ON tokens (corp_id, agent_id, expires_at);

CREATE TABLE departments (
  corp_id TEXT COLLATE "C" NOT NULL,
  dept_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  name TEXT NOT NULL,
  parent BIGINT NOT NULL,
  ord BIGINT NOT NULL,
  deleted SMALLINT NOT NULL,
  PRIMARY KEY (corp_id, dept_id, seq)
) /* clustered */;

CREATE TABLE members (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_key TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  from_day INTEGER NOT NULL,
  name TEXT NOT NULL,
  alias TEXT NOT NULL,
  depts TEXT NOT NULL,
  tags TEXT NOT NULL,
  joined_day INTEGER NOT NULL,
  left_day INTEGER NOT NULL,
  deleted SMALLINT NOT NULL,
  PRIMARY KEY (corp_id, user_key, seq)
) /* clustered */;

CREATE TABLE rule_versions (
  corp_id TEXT COLLATE "C" NOT NULL,
  group_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created BIGINT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  known_at BIGINT NOT NULL,
  deleted SMALLINT NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('write', 'read')),
  doc TEXT NOT NULL,
  app_id BIGINT NOT NULL,
  create_user TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (corp_id, group_id, version)
);
CREATE UNIQUE INDEX rule_versions_order ON rule_versions (corp_id, version);

CREATE TABLE schedules (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  group_id BIGINT NOT NULL,
  shift_id BIGINT NOT NULL,
  PRIMARY KEY (corp_id, user_id, day, seq)
) /* clustered */;

CREATE TABLE corrections (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  day INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  known_at BIGINT NOT NULL,
  slot BIGINT NOT NULL,
  at BIGINT NOT NULL,
  made_by SMALLINT NOT NULL,
  remark TEXT NOT NULL,
  app_id BIGINT NOT NULL,
  PRIMARY KEY (corp_id, user_id, day, seq)
) /* clustered */;

CREATE TABLE punches (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL CHECK (at >= 0),
  source SMALLINT NOT NULL,
  device TEXT COLLATE "C" NOT NULL,
  known_at BIGINT NOT NULL,
  flags INTEGER NOT NULL,
  slot SMALLINT NOT NULL,
  section BIGINT NOT NULL,
  repeats BIGINT NOT NULL,
  last_received BIGINT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (corp_id, user_id, at, source, device)
) /* clustered */;

CREATE TABLE imports (
  corp_id TEXT COLLATE "C" NOT NULL,
  file TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  inserted BIGINT NOT NULL,
  repeated BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  PRIMARY KEY (corp_id, file, seq)
);

CREATE TABLE quarantine (
  corp_id TEXT COLLATE "C" NOT NULL,
  file TEXT COLLATE "C" NOT NULL,
  line BIGINT NOT NULL,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (corp_id, file, line)
);
