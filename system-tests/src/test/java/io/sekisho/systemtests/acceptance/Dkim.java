package io.sekisho.systemtests.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;

/** Signs and verifies (RFC 6376) with Apache James' jDKIM, whose maker knows nothing of the gateway. */
final class Dkim {

    private static final KeyPair KEYS = keys();

    private Dkim() {}

    /** The message with a signature in front; simple canonicalization forgives not one octet. */
    static byte[] sign(byte[] message, boolean simple) {
        String template = "v=1; a=rsa-sha256; c=" + (simple ? "simple/simple" : "relaxed/relaxed")
                + "; d=partner.example; s=test; h=from:to:subject:date:message-id; bh=; b=;";
        try {
            String field = new DKIMSigner(template, KEYS.getPrivate()).sign(new ByteArrayInputStream(message));
            byte[] head = (field + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] signed = new byte[head.length + message.length];
            System.arraycopy(head, 0, signed, 0, head.length);
            System.arraycopy(message, 0, signed, head.length, message.length);
            return signed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FailException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is wrong with the signature; empty where it verifies. */
    static Optional<String> fault(byte[] message) {
        String record = "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
        try {
            var signatures = new DKIMVerifier((methods, selector, domain) -> List.of(record))
                    .verify(new ByteArrayInputStream(message));
            return signatures == null || signatures.isEmpty() ? Optional.of("there is no signature") : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FailException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
