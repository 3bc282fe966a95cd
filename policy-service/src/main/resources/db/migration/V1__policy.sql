-- The truth about policy. Every change takes the next n of policy_counter (its row lock makes n the order of commits), and leaves one row in
-- policy_change (for the publisher) and one in audit_entry (for people), all in its transaction.

CREATE TABLE policy_counter (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    -- Changes when the database is restored, so that numbers before and after are never compared.
    epoch    text    NOT NULL CHECK (epoch ~ '^[0-9A-Za-z]{1,32}$'),
    n        bigint  NOT NULL CHECK (n >= 0)
);
INSERT INTO policy_counter (epoch, n) VALUES (left(replace(gen_random_uuid()::text, '-', ''), 12), 0);

CREATE TABLE policy_change (
    n    bigint      PRIMARY KEY,
    kind text        NOT NULL,
    -- A domain, or the hash of an API key.
    name text        NOT NULL,
    at   timestamptz NOT NULL
);

CREATE TABLE audit_entry (
    n           bigint      PRIMARY KEY,
    at          timestamptz NOT NULL,
    -- The id of the API key that made the change.
    who         text        NOT NULL,
    -- Null where the change belongs to no domain.
    domain_name text COLLATE "C",
    subject     text        NOT NULL,
    subject_id  text        NOT NULL,
    action      text        NOT NULL CHECK (action IN ('CREATED', 'CHANGED', 'DELETED')),
    before_json text        CHECK (before_json IS NULL OR before_json::jsonb IS NOT NULL),
    after_json  text        CHECK (after_json IS NULL OR after_json::jsonb IS NOT NULL)
);
CREATE INDEX audit_entry_of_domain ON audit_entry (domain_name, n DESC);

CREATE TABLE managed_domain (
    name                 text COLLATE "C" PRIMARY KEY,
    description          text    NOT NULL,
    next_hops            text    NOT NULL CHECK (next_hops::jsonb IS NOT NULL),
    next_hop_tls_level   text    NOT NULL,
    next_hop_tls_minimum text,
    outbound_enabled     boolean NOT NULL,
    relay_sources        text    NOT NULL CHECK (relay_sources::jsonb IS NOT NULL),
    relay_tls_level      text    NOT NULL,
    relay_tls_minimum    text,
    foreign_senders      boolean NOT NULL,
    -- n of the last change of this row's own settings: the ETag.
    version              bigint  NOT NULL,
    -- n of the last change of anything that is compiled with the domain: settings, defaults, peers.
    policy_n             bigint  NOT NULL
);
CREATE INDEX managed_domain_by_policy_n ON managed_domain (policy_n);

-- Tombstones: GET /compiled tells those who knew a domain that it is gone.
CREATE TABLE deleted_domain (
    name text COLLATE "C" PRIMARY KEY,
    n    bigint NOT NULL
);
CREATE INDEX deleted_domain_by_n ON deleted_domain (n);

CREATE TABLE tls_default (
    domain_name       text COLLATE "C" NOT NULL REFERENCES managed_domain ON DELETE CASCADE,
    direction         text   NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
    level             text   NOT NULL,
    minimum_version   text,
    on_violation      text,
    tls_give_up_after text,
    version           bigint NOT NULL,
    PRIMARY KEY (domain_name, direction)
);

CREATE TABLE tls_peer (
    id                text    PRIMARY KEY,
    domain_name       text COLLATE "C" NOT NULL REFERENCES managed_domain ON DELETE CASCADE,
    direction         text    NOT NULL CHECK (direction IN ('INBOUND', 'OUTBOUND')),
    -- In its one spelling, so that the constraint below finds every duplicate.
    peer              text    NOT NULL,
    level             text    NOT NULL,
    minimum_version   text,
    enabled           boolean NOT NULL,
    on_violation      text,
    tls_give_up_after text,
    certificate_names text    NOT NULL CHECK (certificate_names::jsonb IS NOT NULL),
    overrides         boolean NOT NULL,
    description       text    NOT NULL,
    -- n of its creation: the order of lists, which no later change disturbs.
    created_n         bigint  NOT NULL,
    version           bigint  NOT NULL,
    UNIQUE (domain_name, direction, peer)
);
CREATE INDEX tls_peer_in_order ON tls_peer (domain_name, created_n, id);

CREATE TABLE api_key (
    id          text        PRIMARY KEY,
    hash        text        NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    role        text        NOT NULL,
    domains     text        NOT NULL CHECK (domains::jsonb IS NOT NULL),
    description text        NOT NULL,
    created_at  timestamptz NOT NULL,
    created_n   bigint      NOT NULL
);
CREATE INDEX api_key_in_order ON api_key (created_n, id);

-- Which pod publishes to Redis. A lease, not an advisory lock: a lock lives as long as its connection, and a frozen pod's connection lives on.
CREATE TABLE publisher_lease (
    only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    holder     text        NOT NULL,
    expires_at timestamptz NOT NULL
);
INSERT INTO publisher_lease (holder, expires_at) VALUES ('', 'epoch');
