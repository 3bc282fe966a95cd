package io.sekisho.tracking.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.Direction;
import io.sekisho.tracking.SampleMail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /api/v1/messages}: three messages of one domain, and every filter that tells them apart. */
@QuarkusTest
class MessageListTest extends RestTest {
    private static final Instant NOW = SampleMail.now();
    private final DomainName domain = SampleMail.newDomain();

    /** Delivered inbound with TLS, an hour ago. */
    private final SampleMail delivered = SampleMail.inbound(NOW.minusSeconds(3_600), domain);

    /** Refused inbound for want of TLS, two hours ago. */
    private final SampleMail refused = SampleMail.inbound(NOW.minusSeconds(7_200), domain)
            .sender("")
            .recipient("carol@" + domain)
            .upstream(SampleMail.upstream("2001:db8::25", SampleMail.tls("NONE")))
            .beforeContent();

    /** Deferred outbound in plain text, three hours ago. */
    private final SampleMail deferred = SampleMail.inbound(NOW.minusSeconds(10_800), domain)
            .direction(Direction.OUTBOUND)
            .sender("Carol@" + domain)
            .recipient("dave@partner.example")
            .subject("Rechnung 関所")
            .upstream(SampleMail.upstream("198.51.100.7", SampleMail.tls("TLSv1.2")));

    @BeforeEach
    void tell() {
        stored(
                delivered.received(),
                delivered.queued(),
                delivered.delivered("TLSv1.3"),
                refused.event(EventKind.REJECTED, 0, 0).withBlockReason(BlockReason.TLS_NOT_AVAILABLE),
                deferred.queued(),
                deferred.event(EventKind.DEFERRED, 1, 2)
                        .withHop(SampleMail.hop("mx.partner.example", SampleMail.tls("NONE")))
                        .withDue(NOW.plusSeconds(60)));
    }

    @Test
    void showsOneRowForEachRecipientNewestFirst() {
        list(null, null).then().statusCode(200).body("items.id", contains(id(delivered), id(refused), id(deferred)));
    }

    @Test
    void showsWhetherAndHowTlsWasUsed() {
        list("recipient", "bob@*")
                .then()
                .body("items[0].upstreamTls", equalTo("TLSv1.3"))
                .body("items[0].downstreamTls", equalTo("TLSv1.3"))
                .body("items[0].deliveredTo", equalTo("mx." + domain + "[192.0.2.25]:25"))
                .body("items[0].status", equalTo("DELIVERED"))
                .body("items[0].traffic", equalTo("ACCEPTED"))
                .body("items[0].direction", equalTo("INBOUND"))
                .body("items[0].domain", equalTo(domain.ascii()))
                .body("items[0].domains", contains(domain.ascii()))
                .body("items[0].sender", equalTo("alice@partner.example"))
                .body("items[0].recipient", equalTo("bob@" + domain))
                .body("items[0].subject", equalTo("Greetings"))
                .body("items[0].size", equalTo(1_234))
                .body("items[0].clientAddress", equalTo("192.0.2.9"))
                .body("items[0].attempts", equalTo(1))
                .body(
                        "items[0].messageId",
                        equalTo(delivered.facts().messageId().orElseThrow()))
                .body(
                        "items[0].receivedAt",
                        equalTo(WireJson.text(delivered.facts().receivedAt())))
                .body(
                        "items[0].changedAt",
                        equalTo(WireJson.text(delivered.facts().receivedAt().plusSeconds(2))))
                .body("items[0]", not(hasKey("blockReason")))
                .body("items[0]", not(hasKey("due")));
    }

    @Test
    void showsPlainTextAsPlainlyAsTls() {
        list("status", "DEFERRED")
                .then()
                .body("items[0].downstreamTls", equalTo("NONE"))
                .body("items[0].upstreamTls", equalTo("TLSv1.2"))
                .body("items[0].due", equalTo(WireJson.text(NOW.plusSeconds(60))))
                .body("items[0]", not(hasKey("deliveredTo")));
    }

    @Test
    void showsWhyTrafficIsBlocked() {
        list("traffic", "BLOCKED")
                .then()
                .body("items", hasSize(1))
                .body("items[0].blockReason", equalTo("TLS_NOT_AVAILABLE"))
                .body("items[0].blockReasonLabel", equalTo("TLS not available"))
                .body("items[0].trafficLabel", equalTo("Blocked traffic"))
                .body("items[0].upstreamTls", equalTo("NONE"))
                .body("items[0]", not(hasKey("downstreamTls")))
                .body("items[0].sender", equalTo(""));
    }

    @ParameterizedTest
    @CsvSource({
        "ja, ja, TLS利用不可, ブロックされたトラフィック",
        "'ja-JP,en;q=0.5', ja, TLS利用不可, ブロックされたトラフィック",
        "en, en, TLS not available, Blocked traffic",
        "'fr,ja;q=0.5,en;q=0.8', en, TLS not available, Blocked traffic",
        "fr, en, TLS not available, Blocked traffic",
    })
    void labelsInTheLanguageThatIsAccepted(String accepted, String language, String reason, String traffic) {
        Response answer =
                as(Role.ADMIN).header("Accept-Language", accepted).get(MESSAGES + "?traffic=BLOCKED&domain=" + domain);
        answer.then()
                .header("Content-Language", language)
                .header("Vary", "Accept-Language")
                .body("items[0].blockReasonLabel", equalTo(reason))
                .body("items[0].trafficLabel", equalTo(traffic))
                .body("items[0].blockReason", equalTo("TLS_NOT_AVAILABLE"));
    }

    @ParameterizedTest
    @CsvSource({
        "direction, INBOUND, delivered refused",
        "direction, OUTBOUND, deferred",
        "sender, alice@partner.example, delivered",
        "sender, ALICE@PARTNER.example, delivered",
        "sender, *@partner.example, delivered",
        "sender, <>, refused",
        "sender, carol*, deferred",
        "sender, nobody@partner.example, ''",
        "recipient, dave@partner.example, deferred",
        "recipient, *dave*, deferred",
        "recipient, carol@*, refused",
        "subject, greetings, delivered",
        "subject, *関所, deferred",
        "subject, Greeting, ''",
        "traffic, ACCEPTED, delivered deferred",
        "traffic, BLOCKED, refused",
        "status, DELIVERED, delivered",
        "status, REJECTED, refused",
        "status, DEFERRED, deferred",
        "status, BOUNCED, ''",
        "blockReason, TLS_NOT_AVAILABLE, refused",
        "blockReason, RELAYING_DENIED, ''",
        "upstreamTls, TLSv1.3, delivered",
        "upstreamTls, NONE, refused",
        "upstreamTls, TLSv1.2, deferred",
        "downstreamTls, TLSv1.3, delivered",
        "downstreamTls, NONE, deferred",
        "clientAddress, 192.0.2.9, delivered",
        "clientAddress, 2001:db8::25, refused",
        "clientAddress, 2001:db8::/32, refused",
        "clientAddress, 198.51.100.0/24, deferred",
        "clientAddress, 203.0.113.1, ''",
    })
    void filtersBy(String name, String value, String expected) {
        assertThat(names(list(name, value))).isEqualTo(expected);
    }

    @Test
    void filtersByTime() {
        assertThat(names(list("from", WireJson.text(delivered.facts().receivedAt()))))
                .isEqualTo("delivered");
        assertThat(names(list("to", WireJson.text(refused.facts().receivedAt()))))
                .isEqualTo("deferred");
        assertThat(names(list("from", "2020-01-01"))).isEqualTo("delivered refused deferred");
        assertThat(names(list("to", "2020-01-01"))).isEmpty();
    }

    @Test
    void filtersByMessageIdWithOrWithoutBrackets() {
        String field = delivered.facts().messageId().orElseThrow();
        assertThat(names(list("messageId", field))).isEqualTo("delivered");
        assertThat(names(list("messageId", field.substring(1, field.length() - 1))))
                .isEqualTo("delivered");
    }

    @Test
    void takesSeveralValuesOfOneFilterAsEitherAndSeveralFiltersAsBoth() {
        RequestSpecification either = as(Role.ADMIN).queryParam("domain", domain.ascii());
        assertThat(names(either.queryParam("status", "DELIVERED", "DEFERRED").get(MESSAGES)))
                .isEqualTo("delivered deferred");
        RequestSpecification both = as(Role.ADMIN).queryParam("domain", domain.ascii());
        assertThat(names(both.queryParam("status", "DELIVERED")
                        .queryParam("upstreamTls", "NONE")
                        .get(MESSAGES)))
                .isEmpty();
    }

    @Test
    void findsDomainsInAnySpellingAndByPattern() {
        DomainName internationalised = DomainName.parse("例え" + UUID.randomUUID() + ".example");
        stored(SampleMail.inbound(NOW, internationalised).queued());
        for (String spelling : List.of(
                internationalised.unicode(),
                internationalised.ascii().toUpperCase(java.util.Locale.ROOT) + ".",
                "*" + internationalised.ascii().substring(4))) {
            as(Role.ADMIN)
                    .queryParam("domain", spelling)
                    .get(MESSAGES)
                    .then()
                    .statusCode(200)
                    .body("items.domain", contains(internationalised.ascii()));
        }
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            RequestSpecification request =
                    as(Role.ADMIN).queryParam("domain", domain.ascii()).queryParam("limit", 2);
            Response page = (cursor == null ? request : request.queryParam("cursor", cursor)).get(MESSAGES);
            ids.addAll(page.jsonPath().getList("items.id"));
            cursor = page.jsonPath().getString("nextCursor");
            pages++;
            // Newer mail does not disturb.
            stored(SampleMail.inbound(NOW, domain).queued());
        } while (cursor != null);
        assertThat(ids).containsExactly(id(delivered), id(refused), id(deferred));
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void saysThatThereIsNoFurtherPage() {
        list("limit", "3").then().body("items", hasSize(3)).body("nextCursor", nullValue());
    }

    private Response list(String name, String value) {
        RequestSpecification request = as(Role.ADMIN).queryParam("domain", domain.ascii());
        return (name == null ? request : request.queryParam(name, value)).get(MESSAGES);
    }

    private String names(Response answer) {
        answer.then().statusCode(200);
        return String.join(
                " ",
                answer.jsonPath().getList("items.id", String.class).stream()
                        .map(id -> id.equals(id(delivered))
                                ? "delivered"
                                : id.equals(id(refused)) ? "refused" : id.equals(id(deferred)) ? "deferred" : id)
                        .toList());
    }

    private static String id(SampleMail mail) {
        return mail.id().toString();
    }
}
