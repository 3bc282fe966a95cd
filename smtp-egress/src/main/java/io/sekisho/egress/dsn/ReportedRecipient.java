package io.sekisho.egress.dsn;

import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a report says of one recipient.
 *
 * @param status enhanced status (RFC 3463)
 * @param remoteHost that was tried last
 * @param reply of that host, where it spoke
 * @param reason what the explanation is about
 * @param explanation one sentence for people, in English: what happened in the network; may be empty
 * @param ruleIds the rules that asked for what was not met; empty where it is not about TLS
 * @param tlsStep that failed
 * @param retryUntil of a delay
 */
public record ReportedRecipient(
        Recipient recipient,
        String status,
        Optional<String> remoteHost,
        Optional<ReplyFacts> reply,
        Reason reason,
        String explanation,
        List<String> ruleIds,
        Optional<TlsStep> tlsStep,
        Instant lastAttempt,
        Optional<Instant> retryUntil) {

    /** What the explanation is about; said in the reader's language before it. */
    public enum Reason {
        /** The explanation, the reply and the step of TLS say it all. */
        TOLD_BELOW,
        EXPIRED,
        /** The content was lost or changed in the gateway. */
        DAMAGED,
        /** No attempt said why it waits. */
        WAITS,
        /** The gateway's operator ended it by hand. */
        GIVEN_UP
    }

    public ReportedRecipient {
        ruleIds = List.copyOf(ruleIds);
    }
}
