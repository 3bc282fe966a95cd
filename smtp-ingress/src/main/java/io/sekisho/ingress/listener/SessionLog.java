package io.sekisho.ingress.listener;

import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.ingress.session.Client;
import io.sekisho.ingress.session.Effect;
import io.sekisho.ingress.session.SessionInput;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.tls.TlsFacts;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What a session writes into the log: what an administrator looks for when asked where a message is. */
final class SessionLog {

    private static final Logger LOG = Logger.getLogger("io.sekisho.ingress.session");

    // RFC 5321 §4.5.3.1: 64 of a local part, 255 of a domain.
    private static final int LONGEST_USER_SHOWN = 320;

    private final Client client;

    SessionLog(Client client) {
        this.client = client;
    }

    void connected() {
        LOG.debug(line("connect"));
    }

    void closed(String reason) {
        LOG.debug(line("disconnect").with(LogKey.REASON, reason));
    }

    void secured(TlsFacts tls) {
        LOG.debug(line("start-tls")
                .with(LogKey.RESULT, "established")
                .with(LogKey.TLS, tls.protocol())
                .with(LogKey.CIPHER, tls.cipher().orElse("")));
    }

    void login(String user, Effect.LoginResult result) {
        String shown = user.length() > LONGEST_USER_SHOWN ? user.substring(0, LONGEST_USER_SHOWN) : user;
        LOG.info(line("login").with(LogKey.RESULT, result).with(LogKey.USER, shown));
    }

    void handshakeFailed(MailEvent event) {
        LOG.info(line("start-tls")
                .with(LogKey.RESULT, "failed")
                .with(LogKey.REASON, event.detail().orElse("")));
    }

    void queued(Envelope envelope, Duration took) {
        LOG.info(line("queue-message")
                .with(LogKey.RESULT, "queued")
                .with(LogKey.MESSAGE, envelope.id())
                .with(LogKey.SENDER, envelope.reversePath())
                .with(LogKey.RECIPIENTS, envelope.recipients().size())
                .with(LogKey.SIZE, envelope.size())
                .with(LogKey.TLS, envelope.upstream().tls().protocol())
                .with(LogKey.MILLIS, took.toMillis()));
    }

    void notQueued(Envelope envelope, String reason) {
        LOG.warn(line("queue-message")
                .with(LogKey.RESULT, "unknown")
                .with(LogKey.MESSAGE, envelope.id())
                .with(LogKey.SENDER, envelope.reversePath())
                .with(LogKey.SIZE, envelope.size())
                .with(LogKey.REASON, reason));
    }

    void refused(MailEvent event) {
        LogLine line = line("refuse-recipient");
        event.message()
                .ifPresent(facts -> line.with(LogKey.MESSAGE, facts.id())
                        .with(LogKey.SENDER, facts.sender())
                        .with(LogKey.RECIPIENT, facts.recipient())
                        .with(LogKey.TLS, facts.upstream().tls().protocol()));
        event.policy()
                .ifPresent(policy ->
                        line.with(LogKey.RULES, policy.ruleIds().stream().collect(Collectors.joining(","))));
        event.reply()
                .ifPresent(reply -> line.with(
                        LogKey.REPLY,
                        reply.code() + " " + reply.enhancedStatus().orElse("") + " " + reply.text()));
        LOG.info(line.with(LogKey.REASON, event.detail().orElse("")));
    }

    void unavailable(SessionInput.Shortage shortage, String reason) {
        LOG.warn(line("open-content").with(LogKey.RESULT, shortage).with(LogKey.REASON, reason));
    }

    void bug(Throwable failure) {
        LOG.error(line("serve-session").with(LogKey.RESULT, "failed"), failure);
    }

    private LogLine line(String action) {
        return LogLine.of(action)
                .with(LogKey.LISTENER, client.listener())
                .with(LogKey.CONNECTION, client.connection())
                .with(LogKey.CLIENT, client.address());
    }
}
