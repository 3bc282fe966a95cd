/** The wire contract of Sekisho: the values that cross a process boundary, and nothing else. */
package io.sekisho.mail;
