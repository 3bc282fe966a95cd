package io.sekisho.egress.client;

import io.sekisho.egress.dialogue.HostCheck;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.CertificateVerdict;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The certificate that a host presented, to be judged if a requirement asks for it: by the names that are pinned, or by
 * the name of the host that was connected to.
 *
 * @param host as the route names it; never what DNS made of it by CNAME
 */
record HostCertificate(CertificateJudge judge, List<X509Certificate> chain, String host) implements HostCheck {

    @Override
    public Optional<String> faultFor(RequiredNames names) {
        return untrusted(names).map(CertificateVerdict.Untrusted::detail);
    }

    @Override
    public Optional<AttemptFailure> failureFor(RequiredNames names) {
        return untrusted(names).map(untrusted -> switch (untrusted.reason()) {
            case EXPIRED -> AttemptFailure.CERTIFICATE_EXPIRED;
            case NAME_MISMATCH -> AttemptFailure.CERTIFICATE_NAME_MISMATCH;
            case SELF_SIGNED, UNKNOWN_AUTHORITY -> AttemptFailure.CERTIFICATE_UNTRUSTED;
            case NO_CERTIFICATE, NOT_YET_VALID, WRONG_USAGE, WEAK_ALGORITHM, REVOKED, INVALID ->
                AttemptFailure.CERTIFICATE_INVALID;
        });
    }

    private Optional<CertificateVerdict.Untrusted> untrusted(RequiredNames names) {
        List<String> wanted = names.isHostName() ? List.of(host) : names.anyOf();
        return switch (judge.judge(chain, CertificateJudge.Side.SERVER, wanted)) {
            case CertificateVerdict.Trusted trusted -> Optional.empty();
            case CertificateVerdict.Untrusted untrusted -> Optional.of(untrusted);
        };
    }
}
