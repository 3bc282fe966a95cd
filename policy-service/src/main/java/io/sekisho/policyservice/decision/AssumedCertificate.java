package io.sekisho.policyservice.decision;

import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.policyclient.match.CertificateCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A certificate that a question only assumes: trusted or not, with these names. */
record AssumedCertificate(boolean trusted, List<String> names) implements CertificateCheck {

    static CertificateCheck of(Optional<DecisionQuestion.Certificate> assumed) {
        return assumed.<CertificateCheck>map(certificate -> new AssumedCertificate(
                        Boolean.TRUE.equals(certificate.trusted()),
                        certificate.names() == null ? List.of() : certificate.names()))
                .orElse(CertificateCheck.NONE_PRESENTED);
    }

    @Override
    public Optional<String> faultFor(RequiredNames required) {
        if (!trusted) {
            return Optional.of("the certificate does not chain to a trusted CA");
        }
        // Which host is connected to is not part of a question, so its name is taken to be in the certificate.
        boolean named = required.isHostName()
                || required.anyOf().stream().anyMatch(name -> names.stream().anyMatch(own -> covers(own, name)));
        return named
                ? Optional.empty()
                : Optional.of("the certificate names " + names + ", required is one of " + required.anyOf());
    }

    /** A required {@code *.example.com} is met by any name below it, a wildcard certificate covers one label (RFC 6125 §6.4.3). */
    private static boolean covers(String own, String required) {
        String name = own.toLowerCase(Locale.ROOT);
        if (name.equals(required)) {
            return true;
        }
        if (required.startsWith("*.")) {
            return name.endsWith(required.substring(1));
        }
        int dot = required.indexOf('.');
        return name.startsWith("*.") && dot > 0 && name.substring(1).equals(required.substring(dot));
    }
}
