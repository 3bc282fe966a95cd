package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** Between 220 and the end of the TLS handshake. */
record ShakingHands(Talk talk) implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("the TLS handshake", Wait.Limit.HANDSHAKE);
    }

    @Override
    public Transition on(Input input) {
        return switch (input) {
            case Input.Secured(Security security) -> AwaitingEhlo.begin(talk.secured(security));
            case Input.HandshakeFailed(var reason, String detail) -> TlsTrouble.handshake(talk, reason, detail);
            default -> ClientState.super.on(input);
        };
    }

    @Override
    public Transition replied(SmtpReply reply) {
        throw new IllegalStateException("bytes in a handshake are not read as replies");
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return switch (interruption) {
            case Input.Interruption.Abandoned abandoned ->
                Transition.close(SessionResult.interrupted(talk, waitsFor(), interruption));
            case Input.Interruption.Unasked unasked ->
                // CVE-2011-0411: what came in plain text must not be read as if it had come inside TLS.
                TlsTrouble.handshake(
                        talk,
                        Input.HandshakeFailed.Reason.INJECTED,
                        "bytes were injected in plain text behind the reply to STARTTLS");
            default ->
                TlsTrouble.handshake(
                        talk, Input.HandshakeFailed.Reason.OTHER, Reports.describe(talk, waitsFor(), interruption));
        };
    }
}
