/** What becomes of a recipient after an attempt: the one place where failures turn into a new attempt, a bounce or an end. */
package io.sekisho.egress.failure;
