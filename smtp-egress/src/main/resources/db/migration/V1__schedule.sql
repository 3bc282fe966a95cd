-- Mail that waits, a row per message: the envelope with the places of the content, without which no row is of use.
CREATE TABLE scheduled_message (
    id          uuid        PRIMARY KEY,
    envelope    text        NOT NULL,
    received_at timestamptz NOT NULL,
    stored_at   timestamptz NOT NULL DEFAULT now()
);

-- A row per (message, recipient) that has no final outcome yet.
CREATE TABLE schedule (
    message_id        uuid        NOT NULL REFERENCES scheduled_message (id),
    recipient         text        NOT NULL,
    -- Under which domain it is tracked (the first, where there are several): rows are taken round robin by it.
    managed_domain    text        NOT NULL,
    -- The domain of the recipient: by it operators see the queue.
    destination       text        NOT NULL,
    due               timestamptz NOT NULL,
    -- Attempts that were made.
    attempt           integer     NOT NULL,
    first_failure     timestamptz,
    first_tls_failure timestamptz,
    -- When the sender is to be told that it takes longer; null where that was done or is not wanted.
    notice_due        timestamptz,
    last_reply        text,
    -- Why it waits, a sentence for people.
    last_detail       text,
    -- pod/incarnation that attempts it now.
    lease_owner       text,
    lease_until       timestamptz,
    PRIMARY KEY (message_id, recipient)
);

CREATE INDEX schedule_by_domain_and_due ON schedule (managed_domain, due);
CREATE INDEX schedule_by_notice_due ON schedule (notice_due) WHERE notice_due IS NOT NULL;
CREATE INDEX schedule_by_lease_owner ON schedule (lease_owner) WHERE lease_owner IS NOT NULL;
