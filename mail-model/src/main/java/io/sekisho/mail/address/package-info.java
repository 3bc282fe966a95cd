/** Domains, IP addresses and blocks, and the peers that are named by them. */
package io.sekisho.mail.address;
