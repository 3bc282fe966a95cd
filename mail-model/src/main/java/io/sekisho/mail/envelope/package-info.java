/** A message on its way: the envelope that stands in the header of its queue record. */
package io.sekisho.mail.envelope;
