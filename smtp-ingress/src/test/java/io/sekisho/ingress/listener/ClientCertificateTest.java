package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.testkit.certificate.TestAuthority;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VERIFIED inbound: the certificate that swaks shows, judged at RCPT and never before. */
class ClientCertificateTest {

    private static final TestAuthority TRUSTED = TestCertificates.authority("Trusted");
    private static RunningListener running;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        running = RunningListener.of(RunningListener.Setup.USUAL.trusting(TRUSTED));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void reset() {
        running.reset();
    }

    @Test
    void satisfiesTheRuleWhereItChainsAndNamesThePeer() {
        Outcome outcome = swaks(TRUSTED.issue("partner.example"), "verified.example");

        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
        assertThat(running.queue.messages)
                .singleElement()
                .satisfies(held -> assertThat(held.envelope().upstream().tls().certificate())
                        .hasValueSatisfying(shown -> assertThat(shown.issuer()).contains("Trusted")));
    }

    @Test
    void isRefusedAtRcptWhereItNamesSomebodyElse() {
        assertRefused(TRUSTED.issue("other.example"), "wanted partner.example, the certificate has other.example");
    }

    @Test
    void isRefusedAtRcptWhereNobodyVouchesForIt() {
        assertRefused(TestCertificates.authority("Unknown").issue("partner.example"), "no path to a trusted authority");
    }

    @Test
    void isRefusedAtRcptWhereThereIsNone() {
        Outcome outcome = swaks(null, "verified.example");

        assertThat(outcome.output()).contains("550 5.7.10").contains("no certificate was presented");
        assertThat(outcome.output()).contains("rule-verified");
    }

    @Test
    void isNoConditionOfOthersRecipients() {
        assertThat(swaks(null, "open.example").isSuccess()).isTrue();
        assertThat(swaks(TestCertificates.selfSigned("partner.example"), "open.example")
                        .isSuccess())
                .isTrue();
    }

    private void assertRefused(TestIdentity shown, String reason) {
        Outcome outcome = swaks(shown, "verified.example");

        assertThat(outcome.output())
                .contains("250 2.1.0")
                .contains("550 5.7.10")
                .contains(reason);
        assertThat(running.events.events)
                .singleElement()
                .extracting(MailEvent::blockReason)
                .isEqualTo(java.util.Optional.of(BlockReason.CERTIFICATE_INVALID));
    }

    private Outcome swaks(TestIdentity shown, String domain) {
        List<String> arguments = new ArrayList<>(Arrays.asList(
                "--server",
                "127.0.0.1:" + running.port(),
                "-tls",
                "--from",
                "a@partner.example",
                "--to",
                "u@" + domain));
        if (shown != null) {
            TestIdentity.PemFiles pem = shown.writeTo(directory, "client");
            arguments.addAll(List.of(
                    "--tls-cert",
                    pem.certificate().toString(),
                    "--tls-key",
                    pem.key().toString()));
        }
        return OutsideClients.assumeInstalled("swaks").run(Duration.ofSeconds(30), arguments.toArray(String[]::new));
    }
}
