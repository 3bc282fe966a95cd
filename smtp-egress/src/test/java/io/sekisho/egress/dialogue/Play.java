package io.sekisho.egress.dialogue;

import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.CertificateCheck;
import io.sekisho.policyclient.match.SessionTls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plays the host to a dialogue and writes down its effects. */
final class Play {

    private final Dialogue dialogue;
    private final List<Effect> effects = new ArrayList<>();

    Play(Parcel parcel) {
        dialogue = new Dialogue(parcel.errand(), Instant.EPOCH);
    }

    static Play of(Parcel parcel) {
        return new Play(parcel);
    }

    /** Each line with its CRLF. */
    static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** The host sends lines, in one piece. */
    Play host(String... lines) {
        return octets(lines(lines));
    }

    Play octets(String text) {
        effects.addAll(dialogue.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))));
        return this;
    }

    Play tell(Input input) {
        effects.addAll(dialogue.on(input));
        return this;
    }

    Play secured(TlsVersion version) {
        return secured(version, names -> Optional.empty());
    }

    Play secured(TlsVersion version, CertificateCheck check) {
        TlsFacts facts = new TlsFacts(version.label(), Optional.of("cipher"), Optional.empty(), Optional.empty());
        return tell(new Input.Secured(new Security(facts, new SessionTls(Optional.of(version), check))));
    }

    ClientState state() {
        return dialogue.state();
    }

    List<Effect> effects() {
        return effects;
    }

    /** All that was sent, without TLS and content. */
    String sent() {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).lines())
                .collect(Collectors.joining());
    }

    boolean has(Class<? extends Effect> kind) {
        return effects.stream().anyMatch(kind::isInstance);
    }

    List<SessionResult> results() {
        return effects.stream()
                .filter(Effect.Report.class::isInstance)
                .map(effect -> ((Effect.Report) effect).result())
                .toList();
    }

    /** The one result. */
    SessionResult result() {
        if (results().size() != 1) {
            throw new AssertionError("one result was expected, not " + results());
        }
        return results().getFirst();
    }
}
