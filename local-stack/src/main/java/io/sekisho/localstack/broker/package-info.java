/** The program of the child JVM that is the Kafka broker. Nothing else may refer to it: Kafka is on the children's class path only. */
package io.sekisho.localstack.broker;
