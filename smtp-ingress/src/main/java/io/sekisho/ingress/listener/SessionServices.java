package io.sekisho.ingress.listener;

import io.sekisho.ingress.event.EventLog;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.queue.MailQueue;
import io.sekisho.ingress.sender.SenderDomains;

/**
 * What the sessions of all listeners need to have their effects carried out.
 *
 * @param places of the whole process
 */
public record SessionServices(
        ConnectionPlaces places, SenderDomains senders, MailQueue queue, EventLog events, IngressMetrics metrics) {}
