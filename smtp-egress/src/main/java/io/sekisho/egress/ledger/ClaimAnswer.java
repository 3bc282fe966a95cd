package io.sekisho.egress.ledger;

import io.sekisho.mail.event.MailEvent;
import java.time.Duration;
import java.util.List;

/** What the ledger says to a claim. */
public sealed interface ClaimAnswer {

    /** The attempt may be made; nobody else makes it meanwhile. */
    record Granted(LedgerClaim claim) implements ClaimAnswer {}

    /** The ledger is out of reach: the attempt may be made, and may be a repetition. */
    record Unrecorded() implements ClaimAnswer {}

    /** It was concluded before: these events are published again, and nothing is sent. None: they need not be told again. */
    record Concluded(List<MailEvent> events) implements ClaimAnswer {
        public Concluded {
            events = List.copyOf(events);
        }
    }

    /** A schedule row has it. */
    record Scheduled() implements ClaimAnswer {}

    /** Another attempt is under way; unless it is renewed it counts as dead in this time. */
    record Held(Duration remaining) implements ClaimAnswer {}

    /** Two attempts at it ended with their pod: it must be tried {@link Ledger.Company#ALONE}. */
    record Suspect() implements ClaimAnswer {}

    /** Three attempts at it ended with their pod. */
    record Poisonous() implements ClaimAnswer {}
}
