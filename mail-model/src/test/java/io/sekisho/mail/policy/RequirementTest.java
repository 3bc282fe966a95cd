package io.sekisho.mail.policy;

import static io.sekisho.mail.policy.OnViolation.DEFER;
import static io.sekisho.mail.policy.OnViolation.REJECT;
import static io.sekisho.mail.policy.SecurityLevel.DANE;
import static io.sekisho.mail.policy.SecurityLevel.MANDATORY;
import static io.sekisho.mail.policy.SecurityLevel.NEVER;
import static io.sekisho.mail.policy.SecurityLevel.OPPORTUNISTIC;
import static io.sekisho.mail.policy.SecurityLevel.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequirementTest {

    @ParameterizedTest
    @CsvSource({
        "NEVER, NEVER, NEVER",
        "NEVER, OPPORTUNISTIC, OPPORTUNISTIC",
        "NEVER, MANDATORY, MANDATORY",
        "OPPORTUNISTIC, MANDATORY, MANDATORY",
        "MANDATORY, VERIFIED, VERIFIED",
        "MANDATORY, DANE, DANE",
    })
    void joinsToTheStricterLevel(SecurityLevel one, SecurityLevel two, SecurityLevel joined) {
        assertThat(requirement(one).join(requirement(two)).level()).isEqualTo(joined);
        assertThat(requirement(two).join(requirement(one)).level()).isEqualTo(joined);
    }

    @Test
    void asksForBothWhereVerifiedAndDaneMeet() {
        assertThat(requirement(VERIFIED).join(requirement(DANE)).checks())
                .containsExactlyInAnyOrder(Check.TLS, Check.PKIX, Check.TLSA);
    }

    @ParameterizedTest
    @EnumSource(SecurityLevel.class)
    void isUnchangedByAJoinWithItself(SecurityLevel level) {
        Requirement one = requirement(level);
        assertThat(one.join(one)).isEqualTo(one);
    }

    @Test
    void takesTheHigherStatedVersionAndAnUnstatedOneIsNotStated() {
        Requirement low = Requirement.of(MANDATORY, Optional.of(TlsVersion.TLSV1));
        Requirement high = Requirement.of(OPPORTUNISTIC, Optional.of(TlsVersion.TLSV1_3));
        assertThat(low.minimum()).isEqualTo(TlsVersion.TLSV1);
        assertThat(low.join(high).minimum()).isEqualTo(TlsVersion.TLSV1_3);
        // The default of TLSv1.2 is nobody's statement, so it does not lift a peer that is set lower on purpose.
        assertThat(low.join(requirement(MANDATORY)).minimum()).isEqualTo(TlsVersion.TLSV1);
        assertThat(requirement(MANDATORY).minimum()).isEqualTo(TlsVersion.TLSV1_2);
    }

    @Test
    void rejectsWhereAnyRuleThatCanBeViolatedSaysSo() {
        assertThat(rule(MANDATORY, DEFER).join(rule(MANDATORY, REJECT)).onViolation())
                .isEqualTo(REJECT);
        assertThat(rule(MANDATORY, DEFER).join(rule(OPPORTUNISTIC, REJECT)).onViolation())
                .isEqualTo(DEFER);
    }

    @Test
    void keepsTheNamesOfEachRule() {
        Requirement one = verified("mx.example.com");
        Requirement two = verified("mail.example.net");
        assertThat(one.join(two).names())
                .containsExactly(
                        new RequiredNames(List.of("mx.example.com")), new RequiredNames(List.of("mail.example.net")));
    }

    @Test
    void givesUpAfterTheShortestStatedTimeElseOneHour() {
        Requirement atOnce =
                Requirement.of(MANDATORY, Optional.empty(), RequiredNames.HOST, REJECT, Optional.of(Duration.ZERO));
        assertThat(atOnce.join(requirement(MANDATORY)).giveUpAfter()).isEqualTo(Duration.ZERO);
        assertThat(requirement(NEVER).giveUpAfter()).isEqualTo(Duration.ofHours(1));
    }

    private static Requirement requirement(SecurityLevel level) {
        return Requirement.of(level, Optional.empty());
    }

    private static Requirement rule(SecurityLevel level, OnViolation onViolation) {
        return Requirement.of(level, Optional.empty(), RequiredNames.HOST, onViolation, Optional.empty());
    }

    private static Requirement verified(String name) {
        return Requirement.of(VERIFIED, Optional.empty(), new RequiredNames(List.of(name)), REJECT, Optional.empty());
    }
}
