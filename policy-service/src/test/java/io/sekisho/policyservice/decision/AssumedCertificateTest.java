package io.sekisho.policyservice.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.policy.RequiredNames;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssumedCertificateTest {

    @ParameterizedTest
    @CsvSource({
        "a.example,     a.example,     true",
        "A.Example,     a.example,     true",
        "b.example,     a.example,     false",
        "*.a.example,   m.a.example,   true",
        "*.a.example,   x.m.a.example, false",
        "*.a.example,   a.example,     false",
        "m.a.example,   *.a.example,   true",
        "x.m.a.example, *.a.example,   true",
        "a.example,     *.a.example,   false",
        "*.a.example,   *.a.example,   true"
    })
    void comparesNames(String own, String required, boolean met) {
        AssumedCertificate certificate = new AssumedCertificate(true, List.of(own));
        assertThat(certificate.faultFor(new RequiredNames(List.of(required))).isEmpty())
                .isEqualTo(met);
    }
}
