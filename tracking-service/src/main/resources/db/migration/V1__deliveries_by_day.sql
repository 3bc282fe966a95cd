-- Every table is partitioned by day: of receivedAt (UTC) for messages, of the event for connections. A day's partitions are made by
-- ensure_day(); there is no default partition, so a day that nobody ensured is an error and not a heap that can never be split.

-- What was told, as it was told; append-only. The text is kept as it came (json, not jsonb), optional fields of later versions included.
CREATE TABLE mail_event (
    day         date        NOT NULL,
    event_id    uuid        NOT NULL,
    delivery_id uuid        NOT NULL,
    at          timestamptz NOT NULL,
    event       json        NOT NULL,
    PRIMARY KEY (day, event_id)
) PARTITION BY RANGE (day);

CREATE INDEX mail_event_of_delivery ON mail_event (delivery_id);

-- One row for each message and recipient, the fold of its events.
CREATE TABLE delivery (
    day                date        NOT NULL,
    delivery_id        uuid        NOT NULL,
    received_at        timestamptz NOT NULL,
    message_id         uuid        NOT NULL,
    recipient          text        NOT NULL,
    direction          text        NOT NULL,
    sender             text        NOT NULL,
    subject            text,
    message_id_field   text,
    size               bigint      NOT NULL,
    client_address     inet,
    upstream_tls       text        NOT NULL,
    status             text        NOT NULL,
    status_attempt     integer     NOT NULL,
    status_at          timestamptz NOT NULL,
    status_reason      text,
    due                timestamptz,
    traffic            text        NOT NULL,
    block_reason       text,
    downstream_host    text,
    downstream_address text,
    downstream_port    integer,
    downstream_tls     text,
    downstream_kind    text,
    downstream_attempt integer,
    downstream_at      timestamptz,
    attempts           integer     NOT NULL,
    PRIMARY KEY (day, delivery_id)
) PARTITION BY RANGE (day);

-- "Newest first" is day, then time: with the day in front the partitions are read one after the other and the rest is never opened.
CREATE INDEX delivery_newest ON delivery (day, received_at, delivery_id);
CREATE INDEX delivery_blocked ON delivery (day, received_at, delivery_id) WHERE traffic = 'BLOCKED';
CREATE INDEX delivery_of_message ON delivery (message_id);
CREATE INDEX delivery_of_message_id_field ON delivery (message_id_field) WHERE message_id_field IS NOT NULL;
CREATE INDEX delivery_of_recipient ON delivery (lower(recipient) text_pattern_ops, day, received_at, delivery_id);
CREATE INDEX delivery_of_sender ON delivery (lower(sender) text_pattern_ops, day, received_at, delivery_id);

-- Which managed domains a row belongs to; it may be two (from one managed domain to another).
CREATE TABLE delivery_domain (
    day         date        NOT NULL,
    delivery_id uuid        NOT NULL,
    domain      text        NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (day, delivery_id, domain)
) PARTITION BY RANGE (day);

CREATE INDEX delivery_domain_newest ON delivery_domain (domain, day, received_at, delivery_id);

-- What was told about connections that carried no message.
CREATE TABLE connection_event (
    day            date        NOT NULL,
    event_id       uuid        NOT NULL,
    at             timestamptz NOT NULL,
    client_address inet,
    event          json        NOT NULL,
    PRIMARY KEY (day, event_id)
) PARTITION BY RANGE (day);

CREATE INDEX connection_event_newest ON connection_event (day, at, event_id);

-- Makes the partitions of a day unless they are there. Safe to call from many sessions at once; readers and writers are not held up, as a
-- partition is made apart and then attached, which locks the parent against other changes of its shape only.
CREATE FUNCTION ensure_day(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    parent text;
    part   text;
BEGIN
    IF to_regclass('connection_event_' || to_char(wanted, 'YYYYMMDD')) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('sekisho.tracking.ensure_day'));
    -- connection_event last: where it is, all are (see above).
    FOREACH parent IN ARRAY ARRAY['mail_event', 'delivery', 'delivery_domain', 'connection_event'] LOOP
        part := parent || '_' || to_char(wanted, 'YYYYMMDD');
        IF to_regclass(part) IS NULL THEN
            -- Rows of deliveries are written again as events come: room for that in the same page keeps the indexes out of it.
            EXECUTE format(
                'CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (fillfactor = %s)',
                part, parent, CASE parent WHEN 'delivery' THEN 75 ELSE 100 END);
            EXECUTE format(
                'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, part, wanted, wanted + 1);
        END IF;
    END LOOP;
END
$$;

-- The days that have partitions. The names are looked at first, since a plan may apply a condition on the day to every relation there is.
CREATE VIEW stored_day AS
SELECT CASE WHEN part.relname ~ '^delivery_[0-9]{8}$' THEN to_date(right(part.relname, 8), 'YYYYMMDD') END AS day
FROM pg_inherits AS link
JOIN pg_class AS part ON part.oid = link.inhrelid
WHERE link.inhparent = 'delivery'::regclass;
