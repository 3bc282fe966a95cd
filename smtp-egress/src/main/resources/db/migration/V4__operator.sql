-- Standing orders of operators (ADR 34): mail that one of them names is held back, what comes later too, until it is released.
CREATE TABLE hold (
    -- Who may end it: OPERATOR (an admin's order, ended by an admin alone), or DOMAIN (a domain-admin's, ended by both).
    authority      text        NOT NULL,
    -- Mail of this managed domain; the empty text: of all.
    managed_domain text        NOT NULL,
    -- Mail to this domain; the empty text: to all.
    destination    text        NOT NULL,
    -- The id of the API key.
    held_by        text        NOT NULL,
    since          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (authority, managed_domain, destination)
);

ALTER TABLE schedule
    -- All managed domains that the mail belongs to; managed_domain is the first of them.
    ADD COLUMN domains       text[]  NOT NULL DEFAULT '{}',
    -- Whether a standing order holds it.
    ADD COLUMN held_by_order boolean NOT NULL DEFAULT false,
    -- The authority that holds this row by its message; null: none does.
    ADD COLUMN held_alone    text,
    -- The id of the key that cancelled it; it gets its outcome as soon as no attempt is at it.
    ADD COLUMN cancelled_by  text,
    ADD COLUMN cancel_told   boolean NOT NULL DEFAULT false,
    -- When it would be due if it were not kept back.
    ADD COLUMN kept_due      timestamptz;

UPDATE schedule SET domains = ARRAY[managed_domain];

CREATE INDEX schedule_by_destination ON schedule (destination);
CREATE INDEX schedule_by_cancellation ON schedule (kept_due) WHERE cancelled_by IS NOT NULL;
CREATE INDEX schedule_by_hold ON schedule (destination) WHERE held_by_order OR held_alone IS NOT NULL;

-- What is kept back is due at the end of time, so that whoever looks for due rows passes it by without reading it.
CREATE FUNCTION schedule_keeps_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    never CONSTANT timestamptz := '9999-12-31T00:00:00Z';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.domains = '{}' THEN
            NEW.domains := ARRAY[NEW.managed_domain];
        END IF;
        -- Orders are given and ended under this lock, taken alone: a row that is made meanwhile cannot be overlooked.
        PERFORM pg_advisory_xact_lock_shared(7401);
        NEW.held_by_order := EXISTS (
            SELECT 1 FROM hold h
            WHERE (h.managed_domain = '' OR h.managed_domain = ANY (NEW.domains))
                AND (h.destination = '' OR h.destination = NEW.destination));
    END IF;
    IF NEW.held_by_order OR NEW.held_alone IS NOT NULL OR NEW.cancelled_by IS NOT NULL THEN
        IF NEW.due < never THEN
            NEW.kept_due := NEW.due;
            NEW.due := never;
        END IF;
    ELSIF NEW.kept_due IS NOT NULL THEN
        IF NEW.due = never THEN
            NEW.due := NEW.kept_due;
        END IF;
        NEW.kept_due := NULL;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER schedule_keeps_back
    BEFORE INSERT OR UPDATE OF due, held_by_order, held_alone, cancelled_by ON schedule
    FOR EACH ROW EXECUTE FUNCTION schedule_keeps_back();

ALTER TABLE quarantine
    -- Attempts that were made before; the numbers go on behind them.
    ADD COLUMN attempt integer NOT NULL DEFAULT 0,
    -- The managed domains it belongs to, where its envelope tells.
    ADD COLUMN domains text[]  NOT NULL DEFAULT '{}';

DROP INDEX quarantine_by_time;
CREATE INDEX quarantine_by_time ON quarantine (kept_at, id);

-- Alert mail to the operator's postmaster (ADR 32): of each cause, before when no further mail is sent, whichever pod would.
CREATE TABLE alert (
    cause     text        PRIMARY KEY,
    next_mail timestamptz NOT NULL
);

-- What there is to tell.
CREATE TABLE alert_fact (
    cause      text        NOT NULL,
    -- What it is about: a host, a destination, an entry of the quarantine, a partition.
    subject    text        NOT NULL,
    -- The time that matters about it: when a certificate expires, since when something waits.
    matters_at timestamptz NOT NULL,
    detail     text        NOT NULL,
    -- When a pod saw last that it is so.
    seen_at    timestamptz NOT NULL,
    -- When it was last told.
    told_at    timestamptz,
    PRIMARY KEY (cause, subject)
);
