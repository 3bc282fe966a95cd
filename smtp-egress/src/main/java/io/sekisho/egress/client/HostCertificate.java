package io.sekisho.egress.client;

import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.policyclient.match.CertificateCheck;
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
record HostCertificate(CertificateJudge judge, List<X509Certificate> chain, String host) implements CertificateCheck {

    @Override
    public Optional<String> faultFor(RequiredNames names) {
        List<String> wanted = names.isHostName() ? List.of(host) : names.anyOf();
        return switch (judge.judge(chain, CertificateJudge.Side.SERVER, wanted)) {
            case CertificateVerdict.Trusted trusted -> Optional.empty();
            case CertificateVerdict.Untrusted untrusted -> Optional.of(untrusted.detail());
        };
    }
}
