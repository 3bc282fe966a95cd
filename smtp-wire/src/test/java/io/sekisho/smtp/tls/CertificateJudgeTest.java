package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.tls.CertificateJudge.Side;
import io.sekisho.smtp.tls.CertificateVerdict.Reason;
import io.sekisho.smtp.tls.CertificateVerdict.Trusted;
import io.sekisho.smtp.tls.CertificateVerdict.Untrusted;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.LeafRequest.Usage;
import io.sekisho.testkit.certificate.TestAuthority;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateJudgeTest {

    private static final TestAuthority AUTHORITY = TestCertificates.authority("Trusted CA");
    private static final LeafRequest REQUEST = LeafRequest.named("mx.example.com");
    private static final List<String> WANTED = List.of("mx.example.com");

    private final CertificateJudge judge = new CertificateJudge(TrustAnchors.of(List.of(AUTHORITY.certificate())));

    @Test
    void trustsAChainToATrustedAuthority() {
        assertThat(judge(AUTHORITY.issue(REQUEST), WANTED)).isEqualTo(new Trusted("mx.example.com"));
    }

    @Test
    void trustsAChainThroughIntermediates() {
        TestIdentity identity =
                AUTHORITY.intermediate("One").intermediate("Two").issue(REQUEST);

        assertThat(identity.chain()).hasSize(3);
        assertThat(judge(identity, WANTED)).isInstanceOf(Trusted.class);
    }

    @Test
    void trustsAChainSentOutOfOrder() {
        List<X509Certificate> chain =
                AUTHORITY.intermediate("One").intermediate("Two").issue(REQUEST).chain();

        assertThat(judge.judge(List.of(chain.get(0), chain.get(2), chain.get(1)), Side.SERVER, WANTED))
                .isInstanceOf(Trusted.class);
    }

    @Test
    void trustsNoChainWithAGap() {
        List<X509Certificate> chain =
                AUTHORITY.intermediate("One").intermediate("Two").issue(REQUEST).chain();

        assertUntrusted(
                judge.judge(List.of(chain.get(0), chain.get(2)), Side.SERVER, WANTED), Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void saysWhenThereIsNoCertificate() {
        assertUntrusted(judge.judge(List.of(), Side.SERVER, WANTED), Reason.NO_CERTIFICATE);
    }

    @Test
    void saysWhenACertificateHasExpired() {
        TestIdentity expired = AUTHORITY.issue(REQUEST.expired());

        Untrusted untrusted = assertUntrusted(judge(expired, WANTED), Reason.EXPIRED);
        assertThat(untrusted.detail())
                .contains("expired at " + expired.certificate().getNotAfter().toInstant());
    }

    @Test
    void saysWhenACertificateIsNotYetValid() {
        assertUntrusted(judge(AUTHORITY.issue(REQUEST.notYetValid()), WANTED), Reason.NOT_YET_VALID);
    }

    @Test
    void saysWhenACertificateVouchesForItself() {
        assertUntrusted(judge(TestCertificates.selfSigned(REQUEST), WANTED), Reason.SELF_SIGNED);
    }

    @Test
    void saysWhenTheAuthorityIsUnknown() {
        TestIdentity foreign = TestCertificates.authority("Foreign CA").issue(REQUEST);

        assertThat(assertUntrusted(judge(foreign, WANTED), Reason.UNKNOWN_AUTHORITY)
                        .detail())
                .contains("CN=Foreign CA");
    }

    @Test
    void isNotFooledByAnAuthorityOfTheSameName() {
        TestIdentity forged = TestCertificates.authority("Trusted CA").issue(REQUEST);

        assertThat(judge(forged, WANTED)).isInstanceOf(Untrusted.class);
    }

    @Test
    void cutsWhatItSaysOfAnIssuerWithAnEndlessName() {
        TestIdentity foreign = TestCertificates.authority("x".repeat(50_000)).issue(REQUEST);

        assertThat(assertUntrusted(judge(foreign, WANTED), Reason.UNKNOWN_AUTHORITY)
                        .detail())
                .hasSize(998);
    }

    @Test
    void looksAtTheFirstTenCertificatesOnly() {
        TestIdentity identity = AUTHORITY.intermediate("One").issue(REQUEST);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(identity.chain().get(0));
        for (int i = 0; i < 9; i++) {
            chain.add(TestCertificates.authority("Unneeded " + i).certificate());
        }
        chain.add(identity.chain().get(1));

        // With all of them, the number of paths that the JDK tries grows with the fifth power of what a peer sends.
        assertUntrusted(judge.judge(chain, Side.CLIENT, WANTED), Reason.UNKNOWN_AUTHORITY);
    }

    @Test
    void trustsAChainWithMuchBehindItThatIsNotNeeded() {
        List<X509Certificate> chain =
                new ArrayList<>(AUTHORITY.intermediate("One").issue(REQUEST).chain());
        for (int i = 0; i < 20; i++) {
            chain.add(TestCertificates.authority("Unneeded " + i).certificate());
        }

        assertThat(judge.judge(chain, Side.SERVER, WANTED)).isInstanceOf(Trusted.class);
    }

    @Test
    void trustsNoLeafAsAuthority() {
        // A customer's ordinary certificate must not vouch for another name.
        TestIdentity customer = AUTHORITY.issue("customer.example");
        TestIdentity other = TestCertificates.selfSigned(REQUEST);

        assertThat(judge.judge(
                        List.of(other.certificate(), customer.certificate(), AUTHORITY.certificate()),
                        Side.SERVER,
                        WANTED))
                .isInstanceOf(Untrusted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER, SERVER, true",
        "SERVER, CLIENT, false",
        "SERVER, CODE_SIGNING, false",
        "CLIENT, SERVER, true",
        "CLIENT, CLIENT, true",
        "CLIENT, CODE_SIGNING, false",
    })
    void asksForTheUsageOfItsSide(Side side, Usage usage, boolean trusted) {
        TestIdentity identity = AUTHORITY.issue(REQUEST.withUsages(usage));

        CertificateVerdict verdict = judge.judge(identity.chain(), side, WANTED);

        if (trusted) {
            assertThat(verdict).isInstanceOf(Trusted.class);
        } else {
            assertUntrusted(verdict, Reason.WRONG_USAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"SERVER", "CLIENT"})
    void takesACertificateThatStatesNoUsage(Side side) {
        TestIdentity identity = AUTHORITY.issue(REQUEST.withUsages());

        assertThat(judge.judge(identity.chain(), side, WANTED)).isInstanceOf(Trusted.class);
    }

    @ParameterizedTest
    @CsvSource({
        // in the certificate | wanted | matches (RFC 9525 §6.3)
        "mx.example.com, mx.example.com, true",
        "MX.Example.COM, mx.example.com, true",
        "mx.example.com, MX.EXAMPLE.COM., true",
        "mx.example.com, mx2.example.com, false",
        "mx.example.com, example.com, false",
        "example.com, mx.example.com, false",
        "*.example.com, mx.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, a.mx.example.com, false",
        "*.com, example.com, false",
        "*, example.com, false",
        "m*.example.com, mx.example.com, false",
        "*x.example.com, mx.example.com, false",
        "mx.*.com, mx.example.com, false",
        "*.*.com, mx.example.com, false",
        "xn--r8jz45g.jp, 例え.jp, true",
        "*.xn--r8jz45g.jp, mx.例え.jp, true",
        // a peer given with a wildcard wants any name below, at any depth
        "mx.example.com, *.example.com, true",
        "a.b.example.com, *.example.com, true",
        "*.example.com, *.example.com, true",
        "*.b.example.com, *.example.com, true",
        "example.com, *.example.com, false",
        "mx.example.org, *.example.com, false",
        "*.org, *.example.com, false",
        "mx.example.com, not a name, false",
        "mx.example.com, '', false",
    })
    void matchesNames(String presented, String wanted, boolean matches) {
        assertThat(CertificateNames.match(List.of(presented), List.of(wanted)).isPresent())
                .isEqualTo(matches);
    }

    @Test
    void matchesAnyOfSeveralNames() {
        TestIdentity identity = AUTHORITY.issue("a.example", "b.example");

        assertThat(judge(identity, List.of("x.example", "b.example"))).isEqualTo(new Trusted("b.example"));
    }

    @Test
    void saysWhichNamesWerePresented() {
        TestIdentity identity = AUTHORITY.issue("a.example", "b.example");

        Untrusted untrusted = assertUntrusted(judge(identity, WANTED), Reason.NAME_MISMATCH);
        assertThat(untrusted.presentedNames()).containsExactly("a.example", "b.example");
        assertThat(untrusted.detail()).contains("mx.example.com").contains("a.example, b.example");
    }

    @Test
    void neverLooksAtTheCommonName() {
        TestIdentity identity = AUTHORITY.issue(REQUEST.withoutAlternativeNames());

        assertUntrusted(judge(identity, WANTED), Reason.NAME_MISMATCH);
    }

    @Test
    void takesNoAddressForAName() {
        TestIdentity identity =
                AUTHORITY.issue(REQUEST.withoutAlternativeNames().withAddresses("192.0.2.1"));

        assertUntrusted(judge(identity, List.of("192.0.2.1")), Reason.NAME_MISMATCH);
    }

    @Test
    void wantsAtLeastOneName() {
        assertUntrusted(judge(AUTHORITY.issue(REQUEST), List.of()), Reason.NAME_MISMATCH);
    }

    @Test
    void readsAuthoritiesFromPem(@TempDir Path directory) {
        Path pem = AUTHORITY.writeTo(directory, "ca");

        assertThat(new CertificateJudge(TrustAnchors.ofPem(pem))
                        .judge(AUTHORITY.issue(REQUEST).chain(), Side.SERVER, WANTED))
                .isInstanceOf(Trusted.class);
    }

    @Test
    void trustsTheAuthoritiesOfTheJdkOnlyWhereToldTo() {
        assertUntrusted(
                new CertificateJudge(TrustAnchors.ofJdk())
                        .judge(AUTHORITY.issue(REQUEST).chain(), Side.SERVER, WANTED),
                Reason.UNKNOWN_AUTHORITY);
    }

    private CertificateVerdict judge(TestIdentity identity, List<String> wanted) {
        return judge.judge(identity.chain(), Side.SERVER, wanted);
    }

    private static Untrusted assertUntrusted(CertificateVerdict verdict, Reason reason) {
        assertThat(verdict).isInstanceOfSatisfying(Untrusted.class, untrusted -> {
            assertThat(untrusted.reason()).as(untrusted.detail()).isEqualTo(reason);
            assertThat(untrusted.detail()).isNotBlank();
        });
        return (Untrusted) verdict;
    }
}
