/** The far end: partners' mail servers, and the record of what arrived there. */
package io.sekisho.systemtests.arrival;
