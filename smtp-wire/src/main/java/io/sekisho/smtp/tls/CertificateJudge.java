package io.sekisho.smtp.tls;

import io.sekisho.smtp.tls.CertificateVerdict.Reason;
import io.sekisho.smtp.tls.CertificateVerdict.Trusted;
import io.sekisho.smtp.tls.CertificateVerdict.Untrusted;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Judges a chain after the handshake: the path to a trusted authority (RFC 5280), then the name (RFC 9525). Revocation
 * is not asked for: that would be a network call within the judgement.
 *
 * <p><i>Thread safety:</i> immutable.
 */
public final class CertificateJudge {

    /** RFC 5280 §4.2.1.12: id-kp-clientAuth. */
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    /**
     * How many certificates of a chain are looked at. The JDK tries every path through them: sixty, twelve of each of five names with
     * one key, keep an event loop busy for ten seconds, and a peer can send three hundred. Ten have at most a few dozen paths.
     */
    static final int LONGEST_CHAIN = 10;

    private final TrustAnchors anchors;

    public CertificateJudge(TrustAnchors anchors) {
        this.anchors = anchors;
    }

    /** Whose certificate it is. */
    public enum Side {
        /** Its usage must be serverAuth. */
        SERVER,
        /** Its usage may be serverAuth or clientAuth: mail servers present the one certificate they have. */
        CLIENT
    }

    /**
     * Judges a chain as sent by the peer.
     *
     * @param wantedNames one of them must be in the certificate; {@code *.example.com} wants any name below
     */
    public CertificateVerdict judge(List<X509Certificate> chain, Side side, List<String> wantedNames) {
        if (chain.isEmpty()) {
            return new Untrusted(Reason.NO_CERTIFICATE, "no certificate was presented", List.of());
        }
        X509Certificate leaf = chain.getFirst();
        List<String> presented = CertificateNames.presented(leaf);
        return pathFault(chain, side)
                .<CertificateVerdict>map(
                        fault -> new Untrusted(fault.reason, CertificateNames.cut(fault.detail), presented))
                .orElseGet(() -> name(presented, wantedNames));
    }

    private record Fault(Reason reason, String detail) {}

    private static CertificateVerdict name(List<String> presented, List<String> wanted) {
        return CertificateNames.match(presented, wanted)
                .<CertificateVerdict>map(Trusted::new)
                .orElseGet(() -> new Untrusted(
                        Reason.NAME_MISMATCH,
                        CertificateNames.cut("wanted " + String.join(" or ", wanted) + ", the certificate has "
                                + (presented.isEmpty() ? "no DNS name" : String.join(", ", presented))),
                        presented));
    }

    private Optional<Fault> pathFault(List<X509Certificate> chain, Side side) {
        X509Certificate leaf = chain.getFirst();
        // First, because a path cannot be built from an expired certificate and the JDK then blames the authority.
        try {
            leaf.checkValidity();
        } catch (CertificateExpiredException expired) {
            return Optional.of(
                    new Fault(Reason.EXPIRED, "expired at " + leaf.getNotAfter().toInstant()));
        } catch (CertificateNotYetValidException early) {
            return Optional.of(new Fault(
                    Reason.NOT_YET_VALID,
                    "not valid before " + leaf.getNotBefore().toInstant()));
        }
        try {
            check(chain.stream().limit(LONGEST_CHAIN).toArray(X509Certificate[]::new), side);
            return Optional.empty();
        } catch (CertificateException refused) {
            return Optional.of(fault(refused, leaf));
        }
    }

    private void check(X509Certificate[] chain, Side side) throws CertificateException {
        if (side == Side.CLIENT && isForClients(chain[0])) {
            anchors.pkix().checkClientTrusted(chain, "UNKNOWN");
        } else {
            anchors.pkix().checkServerTrusted(chain, "UNKNOWN");
        }
    }

    private static boolean isForClients(X509Certificate leaf) throws CertificateParsingException {
        return leaf.getExtendedKeyUsage() != null && leaf.getExtendedKeyUsage().contains(CLIENT_AUTH);
    }

    private static Fault fault(CertificateException refused, X509Certificate leaf) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException invalid
                    && invalid.getReason() instanceof BasicReason basic) {
                Fault fault = fault(basic, invalid);
                if (fault != null) {
                    return fault;
                }
            }
            if (cause instanceof CertPathBuilderException) {
                String issuer = leaf.getIssuerX500Principal().getName();
                return leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())
                        ? new Fault(Reason.SELF_SIGNED, "self-signed by " + issuer)
                        : new Fault(
                                Reason.UNKNOWN_AUTHORITY, "issued by " + issuer + ", no path to a trusted authority");
            }
        }
        String message = String.valueOf(refused.getMessage());
        boolean usage = message.contains("key usage") || message.contains("KeyUsage");
        return new Fault(usage ? Reason.WRONG_USAGE : Reason.INVALID, message);
    }

    private static Fault fault(BasicReason reason, CertPathValidatorException invalid) {
        return switch (reason) {
            case EXPIRED -> new Fault(Reason.EXPIRED, "a certificate of the chain has expired");
            case NOT_YET_VALID -> new Fault(Reason.NOT_YET_VALID, "a certificate of the chain is not yet valid");
            case ALGORITHM_CONSTRAINED -> new Fault(Reason.WEAK_ALGORITHM, invalid.getMessage());
            case REVOKED -> new Fault(Reason.REVOKED, "a certificate of the chain has been revoked");
            case INVALID_SIGNATURE -> new Fault(Reason.INVALID, "a signature of the chain is false");
            case UNDETERMINED_REVOCATION_STATUS, UNSPECIFIED -> null;
        };
    }
}
