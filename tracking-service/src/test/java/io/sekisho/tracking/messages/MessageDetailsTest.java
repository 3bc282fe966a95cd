package io.sekisho.tracking.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.tracking.SampleMail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code GET /api/v1/messages/{id}}. */
@QuarkusTest
class MessageDetailsTest extends RestTest {
    private final SampleMail mail = SampleMail.inbound();

    @Test
    void showsEachHopWithItsTls() {
        stored(
                mail.received(),
                mail.event(EventKind.DELIVERED, 1, 5)
                        .withHop(new Hop(
                                "mx.customer.example",
                                Optional.of("198.51.100.25"),
                                2525,
                                SampleMail.tls("TLSv1.3"),
                                Authentication.PKIX,
                                Optional.of(true)))
                        .withPolicy(policy(SecurityLevel.VERIFIED, "TLSv1.3", Verdict.MET))
                        .withReply(new ReplyFacts(250, Optional.of("2.0.0"), "queued as 42")));
        get(mail, "en")
                .body("id", equalTo(mail.id().toString()))
                .body("subject", equalTo("Greetings"))
                .body("recipients", hasSize(1))
                .body("recipients[0].status", equalTo("DELIVERED"))
                .body("complete", equalTo(true))
                .body("actionsLabel", equalTo("Actions"))
                .body("actions.kind", contains("RECEIVED", "DELIVERED"))
                .body("actions[0].side", equalTo("UPSTREAM"))
                .body("actions[0].host", equalTo("mail.partner.example"))
                .body("actions[0].address", equalTo("192.0.2.9"))
                .body("actions[0].tlsVersion", equalTo("TLSv1.3"))
                .body("actions[0].authentication", equalTo("none"))
                .body("actions[1].side", equalTo("DOWNSTREAM"))
                .body("actions[1].host", equalTo("mx.customer.example"))
                .body("actions[1].address", equalTo("198.51.100.25"))
                .body("actions[1].port", equalTo(2525))
                .body("actions[1].tlsVersion", equalTo("TLSv1.3"))
                .body("actions[1].cipher", equalTo("TLS_AES_256_GCM_SHA384"))
                .body("actions[1].keyExchangeGroup", equalTo("X25519MLKEM768"))
                .body("actions[1].certificate.subject", equalTo("CN=mx.partner.example"))
                .body("actions[1].certificate.issuer", equalTo("CN=Test CA"))
                .body("actions[1].certificate.sha256", equalTo("ab".repeat(32)))
                .body("actions[1].certificate.notAfter", equalTo("2030-01-01T00:00:00.000Z"))
                .body("actions[1].authentication", equalTo("pkix"))
                .body("actions[1].mxSecure", equalTo(true))
                .body("actions[1].policy.ruleIds", contains("r1"))
                .body("actions[1].policy.revision", equalTo("a1:7"))
                .body("actions[1].policy.desired.level", equalTo("VERIFIED"))
                .body("actions[1].policy.desired.minimumVersion", equalTo("TLSv1.2"))
                .body("actions[1].policy.effective", equalTo("TLSv1.3"))
                .body("actions[1].policy.verdict", equalTo("MET"))
                .body("actions[1].reply.code", equalTo(250))
                .body("actions[1].reply.enhancedStatus", equalTo("2.0.0"))
                .body("actions[1].attempt", equalTo(1))
                .body("actions[1].ledgerAbsent", equalTo(false));
    }

    @Test
    void showsPlainTextAsPlainlyAsTlsAndTheReasonInJapanese() {
        SampleMail plain =
                mail.upstream(SampleMail.upstream("192.0.2.9", TlsFacts.NONE)).beforeContent();
        stored(plain.event(EventKind.REJECTED, 0, 0)
                .withBlockReason(BlockReason.TLS_NOT_AVAILABLE)
                .withPolicy(policy(SecurityLevel.MANDATORY, TlsFacts.PLAIN, Verdict.UNMET))
                .withReply(new ReplyFacts(550, Optional.of("5.7.10"), "TLS required by rule r1"))
                .withDetail("the session is not TLS"));
        get(mail, "ja")
                .body("actionsLabel", equalTo("処理"))
                .body("actions", hasSize(1))
                .body("actions[0].tlsVersion", equalTo("NONE"))
                .body("actions[0]", not(hasKey("cipher")))
                .body("actions[0]", not(hasKey("certificate")))
                .body("actions[0].policy.effective", equalTo("NONE"))
                .body("actions[0].policy.verdict", equalTo("UNMET"))
                .body("actions[0].reply.text", equalTo("TLS required by rule r1"))
                .body("actions[0].blockReason", equalTo("TLS_NOT_AVAILABLE"))
                .body("actions[0].blockReasonLabel", equalTo("TLS利用不可"))
                .body("actions[0].detail", equalTo("the session is not TLS"))
                .body("recipients[0].traffic", equalTo("BLOCKED"));
    }

    @Test
    void showsWhatExactlyWentWrongWithTheHost() {
        stored(mail.event(EventKind.ATTEMPTED, 1, 1).withFailure(AttemptFailure.CERTIFICATE_EXPIRED));
        get(mail, "en").body("actions.findAll { it.failure == 'CERTIFICATE_EXPIRED' }.kind", contains("ATTEMPTED"));
    }

    @Test
    void tellsTheReceptionFromTheDeliveryWhereNothingElseArrived() {
        stored(mail.delivered("TLSv1.2"));
        get(mail, "en")
                .body("recipients[0].status", equalTo("DELIVERED"))
                .body("recipients[0].upstreamTls", equalTo("TLSv1.3"))
                .body("recipients[0].downstreamTls", equalTo("TLSv1.2"))
                .body("actions.kind", contains("RECEIVED", "DELIVERED"))
                .body("actions[0].tlsVersion", equalTo("TLSv1.3"))
                .body("actions[0].cipher", equalTo("TLS_AES_256_GCM_SHA384"))
                .body("actions[0].address", equalTo("192.0.2.9"));
    }

    @Test
    void ordersActionsByTimeWhateverTheirArrival() {
        stored(mail.event(EventKind.DSN_SENT, 2, 9).withReportId(UUID.randomUUID()));
        stored(mail.event(EventKind.BOUNCED, 2, 8).withBlockReason(BlockReason.TLS_NOT_AVAILABLE));
        stored(mail.event(EventKind.DEFERRED, 1, 4).withDue(SampleMail.now()));
        stored(mail.queued(), mail.received());
        get(mail, "en")
                .body("actions.kind", contains("RECEIVED", "QUEUED", "DEFERRED", "BOUNCED", "DSN_SENT"))
                .body("actions[2]", hasKey("due"))
                .body("actions[2]", not(hasKey("side")))
                .body("actions[2]", not(hasKey("tlsVersion")))
                .body("actions[4]", hasKey("reportId"))
                .body("recipients[0].status", equalTo("BOUNCED"))
                .body("recipients[0].blockReasonLabel", equalTo("TLS not available"));
    }

    @Test
    void saysNothingOfASessionForWhatTheGatewayWrote() {
        SampleMail report = mail.upstream(Upstream.GATEWAY).sender("");
        stored(report.queued());
        get(mail, "en")
                .body("actions", hasSize(1))
                .body("actions[0]", not(hasKey("side")))
                .body("actions[0]", not(hasKey("tlsVersion")))
                .body("", not(hasKey("clientAddress")));
    }

    @Test
    void saysThatAVerifiedClientWasJudged() {
        stored(mail.received().withPolicy(policy(SecurityLevel.VERIFIED, "TLSv1.3", Verdict.MET)));
        get(mail, "en").body("actions[0].authentication", equalTo("pkix"));
    }

    @Test
    void showsOneRecipientWhereAsked() {
        stored(mail.queued(), mail.recipient("carol@" + mail.domain()).queued());
        as(Role.ADMIN)
                .get(MESSAGES + "/" + mail.id() + "?recipient=carol@*")
                .then()
                .statusCode(200)
                .body("recipients.recipient", contains("carol@" + mail.domain()))
                .body("actions.recipient", contains("carol@" + mail.domain()));
    }

    @Test
    void answersNotModifiedWhileNothingHappens() {
        stored(mail.queued());
        String path = MESSAGES + "/" + mail.id();
        String tag = as(Role.ADMIN).get(path).header("ETag");
        assertThat(tag).isNotNull();
        as(Role.ADMIN).header("If-None-Match", tag).get(path).then().statusCode(304);
        as(Role.ADMIN)
                .header("If-None-Match", tag)
                .header("Accept-Language", "ja")
                .get(path)
                .then()
                .statusCode(200);
        stored(mail.delivered("NONE"));
        as(Role.ADMIN).header("If-None-Match", tag).get(path).then().statusCode(200);
    }

    @Test
    void knowsNoMessageThatNobodyTold() {
        as(Role.ADMIN)
                .get(MESSAGES + "/" + MessageIds.at(Instant.now()))
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        as(Role.ADMIN).get(MESSAGES + "/no-id").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void showsACallerOnlyItsOwnRecipientsAndActions() {
        DomainName other = SampleMail.newDomain();
        stored(
                mail.queued(),
                mail.domains(other).recipient("carol@" + other).queued(),
                mail.domains(mail.domain(), other).recipient("dave@" + other).queued());
        as(Role.DOMAIN_ADMIN, other)
                .get(MESSAGES + "/" + mail.id())
                .then()
                .statusCode(200)
                .body("recipients.recipient", contains("carol@" + other, "dave@" + other))
                .body("recipients.domains.flatten()", contains(other.ascii(), other.ascii()))
                .body("actions.recipient.toSet().sort()", contains("carol@" + other, "dave@" + other));
        as(Role.DOMAIN_ADMIN, SampleMail.newDomain())
                .get(MESSAGES + "/" + mail.id())
                .then()
                .statusCode(404);
    }

    private ValidatableResponse get(SampleMail of, String language) {
        return as(Role.ADMIN)
                .header("Accept-Language", language)
                .get(MESSAGES + "/" + of.id())
                .then()
                .statusCode(200)
                .header("Content-Language", language);
    }

    private static AppliedPolicy policy(SecurityLevel level, String effective, Verdict verdict) {
        return new AppliedPolicy(
                List.of("r1"),
                new PolicyRevision("a1", 7),
                new AppliedPolicy.Desired(level, TlsVersion.TLSV1_2),
                effective,
                verdict,
                Optional.of(PolicySource.STREAM));
    }
}
