/**
 * The infrastructure that the gateway runs on, on one machine: real Kafka, PostgreSQL and Redis, each in a process of its own (from Maven
 * artifacts) or in a container. {@link io.sekisho.localstack.LocalStack} starts it, {@link io.sekisho.localstack.LocalStackResource}
 * does so for a Quarkus test.
 */
package io.sekisho.localstack;
