-- What could not be read, lost its content, or ended a pod three times. Nothing here is ever removed but by an operator.
CREATE TABLE quarantine (
    id           uuid        PRIMARY KEY,
    kept_at      timestamptz NOT NULL DEFAULT now(),
    -- UNREADABLE, CONTENT_LOST or ENDED_PODS
    reason       text        NOT NULL,
    detail       text        NOT NULL,
    message_id   uuid,
    -- Null: the whole message.
    recipient    text,
    -- Where it stood in the intake queue; null where it came from the schedule.
    partition    integer,
    record_offset bigint,
    -- The envelope as it was found; a record without one has none.
    envelope     bytea,
    -- The message, where the record held it; else the envelope tells where it stands.
    content      bytea
);

CREATE INDEX quarantine_by_time ON quarantine (kept_at);
