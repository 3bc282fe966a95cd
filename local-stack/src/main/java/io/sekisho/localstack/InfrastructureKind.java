package io.sekisho.localstack;

/** How the servers run. */
public enum InfrastructureKind {
    /** As child processes of this JVM, from Maven artifacts. */
    EMBEDDED,
    /** As containers of a Docker engine, through Testcontainers. */
    DOCKER
}
