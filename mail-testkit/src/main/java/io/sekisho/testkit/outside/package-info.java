/** Mail programs of other makers, run as commands: swaks, Postfix's smtp-source and smtp-sink, openssl. */
package io.sekisho.testkit.outside;
