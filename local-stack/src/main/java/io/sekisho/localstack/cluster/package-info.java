/**
 * The four services as processes on top of the infrastructure: {@link io.sekisho.localstack.cluster.Cluster} starts them, tells where they
 * answer, and can kill and start each of them. The command line, the demo and the system tests stand on it.
 */
package io.sekisho.localstack.cluster;
