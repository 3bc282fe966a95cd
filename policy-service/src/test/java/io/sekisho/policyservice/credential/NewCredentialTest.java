package io.sekisho.policyservice.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.access.SecretHash;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewCredentialTest {

    @Test
    void makesEverySecretAnew() {
        Set<String> secrets = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            NewCredential made = NewCredential.random();
            secrets.add(made.secret());
            ids.add(made.id());
        }
        // 32 characters out of 32: 160 bits.
        assertThat(secrets).hasSize(1_000).allMatch(secret -> secret.matches("sc_[a-km-np-z2-9]{32}"));
        assertThat(ids).hasSize(1_000).allMatch(id -> id.matches("cred-[a-km-np-z2-9]{12}"));
        assertThat(secrets.stream().flatMapToInt(String::chars).distinct().count())
                .isEqualTo(33);
    }

    @Test
    void tellsNoSecretAsText() {
        NewCredential made = NewCredential.random();
        CredentialBody body = new CredentialBody(made.id(), "anna@customer.example", made.secret(), "", Instant.EPOCH);
        assertThat(made + " " + body).contains(made.id()).doesNotContain(made.secret(), SecretHash.of(made.secret()));
    }
}
