/** Mail that waits for another attempt: a row per (message, recipient) in PostgreSQL. */
package io.sekisho.egress.schedule;
