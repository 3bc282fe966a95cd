package io.sekisho.policyclient.match;

import io.sekisho.mail.policy.TlsVersion;
import java.util.Optional;

/**
 * What a session has, to be judged.
 *
 * @param version empty for plain text
 * @param certificate of the other side
 */
public record SessionTls(Optional<TlsVersion> version, CertificateCheck certificate) {

    public static final SessionTls PLAIN = new SessionTls(Optional.empty(), CertificateCheck.NONE_PRESENTED);
}
