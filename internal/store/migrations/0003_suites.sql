ALTER TABLE apps ADD COLUMN access TEXT NOT NULL DEFAULT '';

CREATE TABLE suites (
  suite_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  secret_hash TEXT COLLATE "C" NOT NULL,
  callback_url TEXT NOT NULL,
  sealed TEXT NOT NULL,
  permissions TEXT NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE suite_tickets (
  suite_id TEXT COLLATE "C" NOT NULL,
  ticket_hash TEXT COLLATE "C" NOT NULL,
  issued_at BIGINT NOT NULL,
  PRIMARY KEY (suite_id, ticket_hash)
) /* clustered */;

CREATE TABLE suite_codes (
  suite_id TEXT COLLATE "C" NOT NULL,
  code_hash TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pre_auth', 'auth')),
  corp_id TEXT COLLATE "C" NOT NULL,
  auth_type SMALLINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  PRIMARY KEY (suite_id, code_hash)
) /* clustered */;

CREATE TABLE service_tokens (
  token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('suite', 'provider')),
  owner TEXT COLLATE "C" NOT NULL,
  nonce TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE suite_auths (
  corp_id TEXT COLLATE "C" NOT NULL,
  suite_id TEXT COLLATE "C" NOT NULL,
  agent_id BIGINT NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  state TEXT NOT NULL,
  auth_type SMALLINT NOT NULL,
  created BIGINT NOT NULL,
  cancelled BIGINT NOT NULL,
  PRIMARY KEY (corp_id, suite_id)
) /* clustered */;

CREATE TABLE providers (
  corp_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  secret_hash TEXT COLLATE "C" NOT NULL,
  created BIGINT NOT NULL
);

CREATE TABLE wrong_secrets (
  address TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  banned_until BIGINT NOT NULL
);
