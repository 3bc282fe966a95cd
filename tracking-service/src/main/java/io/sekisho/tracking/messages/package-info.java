/** Mail tracking (メール追跡) over REST: the list of deliveries and the details of a message. */
package io.sekisho.tracking.messages;
