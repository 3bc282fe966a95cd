package io.sekisho.ingress.submission;

import io.sekisho.mail.address.DomainName;

/**
 * A client that has proved who it is.
 *
 * @param name {@code user@domain} as the managed domain knows it
 * @param domain that gave the credential: its mail is this domain's
 * @param credential its id, by which it can be taken back while the session lasts
 */
public record SubmissionUser(String name, DomainName domain, String credential) {}
