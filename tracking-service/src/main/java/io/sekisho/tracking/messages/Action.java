package io.sekisho.tracking.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.tls.CertificateFacts;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One line of the section "Actions" (処理). */
@Schema(description = "What happened to the message for one recipient. What does not apply is left out.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Action(
        Instant time,
        EventKind kind,
        String recipient,

        @Schema(description = "0 at reception, then 1, 2, …")
        int attempt,

        @Schema(
                description =
                        "Whether host, address and TLS are the client's or the next host's; absent where no session is meant.")
        Optional<Side> side,

        @Schema(description = "Upstream the name that the client gave with EHLO, downstream the host that was tried.")
        Optional<String> host,

        Optional<String> address,
        Optional<Integer> port,

        @Schema(
                description = "NONE (plain text), or the version of the session.",
                examples = {"NONE", "TLSv1.3"})
        Optional<String> tlsVersion,

        Optional<String> cipher,
        Optional<String> keyExchangeGroup,

        @Schema(description = "Of the other side.") Optional<CertificateFacts> certificate,

        @Schema(description = "How the other side's certificate was judged.")
        Optional<Authentication> authentication,

        @Schema(description = "Whether the host's name is secure against a forged MX.")
        Optional<Boolean> mxSecure,

        @Schema(description = "Which rules decided, what they ask, what the session had, and the verdict.")
        Optional<AppliedPolicy> policy,

        @Schema(description = "Upstream the reply given, downstream the reply got.")
        Optional<ReplyFacts> reply,

        Optional<BlockReason> blockReason,

        @Schema(description = "In the language of Content-Language.")
        Optional<String> blockReasonLabel,

        @Schema(description = "What exactly went wrong with the host, or on the way to it.")
        Optional<AttemptFailure> failure,

        Optional<String> detail,

        @Schema(description = "When the next attempt is due.")
        Optional<Instant> due,

        @Schema(description = "The message that carries the report (DSN_SENT, DELAYED).")
        Optional<UUID> reportId,

        @Schema(description = "True where the attempt ledger was out of reach: this delivery may be a repetition.")
        boolean ledgerAbsent) {

    /** On which side of the gateway a session is. */
    enum Side {
        UPSTREAM,
        DOWNSTREAM
    }
}
