/** How events reach {@code sekisho.mail.events}: bounded, and until Kafka has them. */
package io.sekisho.ingress.event;
