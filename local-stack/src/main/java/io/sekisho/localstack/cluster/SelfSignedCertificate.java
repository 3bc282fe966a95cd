package io.sekisho.localstack.cluster;

import io.sekisho.localstack.PrivateFiles;
import io.sekisho.localstack.StackFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate that the local stack's SMTP listener shows: made once for each data directory.
 *
 * @param certificate PEM file
 * @param key PEM file (PKCS #8), readable by its owner only
 */
public record SelfSignedCertificate(Path certificate, Path key) {
    private static final int YEARS = 10;
    private static final int SERIAL_BITS = 120;
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** The pair in this directory; a new one for this host name, {@code localhost} and 127.0.0.1 if there is none. */
    public static SelfSignedCertificate in(Path directory, String hostname) {
        SelfSignedCertificate pair =
                new SelfSignedCertificate(directory.resolve("smtp-cert.pem"), directory.resolve("smtp-key.pem"));
        if (!Files.exists(pair.certificate) || !Files.exists(pair.key)) {
            try {
                Files.createDirectories(directory);
                pair.generate(hostname);
            } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
                throw new StackFailure("Cannot make the certificate " + pair.certificate + ": " + e.getMessage(), e);
            }
        }
        return pair;
    }

    private void generate(String hostname) throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X509CertificateHolder holder = sign(keys, hostname);
        PrivateFiles.write(key, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Files.writeString(certificate, pem("CERTIFICATE", holder.getEncoded()));
    }

    private static X509CertificateHolder sign(KeyPair keys, String hostname)
            throws CertIOException, CertificateEncodingException, OperatorCreationException {
        Instant now = Instant.now();
        X500Name name = new X500Name("CN=" + hostname);
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, hostname),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                        // A client's clock may be slow.
                        Date.from(now.minus(1, ChronoUnit.HOURS)),
                        Date.from(now.plus(YEARS * 365L, ChronoUnit.DAYS)),
                        name,
                        keys.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, names)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + PEM.encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
