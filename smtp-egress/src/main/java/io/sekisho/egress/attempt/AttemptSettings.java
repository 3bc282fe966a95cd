package io.sekisho.egress.attempt;

import io.sekisho.egress.dsn.ReportLanguage;
import java.time.Duration;

/**
 * How much is done at once, and how long it may take before it counts as slow.
 *
 * @param hostname of this gateway, in reports
 * @param reportLanguage in which reports speak to people
 * @param concurrentAttempts of this pod
 * @param attemptsPerDestination of this pod
 * @param waitingPerDestination for a slot; beyond, mail goes into the schedule
 * @param messagesInHand from the queue, at most
 * @param bytesInHand of their content and envelopes, at most
 * @param rowsInHand from the schedule, at most
 * @param patience after which an attempt that still runs is noted in the schedule, and its input acknowledged
 * @param overBoundRetry when mail that found no slot is due again
 * @param lease of schedule rows
 * @param renewal of leases and claims
 * @param delayNoticeAfter from reception
 * @param queueLifetime from reception
 * @param scheduleInterval between two looks into the schedule for due rows
 * @param noticeInterval between two looks for senders to be told of a delay
 */
public record AttemptSettings(
        String hostname,
        ReportLanguage reportLanguage,
        int concurrentAttempts,
        int attemptsPerDestination,
        int waitingPerDestination,
        int messagesInHand,
        long bytesInHand,
        int rowsInHand,
        Duration patience,
        Duration overBoundRetry,
        Duration lease,
        Duration renewal,
        Duration delayNoticeAfter,
        Duration queueLifetime,
        Duration scheduleInterval,
        Duration noticeInterval) {}
