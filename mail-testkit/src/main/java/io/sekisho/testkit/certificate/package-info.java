/** Certificates made for one test run: authorities, leaves good and bad, PEM files. */
package io.sekisho.testkit.certificate;
