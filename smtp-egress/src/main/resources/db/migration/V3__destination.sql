-- What all pods know of a destination: of what shares a route (ADR 33). There is a row while it is in use, or suspended.
CREATE TABLE destination (
    -- As in schedule.route.
    name            text             PRIMARY KEY,
    -- Attempts at once, of all pods together.
    concurrency     integer          NOT NULL,
    -- Troubles in a row, without an answer between them.
    failures        integer          NOT NULL,
    -- Suspensions in a row, by which the next one is longer.
    suspensions     integer          NOT NULL,
    -- Null: open. Past: one attempt may show whether it answers again, that of the pod in probe_owner.
    suspended_until timestamptz,
    probe_owner     text,
    probe_until     timestamptz,
    -- What it said last when it was in trouble, and why it was.
    last_reply      text,
    last_detail     text,
    last_at         timestamptz,
    -- Of anything above.
    changed_at      timestamptz      NOT NULL,
    -- When a pod last had to do with it: what nobody uses is forgotten.
    used_at         timestamptz      NOT NULL
);

CREATE INDEX destination_by_change ON destination (changed_at);
CREATE INDEX destination_by_use ON destination (used_at);
CREATE INDEX destination_by_suspension ON destination (suspended_until) WHERE suspended_until IS NOT NULL;

-- The pods that live, each with pod/incarnation: a destination's concurrency is divided among them.
CREATE TABLE egress_pod (
    owner       text        PRIMARY KEY,
    alive_until timestamptz NOT NULL
);

-- Which destination row stands for this mail: its domain, or the host and port of a static route. Rows of before have
-- none, are taken once and then have one.
ALTER TABLE schedule ADD COLUMN route text NOT NULL DEFAULT '';

-- Rows are taken round robin by domain, and within a domain by route.
CREATE INDEX schedule_by_domain_route_and_due ON schedule (managed_domain, route, due, message_id);
-- What waits for a suspended destination must all the same be looked at when its TLS deadline, or its lifetime, is over.
CREATE INDEX schedule_by_route_of_tls_failures ON schedule (route, due) WHERE first_tls_failure IS NOT NULL;
CREATE INDEX scheduled_message_by_reception ON scheduled_message (received_at);
