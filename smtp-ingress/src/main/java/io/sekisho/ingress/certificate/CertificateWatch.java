package io.sekisho.ingress.certificate;

import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Looks at the certificate's files again and again, off the event loops, and says in the log what it finds.
 *
 * <p><b>Lifecycle:</b> {@link #start}, then {@link #close}, which leaves the certificate open.
 */
public final class CertificateWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CertificateWatch.class);

    private final Vertx vertx;
    private final WatchedCertificate watched;
    private final long timer;

    private CertificateWatch(Vertx vertx, WatchedCertificate watched, Duration every) {
        this.vertx = vertx;
        this.watched = watched;
        this.timer = vertx.setPeriodic(every.toMillis(), tick -> look());
    }

    public static CertificateWatch start(Vertx vertx, WatchedCertificate watched, Duration every) {
        return new CertificateWatch(vertx, watched, every);
    }

    private void look() {
        vertx.executeBlocking(watched::look)
                .onSuccess(CertificateWatch::tell)
                .onFailure(bug -> LOG.error(line().with(LogKey.RESULT, "failed"), bug));
    }

    private static void tell(WatchedCertificate.Look look) {
        switch (look) {
            case WatchedCertificate.Look.Unchanged unchanged -> {}
            case WatchedCertificate.Look.Loaded(X509Certificate certificate) ->
                LOG.info(line().with(LogKey.RESULT, "loaded")
                        .with(
                                LogKey.REASON,
                                certificate.getSubjectX500Principal() + " until "
                                        + certificate.getNotAfter().toInstant()));
            case WatchedCertificate.Look.Unusable(String reason) ->
                LOG.error(line().with(LogKey.RESULT, "unusable").with(LogKey.REASON, reason));
        }
    }

    private static LogLine line() {
        return LogLine.of("read-certificate");
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
