-- With what the users of a domain submit mail. Compiled with the domain, so a change of these rows sets managed_domain.policy_n too.
CREATE TABLE submission_credential (
    id          text        PRIMARY KEY,
    domain_name text COLLATE "C" NOT NULL REFERENCES managed_domain ON DELETE CASCADE,
    -- name@domain in its one spelling. Not unique: a user has two while a secret is replaced.
    user_name   text COLLATE "C" NOT NULL,
    secret_hash text        NOT NULL CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
    description text        NOT NULL,
    created_at  timestamptz NOT NULL,
    -- n of its creation: the order of lists, and the ETag, as nothing of a credential ever changes.
    created_n   bigint      NOT NULL
);
CREATE INDEX submission_credential_in_order ON submission_credential (domain_name, created_n, id);
