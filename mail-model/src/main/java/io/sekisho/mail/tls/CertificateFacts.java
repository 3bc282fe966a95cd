package io.sekisho.mail.tls;

import java.time.Instant;

/**
 * What an auditor asks of a certificate.
 *
 * @param subject distinguished name (RFC 2253)
 * @param issuer distinguished name (RFC 2253)
 * @param sha256 of the DER form, in hex
 */
public record CertificateFacts(String subject, String issuer, String sha256, Instant notAfter) {}
