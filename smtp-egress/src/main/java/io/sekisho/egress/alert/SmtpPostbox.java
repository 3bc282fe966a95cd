package io.sekisho.egress.alert;

import io.sekisho.egress.alert.AlertSettings.Protection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends by Vert.x Mail, over one connection each.
 *
 * <p>Thread safety: all methods.
 */
final class SmtpPostbox implements Postbox, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Without an octet for so long the connection is closed. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final MailClient client;
    private final AlertSettings settings;

    SmtpPostbox(Vertx vertx, AlertSettings settings) {
        this.settings = settings;
        client = MailClient.create(vertx, config(settings));
    }

    private static MailConfig config(AlertSettings settings) {
        AlertSettings.Server server = settings.server();
        // The option hostnameVerificationAlgorithm stays as it is: in Vert.x 4.5.27, once set, it verifies nothing.
        MailConfig config = new MailConfig(server.host(), server.port())
                .setStarttls(
                        server.protection() == Protection.STARTTLS
                                ? StartTLSOptions.REQUIRED
                                : StartTLSOptions.DISABLED)
                .setLogin(server.login().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
                .setOwnHostname(settings.hostname())
                .setKeepAlive(false)
                .setMaxPoolSize(1)
                .setConnectTimeout(Math.toIntExact(CONNECT.toMillis()))
                .setIdleTimeout(Math.toIntExact(SILENCE.toSeconds()))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        config.setSsl(server.protection() == Protection.IMPLICIT_TLS);
        server.trustedCa()
                .ifPresent(pem -> config.setPemTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        server.login().ifPresent(login -> config.setUsername(login.user()).setPassword(login.password()));
        return config;
    }

    @Override
    public Uni<Void> send(AlertMail mail) {
        MailMessage message = new MailMessage()
                .setFrom(settings.from())
                .setTo(settings.to())
                .setSubject(mail.subject())
                .setText(mail.text())
                // RFC 3834 §5: nobody's vacation program answers.
                .setHeaders(MultiMap.caseInsensitiveMultiMap().add("Auto-Submitted", "auto-generated"));
        return Uni.createFrom()
                .completionStage(() -> client.sendMail(message).toCompletionStage())
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .replaceWithVoid();
    }

    @Override
    public void close() {
        client.close();
    }
}
