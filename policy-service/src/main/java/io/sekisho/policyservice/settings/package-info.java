/** The service's configuration: read, checked at start, logged once. */
package io.sekisho.policyservice.settings;
