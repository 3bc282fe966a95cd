/** The gateway before the mail server that most others run: a real Postfix as next hop. */
package io.sekisho.systemtests.acceptance;
