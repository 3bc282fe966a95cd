/** Facts about messages, in the past tense: the public event contract ({@code sekisho.mail.events}). */
package io.sekisho.mail.event;
