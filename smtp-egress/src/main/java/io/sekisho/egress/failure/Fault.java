package io.sekisho.egress.failure;

import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.ReplyFacts;
import java.util.Optional;

/**
 * What went wrong in the attempt that decided, as events and delivery reports tell it.
 *
 * @param enhancedStatus RFC 3463, {@code 4.x.y} or {@code 5.x.y}
 * @param reply of the host, where one spoke
 * @param hop the host that it is about, where one was tried
 * @param detail one sentence for people
 * @param tlsStep the step at which TLS failed, where that is the reason
 * @param failure the same as detail, for machines
 */
public record Fault(
        String enhancedStatus,
        Optional<ReplyFacts> reply,
        Optional<JudgedHop> hop,
        String detail,
        Optional<TlsStep> tlsStep,
        Optional<AttemptFailure> failure) {

    /** A fault of a transfer, not of TLS. */
    static Fault of(
            String enhancedStatus,
            Optional<ReplyFacts> reply,
            Optional<JudgedHop> hop,
            String detail,
            AttemptFailure failure) {
        return new Fault(enhancedStatus, reply, hop, detail, Optional.empty(), Optional.of(failure));
    }
}
