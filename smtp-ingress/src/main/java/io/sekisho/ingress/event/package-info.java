/** How events reach {@code sekisho.mail.events}: through SmallRye Reactive Messaging, bounded, and until Kafka has them. */
package io.sekisho.ingress.event;
