/** Who may call the REST interfaces: API keys as they are published to the services. */
package io.sekisho.mail.access;
