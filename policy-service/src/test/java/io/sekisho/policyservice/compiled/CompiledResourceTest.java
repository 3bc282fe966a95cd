package io.sekisho.policyservice.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.CompiledLine;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.DomainDefault;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.SubmissionCredential;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.PolicyTestSetup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CompiledResourceTest extends PolicyTestSetup {
    private static final String COMPILED = "/api/v1/compiled";

    @Test
    void compilesEverythingThatADecisionNeeds() {
        String name = newDomain("""
                {"nextHops":[{"host":"mail.example.com","port":2526,"preference":5}],
                 "nextHopTls":{"level":"VERIFIED","minimumVersion":"TLSv1.3"},
                 "outbound":{"enabled":true,"relaySources":["192.0.2.25"],"relayTls":{"level":"MANDATORY"},"foreignSenders":true}}""");
        asAdmin()
                .body("{\"level\":\"MANDATORY\",\"onViolation\":\"DEFER\"}")
                .put(DOMAINS + name + "/tls-defaults/inbound")
                .then()
                .statusCode(200);
        asAdmin()
                .body("{\"level\":\"NEVER\",\"tlsGiveUpAfter\":\"PT2H\"}")
                .put(DOMAINS + name + "/tls-defaults/outbound")
                .then()
                .statusCode(200);
        String address = newPeer(name, """
                {"direction":"INBOUND","peer":"192.0.2.0/24","level":"VERIFIED","minimumVersion":"TLSv1","onViolation":"DEFER",
                 "certificateNames":["a.example","*.b.example"],"override":true,"description":"not compiled"}""");
        newPeer(name, "{\"direction\":\"INBOUND\",\"peer\":\"c.example\",\"level\":\"MANDATORY\",\"enabled\":false}");
        String wildcard = newPeer(
                name,
                "{\"direction\":\"OUTBOUND\",\"peer\":\"*.d.example\",\"level\":\"MANDATORY\",\"tlsGiveUpAfter\":\"PT0S\"}");
        JsonPath credential = newCredential(name, "anna");
        CompiledDomain compiled = find(read("0"), name);
        assertThat(compiled)
                .isEqualTo(new CompiledDomain(
                        DomainName.parse(name),
                        compiled.revision(),
                        false,
                        List.of(new NextHop("mail.example.com", 2526, 5)),
                        new TlsSetting(SecurityLevel.VERIFIED, Optional.of(TlsVersion.TLSV1_3)),
                        new OutboundProtection(
                                true,
                                List.of(IpNetwork.parse("192.0.2.25")),
                                new TlsSetting(SecurityLevel.MANDATORY, Optional.empty()),
                                true),
                        Optional.of(new DomainDefault(
                                SecurityLevel.MANDATORY,
                                Optional.empty(),
                                Optional.of(OnViolation.DEFER),
                                Optional.empty())),
                        Optional.of(new DomainDefault(
                                SecurityLevel.NEVER,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Duration.ofHours(2)))),
                        List.of(
                                new PeerRule(
                                        address,
                                        Direction.INBOUND,
                                        Peer.parse("192.0.2.0/24"),
                                        SecurityLevel.VERIFIED,
                                        Optional.of(TlsVersion.TLSV1),
                                        Optional.of(OnViolation.DEFER),
                                        Optional.empty(),
                                        List.of("a.example", "*.b.example"),
                                        true),
                                new PeerRule(
                                        wildcard,
                                        Direction.OUTBOUND,
                                        Peer.parse("*.d.example"),
                                        SecurityLevel.MANDATORY,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(Duration.ZERO),
                                        List.of(),
                                        false)),
                        List.of(new SubmissionCredential(
                                credential.getString("id"),
                                "anna@" + name,
                                SecretHash.of(credential.getString("secret"))))));
    }

    @Test
    void tellsOnlyWhatChangedSince() {
        String untouched = newDomain();
        String deleted = newDomain();
        String changed = newDomain();
        PolicyRevision before = start(read("0")).revision();
        newPeer(changed, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        asAdmin().delete(DOMAINS + deleted).then().statusCode(204);
        List<CompiledLine> lines = read(before.toString());
        assertThat(start(lines).snapshot()).isFalse();
        assertThat(start(lines).revision()).isEqualTo(new PolicyRevision(before.epoch(), before.n() + 2));
        assertThat(domains(lines))
                .extracting(domain -> domain.domain().ascii())
                .containsExactlyInAnyOrder(changed, deleted);
        assertThat(find(lines, deleted))
                .isEqualTo(CompiledDomain.tombstone(
                        DomainName.parse(deleted), start(lines).revision()));
        assertThat(find(lines, changed).revision().n()).isEqualTo(before.n() + 1);
        List<CompiledLine> snapshot = read("0");
        assertThat(domains(snapshot))
                .extracting(domain -> domain.domain().ascii())
                .contains(untouched)
                .doesNotContain(deleted);
        assertThat(end(lines).domains()).isEqualTo(domains(snapshot).size());
    }

    @Test
    void forgetsTheTombstoneOfADomainThatIsCreatedAgain() {
        String name = newDomain();
        PolicyRevision before = start(read("0")).revision();
        asAdmin().delete(DOMAINS + name).then().statusCode(204);
        asAdmin().body("{}").put(DOMAINS + name).then().statusCode(201);
        List<CompiledLine> lines = read(before.toString());
        assertThat(domains(lines)).hasSize(1);
        assertThat(find(lines, name).deleted()).isFalse();
    }

    @Test
    void tellsNothingToWhoKnowsEverything() {
        newDomain();
        PolicyRevision now = start(read("0")).revision();
        List<CompiledLine> lines = read(now.toString());
        assertThat(lines).hasSize(2);
        assertThat(start(lines)).isEqualTo(new CompiledLine.Start(now, false));
    }

    @Test
    void tellsEverythingToWhoKnowsAnotherEpochOrAFutureOfThisOne() {
        newDomain();
        PolicyRevision now = start(read("0")).revision();
        assertThat(start(read("zzz:" + now.n())).snapshot()).isTrue();
        assertThat(start(read(now.epoch() + ":" + (now.n() + 1))).snapshot()).isTrue();
        asService().get(COMPILED + "?after=yesterday").then().statusCode(400).body("errors[0].field", equalTo("after"));
    }

    @Test
    void isForServicesOnly() {
        asAdmin().get(COMPILED).then().statusCode(403);
        as(newKey("auditor")).get(COMPILED).then().statusCode(403);
    }

    private static List<CompiledLine> read(String after) {
        String answer = asService()
                .accept("application/x-ndjson")
                .get(COMPILED + "?after=" + after)
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
        List<CompiledLine> lines = answer.lines()
                .map(line -> WireJson.read(line, CompiledLine.class))
                .toList();
        assertThat(end(lines).lines()).isEqualTo(domains(lines).size());
        return lines;
    }

    private static CompiledLine.Start start(List<CompiledLine> lines) {
        return lines.get(0).start().orElseThrow();
    }

    private static CompiledLine.End end(List<CompiledLine> lines) {
        return lines.get(lines.size() - 1).end().orElseThrow();
    }

    private static List<CompiledDomain> domains(List<CompiledLine> lines) {
        return lines.stream().flatMap(line -> line.domain().stream()).toList();
    }

    private static CompiledDomain find(List<CompiledLine> lines, String name) {
        return domains(lines).stream()
                .filter(domain -> domain.domain().ascii().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
