package io.sekisho.ingress.certificate;

import io.sekisho.smtp.tls.ServerTls;
import io.sekisho.smtp.tls.TlsEngine;
import io.sekisho.smtp.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A certificate and its key in files that somebody replaces while the service runs. New sessions get what was read last and
 * fits together; sessions that have begun keep what they began with.
 *
 * <p><b>Thread safety:</b> any thread; {@link #look} blocks for reading two small files. <b>Lifecycle:</b> {@link #close} once no
 * session can begin any more.
 */
public final class WatchedCertificate implements AutoCloseable {

    /** What a look at the files found. */
    public sealed interface Look {

        /** They are as they were at the last look. */
        record Unchanged() implements Look {}

        /** They were replaced; new sessions get this. */
        record Loaded(X509Certificate certificate) implements Look {}

        /**
         * They were changed to what cannot be used, perhaps for the moment between two writes; what was there before stays in use.
         *
         * @param reason names the file and what is wrong with it
         */
        record Unusable(String reason) implements Look {}
    }

    private record InUse(ServerTls tls, X509Certificate certificate) {}

    private final Path certificate;
    private final Path key;
    private final TlsEngine engine;

    private volatile InUse inUse;
    // A session may be about to begin with what was just replaced; it is given back at the next change.
    private Optional<ServerTls> replaced = Optional.empty();
    private String seen;

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public WatchedCertificate(Path certificate, Path key, TlsEngine engine) {
        this.certificate = certificate;
        this.key = key;
        this.engine = engine;
        this.seen = fingerprint();
        this.inUse = read();
    }

    /** What a session that begins now is secured with. */
    public ServerTls current() {
        return inUse.tls();
    }

    /** The certificate that clients see now. */
    public X509Certificate certificate() {
        return inUse.certificate();
    }

    /** Looks whether the files have changed, and takes what is in them if it can be used. */
    public synchronized Look look() {
        String now = fingerprint();
        if (now.equals(seen)) {
            return new Look.Unchanged();
        }
        seen = now;
        try {
            InUse next = read();
            replaced.ifPresent(ServerTls::close);
            replaced = Optional.of(inUse.tls());
            inUse = next;
            return new Look.Loaded(next.certificate());
        } catch (IllegalArgumentException unusable) {
            return new Look.Unusable(unusable.getMessage());
        }
    }

    private InUse read() {
        TlsIdentity identity = TlsIdentity.ofPem(certificate, key);
        return new InUse(new ServerTls(identity, engine), identity.chain().getFirst());
    }

    // By content: a Secret's files are links that are replaced, with times of their own.
    private String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : new Path[] {certificate, key}) {
                digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            return unreadable.toString();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public synchronized void close() {
        replaced.ifPresent(ServerTls::close);
        inUse.tls().close();
    }
}
