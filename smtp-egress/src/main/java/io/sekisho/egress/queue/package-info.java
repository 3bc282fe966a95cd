/** The intake queue in Kafka: reading it with offsets committed by what is done, and writing reports into it. */
package io.sekisho.egress.queue;
