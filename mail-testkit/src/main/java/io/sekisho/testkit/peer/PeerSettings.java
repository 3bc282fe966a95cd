package io.sekisho.testkit.peer;

import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How a {@link ScriptedSmtpServer} behaves. By default a good server: TLS 1.3 and 1.2 offered with a self-signed
 * certificate, every recipient accepted, messages kept in memory.
 *
 * <p><i>Thread safety:</i> none; set up, then {@link #start()}.
 */
public final class PeerSettings {

    String hostname = "mx.partner.example";
    StartTlsBehaviour startTls = StartTlsBehaviour.OFFERED;
    TestIdentity identity;
    List<String> tlsVersions = List.of("TLSv1.3", "TLSv1.2");
    PeerTls.ClientCertificate clientCertificate = PeerTls.ClientCertificate.NOT_ASKED;
    List<String> keywords = List.of("PIPELINING", "SIZE 104857600", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES");
    Optional<Path> directory = Optional.empty();
    Optional<Consumer<RecordedMessage>> taker = Optional.empty();
    int port;
    final List<Rule> rules = new ArrayList<>();

    PeerSettings() {}

    /** Name in the banner and the EHLO reply. */
    public PeerSettings hostname(String name) {
        hostname = name;
        return this;
    }

    public PeerSettings startTls(StartTlsBehaviour behaviour) {
        startTls = behaviour;
        return this;
    }

    /** The certificate presented; without this call a self-signed one for the host name. */
    public PeerSettings identity(TestIdentity presented) {
        identity = presented;
        return this;
    }

    /**
     * TLS versions by the JDK's names, such as {@code TLSv1.2}. Versions below need {@code
     * jdk.tls.disabledAlgorithms} relaxed when the JVM starts.
     */
    public PeerSettings tlsVersions(String... versions) {
        tlsVersions = List.of(versions);
        return this;
    }

    /** Asks the client for a certificate, without requiring or judging it. */
    public PeerSettings asksForClientCertificate() {
        clientCertificate = PeerTls.ClientCertificate.ASKED;
        return this;
    }

    /** EHLO lines other than STARTTLS. */
    public PeerSettings keywords(String... lines) {
        keywords = List.of(lines);
        return this;
    }

    /** Keeps message content in files of this directory instead of in memory. */
    public PeerSettings keepMessagesIn(Path messages) {
        directory = Optional.of(messages);
        return this;
    }

    /**
     * Hands each message to a taker, before it is answered, and keeps neither it nor ended sessions: for more mail than a journal holds.
     *
     * @param taker called by several threads at once
     */
    public PeerSettings handMessagesTo(Consumer<RecordedMessage> taker) {
        this.taker = Optional.of(taker);
        return this;
    }

    /** A fixed port, for a peer that comes back where it was; 0, the default, takes a free one. */
    public PeerSettings port(int fixed) {
        port = fixed;
        return this;
    }

    /** Reacts so at every such step. */
    public PeerSettings on(Step step, Reaction reaction) {
        return on(step, "", reaction);
    }

    /** Reacts so whenever the regular expression is found in the command's argument. The first rule that applies acts. */
    public PeerSettings on(Step step, String argumentRegex, Reaction reaction) {
        rules.add(new Rule(step, Pattern.compile(argumentRegex), reaction, Integer.MAX_VALUE));
        return this;
    }

    /** As {@link #on(Step, Reaction)}, for the first {@code times} occasions only. */
    public PeerSettings first(int times, Step step, Reaction reaction) {
        rules.add(new Rule(step, Pattern.compile(""), reaction, times));
        return this;
    }

    /** Refuses one recipient with this reply line. */
    public PeerSettings refuse(String mailbox, String reply) {
        return on(Step.RCPT, "(?i)<" + Pattern.quote(mailbox) + ">", Reaction.answer(reply));
    }

    /** Binds a port on 127.0.0.1 and accepts from then on. */
    public ScriptedSmtpServer start() {
        if (identity == null) {
            identity = TestCertificates.selfSigned(hostname);
        }
        return new ScriptedSmtpServer(this);
    }
}
