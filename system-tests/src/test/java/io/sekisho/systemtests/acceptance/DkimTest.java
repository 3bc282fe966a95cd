package io.sekisho.systemtests.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The acceptance can fail: a signature does not forgive a changed octet, nor what a gateway might add behind it. */
class DkimTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void verifiesWhatIsAsItWas(boolean simple) {
        assertThat(Dkim.fault(Dkim.sign(MixedMail.plain(1), simple))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesAChangedOctet(boolean simple) {
        byte[] signed = Dkim.sign(MixedMail.plain(1), simple);
        signed[signed.length - 100] ^= 1;
        assertThat(Dkim.fault(signed)).isPresent();
    }

    @Test
    void noticesAMissingSignature() {
        assertThat(Dkim.fault(MixedMail.plain(1))).isPresent();
    }
}
