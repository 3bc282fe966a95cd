package io.sekisho.ingress.session;

/** Whether the client had sent more when a command line was read; telling where it must wait for our reply. */
public enum Behind {
    NOTHING,
    OCTETS
}
