package io.sekisho.testkit.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of key that certificates are made for. */
public enum KeyKind {
    /** P-256. */
    EC("SHA256withECDSA"),
    /** 2048 bits; TLS below 1.2 needs it for its RSA suites. */
    RSA("SHA256withRSA");

    private final String signature;

    KeyKind(String signature) {
        this.signature = signature;
    }

    String signatureAlgorithm() {
        return signature;
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
            if (this == EC) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JDK makes no " + this + " keys", absent);
        }
    }
}
