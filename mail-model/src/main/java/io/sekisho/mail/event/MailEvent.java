package io.sekisho.mail.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.envelope.MessageIds;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One fact about one (message, recipient), or about a connection ({@link EventKind#HANDSHAKE_FAILED}). Public contract:
 * it grows by optional fields only.
 *
 * @param id derived, so that a repetition is the same event
 * @param at when it happened
 * @param message absent only where the fact is about a connection
 * @param attempt 0 at ingress, then 1, 2, …
 * @param hop the downstream host; of a failed handshake at ingress the client's
 * @param reply given to the client (ingress) or got from the host (egress)
 * @param failure what exactly went wrong in an attempt at delivery
 * @param detail one sentence for people: which TLS step failed, why it was deferred
 * @param due when the next attempt is due
 * @param reportId the id of the message that carries the report ({@link EventKind#DSN_SENT}, {@link EventKind#DELAYED})
 * @param ledgerAbsent the attempt ledger was out of reach, so this delivery may be a repetition
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MailEvent(
        UUID id,
        EventKind kind,
        Instant at,
        Optional<MessageFacts> message,
        int attempt,
        Optional<Hop> hop,
        Optional<AppliedPolicy> policy,
        Optional<ReplyFacts> reply,
        Optional<BlockReason> blockReason,
        Optional<AttemptFailure> failure,
        Optional<String> detail,
        Optional<Instant> due,
        Optional<UUID> reportId,
        boolean ledgerAbsent) {

    public MailEvent {
        message = message == null ? Optional.empty() : message;
        hop = hop == null ? Optional.empty() : hop;
        policy = policy == null ? Optional.empty() : policy;
        reply = reply == null ? Optional.empty() : reply;
        blockReason = blockReason == null ? Optional.empty() : blockReason;
        failure = failure == null ? Optional.empty() : failure;
        detail = detail == null ? Optional.empty() : detail;
        due = due == null ? Optional.empty() : due;
        reportId = reportId == null ? Optional.empty() : reportId;
    }

    /** The id of a fact about a message: the same fact told twice has one id. */
    public static UUID idOf(MessageFacts message, int attempt, EventKind kind, String... more) {
        String[] parts = new String[4 + more.length];
        parts[0] = message.id().toString();
        parts[1] = message.recipient();
        parts[2] = Integer.toString(attempt);
        parts[3] = kind.name();
        System.arraycopy(more, 0, parts, 4, more.length);
        return MessageIds.derived(parts);
    }

    /** A fact about a message, to be completed with the {@code with…} methods. */
    public static MailEvent of(EventKind kind, Instant at, MessageFacts message, int attempt) {
        return new MailEvent(
                idOf(message, attempt, kind),
                kind,
                at,
                Optional.of(message),
                attempt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** A fact about a connection. */
    public static MailEvent ofConnection(UUID connection, EventKind kind, Instant at) {
        return new MailEvent(
                MessageIds.derived(connection.toString(), kind.name()),
                kind,
                at,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    public MailEvent withId(UUID newId) {
        return new MailEvent(
                newId,
                kind,
                at,
                message,
                attempt,
                hop,
                policy,
                reply,
                blockReason,
                failure,
                detail,
                due,
                reportId,
                ledgerAbsent);
    }

    public MailEvent withHop(Hop newHop) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                Optional.of(newHop),
                policy,
                reply,
                blockReason,
                failure,
                detail,
                due,
                reportId,
                ledgerAbsent);
    }

    public MailEvent withPolicy(AppliedPolicy newPolicy) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                hop,
                Optional.of(newPolicy),
                reply,
                blockReason,
                failure,
                detail,
                due,
                reportId,
                ledgerAbsent);
    }

    public MailEvent withReply(ReplyFacts newReply) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                hop,
                policy,
                Optional.of(newReply),
                blockReason,
                failure,
                detail,
                due,
                reportId,
                ledgerAbsent);
    }

    public MailEvent withBlockReason(BlockReason newReason) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                hop,
                policy,
                reply,
                Optional.of(newReason),
                failure,
                detail,
                due,
                reportId,
                ledgerAbsent);
    }

    public MailEvent withFailure(AttemptFailure newFailure) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                hop,
                policy,
                reply,
                blockReason,
                Optional.of(newFailure),
                detail,
                due,
                reportId,
                ledgerAbsent);
    }

    public MailEvent withDetail(String newDetail) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                hop,
                policy,
                reply,
                blockReason,
                failure,
                Optional.of(newDetail),
                due,
                reportId,
                ledgerAbsent);
    }

    public MailEvent withDue(Instant newDue) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                hop,
                policy,
                reply,
                blockReason,
                failure,
                detail,
                Optional.of(newDue),
                reportId,
                ledgerAbsent);
    }

    public MailEvent withReportId(UUID newReportId) {
        return new MailEvent(
                id,
                kind,
                at,
                message,
                attempt,
                hop,
                policy,
                reply,
                blockReason,
                failure,
                detail,
                due,
                Optional.of(newReportId),
                ledgerAbsent);
    }

    public MailEvent withLedgerAbsent() {
        return new MailEvent(
                id, kind, at, message, attempt, hop, policy, reply, blockReason, failure, detail, due, reportId, true);
    }
}
