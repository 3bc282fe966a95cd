package io.sekisho.testkit.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class OutsideClientsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void saysWhatIsMissingAndHowToGetIt() {
        assertThatThrownBy(() -> OutsideClients.assumeInstalled("no-such-mailer"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-mailer is not installed")
                .hasMessageContaining("apt-get install");
    }

    @Test
    void runsAProgramToItsEnd() {
        Outcome outcome = OutsideClients.assumeInstalled("cat").runWithInput(SOON, "hello");

        assertThat(outcome).isEqualTo(new Outcome(0, "hello"));
    }

    @Test
    void killsAProgramThatTakesTooLong() {
        OutsideProgram cat = OutsideClients.assumeInstalled("cat");
        try (RunningProgram running = cat.start()) {
            running.send("so far");
            running.awaitOutput(Pattern.compile("so far"), SOON);

            assertThatThrownBy(() -> running.await(Duration.ofMillis(50)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not end within")
                    .hasMessageContaining("so far");
        }
    }

    @Test
    void saysWhatAProgramSaidInstead() {
        OutsideProgram cat = OutsideClients.assumeInstalled("cat");
        try (RunningProgram running = cat.start()) {
            running.send("something else");
            running.endInput();

            assertThatThrownBy(() -> running.awaitOutput(Pattern.compile("what is wanted"), SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("something else");
        }
    }

    @Test
    void swaksDeliversToAScriptedPeerOverTls() {
        OutsideProgram swaks = OutsideClients.assumeInstalled("swaks");
        try (var peer = ScriptedSmtpServer.settings().start()) {
            Outcome outcome = swaks.run(
                    SOON,
                    "--server",
                    "127.0.0.1:" + peer.port(),
                    "--tls",
                    "--from",
                    "a@x.example",
                    "--to",
                    "b@y.example");

            Assumptions.assumeFalse(
                    outcome.output().contains("requires Net::SSLeay"),
                    "SKIPPED: this swaks has no TLS; on Debian: apt-get install libnet-ssleay-perl");
            assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
            assertThat(peer.awaitMessages(1, SOON).getFirst().tls()).isPresent();
        }
    }

    @Test
    void smtpSourceDeliversManyMessagesToAScriptedPeer() {
        OutsideProgram smtpSource = OutsideClients.assumeInstalled("smtp-source");
        try (var peer = ScriptedSmtpServer.settings().start()) {
            Outcome outcome = smtpSource.run(
                    SOON,
                    "-s",
                    "5",
                    "-m",
                    "50",
                    "-l",
                    "2000",
                    "-f",
                    "a@x.example",
                    "-t",
                    "b@y.example",
                    "127.0.0.1:" + peer.port());

            assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
            assertThat(peer.awaitMessages(50, SOON)).hasSize(50);
        }
    }
}
