package io.sekisho.testkit.fault;

/** Which way octets flow. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
